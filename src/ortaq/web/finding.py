"""The search page: a question from an address, its filters with their labels, and rows to read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from ortaq.engine import dates, kinds, terms
from ortaq.engine.access import View
from ortaq.engine.fields import Group, Place, Term
from ortaq.engine.fields.base import Context, Piece
from ortaq.engine.fields.country import country_name
from ortaq.engine.outputs.page import marks, statements, title_of
from ortaq.engine.problems import Problem
from ortaq.search.access import Match, Results, search
from ortaq.search.facets import PERIOD
from ortaq.search.query import DEEPEST, Query
from ortaq.search.undeclared import LANGUAGE, OWNER, RANK
from ortaq.web import keepers, nearby, period
from ortaq.web.reading import address, lang, reader, whole
from ortaq.web.templatetags.ortaq import language
from ortaq.web.thesaurus import NARROWER
from ortaq.web.widening import EXACT, REACH, widened

FIRST_FACETS = (
    "kind",
    "country",
    "type",
    "region",
    "century",
    "protection",
    RANK,
    "condition",
    "use",
    OWNER,
    LANGUAGE,
)
LIST, GALLERY, MAP = "list", "gallery", "map"
SORTS = ("relevance", "name", "date", "updated", "distance")
PAGE = 20
FIRST = 10  # values of a filter that are seen at once
MOST = 60
CHOICES = 40  # values of one filter that an address may name
ON_A_LINE = 3
TYPED = (period.FROM, period.TO, nearby.NEAR)  # filters that are no choice among values
# Of an address: how the results are shown, the area of the map that they are of, and how far the words reach.
SHOWN = ("view", "bbox", *REACH)

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Value:
    """A value of a filter: how many it leaves, and the address without it, "" while it is not chosen."""

    value: str
    label: str
    count: int
    chosen: bool
    without: str
    lang: str = ""


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    values: list[Value]
    more: list[Value]

    @property
    def first(self) -> bool:
        """Whether it is seen at once: most look for it, or something of it is chosen."""
        return self.name in FIRST_FACETS or any(value.chosen for value in self.values)


@dataclass(frozen=True)
class Hit:
    """One row of the list; ``why`` are the matches that the name in the heading does not show by itself."""

    view: View
    title: Piece
    url: str
    names: list[Piece]
    facts: list[list[Piece]]
    marks: list[tuple[str, Piece]]
    why: list[Match]
    spot: dict[str, Any] | None = None  # the geometry of its place at the reader's precision
    away: str = ""  # how far it is from where the results are measured from


def found(request: HttpRequest) -> dict[str, Any]:
    """The context of the search page."""
    query, number = asked(request)
    results = search(reader(request), query)
    filters = _filters(request, results)
    seen = shape(request)
    pages = range(1, -(-min(results.count, DEEPEST) // PAGE) + 1)
    return {
        "hits": [hit(view, why, query.near) for view, why in results.hits],
        "count": results.count,
        "near": results.near,
        "mixed": _mixed(query, results),
        "widened": widened(query, request.GET),
        "facets": [facet for facet in filters if facet.first],
        "more_facets": [facet for facet in filters if not facet.first],
        "chosen": [*_chips(request.GET), *(v for facet in filters for v in [*facet.values, *facet.more] if v.chosen)],
        "sorts": [(sort, label, sort == query.sort.partition(":")[0]) for sort, label in sorts(query).items()],
        "pages": _pages(request.GET, number, len(pages)),
        "shape": seen,
        "shapes": [(name, label, _shaped(request.GET, name), name == seen) for name, label in shapes().items()],
        "lands": sorted({view.record.country for view in results.views}) if seen == GALLERY else [],
        "hidden": _hidden(request.GET),
        "kept": _kept(request.GET),
        "everywhere": link(request.GET, {"bbox": None}) if query.bbox else "",
        "clear": link(request.GET, dict.fromkeys(("bbox", *TYPED, *facets()))),
        "period": period.period(request.GET, results.facets.get(PERIOD, [])),
        "from_here": (
            request.GET.get(nearby.NEAR, "")[: nearby.LONGEST],
            nearby.read(request.GET.get(nearby.NEAR, ""))[1],
        ),
    }


def _mixed(query: Query, results: Results) -> bool:
    """Whether records of several kinds are found, so that each says its own. The counts are of all kinds."""
    found = [kind for kind, count in results.facets.get("kind", []) if count]
    return sum(not query.kind or kind in query.kind for kind in found) > 1


def _hidden(given: QueryDict) -> list[tuple[str, str]]:
    """What the form of the filters carries along. The usual order is not kept: with a place the nearest come first."""
    kept = [(name, text) for name in ("q", "sort", *SHOWN) if (text := given.get(name))]
    return [pair for pair in kept if pair != ("sort", SORTS[0])]


def _kept(given: QueryDict) -> list[tuple[str, str]]:
    """What the form of the order carries along: all but the order and the page."""
    return [(name, value) for name in ("q", *TYPED, *SHOWN, *facets()) for value in given.getlist(name) if value]


def asked(request: HttpRequest) -> tuple[Query, int]:
    """(question, number of the page) from an address; raises Http404 for a page number that is none."""
    number = whole(request, "page") or 1
    return question(request.GET, number), number


def question(given: QueryDict, number: int = 1) -> Query:
    """What an address asks; what it holds beside that is left alone."""
    values = {name: [v for v in given.getlist(name) if v][:CHOICES] for name in facets()}
    near, _problem = nearby.read(given.get(nearby.NEAR, ""))
    sort = given.get("sort", "")
    if sort not in SORTS or (sort == "distance" and near is None):
        sort = "distance" if near else SORTS[0]
    return Query(
        text=given.get("q", "")[:400],
        lang=lang(),
        kind=values.pop("kind") or None,
        country=values.pop("country") or None,
        filters={name: chosen for name, chosen in values.items() if chosen},
        bbox=box_of(given.get("bbox", "")),
        dates=period.span(given),
        near=near,
        sort=f"name:{lang()}" if sort == "name" else sort,
        offset=(number - 1) * PAGE,
        limit=PAGE,
        facets=(*facets(), PERIOD),
        expand=not given.get(EXACT),
        narrower=bool(given.get(NARROWER)),
    )


def box_of(text: str) -> Box | None:
    """West, south, east, north in degrees; None for what is no box."""
    try:
        west, south, east, north = (float(side) for side in text.split(","))
    except ValueError:
        return None
    on_earth = all(-180 <= side <= 180 for side in (west, east)) and -90 <= south <= north <= 90
    return (west, south, east, north) if on_earth else None


def sorts(query: Query) -> dict[str, str]:
    """The orders that are possible: nothing is near without a place to measure from."""
    nearest = {"distance": _("Nearest first")} if query.near else {}
    return nearest | {
        "relevance": _("Best match"),
        "name": _("By name"),
        "date": _("Oldest first"),
        "updated": _("Latest changes"),
    }


def facets() -> tuple[str, ...]:
    """The filters in their order: those that most look for, then whatever else the kinds declare."""
    return (*FIRST_FACETS, *(name for name in kinds.facets() if name not in FIRST_FACETS))


def _chips(given: QueryDict) -> list[Value]:
    """The period and the place to measure from, each with the address without it."""
    years, near = period.told(given), nearby.told(given.get(nearby.NEAR, ""))
    no_years, not_near = dict.fromkeys((period.FROM, period.TO)), {nearby.NEAR: None}
    if given.get("sort") == "distance":
        not_near["sort"] = None
    chips = (("period", years, no_years), (nearby.NEAR, near, not_near))
    return [Value(name, label, 0, True, link(given, without)) for name, label, without in chips if label]


def _filters(request: HttpRequest, results: Results) -> list[Facet]:
    given = request.GET
    owners = [value for value, _count in results.facets.get(OWNER, [])] + given.getlist(OWNER)[:CHOICES]
    known = keepers.names(reader(request), owners, lang())
    return [facet for name in facets() if (facet := _facet(name, results, given, known if name == OWNER else None))]


def shapes() -> dict[str, str]:
    """The views of one address."""
    return {LIST: _("List"), GALLERY: _("Gallery"), MAP: _("Map")}


def shape(request: HttpRequest) -> str:
    """How the results are shown; a list for any other word that stands in the address."""
    given = request.GET.get("view", LIST)
    return given if given in shapes() else LIST


def _shaped(given: QueryDict, name: str) -> str:
    """The same page of the same results in another view."""
    new = given.copy()
    new.setlist("view", [name] if name != LIST else [])
    return f"?{new.urlencode()}"


def legends() -> dict[str, str]:
    return {
        "kind": _("Kind"),
        "country": _("Country"),
        "type": _("Type"),
        "region": _("Region"),
        "century": _("Century"),
        "protection": _("Protection"),
        RANK: _("Protection rank"),
        "condition": _("Condition"),
        "use": _("Use"),
        OWNER: _("Kept by"),
        LANGUAGE: _("Language"),
    }


def legend(name: str) -> str:
    """What a filter is called; one that only a kind knows has the label of its field."""
    fields = kinds.facets().get(name)
    return legends().get(name) or (str(fields[0].label) if fields else name)


def label(name: str, value: str) -> str:
    """A value of a filter in the reader's language; the value itself when nothing names it."""
    if name == "kind":
        kind = kinds.get(value)
        return str(kind.plural) if kind else value
    if name == "country":
        return country_name(value, lang())
    if name == "century":
        return century(value)
    if name == LANGUAGE:
        return language(value)
    if name == RANK:
        return _("%(rank)s, the highest") % {"rank": value} if value == "1" else value
    for of in kinds.facets().get(name, ()):
        if isinstance(of, Term) and terms.source().get(of.vocabulary, value):
            return terms.label(of.vocabulary, value, lang())
    return value


