"""A view as the sections of a page: what is shown, in which order, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ortaq.engine import dates, geo, kinds, terms
from ortaq.engine.access import View
from ortaq.engine.facts import Facet
from ortaq.engine.fields import Date, Group, Identifier, Place, Term, Text
from ortaq.engine.fields.base import Context, Field, Piece
from ortaq.engine.fields.country import country_name
from ortaq.engine.fields.group import SOURCE, VALID
from ortaq.engine.fields.place import APPROXIMATE, MIDDLE, PRECISIONS, approximate
from ortaq.engine.fields.source import CERTAINTIES
from ortaq.engine.fields.unit import UNITS, above
from ortaq.engine.labels import L, pick
from ortaq.engine.outputs.arranged import Sided, Table, Timeline, pieces, sided, table, timeline

NO_SECONDS = re.compile("00[.,]0″")
TENTHS = re.compile("[.,][0-9]″")  # of a second: 3 m, which no approximate place is known to
STATUS = "protection"  # the facet whose values are shown as marks beside the name
Address = Callable[[View, str], str]


@dataclass(frozen=True)
class Statement:
    """One thing said: from when to when it holds, and what it rests on (label, pieces)."""

    value: list[Piece]
    when: list[Piece] = field(default_factory=list)
    basis: list[tuple[L, list[Piece]]] = field(default_factory=list)
    ended: bool = False


@dataclass(frozen=True)
class Located:
    """A place at the reader's precision. ``written``: degrees, minutes and seconds; ``public``: what others see;
    ``approximate``: the thing stands about there, because no more is known or no more may be."""

    geometry: dict[str, Any] | None
    written: str
    precision: str
    exact: bool
    accuracy: str = ""
    public: str = ""
    certainty: str = ""
    approximate: bool = False


@dataclass(frozen=True)
class Section:
    """A field with what it says. ``absent``: it ought to be given and is not; ``prose``: a text to be read;
    ``dated``: its statements ought to say from when to when they hold; ``table``, ``sided`` and ``timeline``
    stand in the place of statements."""

    name: str
    label: L
    statements: list[Statement] = field(default_factory=list)
    located: Located | None = None
    absent: bool = False
    prose: bool = False
    dated: bool = False
    table: Table | None = None
    sided: Sided | None = None
    timeline: Timeline | None = None


@dataclass(frozen=True)
class Closed:
    """A closed part and, in words, who may read it; ``opened`` when this reader is one of them."""

    label: str
    readers: list[str]
    opened: bool = False


@dataclass(frozen=True)
class Page:
    """``facts`` stand in a column, ``texts`` are read; ``other`` is what an unknown kind brought, as it came;
    ``subject`` is what the record is about, ``mark`` the one value of it that is shown large."""

    title: Piece
    names: list[Statement]
    marks: list[tuple[str, Piece]]
    facts: list[Section]
    texts: list[Section]
    closed: list[Closed]
    other: dict[str, Any]
    subject: Section | None = None
    mark: Section | None = None


def page(view: View, lang: str, address: Address) -> Page:
    """``address`` makes the address of a record for a reader of ``lang``."""
    title = title_of(view, lang)
    context = context_of(view, lang, address)
    kind = view.kind
    if kind is None or view.record.kind_version > kind.version:
        return Page(title, _titles(view, title), [], [], [], _closed(view, kind, lang), view.data)
    sections = {f.name: _section(f, view, kind, context) for f in kind.fields if f.name != kind.title}
    shown = {name: section for name, section in sections.items() if section is not None}
    facts = [_brief(s, kind) for f in kind.fields if _is_fact(f, kind) and (s := shown.get(f.name))]
    order = [*kind.page, *(f.name for f in kind.fields if f.name not in kind.page and not _is_fact(f, kind))]
    above = (kind.subject, kind.listed.mark)
    texts = [s for name in order if name not in above and (s := shown.get(name)) and not s.absent]
    names = _names(view, kind, context, title)
    closed = _closed(view, kind, lang)
    return Page(title, names, marks(kind, view.data, lang), facts, texts, closed, {}, *map(shown.get, above))


def title_of(view: View, lang: str) -> Piece:
    """The name in the reader's language or the stated fallback; the permanent number when there is no name to show."""
    code, text = pick(view.title, lang)
    return Piece(text or view.key, code)


