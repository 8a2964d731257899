"""What refers to a record as sections of its page, one for each kind, after what that kind says of itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ortaq.engine import kinds
from ortaq.engine.access import View
from ortaq.engine.fields import Country, Date, Group, Line, Number, Period, Quantity, Term, Unit
from ortaq.engine.fields.base import Context, Field, Piece
from ortaq.engine.fields.common import ROLE
from ortaq.engine.fields.group import ID
from ortaq.engine.labels import L
from ortaq.engine.linkers import Linker
from ortaq.engine.outputs.arranged import Dated, Ends, Entry, Timeline, laid, pieces, span_of
from ortaq.engine.outputs.page import Address, title_of
from ortaq.engine.roles import ROLES

SAYABLE = (Country, Date, Line, Number, Period, Quantity, Term)  # types whose value names no other record
Alphabet = Callable[[str, str], list[int]]
AS = "role"  # the field of an occurrence that says as what somebody is named in it


@dataclass(frozen=True)
class Item:
    """A record that refers here: ``said`` is as what it names the thing, ``mark`` is shown large."""

    view: View
    title: Piece
    url: str
    when: list[Piece]
    facts: list[tuple[L, list[Piece]]]
    said: list[Piece]
    mark: list[Piece]
    span: Ends

    @property
    def link(self) -> Piece:
        return Piece(self.title.text, self.title.lang, self.url)


@dataclass(frozen=True)
class Related:
    """The records of one kind: a ``timeline``, or ``groups`` of items; rows are one group without a label."""

    name: str
    label: str
    form: str
    groups: list[tuple[str, list[Item]]] = field(default_factory=list)
    timeline: Timeline | None = None

    @property
    def dated(self) -> bool:
        """Whether any of them says when."""
        return any(item.when for _label, items in self.groups for item in items)


@dataclass(frozen=True)
class Step:
    """One record of a series: ``place`` on its scale, 0 is the best, None for what is not on it."""

    item: Item
    place: int | None
    current: bool


@dataclass(frozen=True)
class Trend:
    """A series from the oldest to the latest, on a scale whose ends are named."""

    best: list[Piece]
    worst: list[Piece]
    places: range
    steps: list[Step]


def related(found: Iterable[Linker], lang: str, address: Address, alphabet: Alphabet) -> list[Related]:
    """A section for each kind in the order that the kinds ask for; ``alphabet`` says where a name stands in a list."""
    by_kind: dict[str, list[Item]] = {}
    for linker in found:
        by_kind.setdefault(linker.view.record.kind, []).append(_item(linker, lang, address))
    order = sorted(by_kind, key=lambda slug: (_listed(slug).order, slug))
    return [_section(slug, sorted(by_kind[slug], key=lambda i: _order(i, lang, alphabet)), lang) for slug in order]


def trend(view: View, found: Iterable[Linker], lang: str, address: Address) -> Trend | None:
    """The series that ``view`` stands in; None where it has no other member with a date."""
    series = view.kind.series if view.kind else None
    if view.kind is None or series is None:
        return None
    of = view.kind.field(series.grade)
    items = [_item(one, lang, address) for one in found if one.view.record.kind == view.record.kind]
    dated = sorted((i for i in items if i.span[0] is not None), key=lambda i: (i.span[0] or 0, i.view.key))
    if of is None or len(dated) < 2:
        return None
    ends = [_shown(of, series.scale[at], lang, "") for at in (0, -1)]
    steps = [Step(i, _place(series.scale, i.view.data.get(series.grade)), i.view.key == view.key) for i in dated]
    return Trend(ends[0], ends[1], range(len(series.scale)), steps)


def said(view: View) -> dict[str, Any]:
    """The values of ``view`` that a section shows; what is drawn once depends on them."""
    kind = _kind(view)
    listed = kind.listed if kind else kinds.Listed()
    names = [*listed.when, *listed.facts, listed.by, listed.mark, kind.series.grade if kind and kind.series else ""]
    return {name: view.data[name] for name in names if name in view.data}


def _section(slug: str, items: list[Item], lang: str) -> Related:
    kind, listed = kinds.get(slug), _listed(slug)
    label = str(kind.plural) if kind else slug
    if listed.form == "timeline":
        rows = [Dated(i.view.key, [i.link], Entry(i.when, _basis(i)), _dated(i.view)) for i in items]
        return Related(slug, label, listed.form, timeline=laid(rows, lang))
    if listed.form == "cards" and kind:
        by: dict[str, list[Item]] = {}
        of = kind.field(listed.by)
        for item in items:
            value = item.view.data.get(listed.by)
            name = ", ".join(p.text for p in _shown(of, value, lang, "")) if of and value else ""
            by.setdefault(name, []).append(item)
        return Related(slug, label, listed.form, sorted(by.items()))
    return Related(slug, label, "rows", [("", items)])


def _basis(item: Item) -> list[tuple[L, list[Piece]]]:
    return [*([(ROLE, item.said)] if item.said else []), *item.facts]


def _item(linker: Linker, lang: str, address: Address) -> Item:
    view, kind = linker.view, _kind(linker.view)
    title, url = title_of(view, lang), address(view, lang)
    if kind is None:
        return Item(view, title, url, [], [], [], [], (None, None))
    country = view.record.country
    shown = {name: s for name, of, value in _sayable(kind, view) if (s := _shown(of, value, lang, country))}
    when = next((shown[name] for name in kind.listed.when if name in shown), [])
    facts = [(of.label, shown[name]) for name in kind.listed.facts if name in shown and (of := kind.field(name))]
    roles = list(dict.fromkeys(p for role, row in linker.links for p in _said(kind, view, role, row, lang)))
    return Item(view, title, url, when, facts, roles, shown.get(kind.listed.mark, []), span_of(_dated(view)))


def _sayable(kind: type[kinds.Kind], view: View) -> Iterator[tuple[str, Field, Any]]:
    listed = kind.listed
    for name in (*listed.when, *listed.facts, listed.mark):
        of, value = kind.field(name), view.data.get(name)
        if isinstance(of, SAYABLE) and value is not None:
            yield name, of, value


def _shown(of: Field, value: Any, lang: str, country: str) -> list[Piece]:
    found = pieces(of, value, Context(lang=lang, country=country))
    return found[:1] if isinstance(of, Unit) else found


def _said(kind: type[kinds.Kind], view: View, role: str, row: str, lang: str) -> list[Piece]:
    """As what the thing is named: by the occurrence itself where that says so, otherwise by the role of the link."""
    for group in kind.fields if row else ():
        of = next((f for f in group.fields if f.name == AS), None) if isinstance(group, Group) else None
        rows = view.data.get(group.name) if of else None
        for given in rows if isinstance(rows, list) else ():
            if of and given.get(ID) == row and given.get(AS):
                return pieces(of, given[AS], Context(lang=lang))
    return [Piece(ROLES[role].at(lang))] if role in ROLES else []


def _dated(view: View) -> dict[str, Any] | None:
    """The value that dates the record elsewhere."""
    kind = _kind(view)
    return next((view.data[n] for n in kind.listed.when if view.data.get(n)), None) if kind else None


def _order(item: Item, lang: str, alphabet: Alphabet) -> tuple[bool, float, list[int]]:
    """The latest first, what has no date last and by name."""
    known = [end for end in item.span if end is not None]
    return (not known, -(known[0] if known else 0), alphabet(lang, item.title.text))


def _place(scale: tuple[str, ...], code: Any) -> int | None:
    return scale.index(code) if code in scale else None


def _listed(slug: str) -> kinds.Listed:
    kind = kinds.get(slug)
    return kind.listed if kind else kinds.Listed()


def _kind(view: View) -> type[kinds.Kind] | None:
    """The kind of a record whose version this node knows."""
    kind = view.kind
    return kind if kind is not None and view.record.kind_version <= kind.version else None
