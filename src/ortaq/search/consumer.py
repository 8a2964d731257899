"""The index follows the log: for each entry, the things that it touches are indexed anew as they are now."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from ortaq.engine import db, terms
from ortaq.engine.log import head
from ortaq.engine.models import Denied, Entry, Record
from ortaq.engine.traced import TYPES, Traced
from ortaq.search.documents import SEARCHABLE, documents
from ortaq.search.index import IndexWriter, SetAside

log = logging.getLogger(__name__)

MOST = 1_000  # records of one commit, where an entry touches many
BATCH = 200  # entries or records of one commit: about half a second, so that a worker ends soon when told to


def folder() -> Path:
    """Where the index of this node lies."""
    return Path(settings.ORTAQ_DATA) / "index"


class Consumer:
    """The one writer of the index of this node; Problem ``index_busy`` where there is one already."""

    def __init__(self) -> None:
        self._writer = IndexWriter(folder())

    def cursor(self) -> int:
        """The last log entry that the index holds."""
        return self._writer.cursor()

    def behind(self) -> bool:
        """Whether there are entries that the index does not hold, or the index is ahead of a restored log."""
        return head().position != self._writer.cursor()

    def step(self, most: int = BATCH) -> int:
        """Takes in the next entries, at most ``most``, in one commit; returns how many."""
        with _one_moment():
            entries = _entries(self._writer.cursor(), most)
            if not entries:
                return 0
            terms.refresh()
            things = sorted(touched(entries))
            found = documents(Record.objects.filter(id__in=things[:MOST]))
        self._warn(self._writer.put(found, map(str, things[:MOST]), self._reached(entries, things)))
        self._others(things[MOST:], entries[-1][0])
        self._settle()
        return len(entries)

    def _reached(self, entries: list[tuple[int, str, UUID | None]], things: list[UUID]) -> int:
        """The last of ``entries``, or where the index was while some of the things that they touch are not in it."""
        return entries[-1][0] if len(things) <= MOST else self._writer.cursor()

    def _others(self, things: list[UUID], reached: int) -> None:
        """A label stands in many records: they are indexed in pieces, and only the last piece moves the cursor."""
        for start in range(0, len(things), MOST):
            piece = things[start : start + MOST]
            with _one_moment():
                found = documents(Record.objects.filter(id__in=piece))
            last = start + MOST >= len(things)
            self._warn(self._writer.put(found, map(str, piece), reached if last else self._writer.cursor()))

    def follow(self, stop: Callable[[], bool] = lambda: False) -> int:
        """Takes in entries until there are no more or ``stop`` says so; an index without a cursor is rebuilt first."""
        if not 0 < self._writer.cursor() <= head().position:
            self.rebuild(stop)
        count = 0
        while not stop() and (taken := self.step()):
            count += taken
        return count

    def rebuild(self, stop: Callable[[], bool] = lambda: False) -> int | None:
        """Makes the index anew from all records and returns how many documents it has.

        None when ``stop`` ended it: the next start does it again.

        The cursor stays at 0 until all is there: what changes meanwhile has an entry behind the head at the start.
        """
        until = head().position
        terms.refresh()
        self._writer.clear()
        count, last = 0, UUID(int=0)
        while not stop():
            with _one_moment():
                records = list(Record.objects.filter(state__in=SEARCHABLE, id__gt=last).order_by("id")[:BATCH])
                found = documents(records)
            if not records:
                self._writer.put([], [], until)
                self._settle()
                return count
            self._warn(self._writer.put(found, [], 0))
            count, last = count + len(found), records[-1].id
        return None

    def close(self) -> None:
        self._writer.close()

    def __enter__(self) -> Consumer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _settle(self) -> None:
        """What was narrowed by an entry that the index has passed needs no denying any more."""
        passed = Denied.objects.filter(position__lte=self._writer.cursor())
        if passed.exists():
            with transaction.atomic():
                passed.delete()

    def _warn(self, aside: Iterable[SetAside]) -> None:
        for bad in aside:
            log.error("%s is not in the index: %s", bad.thing, bad.reason)


def rebuild() -> int:
    """Makes the index anew and returns how many documents it has; Problem ``index_busy`` while a worker runs."""
    with Consumer() as consumer:
        return consumer.rebuild() or 0


def touched(entries: Iterable[tuple[int, str, UUID | None]]) -> set[UUID]:
    """The records that (position, type, thing) of ``entries`` may have changed in the index."""
    by_type: dict[str, set[UUID]] = {}
    for _position, type_, thing in entries:
        if thing is not None:
            by_type.setdefault(type_, set()).add(thing)
    found = set(by_type.pop(Record.type_name, ()))
    for type_, ids in by_type.items():
        model = TYPES.get(type_)
        if model is not None and model.touches is not Traced.touches:
            for row in model._default_manager.filter(id__in=ids):
                found.update(row.touches())
    return found


def _entries(after: int, most: int) -> list[tuple[int, str, UUID | None]]:
    rows = Entry.objects.filter(position__gt=after).order_by("position")
    return list(rows.values_list("position", "type", "thing")[:most])


def _one_moment() -> AbstractContextManager[Any]:
    """Rows and their audiences as of one moment: old text must not meet a new audience, not even for a second."""
    return nullcontext() if connection.in_atomic_block else db.snapshot()