def context_of(view: View, lang: str, address: Address) -> Context:
    names = {}
    for id_, other in view.names.items():
        title = title_of(other, lang)
        names[id_] = (title.lang, title.text, address(other, lang))
    return Context(lang=lang, country=view.record.country, names=names)


def statements(of: Field, value: Any, context: Context) -> list[Statement]:
    """What a value says, one statement for each occurrence of a group."""
    if not isinstance(of, Group):
        shown = pieces(of, value, context)
        return [Statement(shown)] if shown else []
    return [s for row in value if (s := statement(of, row, context)).value or s.basis]


def statement(group: Group, row: dict[str, Any], context: Context) -> Statement:
    cells = [(f, pieces(f, row[f.name], context)) for f in group.fields if row.get(f.name) is not None]
    own = [(f.label, shown) for f, shown in cells if shown and f is not VALID and f is not SOURCE]
    source = [(f.label, shown) for f, shown in cells if shown and f is SOURCE]
    when = next((shown for f, shown in cells if f is VALID), [])
    if group.dated and not when:  # an assessment or a document has its day and no period
        at = next((index for index, (f, _shown) in enumerate(cells) if isinstance(f, Date)), None)
        if at is not None and len(own) > 1:
            when = cells[at][1]
            own.remove((cells[at][0].label, when))
    value = own[0][1] if own else []
    return Statement(value, when, [*own[1:], *source], _ended(row.get(VALID.name)))


def _ended(valid: dict[str, str] | None) -> bool:
    end = dates.bounds(valid["to"])[1] if valid and valid.get("to") else None
    today = date.today()
    return end is not None and end < today.year * 10000 + today.month * 100 + today.day


def _section(of: Field, view: View, kind: type[kinds.Kind], context: Context) -> Section | None:
    value = view.data.get(of.name)
    if value is None:
        expected = of.required or (_facet(of) and of.name in kind.page)
        return Section(of.name, of.label, absent=True) if expected and of.part not in view.closed else None
    if isinstance(of, Place):
        return Section(of.name, of.label, located=located(value, context.lang, of.part in view.opened))
    if isinstance(of, Group) and of.sides:
        seen = sided(of, value, context)
        return Section(of.name, of.label, sided=seen) if seen.rows else None
    if isinstance(of, Group) and of.table:
        rows = table(of, value, context)
        return Section(of.name, of.label, table=rows) if rows.rows else None
    if isinstance(of, Group) and of.timeline:
        lanes = timeline(of, value, context)
        return Section(of.name, of.label, timeline=lanes) if lanes.lanes else None
    dated = isinstance(of, Group) and of.dated
    return Section(of.name, of.label, statements(of, value, context), prose=isinstance(of, Text), dated=dated)


def located(value: dict[str, Any], lang: str, opened: bool) -> Located:
    """A place value for people; an opened one says too what everybody else sees."""
    precision, geometry = value["precision"], value.get("geometry")
    word, about = PRECISIONS[precision].at(lang), APPROXIMATE.at(lang)
    exact = opened or precision == "exact"
    accuracy = str(value.get("accuracy_m", "")) if exact else ""
    if geometry is None:
        return Located(None, "", word, False)
    lat, lon = geo.centre(geometry)
    if not exact:
        minutes = geo.to_dms(round(lat * 60) / 60, round(lon * 60) / 60, lang)
        return Located(geometry, f"≈ {NO_SECONDS.sub('', minutes)}", f"{about}, {word}", False, approximate=True)
    written, rough = geo.to_dms(lat, lon, lang), approximate(value)
    certainty = CERTAINTIES[value["certainty"]].at(lang) if value.get("certainty") in CERTAINTIES else ""
    if not rough:
        return Located(geometry, written, PRECISIONS["exact"].at(lang), True, accuracy, word, certainty)
    about = MIDDLE.at(lang) if value.get("method") == "centre" else about
    public = "" if precision == "exact" else word
    return Located(
        geometry, f"≈ {TENTHS.sub('″', written)}", about, True, accuracy, public, certainty, approximate=True
    )


