"""EDTF checked, made canonical and turned into comparable days.

Level 1 is read here by one regular expression: the ``edtf`` package needs 6 to
10 ms for a date, lets 29 February 1900 pass and does not know intervals of
five-digit years. Seasons, times and Level 2 go to the package.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy

from ortaq.engine.problems import Problem

LONGEST = 200  # characters
LONGEST_RARE = 64  # characters handed to the package: a set takes it 15 ms a member
YEAR_DIGITS = 9  # so that a day number stays below 2^53
MOST_CENTURIES = 120

MARK_FIRST = re.compile(r"([?~%])(-?\d{4})", re.ASCII)  # Level 2 for what Level 1 writes with the mark behind
MOMENT = re.compile(
    r"(?:Y(?P<long>-?\d{1,40})|(?P<year>-?(?:\d{4}|\d{3}X|\d{2}XX)))"
    r"(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?(?P<mark>[?~%]|\?~|~\?)?",
    re.ASCII,
)

FORMS = gettext_lazy(
    "“%(value)s” is not understood as a date. Write a year (1883), years (1883–1885), “c. 1160”, “1880s”, "
    "a century (15th c., XIV–XV c., early 15th c., 5th c. BC), a day (26.09.2024) or EDTF (1401/1500)."
)
NOT_EDTF = gettext_lazy(
    "“%(value)s” is not a date in EDTF. Examples: 1883, 1883-05-26, 1160~, 188X, 1401/1500, 1501/.."
)
TOO_LONG = gettext_lazy("A date has at most %(limit)s characters; this has %(length)s. Give the date only.")
NO_MONTH = gettext_lazy("There is no month %(month)s in “%(value)s”. Months are 01 to 12.")
NO_DAY = gettext_lazy(
    "There is no day %(day)s in month %(month)s of the year %(year)s. Correct the day or leave it out."
)
BACKWARDS = gettext_lazy("In “%(value)s” the end comes before the start. Swap or correct the two dates.")
NO_END = gettext_lazy("“%(value)s” has neither a start nor an end. Give at least one of them.")
LONG_MARK = gettext_lazy(
    "Years of five and more digits take no month and no ~, ? or %% (“%(value)s”). Leave these out."
)
TOO_FAR = gettext_lazy("The year in “%(value)s” has more than %(limit)s digits. Check it.")


@dataclass(frozen=True, slots=True)
class Moment:
    """One end of a date. ``blurred``: unknown last digits of the year; month and day: None absent, 0 written XX."""

    year: int
    month: int | None = None
    day: int | None = None
    mark: str = ""
    blurred: int = 0

    @property
    def years(self) -> tuple[int, int]:
        width = 10**self.blurred - 1
        return (self.year, self.year + width) if self.year >= 0 else (self.year - width, self.year)

    @property
    def first(self) -> int:
        return number(self.years[0], self.month or 1, self.day or 1)

    @property
    def last(self) -> int:
        year, month = self.years[1], self.month or 12
        return number(year, month, self.day or month_length(year, month))

    def text(self, *, long: bool = False) -> str:
        digits = f"{abs(self.year):04d}"
        if self.blurred:
            digits = digits[: -self.blurred] + "X" * self.blurred
        year = ("-" if self.year < 0 else "") + digits
        if len(digits) > 4 or long:
            year = "Y" + year
        rest = "".join("-XX" if part == 0 else f"-{part:02d}" for part in (self.month, self.day) if part is not None)
        return year + rest + self.mark


@dataclass(frozen=True, slots=True)
class Span:
    """A whole date. A text at an end is ``".."`` (goes on) or ``""`` (not known); ``end`` None: no interval."""

    start: Moment | str
    end: Moment | str | None = None

    @property
    def bounds(self) -> tuple[int | None, int | None]:
        end = self.start if self.end is None else self.end
        return (
            self.start.first if isinstance(self.start, Moment) else None,
            end.last if isinstance(end, Moment) else None,
        )

    def text(self) -> str:
        if self.end is None:
            return self.start.text() if isinstance(self.start, Moment) else self.start
        ends = (self.start, self.end)
        # The field's own tables write both ends BCE with Y as soon as one of them needs it: Y-11999/Y-7000.
        long = any(isinstance(e, Moment) and e.year < -9999 for e in ends)
        return "/".join(e.text(long=long and e.year < 0) if isinstance(e, Moment) else e for e in ends)


def number(year: int, month: int, day: int) -> int:
    """A day as a whole number that sorts, also before the year 0."""
    return year * 10000 + month * 100 + day


def year_of(n: int) -> int:
    """The astronomical year of a day number."""
    return n // 10000


def astronomical(year: int) -> int:
    """The year -300 of people, who have no year 0, is -299 of EDTF."""
    return year + 1 if year < 0 else year


def month_length(year: int, month: int) -> int:
    # The Gregorian calendar repeats every 400 years; `calendar` knows 1 to 9999 only.
    return calendar.monthrange(2000 + year % 400, month)[1]


def normalise(edtf: str) -> str:
    """Canonical EDTF. Raises Problem("date") for what is no EDTF, impossible, or ends before it starts."""
    return parsed(edtf)[0]


def bounds(edtf: str) -> tuple[int | None, int | None]:
    """Earliest and latest possible day, ``year * 10000 + month * 100 + day``; None where open or not known."""
    return parsed(edtf)[1]


def centuries(edtf: str) -> list[int]:
    """Centuries touched: 1500 → 15, 499 BC → -5. The latest 120 of a longer span; "goes on" means to this century."""
    text, (first, last) = parsed(edtf)
    if first is None and last is None:
        return []
    if last is None:
        today = datetime.datetime.now(datetime.UTC).year if text.endswith("..") else year_of(first or 0)
        last = max(number(today, 12, 31), first or 0)
    low = century_of(year_of(last if first is None else first))
    high = century_of(year_of(last))
    low = max(low, high - MOST_CENTURIES - 1)
    return [c for c in range(low, high + 1) if c][-MOST_CENTURIES:]


def century_of(year: int) -> int:
    """The century of an astronomical year; there is no century 0."""
    return (year - 1) // 100 + 1 if year > 0 else -(-year // 100 + 1)


def parsed(edtf: str) -> tuple[str, tuple[int | None, int | None]]:
    text = edtf.strip()
    if len(text) > LONGEST:
        raise Problem("date", TOO_LONG, value=text, limit=LONGEST, length=len(text))
    return _parsed(text.upper())


@lru_cache(maxsize=8192)
def _parsed(text: str) -> tuple[str, tuple[int | None, int | None]]:
    span = read(text)
    if span is None:
        return _rare(text)
    first, last = span.bounds
    if first is not None and last is not None and first > last:
        raise Problem("date", BACKWARDS, value=text)
    return span.text(), (first, last)


def read(text: str) -> Span | None:
    """The span of a Level 1 text, None for other forms. Raises Problem for impossible months and days."""
    left, slash, right = text.partition("/")
    if not slash:
        moment = _moment(text)
        return None if moment is None else Span(moment)
    if {left, right} <= {"", ".."}:
        raise Problem("date", NO_END, value=text)
    ends = [end if end in ("", "..") else _moment(end) for end in (left, right)]
    start, end = ends
    return None if start is None or end is None else Span(start, end)


def _moment(text: str) -> Moment | None:
    match = MOMENT.fullmatch(MARK_FIRST.sub(r"\2\1", text) if MARK_FIRST.fullmatch(text) else text)
    if match is None:
        return None
    digits, rest = match["long"] or match["year"], (match["month"], match["day"])
    mark = match["mark"] or ""
    blurred = digits.count("X")
    if len(digits.lstrip("-0")) > YEAR_DIGITS:
        raise Problem("date", TOO_FAR, value=text, limit=YEAR_DIGITS)
    year = int(digits.replace("X", "0"))
    if abs(year) > 9999 and (mark or match["month"]):
        raise Problem("date", LONG_MARK, value=text)
    month, day = (None if part is None else 0 if part == "XX" else int(part) for part in rest)
    if blurred and (month is not None or year == 0 or digits.startswith("-00")):
        return None
    return _checked(Moment(year, month, day, "%" if len(mark) == 2 else mark, blurred), rest, text)


def _checked(moment: Moment, rest: tuple[str | None, str | None], text: str) -> Moment | None:
    month, day = moment.month, moment.day
    if month is None or rest[0] == "XX":
        return None if day else moment
    if 21 <= month <= 41 and day is None:
        return None
    if not 1 <= month <= 12:
        raise Problem("date", NO_MONTH, month=rest[0], value=text)
    if rest[1] == "00" or (day or 0) > month_length(moment.year, month):
        raise Problem("date", NO_DAY, day=rest[1], month=rest[0], year=moment.year)
    return moment


def _rare(text: str) -> tuple[str, tuple[int | None, int | None]]:
    """What only the package knows; whatever it throws becomes a Problem."""
    if len(text) > LONGEST_RARE or not text or not re.fullmatch(r"[-0-9XYESTZ?~%./:+,{}\[\] ]+", text, re.ASCII):
        raise Problem("date", NOT_EDTF, value=text)
    try:
        from edtf import parse_edtf

        found = parse_edtf(text)
        first, last = _day(found.lower_strict()), _day(found.upper_strict())
    except Exception as error:  # the package throws what Python throws, from RecursionError to TypeError
        raise Problem("date", NOT_EDTF, value=text) from error
    if any(n is not None and abs(year_of(n)) >= 10**YEAR_DIGITS for n in (first, last)):
        raise Problem("date", TOO_FAR, value=text, limit=YEAR_DIGITS)
    if first is None and last is None:
        raise Problem("date", NO_END, value=text)
    if first is not None and last is not None and first > last:
        raise Problem("date", BACKWARDS, value=text)
    return text.replace(" ", ""), (first, last)


def _day(value: Any) -> int | None:
    if isinstance(value, float):
        return None
    if value.tm_mday > month_length(value.tm_year, value.tm_mon):
        raise ValueError("a day that the calendar does not have")
    return number(value.tm_year, value.tm_mon, value.tm_mday)
