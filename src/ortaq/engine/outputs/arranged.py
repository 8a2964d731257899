"""Occurrences of a group that read better arranged than said one after another: as a table, or as lanes along time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ortaq.engine import dates
from ortaq.engine.fields import Group, Period
from ortaq.engine.fields.base import Context, Field, Piece, Row
from ortaq.engine.labels import L

Cell = tuple[L, list[Piece]]

AXIS = 1_000  # units of the whole axis
NARROWEST = 6  # units of a bar that can still be seen
CELLS = 8  # years, or steps of years, that fit under the axis on a phone
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)
MONTH, YEAR = 31, 372  # days of a month and of a year that are all equally long, so that years are equally wide


@dataclass(frozen=True)
class Table:
    """``head`` names the fields that some occurrence fills; each of ``rows`` has a cell for each of them."""

    head: list[L]
    rows: list[list[Cell]]


@dataclass(frozen=True)
class Sided:
    """``head`` names the sides; each of ``rows`` has for each of them the fields that are filled there."""

    head: list[L]
    rows: list[list[tuple[L, list[Cell]]]]


@dataclass(frozen=True)
class Bar:
    """From ``x`` on, ``width`` wide, in units of the axis; ``open``: one of its ends is not given."""

    x: int
    width: int
    open: bool


@dataclass(frozen=True)
class Entry:
    """What one occurrence says of its lane."""

    when: list[Piece]
    basis: list[Cell]


@dataclass
class Lane:
    """Occurrences with the same first field, for instance the two seasons of one supervision."""

    name: list[Piece]
    bars: list[Bar] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Timeline:
    """Lanes above one axis; ``years`` are written under it at equal distances, ``grid`` is where each begins."""

    lanes: list[Lane]
    years: list[str]
    grid: list[int]


def pieces(of: Field, value: Any, context: Context) -> list[Piece]:
    """Shown pieces in one run; terms and units are parted by commas where they are several."""
    return [piece for piece in of.show(value, context) if not isinstance(piece, Row)]


def table(group: Group, value: list[dict[str, Any]], context: Context) -> Table:
    """Without the rows of which the reader may see nothing, as those that only link to what is hidden from him."""
    every = [{f.name: pieces(f, row[f.name], context) for f in group.fields if f.name in row} for row in value]
    shown = [row for row in every if any(row.values())]
    columns = [f for f in group.fields if any(row.get(f.name) for row in shown)]
    return Table([f.label for f in columns], [[(f.label, row.get(f.name, [])) for f in columns] for row in shown])


def sided(group: Group, value: list[dict[str, Any]], context: Context) -> Sided:
    """Sides of which no occurrence says anything are left out, as are occurrences that say nothing."""
    known = {f.name: f for f in group.fields}
    rows = []
    for row in value:
        sides = [
            [(known[n].label, shown) for n in side.fields if n in row and (shown := pieces(known[n], row[n], context))]
            for side in group.sides
        ]
        if any(sides):
            rows.append(sides)
    filled = [n for n in range(len(group.sides)) if any(row[n] for row in rows)]
    head = [group.sides[n].label for n in filled]
    return Sided(head, [[(group.sides[n].label, row[n]) for n in filled] for row in rows])


Ends = tuple[float | None, float | None]


@dataclass(frozen=True)
class Dated:
    """What stands in a lane: ``key`` is the same for what shares one, ``value`` is that of a period or a date field."""

    key: str
    name: list[Piece]
    entry: Entry
    value: dict[str, Any] | None


def timeline(group: Group, value: list[dict[str, Any]], context: Context) -> Timeline:
    """Occurrences with the same first field share a lane."""
    period = next(f for f in group.fields if isinstance(f, Period))
    found = []
    for row in value:
        cells = [(f, pieces(f, row[f.name], context)) for f in group.fields if f.name in row]
        if not any(shown for _field, shown in cells):
            continue
        name = next((shown for f, shown in cells if f is group.fields[0]), [])
        when = next((shown for f, shown in cells if f is period), [])
        basis = [(f.label, shown) for f, shown in cells if shown and f is not group.fields[0] and f is not period]
        found.append(Dated(repr(row.get(group.fields[0].name)), name, Entry(when, basis), row.get(period.name)))
    return laid(found, context.lang)


def laid(found: list[Dated], lang: str) -> Timeline:
    """Lanes in the order in which they begin; what has no date comes last and has no bar."""
    spans = [(span_of(one.value), one) for one in found]
    first, step, count = _axis([year for span, _one in spans for year in span if year is not None])
    lanes: dict[str, Lane] = {}
    for span, one in sorted(spans, key=lambda pair: _order(pair[0])):
        lane = lanes.setdefault(one.key, Lane(one.name))
        lane.entries.append(one.entry)
        lane.bars += _bars(span, first, step * count)
    years = [_written(first + step * n, lang) for n in range(count)]
    return Timeline(list(lanes.values()), years, [round(AXIS * n / count) for n in range(count)])


def span_of(value: dict[str, Any] | None) -> Ends:
    """The two ends as years with their fraction; the last day belongs to the period."""
    given = value or {}
    whole = given.get("edtf")
    start, end = (whole, whole) if whole else (given.get("from"), given.get("to"))
    first = dates.bounds(start)[0] if start else None
    last = dates.bounds(end)[1] if end else None
    return (None if first is None else _years(first), None if last is None else _years(last) + 1 / YEAR)


def _years(day: int) -> float:
    year = dates.year_of(day)
    month, rest = divmod(day - year * 10_000, 100)
    return year + ((month - 1) * MONTH + rest - 1) / YEAR


def _order(span: Ends) -> tuple[bool, float]:
    known = [end for end in span if end is not None]
    return (not known, known[0] if known else 0)


def _axis(ends: list[float]) -> tuple[int, int, int]:
    """(first year, years in a step, number of steps); no steps when nothing is dated."""
    if not ends:
        return (0, 1, 0)
    low, high = int(min(ends) // 1), max(ends)
    step = next((s for s in STEPS if (high - low // s * s) / s <= CELLS), STEPS[-1])
    first = low // step * step
    return (first, step, max(1, int(-((first - high) // step))))


def _bars(span: Ends, first: int, years: int) -> list[Bar]:
    start, end = span
    if start is None and end is None:
        return []
    x = 0 if start is None else round((start - first) / years * AXIS)
    right = AXIS if end is None else round((end - first) / years * AXIS)
    width = max(NARROWEST, right - x)
    return [Bar(min(x, AXIS - width), width, start is None or end is None)]


def _written(year: int, lang: str) -> str:
    return str(year) if year > 0 else dates.show(f"{year:05d}" if year else "0000", lang)
