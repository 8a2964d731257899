"""Administrative units of the countries as a tree that knows its dates.

Read once from ``data/places.csv``. A unit keeps its code for ever; it has an optional first day, an optional day
from which it is no more, and, when borders moved between parents, the parents it had before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from django.utils.translation import gettext_lazy

from ortaq.engine.problems import Problem
from ortaq.vocab import table

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_BEFORE = re.compile(r"(?P<parent>[a-z0-9-]+):\.\./(?P<until>[0-9-]+)")
_FIRST = "0000-01-01"


@dataclass(frozen=True)
class FormerParent:
    """The unit belonged to ``parent`` until the day ``until``, which is already the next parent's."""

    parent: str
    until: str


@dataclass(frozen=True)
class Place:
    """One administrative unit.

    ``names`` by language, what is not known is left out; ``valid_from``, ``valid_to``: EDTF dates or empty, the
    second is the first day on which the unit is no more; ``kato``, ``iso``: codes of the state classifier of
    Kazakhstan and of ISO 3166-2, or empty; ``lat``, ``lon``: degrees, somewhere in the middle, or None;
    ``checked``: every name given was found in a published source.
    """

    code: str
    country: str
    level: str
    parent: str | None
    parents_before: tuple[FormerParent, ...]
    names: Mapping[str, str] = field(hash=False)
    valid_from: str
    valid_to: str
    kato: str
    iso: str
    lat: float | None
    lon: float | None
    source: str
    checked: bool

    def parent_on(self, on: str | None = None) -> str | None:
        """The code of the parent on a date, today's for None."""
        if on is not None:
            for before in self.parents_before:
                if _day(on) < _day(before.until):
                    return before.parent
        return self.parent

    def exists(self, on: str | None = None) -> bool:
        """Whether the unit exists on a date; for None, whether it is one of today."""
        if on is None:
            return not self.valid_to
        started = not self.valid_from or _day(self.valid_from) <= _day(on)
        return started and (not self.valid_to or _day(on) < _day(self.valid_to))


def _day(date: str) -> str:
    """The first day of a year, a month or a day, so that dates compare as text."""
    if not _DATE.fullmatch(date):
        raise Problem("date", gettext_lazy("%(value)s is not a date. Write a year, 2022-06 or 2022-06-08."), value=date)
    return date + _FIRST[len(date) :]


@cache
def _all() -> Mapping[str, Place]:
    return {row["code"]: _place(row) for row in table.rows("places.csv")}


def _place(row: dict[str, str]) -> Place:
    names = {lang: row[f"name_{lang}"] for lang in ("kk", "az", "ru", "en") if row[f"name_{lang}"]}
    before = (match for part in row["parents_before"].split(";") if (match := _BEFORE.fullmatch(part)))
    return Place(
        code=row["code"],
        country=row["country"],
        level=row["level"],
        parent=row["parent"] or None,
        parents_before=tuple(FormerParent(match["parent"], match["until"]) for match in before),
        names=MappingProxyType(names),
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        kato=row["kato"],
        iso=row["iso"],
        lat=float(row["lat"]) if row["lat"] else None,
        lon=float(row["lon"]) if row["lon"] else None,
        source=row["source"],
        checked=row["checked"] == "yes",
    )


def places() -> tuple[Place, ...]:
    """All units, past ones too; a parent always stands before its children."""
    return tuple(_all().values())


def get(code: str) -> Place | None:
    return _all().get(code)


def children(code: str | None, on: str | None = None) -> tuple[Place, ...]:
    """The units directly below ``code`` (the countries for None) on a date, today's for None.

    A unit whose own first day is not known is there as long as its parent is. Raises :class:`Problem` when ``on``
    is no year, month or day.
    """
    parent = get(code) if code is not None else None
    if parent is not None and not parent.exists(on):
        return ()
    return tuple(place for place in places() if place.exists(on) and place.parent_on(on) == code)


def path(code: str, on: str | None = None) -> tuple[Place, ...]:
    """The units from the country down to ``code`` itself on a date; empty when there is no such unit."""
    place = get(code)
    if place is None:
        return ()
    parent = place.parent_on(on)
    return (*(path(parent, on) if parent else ()), place)
