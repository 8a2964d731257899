"""Readers of the log: each has its own cursor and never skips an entry."""

from __future__ import annotations

from collections.abc import Callable

from ortaq.engine.models import Cursor, Entry

Handle = Callable[[list[Entry]], None]


def after(position: int, most: int = 500) -> list[Entry]:
    """The entries behind ``position`` in the order of arrival, at most ``most``."""
    return list(Entry.objects.filter(position__gt=position).order_by("position")[:most])


def run(name: str, handle: Handle, most: int = 500) -> int:
    """Gives the next entries to ``handle`` and moves the cursor when it came back; returns how many."""
    cursor, _new = Cursor.objects.get_or_create(name=name)
    entries = after(cursor.position, most)
    if entries:
        handle(entries)
        Cursor.objects.filter(name=name).update(position=entries[-1].position)
    return len(entries)
