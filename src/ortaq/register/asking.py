"""What an address asks of the list, and what its page and its files say at their head."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

from ortaq.engine import log, terms
from ortaq.engine.fields.country import country_name
from ortaq.engine.fields.unit import UNITS
from ortaq.register import extract, rows
from ortaq.register.extract import Extract, Question
from ortaq.register.sheet import DAY, MOMENT, Cell, Table
from ortaq.vocab import places
from ortaq.web.context import node_name
from ortaq.web.reading import address, day, lang, reader, whole
from ortaq.web.templatetags.ortaq import moment, on_day

PAGE = 50
FORMATS = ("csv", "xlsx", "print")
CATEGORIES = "protection_category"
SHOWN = ("number", "name", "category", "act", "since", "unit", "dating", "certainty")  # columns to read, not the files
ALWAYS = {"name", "category", "unit"}
LONGEST = 40  # characters of a code in an address


def asked(request: HttpRequest) -> Question:
    """Raises Http404 for a day that is none. Codes that nothing knows find nothing."""
    country, region, category = (request.GET.get(name, "")[:LONGEST] for name in ("country", "region", "category"))
    return Question(day(request) or date.today(), country.upper(), region, category)


def format_of(request: HttpRequest) -> str:
    wanted = request.GET.get("format", "")
    if wanted and wanted not in FORMATS:
        raise Http404
    return wanted


def page(request: HttpRequest, found: Extract) -> dict[str, Any]:
    """The context of the page: fifty lines, the filters, what was found in numbers."""
    number = whole(request, "page") or 1
    last = max(1, -(-len(found.lines) // PAGE))
    if number > last:
        raise Http404
    lines = found.lines[(number - 1) * PAGE : number * PAGE]
    read = extract.views(reader(request), lines)
    return head(request, found) | {
        "rows": list(rows.rows(found, read, lang(), address)),
        "number": number,
        "last": last,
        "previous": _link(request.GET, page=number - 1) if number > 1 else "",
        "next": _link(request.GET, page=number + 1) if number < last else "",
        "files": {name: _link(request.GET, page=None, format=name) for name in FORMATS},
        "filters": filters(found.question),
    }


def head(request: HttpRequest, found: Extract) -> dict[str, Any]:
    """What stands above the list wherever it is read."""
    return {
        "found": found,
        "question": found.question,
        "count": len(found.lines),
        "columns": columns(found),
        "about": [(label, _words(cell)) for label, cell in about(found)],
        "categories": categories(found),
    }


def columns(found: Extract) -> dict[str, str]:
    """The headings of the columns to read; one that every line leaves empty is left to the files."""
    filled = ALWAYS | found.says | ({"certainty"} if found.perhaps else set())
    headings = rows.headings()
    return {name: headings[name] for name in SHOWN if name in filled}


def categories(found: Extract) -> list[tuple[str, int]]:
    """How many lines each category has, the most first; those of both countries that are called alike as one."""
    counts: Counter[str] = Counter()
    for code, number in sorted(found.categories.items()):
        counts[terms.label(CATEGORIES, code, lang()) if code else _("category not given")] += number
    return counts.most_common()


def about(found: Extract) -> list[tuple[str, Cell]]:
    """Which node says this, of which day, made when and from which state of its log, with which filter."""
    question = found.question
    chosen = [
        country_name(question.country, lang()) if question.country else "",
        terms.label(UNITS, question.region, lang()) if question.region else "",
        terms.label(CATEGORIES, question.category, lang()) if question.category else "",
    ]
    now, position = datetime.now(UTC), log.head().position
    return [
        (_("Node"), Cell(node_name())),
        (_("As of"), Cell(question.as_of.isoformat(), question.as_of, DAY)),
        (_("Made"), Cell(now.strftime("%Y-%m-%d %H:%M UTC"), now.replace(tzinfo=None), MOMENT)),
        (_("Log position"), Cell(str(position), position)),
        (_("Filter"), Cell("; ".join(filter(None, chosen)) or _("none"))),
        (_("Records"), Cell(str(len(found.lines)), len(found.lines))),
        (_("Of these not sure"), Cell(str(found.perhaps), found.perhaps)),
    ]


def _words(cell: Cell) -> str:
    """A day or a moment as people write it; the files have it as a number or in the order of ISO 8601."""
    if isinstance(cell.value, datetime):
        return moment(cell.value)
    return on_day(cell.value) if isinstance(cell.value, date) else cell.text


def table(request: HttpRequest, found: Extract) -> Table:
    """The list as a file has it, its rows read while it is written."""
    read = extract.views(reader(request), found.lines)
    return Table(
        name=_("State list"),
        about_name=_("About the list"),
        about=about(found),
        columns=[(heading, rows.HEADINGS[name]) for name, heading in rows.headings().items()],
        rows=(row.typed() for row in rows.rows(found, read, lang(), lambda _view, _lang: "")),
    )


def filters(question: Question) -> dict[str, list[tuple[str, str, bool]]]:
    """(code, label, whether chosen) of what can be chosen; the scales of the countries stay apart."""
    countries = [question.country] if question.country else settings.ORTAQ_COUNTRIES
    on = question.as_of.isoformat()
    regions = [place.code for code in countries for place in places.children(code.lower(), on)]
    scales = tuple(f"{code.lower()}_" for code in countries)
    categories = [term.code for term in terms.source().terms(CATEGORIES) if term.code.startswith(scales)]
    return {
        "country": [(c, country_name(c, lang()), c == question.country) for c in settings.ORTAQ_COUNTRIES],
        "region": [(c, terms.label(UNITS, c, lang()), c == question.region) for c in regions],
        "category": [(c, terms.label(CATEGORIES, c, lang()), c == question.category) for c in categories],
    }


def _link(given: QueryDict, **changes: Any) -> str:
    new = given.copy()
    for name, value in changes.items():
        new.pop(name, None)
        if value:
            new[name] = str(value)
    return f"?{new.urlencode()}"
