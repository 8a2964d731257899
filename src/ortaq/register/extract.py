"""The state list as of a day for one reader: which records, in which order, under which region.

What the records say about status and lists is read once for each state of the log and kept small; days and
filters are then a matter of comparing numbers. Rows that are shown are read again through the gate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from ortaq.engine import access, kinds, log
from ortaq.engine.access import Reader, View
from ortaq.engine.dates.holding import PERHAPS, day_of
from ortaq.engine.traced import PUBLISHED
from ortaq.register.number import sort_key
from ortaq.register.standing import Entry, Standing, Status, entries, listed, standing, statuses
from ortaq.vocab import places

BATCH = 200
COLUMNS = ("kind", "kind_version", "country", "region", "data")


@dataclass(frozen=True)
class Question:
    """What is asked for; an empty filter asks for everything."""

    as_of: date
    country: str = ""
    region: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """What one record says about its status, without a word of the rest."""

    id: UUID
    country: str
    unit: str
    statuses: tuple[Status, ...]
    entries: tuple[Entry, ...]
    dated: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One record of the list: ``region`` is the code under which it stood on that day."""

    id: UUID
    country: str
    region: str
    category: str
    state: str


@dataclass(frozen=True)
class Extract:
    """``regions`` and ``categories`` count the lines; ``perhaps`` how many of them are not sure; ``says`` are the
    columns that at least one line fills, of those that need not be filled."""

    question: Question
    lines: tuple[Line, ...]
    regions: Counter[tuple[str, str]]
    categories: Counter[str]
    perhaps: int
    says: frozenset[str] = frozenset()


def extract(reader: Reader, question: Question) -> Extract:
    day, found = day_of(question.as_of), []
    says: set[str] = set()
    iso, order = question.as_of.isoformat(), _order()
    paths = {item.unit: path(item.unit, iso) for item in ledger(reader)}
    for item in ledger(reader):
        codes = paths[item.unit]
        if question.country not in ("", item.country) or (question.region and question.region not in codes):
            continue
        stood = standing(item.statuses, item.entries, day)
        if stood is None or question.category not in ("", _category(stood)):
            continue
        says.update(*(said.says for said in (stood.status, *stood.entries) if said), ("dating",) if item.dated else ())
        region = codes[1] if len(codes) > 1 else item.unit
        line = Line(item.id, item.country, region, _category(stood), stood.state)
        found.append((item.country, order.get(region, len(order)), region, sort_key(stood.number), item.id, line))
    found.sort(key=lambda row: row[:5])
    lines = tuple(row[-1] for row in found)
    return Extract(
        question,
        lines,
        Counter((line.country, line.region) for line in lines),
        Counter(line.category for line in lines),
        sum(line.state == PERHAPS for line in lines),
        frozenset(says),
    )


def _category(stood: Standing) -> str:
    return stood.status.category if stood.status else ""


def path(unit: str, on: str) -> tuple[str, ...]:
    """The codes from the country down to the unit as it lay on that day; the unit itself where it is not known."""
    return tuple(place.code for place in places.path(unit, on)) or (unit,)


@lru_cache(maxsize=1)
def _order() -> dict[str, int]:
    return {place.code: number for number, place in enumerate(places.places())}


def listing() -> list[str]:
    """The kinds whose records have a status and entries in lists."""
    return [slug for slug, kind in kinds.KINDS.items() if listed(kind)]


def ledger(reader: Reader) -> tuple[Item, ...]:
    end = log.head()
    return _ledger(reader.tokens, end.head, end.position, date.today())


@lru_cache(maxsize=4)
def _ledger(tokens: frozenset[str], _head: str, _position: int, today: date) -> tuple[Item, ...]:
    """Every published record that may be read with ``tokens``, as the log stood: a change of anything asks anew."""
    rows = access.visible(Reader(tokens)).filter(kind__in=listing(), state=PUBLISHED)
    kept = _items(today)
    stamps = dict(rows.values_list("id", "revision"))
    changed = [id_ for id_, revision in stamps.items() if kept.get(id_, (0, None))[0] != revision]
    for start in range(0, len(changed), BATCH):
        of = rows.filter(id__in=changed[start : start + BATCH])
        for id_, revision, slug, version, country, unit, data in of.values_list("id", "revision", *COLUMNS):
            kept[id_] = (revision, _item(id_, slug, version, country, unit, data, day_of(today)))
    return tuple(item for id_ in stamps if (item := kept.get(id_, (0, None))[1]))


@lru_cache(maxsize=1)
def _items(_today: date) -> dict[UUID, tuple[int, Item | None]]:
    """What was read of each revision, for this process and this day: a change of one record reads that one again."""
    return {}


def _item(id_: UUID, slug: str, version: int, country: str, unit: str, data: dict[str, Any], today: int) -> Item | None:
    kind = kinds.KINDS[slug]
    if version > kind.version:
        return None
    now = kind.upgrade(data, version)
    said, named = statuses(now, country, today), entries(now, today)
    return Item(id_, country, unit, said, named, bool(now.get("dating"))) if said or named else None


def views(reader: Reader, lines: tuple[Line, ...]) -> Iterator[tuple[Line, View]]:
    """The lines with their records, each batch read through the gate at its moment."""
    for start in range(0, len(lines), BATCH):
        batch = lines[start : start + BATCH]
        records = access.visible(reader).filter(id__in=[line.id for line in batch], state=PUBLISHED)
        read = {view.record.id: view for view in access.views(reader, list(records))}
        yield from ((line, read[line.id]) for line in batch if line.id in read)
