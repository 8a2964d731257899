"""The period of a search: two years as people write them, and how many records each century has."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from ortaq.engine import dates
from ortaq.engine.dates.edtf import astronomical, number
from ortaq.engine.problems import Problem
from ortaq.web.reading import lang

FROM, TO = "from", "to"
LONGEST = 60  # characters of a year as somebody writes it
FARTHEST = 9_999_999  # years before or after our era begins
BARS = 60  # centuries that are drawn
WIDTH, HEIGHT = 200, 36  # units of the picture

_NUMBER = re.compile(r"[-−–]?[0-9]{1,7}")


@dataclass(frozen=True)
class Bar:
    """A century in the picture: its first and last year with a minus before our era, and how many records it has."""

    first: int
    last: int
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Period:
    """What was typed, what it was understood as, and the centuries that there are."""

    start: str
    end: str
    problem: str
    bars: list[Bar]
    scale: list[list[int]]
    low: int  # the first and the last bar that the period touches
    high: int
    before: str  # how a year before our era is written, with {n} for its number
    example: str


def span(given: QueryDict) -> tuple[int | None, int | None] | None:
    """First and last day; None where no year is asked for. What is not understood asks for nothing."""
    first, last = _ends(given)[0]
    if first is None and last is None:
        return None
    low = None if first is None else number(first, 1, 1)
    high = None if last is None else number(last, 12, 31)
    return low, high


def period(given: QueryDict, counts: list[tuple[str, int]]) -> Period:
    """``counts`` of centuries over the results without their period."""
    (first, last), problem = _ends(given)
    bars = _bars(counts)
    before = _shown(-999).replace("1000", "{n}")
    scale = [[bar.first, bar.last] for bar in bars]
    low = sum(first is not None and bar.last < _plain(first) for bar in bars)
    high = len(bars) - 1 - sum(last is not None and bar.first > _plain(last) for bar in bars)
    typed = _typed(given, FROM), _typed(given, TO)
    return Period(*typed, problem, bars, scale, low, high, before, _shown(-299))


def told(given: QueryDict) -> str:
    """The period in words, "" for none."""
    return said(*_ends(given)[0])


def said(first: int | None, last: int | None) -> str:
    """Astronomical years as people write them."""
    if first is None and last is None:
        return ""
    if last is None:
        return _("from %(year)s on") % {"year": _shown(first or 0)}
    if first is None:
        return _("up to %(year)s") % {"year": _shown(last)}
    return _shown(first) if first == last else f"{_shown(first)} – {_shown(last)}"


def _ends(given: QueryDict) -> tuple[tuple[int | None, int | None], str]:
    """The two years, the earlier first, and what is wrong with what was typed."""
    (first, wrong), (last, wrong_too) = _year(_typed(given, FROM), 0), _year(_typed(given, TO), 1)
    if first is not None and last is not None and first > last:
        first, last = last, first
    return (first, last), wrong or wrong_too


def _typed(given: QueryDict, name: str) -> str:
    return given.get(name, "").strip()[:LONGEST]


def _year(text: str, end: int) -> tuple[int | None, str]:
    """The astronomical year of one end, and a problem. A bare -300 is meant as people count: 300 before our era."""
    if not text:
        return None, ""
    if _NUMBER.fullmatch(text):
        year = int(re.sub("[−–]", "-", text))
        if not year:
            return None, _("There is no year 0. Write 1, or -1 for the year before it.")
        return astronomical(year), ""
    try:
        day = dates.bounds(dates.understand(text, lang()))[end]
    except Problem as problem:
        return None, str(problem.text)
    return (None if day is None else max(-FARTHEST, min(FARTHEST, dates.year_of(day)))), ""


def _plain(year: int) -> int:
    """The year as people count it, with a minus before our era, from an astronomical one."""
    return year if year > 0 else year - 1


def _shown(year: int) -> str:
    digits = f"{abs(year):04d}"
    sign = "-" if year < 0 else ""
    return dates.show(f"{'Y' if len(digits) > 4 else ''}{sign}{digits}", lang())


def _bars(counts: list[tuple[str, int]]) -> list[Bar]:
    """One bar a century that has records, the oldest first; of too many centuries the latest."""
    known: list[tuple[int, int]] = []
    for value, count in counts:
        if re.fullmatch(r"-?[1-9][0-9]{0,5}", value) and count:
            known.append((int(value), count))
    known = sorted(known)[-BARS:]
    most = max((count for _century, count in known), default=1)
    step = WIDTH / max(len(known), 1)
    found = []
    for at, (century, count) in enumerate(known):
        first = _plain((century - 1) * 100 + 1 if century > 0 else century * 100 + 1)
        height = max(2.0, round(HEIGHT * count / most, 1))
        found.append(Bar(first, first + 99, count, round(at * step, 2), HEIGHT - height, round(step * 0.85, 2), height))
    return found
