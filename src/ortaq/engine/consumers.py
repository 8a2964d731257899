"""Readers of the log: each has its own cursor and never skips an entry."""

from __future__ import annotations

from collections.abc import Callable

from ortaq.engine.log import head
from ortaq.engine.models import Cursor, Entry

Handle = Callable[[list[Entry]], None]
BATCH = 100  # entries given at once to those that registered: some tenths of a second

_followers: dict[str, Handle] = {}


def register(name: str, handle: Handle) -> None:
    """From now on the worker gives every entry to ``handle``, those that are there already too."""
    _followers[name] = handle


def follow(stop: Callable[[], bool] = lambda: False) -> None:
    """Gives all that registered the entries that they have not seen, until there are no more or ``stop`` says so."""
    for name, handle in _followers.items():
        Cursor.objects.filter(name=name, position__gt=head().position).update(position=0)  # a log that was restored
        while not stop() and run(name, handle, BATCH):
            pass


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
