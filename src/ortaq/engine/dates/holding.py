"""From when to when a statement holds, as days, and whether it held on one: surely, perhaps or not.

A day is ``year * 10000 + month * 100 + day`` as in :func:`ortaq.engine.dates.bounds`. A year alone leaves open
on which of its days something began; what has no end holds until today and on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ortaq.engine.dates.edtf import bounds

EVER, NEVER = -(10**12), 10**12  # before every day, after every day
SURELY, PERHAPS, NOT = "surely", "perhaps", "not"


@dataclass(frozen=True)
class Held:
    """The earliest and the latest day on which it may have begun, and on which it may have been last true."""

    begun: tuple[int, int]
    ended: tuple[int, int]

    def on(self, day: int) -> str:
        if self.begun[1] <= day <= self.ended[0]:
            return SURELY
        return PERHAPS if self.begun[0] <= day <= self.ended[1] else NOT


def held(valid: dict[str, Any] | None, today: int) -> Held:
    """What a period says. A beginning that is not given lies before today, and before the end if there is one."""
    start, end = (valid or {}).get("from"), (valid or {}).get("to")
    last = bounds(end) if end else (NEVER, NEVER)
    ended = (EVER if last[0] is None else last[0], NEVER if last[1] is None else last[1])
    first = bounds(start) if start else (EVER, min(today, ended[0]) if end else today)
    begun = (EVER if first[0] is None else first[0], today if first[1] is None else first[1])
    return Held((begun[0], max(begun)), (max(ended[0], begun[0]), max(*ended, begun[0])))


def day_of(date_: date) -> int:
    return date_.year * 10000 + date_.month * 100 + date_.day
