"""The dated groups of a view on one axis of time, and what of them held on a chosen day.

Positions are whole units of an axis that is ``WIDTH`` wide. Uncertain dates are drawn by their bounds: what is sure
full, what is only possible light. What has no beginning starts at the left edge, what has no end goes on to today.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ortaq.engine import dates
from ortaq.engine.access import View
from ortaq.engine.dates.holding import EVER, NEVER, Held, day_of, held
from ortaq.engine.fields import Date, Group
from ortaq.engine.fields.base import Context, Piece
from ortaq.engine.fields.group import VALID
from ortaq.engine.labels import L
from ortaq.engine.outputs.page import Address, Statement, context_of, statement

WIDTH = 1000
STATED = "stated"  # an assessment or a document of an earlier day: said by then, which is not "held"
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)
MOST_TICKS = 6
BENT = 300  # years from which on the axis gives more room to what is nearer to today


@dataclass(frozen=True)
class Bar:
    """One statement: ``sure`` and ``perhaps`` are (left, width); ``state`` says whether it held on the chosen day."""

    statement: Statement
    when: list[Piece]
    held: Held
    moment: bool = False
    perhaps: tuple[int, int] = (0, 0)
    sure: tuple[int, int] | None = None
    state: str = ""

    @property
    def ended(self) -> bool:
        return self.statement.ended


@dataclass(frozen=True)
class Lane:
    name: str
    label: L
    bars: list[Bar]


@dataclass(frozen=True)
class Timeline:
    """``ticks`` are (left, year in words); ``chosen`` is where the chosen day stands, None where none was chosen."""

    lanes: list[Lane] = field(default_factory=list)
    ticks: list[tuple[int, str]] = field(default_factory=list)
    today: int = WIDTH
    chosen: int | None = None


def timeline(view: View, lang: str, address: Address, as_of: date | None = None) -> Timeline:
    """Every dated group that says when, in the order of the kind; names are dated too and stand by themselves."""
    kind = view.kind
    if kind is None or view.record.kind_version > kind.version:
        return Timeline()
    today, context = day_of(date.today()), context_of(view, lang, address)
    lanes = []
    for group in kind.fields:
        if isinstance(group, Group) and group.dated and group.name != kind.title and view.data.get(group.name):
            bars = sorted(_bars(group, view.data[group.name], context, today), key=lambda bar: bar.held.begun)
            if any(_told(bar) for bar in bars):
                lanes.append(Lane(group.name, group.label, bars))
    return _placed(lanes, today, lang, day_of(as_of) if as_of else None)


def _told(bar: Bar) -> bool:
    return bar.moment or bar.held.begun[0] != EVER or bar.held.ended[1] != NEVER


def _bars(group: Group, rows: list[dict[str, Any]], context: Context, today: int) -> Iterator[Bar]:
    day = next((f for f in group.fields if isinstance(f, Date)), None)
    for row in rows:
        said = statement(group, row, context)
        if not said.value:
            continue
        valid, single = row.get(VALID.name), _edtf(day, row)
        if valid or not single:
            yield Bar(said, [_when(valid, context.lang)] if valid else [], held(valid, today))
        else:
            first, last = dates.bounds(single)
            begun = (EVER if first is None else first, today if last is None else last)
            yield Bar(said, said.when, Held(begun, (NEVER, NEVER)), moment=True)


def _edtf(day: Date | None, row: dict[str, Any]) -> str:
    value = row.get(day.name) if day else None
    return str(value.get("edtf", "")) if value else ""


def _when(valid: dict[str, str], lang: str) -> Piece:
    start = dates.show(valid["from"], lang) if valid.get("from") else "…"
    if valid.get("to"):
        return Piece(f"{start} – {dates.show(valid['to'], lang)}", lang)
    return Piece(_("%(start)s – until today") % {"start": start}, lang)


def _placed(lanes: list[Lane], today: int, lang: str, chosen: int | None) -> Timeline:
    """The same lanes with their places on an axis that takes in everything and today."""
    if not lanes:
        return Timeline()
    low, high = _edges([bar for lane in lanes for bar in lane.bars], [today, *([chosen] if chosen else [])])

    bend = 0.5 if high - low > BENT else 1.0

    def at(day: int) -> int:
        before = (high - min(max(_years(day), low), high)) / (high - low)
        return round((1 - before**bend) * WIDTH)

    def drawn(bar: Bar) -> Bar:
        first = bar.held.begun
        last = (
            (first[1], first[1]) if bar.moment else (_until(bar.held.ended[0], today), _until(bar.held.ended[1], today))
        )
        left, right = at(first[0]), at(max(last[1], first[0]))
        sure = (at(first[1]), at(last[0]))
        state = _state(bar, chosen) if chosen is not None else ""
        whole = (left, max(right - left, 4))  # what is one day long is seen all the same
        kept = (sure[0], sure[1] - sure[0]) if sure[1] > sure[0] else None
        return replace(bar, perhaps=whole, sure=kept, state=state)

    placed = [replace(lane, bars=[drawn(bar) for bar in lane.bars]) for lane in lanes]
    years = [year if year > 0 else year + 1 for year in _ticks(low, high)]  # there is no year 0: 500 BC is −499
    ticks = [(at(year * 10000 + 101), dates.show(_edtf_year(year), lang)) for year in years]
    return Timeline(placed, ticks, at(today), at(chosen) if chosen is not None else None)


def _until(day: int, today: int) -> int:
    return today if day == NEVER else day


def _state(bar: Bar, day: int) -> str:
    if not bar.moment:
        return bar.held.on(day)
    return STATED if bar.held.begun[1] <= day else bar.held.on(day)


def _edges(bars: Iterable[Bar], days: Iterable[int]) -> tuple[float, float]:
    """The first and the last year of the axis, a little wider than what stands on it."""
    known = [_years(day) for bar in bars for day in (*bar.held.begun, *bar.held.ended) if day not in (EVER, NEVER)]
    known += [_years(day) for day in days]
    low, high = min(known), max(known)
    margin = max((high - low) * 0.04, 1)
    return low - margin, high + margin / 4


def _years(day: int) -> float:
    """A day as a year with its fraction; months are taken as equally long, which nobody sees."""
    year, rest = divmod(day, 10000)
    return year + (max(rest // 100, 1) - 1) / 12 + (max(rest % 100, 1) - 1) / 365


def _ticks(low: float, high: float) -> list[int]:
    step = next((s for s in STEPS if (high - low) / s <= MOST_TICKS), STEPS[-1])
    first = int(-(-low // step))
    return [year for n in range(MOST_TICKS + 1) if (year := (first + n) * step) <= high]


def _edtf_year(year: int) -> str:
    sign, size = ("-" if year < 0 else ""), abs(year)
    return f"Y{sign}{size}" if size > 9999 else f"{sign}{size:04d}"
