"""Rows against the bodies that they were made from, and what is derived against what it derives from."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from ortaq.engine import derive, kinds
from ortaq.engine.canonical import NotCanonical, canonical, parse
from ortaq.engine.checking.finding import Finding
from ortaq.engine.grants import tokens_of
from ortaq.engine.models import ClosedPart, Entry, Grant, Link, Record, Revision, Token
from ortaq.engine.traced import TYPES, Traced

DERIVED = ("title", "country", "region", "date_min", "date_max", "lat", "lon")


def check(batch: list[Entry]) -> Iterator[Finding]:
    """The rows of those things whose last entry is in ``batch``."""
    last = _last(batch)
    revisions = Revision.objects.in_bulk([entry.position for entry in last])
    for name, model in TYPES.items():
        entries: dict[UUID, Entry] = {e.thing: e for e in last if e.type == name and e.thing}
        if not entries:
            continue
        found = model._default_manager.in_bulk(list(entries))
        derived = _Derived(entries)
        for id_, entry in entries.items():
            thing, revision, where = found.get(id_), revisions.get(entry.position), f"{name} {id_}"
            if thing is None:
                if revision is not None and revision.body is not None:
                    yield Finding("row_missing", where, _("The log mentions this row, but it is not there."))
                continue
            yield from _row(thing, entry, revision, where)
            yield from derived.check(thing, where)


def _last(batch: list[Entry]) -> list[Entry]:
    """The entries of ``batch`` that are the last of their things."""
    ends: dict[UUID | None, tuple[int, int]] = {}
    things = {entry.thing for entry in batch if entry.thing and entry.header}
    rows = Entry.objects.filter(thing__in=things).exclude(header="").values_list("thing", "epoch", "seq")
    for thing, epoch, seq in rows:
        ends[thing] = max(ends.get(thing, (0, 0)), (epoch, seq))
    return [entry for entry in batch if entry.header and ends.get(entry.thing) == (entry.epoch, entry.seq)]


def _row(thing: Traced, entry: Entry, revision: Revision | None, where: str) -> Iterator[Finding]:
    if (thing.origin, thing.revision, thing.updated) != (entry.node, entry.revision, entry.time):
        yield Finding("row", where, _("The row is not at the state that its last entry signs."))
    if revision is None or revision.body is None:
        return
    fresh = type(thing)(id=thing.id, origin=thing.origin, author=thing.author, revision=thing.revision)
    try:
        fresh.apply(parse(bytes(revision.body)))
        fresh.parts = revision.parts
        if isinstance(fresh, Record):
            derive.columns(fresh)
        same = canonical(fresh.to_body()) == canonical(thing.to_body()) and fresh.parts == thing.parts
    except (NotCanonical, KeyError, TypeError, ValueError):
        same = False
    if not same:
        yield Finding("row", where, _("The row does not say what its signed text says."))
    elif isinstance(thing, Record) and _current(thing):
        wrong = [name for name in DERIVED if getattr(thing, name) != getattr(fresh, name)]
        if wrong:
            message = _("These columns do not follow from the signed text: %(names)s") % {"names": ", ".join(wrong)}
            yield Finding("column", where, message)


def _current(thing: Traced) -> bool:
    """Whether what is derived from the thing was derived by the rules of today."""
    if not isinstance(thing, Record):
        return True
    kind = kinds.get(thing.kind)
    return kind is not None and kind.version == thing.kind_version


class _Derived:
    """Tokens, links and parts of a batch of things, read at once."""

    def __init__(self, things: Collection[UUID]) -> None:
        self._tokens: dict[UUID, set[tuple[str, str]]] = {}
        for thing, part, token in Token.objects.filter(thing__in=things).values_list("thing", "part", "token"):
            self._tokens.setdefault(thing, set()).add((part, token))
        self._links: dict[UUID, list[tuple[str, str, str, str]]] = {}
        for link in Link.objects.filter(source__in=things):
            end = link.uri or str(link.target)
            self._links.setdefault(link.source, []).append((link.part, link.row, link.role, end))
        self._parts: dict[UUID, dict[str, ClosedPart]] = {}
        for closed in ClosedPart.objects.filter(thing__in=things, content__isnull=False):
            self._parts.setdefault(closed.thing, {})[closed.commitment] = closed
        self._grants: dict[UUID, set[str]] = {}
        for grant, target in Grant.objects.filter(target__in=things).values_list("id", "target"):
            self._grants.setdefault(target, set()).add(f"grant:{grant}")

    def check(self, thing: Traced, where: str) -> Iterator[Finding]:
        if not self._same_tokens(thing):
            yield Finding("token", where, _("The tokens of this thing do not follow from its audience."))
        if _current(thing) and not self._same_links(thing):
            yield Finding("link", where, _("The links of this thing do not follow from its text."))

    def _same_tokens(self, thing: Traced) -> bool:
        """A grant that has just ended keeps its token until the node takes it away; no reader holds it any more."""
        found = self._tokens.get(thing.id, set())
        wanted = {("", token) for token in thing.tokens()}
        for name in thing.parts:
            wanted |= {(name, token) for token in thing.part_tokens(name)}
        ended = {(part, token) for part, token in found if token in self._grants.get(thing.id, ())}
        granted = tokens_of(thing) if thing.id in self._grants else set()
        return found - ended == wanted - ended and granted <= found

    def _same_links(self, thing: Traced) -> bool:
        wanted = thing.links()
        if isinstance(thing, Record):
            for name, commitment in thing.parts.items():
                part = self._parts.get(thing.id, {}).get(commitment)
                wanted = wanted + (derive.links(thing.kind, _content(part), name) if part else [])
        return sorted(wanted) == sorted(self._links.get(thing.id, []))


def _content(part: ClosedPart) -> dict[str, Any]:
    try:
        found = parse(bytes(part.content or b""))
    except NotCanonical:
        return {}
    return found if isinstance(found, dict) else {}
