"""Who read what is not public: one row for each reader, thing, part, door and hour, shown to the owner.

Rows gather in memory and are written in batches, never inside a request: to a database
file of their own on SQLite, where they would otherwise wait for the writers.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextvars import ContextVar
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import Error
from django.utils import timezone

if TYPE_CHECKING:
    from ortaq.engine.access import Reader
    from ortaq.engine.models import Read, Record

DOOR: ContextVar[str] = ContextVar("door", default="command")
OPEN = frozenset({"public", "registered"})
EVERY = 5.0  # seconds between two batches
MOST = 50_000  # rows that wait at most; beyond them the oldest hour is what gets lost

Row = tuple[UUID, UUID, str, str, datetime]
_waiting: set[Row] = set()
_guard = threading.Lock()


def note(reader: Reader, record: Record, opened: Iterable[str]) -> None:
    """Remembers that ``reader`` was shown a record, or closed parts of it, that the public is not."""
    if reader.id is None or f"org:{record.owner}" in reader.tokens or record.author == reader.id:
        return
    parts = [name for name in opened if not OPEN & set(record.part_audiences.get(name, ()))]
    if not OPEN & set(record.audience):
        parts.append("")
    if not parts:
        return
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    with _guard:
        if len(_waiting) < MOST:
            _waiting.update((reader.id, record.id, part, DOOR.get(), hour) for part in parts)


def flush() -> int:
    """Writes what waits; returns how many rows. Rows that cannot be written now wait on."""
    from ortaq.engine.models import Read

    with _guard:
        rows = set(_waiting)
        _waiting.clear()
    if not rows:
        return 0
    try:
        Read.objects.bulk_create(
            [Read(actor=a, thing=t, part=p, door=d, hour=h) for a, t, p, d, h in rows], ignore_conflicts=True
        )
    except Error:
        with _guard:
            _waiting.update(rows)
        return 0
    return len(rows)


def of(record: Record) -> list[Read]:
    """Who read a record, the latest first, for its owner."""
    from ortaq.engine.models import Read

    return list(Read.objects.filter(thing=record.id).order_by("-hour", "actor")[:500])


def keep_writing(stop: threading.Event) -> None:
    """Writes a batch every few seconds until ``stop``; runs in a thread of a serving process."""
    while not stop.wait(EVERY):
        flush()
    flush()
