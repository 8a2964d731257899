"""The texts of a record and what one language lacks among them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from ortaq.engine.fields import Group, Text
from ortaq.engine.fields.group import ID
from ortaq.engine.kinds import Kind

T = TypeVar("T")
ORIGINAL, OFFICIAL, MACHINE_ONLY = "original", "official", "machine"
MISSING, STALE, MACHINE = "missing", "stale", "machine"

Inner = dict[str, str]


@dataclass(frozen=True)
class Place:
    """Where a text stands: ``path`` in the data, the field, and its label with the number of the occurrence."""

    path: tuple[str, ...]
    of: Text
    label: str
    value: dict[str, Inner]

    @property
    def name(self) -> str:
        return ".".join(self.path)


def places(kind: type[Kind], data: Mapping[str, Any], closed: Collection[str] = ()) -> Iterator[Place]:
    """Every text of ``data`` that says something, in the order of the fields, without the parts in ``closed``."""
    for of in kind.fields:
        value = data.get(of.name)
        if not value or of.part in closed:
            continue
        if isinstance(of, Text):
            yield Place((of.name,), of, str(of.label), value)
        elif isinstance(of, Group):
            for number, row in enumerate(value, start=1):
                for inner in of.fields:
                    if isinstance(inner, Text) and row.get(inner.name):
                        label = f"{of.label} {number}: {inner.label}"
                        yield Place((of.name, row[ID], inner.name), inner, label, row[inner.name])


def original(value: Mapping[str, Inner], lang: str) -> str:
    """The language that a text is translated from into ``lang``; "" when there is no other."""
    others = [code for code in value if code != lang]
    for origin in (ORIGINAL, OFFICIAL):
        for code in others:
            if value[code]["origin"] == origin:
                return code
    return others[0] if others else ""


@dataclass
class Changes(Generic[T]):
    """At which of the states that were told, one after the other, each text of each language last changed."""

    at: dict[tuple[str, str], T] = field(default_factory=dict)
    _texts: dict[tuple[str, str], str] = field(default_factory=dict)

    def tell(self, kind: type[Kind], data: Mapping[str, Any], when: T) -> None:
        now = {(p.name, lang): inner["text"] for p in places(kind, data) for lang, inner in p.value.items()}
        for key, text in now.items():
            if self._texts.get(key) != text:
                self.at[key] = when
        self._texts = now


def waits(place: Place, lang: str, changed: Mapping[tuple[str, str], Any]) -> str:
    """Why a text waits for ``lang``, "" when it does not. ``changed`` gives values that can be compared."""
    source = original(place.value, lang)
    mine = place.value.get(lang)
    if mine is None:
        return MISSING if source else ""
    if mine["origin"] == MACHINE_ONLY:
        return MACHINE
    if not source or mine["origin"] == ORIGINAL:
        return ""
    theirs, own = changed.get((place.name, source)), changed.get((place.name, lang))
    return STALE if theirs is not None and own is not None and theirs > own else ""


def told(kind: type[Kind], states: Iterable[tuple[T, Mapping[str, Any]]]) -> Changes[T]:
    """The changes of (when, data) in order."""
    found: Changes[T] = Changes()
    for when, data in states:
        found.tell(kind, data, when)
    return found
