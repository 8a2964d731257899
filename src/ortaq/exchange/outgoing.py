"""What of each entry leaves the node: all of it, the header alone, or only its digest.

Entries of drafts and of records in review never leave. For a narrower audience the rule of history holds: what
counts is who may read the thing now, and an old text that says more than today's public form stays here.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from ortaq.engine import derive, kinds, log
from ortaq.engine.canonical import parse
from ortaq.engine.models import ClosedPart, Entry, Record, Revision
from ortaq.engine.projection import narrowed
from ortaq.engine.traced import DRAFT, ERASED, IN_REVIEW, TYPES, WITHDRAWN
from ortaq.exchange.line import Line, Part

BATCH = 300


def lines(audience: frozenset[str] | None) -> Iterator[Line]:
    """Every entry in the order of arrival, as ``audience`` may have it; None has all that may leave."""
    sent: set[bytes] = set()
    position, own = 0, log.head().node
    while batch := list(Entry.objects.filter(position__gt=position).order_by("position")[:BATCH]):
        position = batch[-1].position
        revisions = Revision.objects.in_bulk([entry.position for entry in batch])
        bodies = {p: parse(bytes(r.body)) for p, r in revisions.items() if r.body is not None}
        today = Today({entry.thing for entry in batch if entry.thing}, audience) if audience is not None else None
        drafts = _drafts(batch, bodies, own)
        ready = []
        for entry in batch:
            if not entry.header or entry.position in drafts:
                ready.append(_bare(entry))
            elif today is None:
                ready.append(_whole(entry, revisions.get(entry.position)))
            else:
                ready.append(_allowed(entry, revisions.get(entry.position), bodies.get(entry.position), today))
        _add_parts(ready, today, sent)
        yield from ready


class Today:
    """Who may read a batch of things now, and what their records say now."""

    def __init__(self, things: Collection[UUID], audience: frozenset[str]) -> None:
        self.audience = audience
        self._latest: dict[UUID, dict[str, Any]] = {}
        self._states: dict[UUID, str] = {}
        self.records = Record.objects.in_bulk(list(things))
        for model in TYPES.values():
            self._states |= dict(model._default_manager.filter(id__in=things).values_list("id", "state"))
        self._read(things)

    def readable(self, thing: UUID | None) -> bool:
        return thing in self._latest and self._shared(self._latest[thing]["audience"])

    def recalled(self, thing: UUID | None) -> bool:
        """Whether the thing was taken back from those who had it: they are told so."""
        return thing in self._latest and self._states.get(thing) in (WITHDRAWN, ERASED) and thing in self._had

    def part_readable(self, thing: UUID, name: str) -> bool:
        part = self._latest[thing]["parts"].get(name) if thing in self._latest else None
        return part is not None and self.readable(thing) and self._shared(part["audience"])

    def _shared(self, tokens: Collection[str]) -> bool:
        return not self.audience.isdisjoint(tokens)

    def _read(self, things: Collection[UUID]) -> None:
        ends: dict[UUID, tuple[int, int]] = {}
        self._had: set[UUID] = set()
        rows = Entry.objects.filter(thing__in=things).exclude(header="").values_list("thing", "epoch", "seq", "header")
        for thing, epoch, seq, header in rows.iterator():
            told = json.loads(header)
            if thing is None:
                continue
            if self._shared(told["audience"]):
                self._had.add(thing)
            if (epoch, seq) > ends.get(thing, (0, 0)):
                ends[thing], self._latest[thing] = (epoch, seq), told


def _drafts(batch: list[Entry], bodies: dict[int, dict[str, Any]], own: UUID | None) -> set[int]:
    """Positions of entries that were made before their record was published for the first time."""
    found = set()
    for entry in batch:
        body = bodies.get(entry.position)
        if body is None:
            published = Entry.objects.filter(thing=entry.thing, action="publish", position__lte=entry.position)
            if entry.type == "record" and entry.node == own and not published.exists():
                found.add(entry.position)
        elif body["state"] in (DRAFT, IN_REVIEW) or _never_published(entry, body):
            found.add(entry.position)
    return found


def _never_published(entry: Entry, body: dict[str, Any]) -> bool:
    """Whether this is the end of a record that never got a permanent number."""
    return entry.type == "record" and body["state"] in (WITHDRAWN, ERASED) and not body.get("pid")


def _bare(entry: Entry) -> Line:
    return Line(entry.node, entry.epoch, entry.seq, entry.digest)


def _whole(entry: Entry, revision: Revision | None) -> Line:
    line = _bare(entry)
    line.header, line.signature = entry.header.encode(), bytes(entry.signature)
    line.told = json.loads(entry.header)
    if revision is not None:
        line.body = bytes(revision.body) if revision.body is not None else None
        line.erased = revision.erased is not None
    return line


def _allowed(entry: Entry, revision: Revision | None, body: dict[str, Any] | None, today: Today) -> Line:
    """The entry as the audience may have it."""
    readable = today.readable(entry.thing)
    if not readable and not today.recalled(entry.thing):
        return _bare(entry)
    line = _whole(entry, revision)
    blank = body is not None and body["state"] == ERASED
    if (not readable and not blank) or (body is not None and _says_more(entry, body, today)):
        line.body = None
    return line


def _says_more(entry: Entry, body: dict[str, Any], today: Today) -> bool:
    """Whether an old text of a record shows what its public form of today does not."""
    record = today.records.get(entry.thing) if entry.thing else None
    if record is None or entry.revision >= record.revision:
        return False
    kind = kinds.get(body["kind"])
    if kind is None or body["kind_version"] > kind.version:
        return False
    now = narrowed(body["kind"], body["kind_version"], body["data"], record)
    if now != kind.upgrade(body["data"], body["kind_version"]):
        return True
    titles = set(derive.title(kind, now).values())
    return not set(body["title"].values()) <= titles


def _add_parts(ready: list[Line], today: Today | None, sent: set[bytes]) -> None:
    """Gives each closed part to the first line that names it and has its text."""
    wanted: dict[str, tuple[Line, str]] = {}
    for line in ready:
        for name, signed in line.told["parts"].items() if line.body is not None else ():
            key = bytes.fromhex(signed["commitment"])
            if key not in sent and (today is None or today.part_readable(line.thing, name)):
                sent.add(key)
                wanted[signed["commitment"]] = (line, name)
    for row in ClosedPart.objects.filter(commitment__in=wanted, content__isnull=False):
        line, name = wanted[row.commitment]
        line.parts[name] = Part(bytes(row.salt or b""), bytes(row.content or b""))
