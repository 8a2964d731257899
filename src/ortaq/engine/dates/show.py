"""A date written for people in kk, az, ru, en; ``understand`` reads back what this writes."""

from __future__ import annotations

import datetime
import re

from babel.dates import format_date, format_skeleton, get_month_names

from ortaq.engine.dates.edtf import Moment, Span, normalise, read
from ortaq.engine.dates.style import STYLES, Style

LOCALES = {"en": "en_GB"}  # day before month, as in the other three languages
SIZES = {"millennium": 1000, "century": 100}
ROUGH = {(0, 3): "early", (3, 7): "mid", (7, 10): "late"}
FRACTIONS = (("half", 2), ("quarter", 4), ("third", 3))
EARLIEST = {"millennium": -99, "century": -30}  # what is counted so far back: years before that


def show(edtf: str, lang: str) -> str:
    """Text of an EDTF date; a form of Level 2 that has no words is given as it stands. Raises Problem for no EDTF."""
    text = normalise(edtf)
    style, locale = STYLES.get(lang) or STYLES["en"], LOCALES.get(lang, lang if lang in STYLES else "en_GB")
    span = read(text)
    if span is None:
        season = re.fullmatch(r"(\d{4})-2([1-4])", text)
        return style.season(int(season[1]), int(season[2])) if season else text
    if span.end is None and isinstance(span.start, Moment):
        return _single(span.start, style, locale)
    if isinstance(span.start, Moment) and isinstance(span.end, Moment):
        return _interval(span.start, span.end, style, locale)
    return _open(span, style, locale)


def _single(moment: Moment, style: Style, locale: str) -> str:
    if not moment.blurred:
        return style.marked(_point(moment, style, locale), moment.mark)
    first, last = moment.years
    decade = moment.blurred == 1 and first >= 100
    return style.marked(style.decade(first) if decade else style.years(first, last), moment.mark)


def _point(moment: Moment, style: Style, locale: str) -> str:
    """A year, month or day without its mark; unknown months and days are left out."""
    year, month, day = moment.year, moment.month, moment.day
    if not month:
        return style.year(year)
    if not 1 <= year <= 9999:
        name = get_month_names("wide", locale=locale)[month]
        return f"{day or ''} {name} {style.year(year)}".strip()
    if day:
        text = format_date(datetime.date(year, month, day), "long", locale)
    else:
        text = format_skeleton("yMMMM", datetime.datetime(year, month, 1), locale=locale)
    return str(text).replace("\u202f", " ")


def _interval(start: Moment, end: Moment, style: Style, locale: str) -> str:
    if start.month or end.month or start.blurred or end.blurred:
        return f"{_single(start, style, locale)} – {_single(end, style, locale)}"
    first, last, mark = start.year, end.year, start.mark
    if start.mark == end.mark:
        whole = _part(first, last, mark, style)
        if whole:
            return whole
        rough = _rough_range(first, last, style) if "~" in mark else ""
        if rough:
            return style.marked(rough, mark.replace("~", "").replace("%", "?"))
    units = _units(first, last)
    if start.mark == end.mark:
        text = style.range(units[0], units[1]) if units else style.years(first, last)
        return style.marked(text, mark)
    marks = (start.mark, end.mark)
    return style.range(units[0], units[1], marks) if units else style.years(first, last, marks)


def _count(year: int, size: int) -> int:
    """Which century or millennium a year is in: 1401 → 15, 499 BC → -5."""
    return (year - 1) // size + 1 if year > 0 else -(-year // size + 1)


def _part(first: int, last: int, mark: str, style: Style) -> str:
    """A whole century or millennium or a known part of one; "" where the years are neither."""
    for unit, size in SIZES.items():
        n = _count(first, size)
        start = (n - 1) * size + 1 if n > 0 else n * size + 1
        low, high = first - start, last - start + 1
        if high > size or n < EARLIEST[unit]:
            continue
        if (low, high) == (0, size):
            return style.marked(style.one(unit, n), mark)
        name = ROUGH.get((low * 10 // size, high * 10 // size)) if low * 10 % size == high * 10 % size == 0 else None
        if name and mark in ("~", "%"):
            return style.marked(style.part(name, 0, unit, n), "?" if mark == "%" else "")
        for name, whole in FRACTIONS:
            for k in range(whole):
                if (low, high) == (size * k // whole, size * (k + 1) // whole):
                    return style.marked(style.part(name, k + 1, unit, n), mark)
    return ""


def _rough_range(first: int, last: int, style: Style) -> str:
    """Late 14th – early 15th century, where both ends are such a line."""
    names = {70: "late", 30: "mid"}.get((first - 1) % 100), {30: "early", 70: "mid"}.get(last % 100)
    a, b = _count(first, 100), _count(last, 100)
    if not names[0] or not names[1] or a == b:
        return ""
    return f"{style.part(names[0], 0, 'century', a)} – {style.part(names[1], 0, 'century', b)}"


Unit = tuple[str, int]


def _units(first: int, last: int) -> tuple[Unit, Unit] | None:
    """The range in centuries, or millennia far back, if both ends are ends of such."""
    if (first - 1) % 100 or last % 100:
        return None
    start, end = _unit((first - 1) % 1000, first), _unit(last % 1000, last)
    return None if start is None or end is None else (start, end)


def _unit(rest: int, year: int) -> Unit | None:
    for unit in ("century", "millennium"):
        n = _count(year, SIZES[unit])
        if n >= EARLIEST[unit] and (unit == "century" or not rest):
            return unit, n
    return None


def _open(span: Span, style: Style, locale: str) -> str:
    known = span.start if isinstance(span.start, Moment) else span.end
    if not isinstance(known, Moment):
        return ""
    starts, other = known is span.start, span.end if known is span.start else span.start
    if other == "" or known.month or known.blurred:
        gap, text = "?" if other == "" else "…", _single(known, style, locale)
        return f"{text} – {gap}" if starts else f"{gap} – {text}"
    year = known.year
    if starts and "~" in known.mark.replace("%", "~") and (year - 1) % 100 == 0:
        return style.marked(style.open("from", "century", _count(year, 100)), "?" if known.mark == "%" else "")
    return style.marked(style.open("from" if starts else "until", "year", year), known.mark)