def century(value: str) -> str:
    """``15`` as the 15th century, ``-5`` as the 5th before our era."""
    try:
        number = int(value)
        first = (number - 1) * 100 + 1 if number > 0 else number * 100 + 1
        return dates.show(f"{_year(first)}/{_year(first + 99)}", lang())
    except (ValueError, Problem):
        return value


def _year(year: int) -> str:
    digits = f"{abs(year):04d}"
    return f"{'Y' if len(digits) > 4 else ''}{'-' if year < 0 else ''}{digits}"


def _facet(name: str, results: Results, given: QueryDict, known: dict[str, Piece] | None) -> Facet | None:
    """A filter with its counts, what is chosen first; None when there is nothing to choose.

    Of a filter whose values are records only those that are ``known`` to the reader are offered.
    """
    chosen = list(dict.fromkeys(v for v in given.getlist(name)[:CHOICES] if v))
    counts = {value: count for value, count in results.facets.get(name, []) if not _whole_country(name, value)}
    if known is not None:
        counts = {value: count for value, count in counts.items() if value in known}
    names = known or {}
    order = [*chosen, *(value for value in counts if value not in chosen)][:MOST]
    if name in ("century", RANK):
        order.sort(key=lambda value: (value not in chosen, int(value) if value.lstrip("-").isdigit() else 0))
    values = []
    for v in order:
        said = names.get(v) or Piece(label(name, v))
        without = link(given, {name: [c for c in chosen if c != v]}) if v in chosen else ""
        values.append(Value(v, said.text, counts.get(v, 0), v in chosen, without, said.lang))
    return Facet(name, legend(name), values[:FIRST], values[FIRST:]) if values else None


