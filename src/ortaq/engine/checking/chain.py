"""The chain of entries: numbers without gaps, each naming the digest of the one before, each signed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from ortaq.engine import keys, log
from ortaq.engine.canonical import NotCanonical, digest, parse
from ortaq.engine.checking.finding import Finding
from ortaq.engine.models import Entry, Log


def where(entry: Entry) -> str:
    """How findings name an entry: node, epoch and number, and what it is about."""
    about = f" {entry.type} {entry.thing} revision {entry.revision}" if entry.thing else ""
    return f"entry {entry.node} {entry.epoch}/{entry.seq}{about}"


def header_of(entry: Entry) -> dict[str, Any] | None:
    """The header of an entry; None when only its digest is here, or when it is no JSON."""
    if not entry.header:
        return None
    try:
        found = json.loads(entry.header)
    except ValueError:
        return None
    return found if isinstance(found, dict) and "parts" in found and "body" in found else None


class Chain:
    """Follows the log in the order of arrival; holds one line for each node and epoch."""

    def __init__(self, public: Mapping[UUID, bytes]) -> None:
        self._public = public
        self._ends: dict[tuple[UUID, int], tuple[int, str]] = {}
        self._own = log.head().node
        self._position = 0

    def follow(self, batch: list[Entry]) -> Iterator[Finding]:
        """What is wrong with the next entries."""
        earlier = _earlier(batch)
        for entry in batch:
            if entry.position != self._position + 1:
                yield Finding("position", where(entry), _("Entries before this one were removed or moved."))
            self._position = entry.position
            before = self._before(entry)
            if before is None:
                yield Finding("gap", where(entry), _("The entry before this one is missing."))
            self._ends[entry.node, entry.epoch] = (entry.seq, entry.digest)
            if entry.header:
                yield from self._header(entry, before)
                yield from self._history(entry, earlier)
            elif entry.node == self._own:
                yield Finding("header", where(entry), _("The header of an entry of this node is gone."))

    def end(self, head: Log) -> Iterator[Finding]:
        """Whether the log ends where the node says that it ends."""
        if head.position != self._position:
            yield Finding("end", "log", _("Entries at the end of the log were removed or added."))
        if head.node is None:
            return
        seq, last = self._ends.get((head.node, head.epoch), (0, ""))
        if (head.seq, head.head) != (seq, last) and not (head.seq == seq == 0):
            yield Finding("end", "log", _("The log of this node does not end where the node says."))
        if any(node == head.node and epoch > head.epoch for node, epoch in self._ends):
            yield Finding("end", "log", _("The log of this node has a later epoch than the node says."))

    def _before(self, entry: Entry) -> str | None:
        """The digest that ``prev`` must name; None when an entry is missing there."""
        seq, last = self._ends.get((entry.node, entry.epoch), (0, ""))
        if entry.seq != seq + 1:
            return None
        if entry.seq > 1 or entry.epoch == 1:
            return last
        # a restored backup goes on from any entry of the epochs before it
        header = header_of(entry) or {}
        found = Entry.objects.filter(node=entry.node, epoch__lt=entry.epoch, digest=header.get("prev", ""))
        return header.get("prev") if found.exists() or not entry.header else None

    def _header(self, entry: Entry, before: str | None) -> Iterator[Finding]:
        text = entry.header.encode()
        try:
            header = parse(text)
            columns = log.entry_columns(header, text)
        except (NotCanonical, KeyError, TypeError, ValueError):
            yield Finding("header", where(entry), _("The header is not in the form that is signed."))
            return
        if any(getattr(entry, name) != value for name, value in columns.items()):
            yield Finding("header", where(entry), _("The entry does not say what its header says."))
        if digest(text) != entry.digest:
            yield Finding("digest", where(entry), _("The header was changed."))
        if before is not None and header["prev"] != before:
            yield Finding("prev", where(entry), _("This entry does not follow the one before it."))
        public = self._public.get(entry.node)
        if public is None or header["key"] != keys.key_id(public):
            yield Finding("key", where(entry), _("The entry was signed with a key that is not its node's."))
        elif not keys.verify(public, bytes(entry.signature), text):
            yield Finding("signature", where(entry), _("The signature does not match the entry."))

    def _history(self, entry: Entry, earlier: Mapping[UUID, list[Entry]]) -> Iterator[Finding]:
        """``before`` names the header of the revision before; copies may begin later than the first."""
        before = (header_of(entry) or {}).get("before", "")
        known = [
            old
            for old in (earlier.get(entry.thing, ()) if entry.thing else ())
            if old.revision == entry.revision - 1 and (old.epoch, old.seq) < (entry.epoch, entry.seq)
        ]
        if any(old.digest == before for old in known):
            return
        if entry.revision == 1 and not before:
            return
        if entry.node == self._own or known or not before:
            yield Finding("before", where(entry), _("The revision before this one is not the one that was signed."))


def _earlier(batch: list[Entry]) -> dict[UUID, list[Entry]]:
    things = {entry.thing for entry in batch if entry.thing}
    found: dict[UUID, list[Entry]] = {}
    rows = Entry.objects.filter(thing__in=things).only("position", "thing", "revision", "epoch", "seq", "digest")
    for row in rows:
        if row.thing:
            found.setdefault(row.thing, []).append(row)
    return found
