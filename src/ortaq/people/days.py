"""Days as forms and tables give them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from ortaq.engine.problems import Problem


def end_of(text: str) -> datetime | None:
    """The end of the day written, None for no day. Raises Problem."""
    day = _day(text)
    return datetime.combine(day, time.max.replace(microsecond=0), UTC) if day else None


def begin_of(text: str) -> datetime | None:
    """The begin of the day written, None for no day. Raises Problem."""
    day = _day(text)
    return datetime.combine(day, time.min, UTC) if day else None


def _day(text: str) -> date | None:
    text = text.strip()
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise Problem("until", _("Write the day as year-month-day, for instance 2027-03-31."))
    return day