def _whole_country(name: str, value: str) -> bool:
    """A region that is a whole country says no more than the filter by country."""
    return name == "region" and value.upper() in settings.ORTAQ_COUNTRIES


def link(given: QueryDict, changed: dict[str, Any]) -> str:
    """The address of this page with other values; a change of filters starts again at the first page."""
    new = given.copy()
    for name, values in {"page": None, **changed}.items():
        if values:
            new.setlist(name, [values] if isinstance(values, str) else values)
        else:
            new.pop(name, None)
    return f"?{new.urlencode()}"


def _pages(given: QueryDict, number: int, last: int) -> dict[str, Any]:
    """Links to the neighbours, the ends and what lies around; a gap is a page without a number."""
    near = sorted({1, last, *range(max(1, number - 2), min(last, number + 2) + 1)}) if last > 1 else []
    steps: list[tuple[int, str]] = []
    for page in near:
        if steps and page - steps[-1][0] > 1:
            steps.append((0, ""))
        steps.append((page, link(given, {"page": [str(page)]})))
    return {
        "number": number,
        "steps": steps,
        "previous": link(given, {"page": [str(number - 1)]}) if 1 < number <= last else "",
        "next": link(given, {"page": [str(number + 1)]}) if number < last else "",
    }


def hit(view: View, why: list[Match], near: nearby.Place | None = None) -> Hit:
    """A row of the list. Other names come in the order of the languages of the node."""
    title = title_of(view, lang())
    names = [
        Piece(text, code)
        for code, _label in settings.LANGUAGES
        if (text := view.title.get(code)) and code != title.lang
    ]
    status = marks(view.kind, view.data, lang()) if _known(view) and view.kind else []
    told = why[:1] if why and (why[0].where != "title" or why[0].lang != title.lang) else []
    return Hit(view, title, address(view), names, facts_line(view), status, told, spot(view), nearby.away(near, view))


def spot(view: View) -> dict[str, Any] | None:
    """The geometry of the first place that the record has, as its reader may see it."""
    fields = view.kind.fields if view.kind and _known(view) else []
    places = (view.data.get(of.name) for of in fields if isinstance(of, Place))
    return next((place["geometry"] for place in places if place and place.get("geometry")), None)


def facts_line(view: View) -> list[list[Piece]]:
    """Where, when and what, in a few words."""
    if view.kind is None or not _known(view):
        return []
    context = Context(lang=lang(), country=view.record.country)
    by_facet: dict[str, list[Piece]] = {}
    for of in view.kind.fields:
        for inner in of.fields if isinstance(of, Group) else [of]:
            if inner.facet in ("region", "century", "type") and view.data.get(of.name) is not None:
                said = statements(of, view.data[of.name], context)
                shown = said[0].value[:ON_A_LINE] if said else []
                by_facet.setdefault(inner.facet, [p for p in shown if inner.facet != "century" or _in(p, context)])
    return [pieces for facet in ("region", "century", "type") if (pieces := by_facet.get(facet))]


def _in(piece: Piece, context: Context) -> bool:
    """Whether words are the reader's: a time told in another language alone is left to the page of the record."""
    return piece.lang in ("", context.lang)


def _known(view: View) -> bool:
    return view.kind is not None and view.record.kind_version <= view.kind.version