def _is_fact(of: Field, kind: type[kinds.Kind]) -> bool:
    """Whether the field stands in the column: what is counted and filtered by, the place, numbers, short values."""
    if of.name in (kind.title, kind.subject, kind.listed.mark) or (isinstance(of, Group) and (of.table or of.timeline)):
        return False
    if _facet(of) or isinstance(of, Place):
        return True
    if of.name in kind.page or isinstance(of, Text):
        return False
    return not isinstance(of, Group) or all(isinstance(inner, Identifier) for inner in of.fields)


def _facet(of: Field) -> bool:
    return bool(of.facet) or (isinstance(of, Group) and any(inner.facet for inner in of.fields))


def _brief(section: Section, kind: type[kinds.Kind]) -> Section:
    """In the column what holds now; what it rests on only where the text does not say it again."""
    if section.name not in kind.page or not section.statements:
        return section
    now = [Statement(s.value, s.when) for s in section.statements if not s.ended]
    return Section(section.name, section.label, now, absent=not now)


def _titles(view: View, title: Piece) -> list[Statement]:
    return [Statement([Piece(text, lang)]) for lang, text in view.title.items() if text != title.text]


def _names(view: View, kind: type[kinds.Kind], context: Context, title: Piece) -> list[Statement]:
    """All names but the one in the heading, the reader's language first."""
    of, value = kind.field(kind.title), view.data.get(kind.title)
    if of is None or not isinstance(value, list):
        return _titles(view, title)
    found = [s for s in statements(of, value, context) if s.value and s.value[0].text != title.text]
    return sorted(found, key=lambda s: (s.value[0].lang != context.lang, s.ended))


def marks(kind: type[kinds.Kind], data: dict[str, Any], lang: str) -> list[tuple[str, Piece]]:
    """(code, label) of each status that holds now."""
    found: dict[str, Piece] = {}
    for of in kind.fields:
        rows = data.get(of.name)
        if isinstance(of, Group) and isinstance(rows, list):
            for row in rows:
                if not _ended(row.get(VALID.name)):
                    found |= dict(_status(of, row, lang))
    return list(found.items())


def _status(group: Group, row: dict[str, Any], lang: str) -> Iterator[tuple[str, Piece]]:
    for of in group.fields:
        if isinstance(of, Term) and of.facet == STATUS and row.get(of.name):
            for fact in of.facts(row[of.name]):
                if isinstance(fact, Facet):
                    yield fact.value, of.show(fact.value, Context(lang=lang))[0]


def _closed(view: View, kind: type[kinds.Kind] | None, lang: str) -> list[Closed]:
    """The closed parts there are, those that this reader may not read first."""
    found = []
    for name in [*sorted(view.closed), *sorted(view.opened)]:
        audience = view.record.part_audiences.get(name, [])
        if "public" in audience:
            continue
        part = kind.parts.get(name) if kind else None
        label = part.label.at(lang) if part else name
        found.append(Closed(label, readers(audience, lang), name in view.opened))
    return found


def readers(audience: list[str], lang: str) -> list[str]:
    """Tokens in words; the owner is always among them, who has a grant is nobody else's business."""
    found = [_("the organisation that owns the record")]
    regions = [token.partition(":")[2] for token in audience if token.startswith("region:")]
    wider = {unit for region in regions for unit in above(region)[1:]}
    for token in sorted(audience):
        sort, _colon, value = token.partition(":")
        if sort == "region" and value in wider:
            continue
        words = {
            "registered": _("everybody signed in"),
            "professional": _("verified specialists"),
            "partner": _("the authorities of the partner countries"),
            "national": _("the authorities of this country: %(name)s") % {"name": country_name(value, lang)},
            "region": _("inspectors in charge of: %(name)s") % {"name": terms.label(UNITS, value, lang)},
            "org": _("organisations it is shared with"),
        }.get(sort)
        if words and words not in found:
            found.append(words)
    return found
