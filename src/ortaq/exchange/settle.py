"""Makes the rows of foreign things what their entries say; safe to repeat."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from ortaq.engine import derive, erasure, kinds, log
from ortaq.engine.canonical import parse
from ortaq.engine.models import ClosedPart, Denied, Entry, Grant, Link, Record, Request, Revision, Token
from ortaq.engine.traced import ERASED, TYPES, WITHDRAWN, Traced

NARROWING = frozenset({"narrow", "withdraw", "erase", "transfer", "merge"})
ENDING = frozenset({"withdraw", "end"})


@dataclass
class _Known:
    """What is here of one thing: its last entry, its last entry with a text, and the first moment heard of."""

    last: Entry
    body: Revision | None
    created: datetime | None
    numbers: dict[int, list[int]] = field(default_factory=dict)  # revision -> positions


def settle(things: Collection[UUID]) -> int:
    """Writes the rows of ``things``; returns how many there are. A type unknown here keeps entries and texts only."""
    known = _known(things)
    count = 0
    for name, model in TYPES.items():
        wanted = {thing: k for thing, k in known.items() if k.last.type == name and k.body is not None}
        old = model._default_manager.in_bulk(list(wanted))
        for id_, found in wanted.items():
            _row(model, id_, found, old.get(id_))
            count += 1
    return count


def _known(things: Collection[UUID]) -> dict[UUID, _Known]:
    entries: dict[UUID, list[Entry]] = {}
    rows = Entry.objects.filter(thing__in=things).exclude(header="").order_by("epoch", "seq")
    for row in rows.defer("signature", "header"):
        if row.thing:
            entries.setdefault(row.thing, []).append(row)
    texts = set(Revision.objects.filter(thing__in=things, body__isnull=False).values_list("entry_id", flat=True))
    newest = {
        thing: next((e.position for e in reversed(own) if e.position in texts), 0) for thing, own in entries.items()
    }
    bodies = Revision.objects.in_bulk([position for position in newest.values() if position])
    found = {}
    for thing, own in entries.items():
        numbers: dict[int, list[int]] = {}
        for entry in own:
            numbers.setdefault(entry.revision, []).append(entry.position)
        found[thing] = _Known(own[-1], bodies.get(newest[thing]), own[0].time, numbers)
    return found


def _row(model: type[Traced], id_: UUID, known: _Known, old: Traced | None) -> None:
    thing = _made(model, id_, known)
    readable = set(Token.objects.filter(thing=id_).values_list("part", "token"))
    contents = _contents(thing)
    thing.save(force_insert=old is None, force_update=old is not None)
    Link.objects.filter(source=id_).delete()
    log.set_tokens(thing)
    log.set_links(thing, contents)
    if old is not None and _narrows(thing, old, known, readable):
        Denied.objects.create(thing=id_, position=known.last.position)
    if thing.state == ERASED:
        _wipe(thing, known, range(1, thing.revision))
    if isinstance(thing, Request):
        _obey(thing)
    if isinstance(thing, Grant):
        _refresh(thing)


def _made(model: type[Traced], id_: UUID, known: _Known) -> Traced:
    """The row from its last text; where a later entry came without text, as closed as that entry says."""
    last, body = known.last, known.body
    if body is None or known.created is None or last.time is None:
        raise ValueError("a row is made from a text and from headers")
    told = json.loads(Entry.objects.values_list("header", flat=True).get(position=last.position))
    thing = model(id=id_, origin=last.node, revision=last.revision, created=known.created, updated=last.time)
    thing.apply(parse(bytes(body.body or b"")))
    thing.parts = {name: part["commitment"] for name, part in told["parts"].items()}
    if body.entry_id != last.position:
        thing.audience = [token for token in told["audience"] if token != f"org:{thing.owner}"]
        thing.part_audiences = {name: part["audience"] for name, part in told["parts"].items()}
        thing.state = WITHDRAWN if last.action in ENDING else thing.state
    if isinstance(thing, Record):
        derive.columns(thing)
    return thing


def _contents(thing: Traced) -> dict[str, Any]:
    """The closed parts of the present revision that are here."""
    rows = ClosedPart.objects.filter(commitment__in=thing.parts.values(), content__isnull=False)
    return {row.name: parse(bytes(row.content or b"")) for row in rows}


def _narrows(thing: Traced, old: Traced, known: _Known, readable: set[tuple[str, str]]) -> bool:
    """Whether somebody who found the thing a moment ago may not find it, or as much of it, any more."""
    if known.last.revision == old.revision:
        return False
    now = set(Token.objects.filter(thing=thing.id).values_list("part", "token"))
    if known.last.action in NARROWING or readable - now:
        return True
    if not isinstance(thing, Record) or not isinstance(old, Record):
        return False
    kind = kinds.get(thing.kind)
    closed = [f.name for f in kind.fields if f.part] if kind else []
    return any(old.data.get(name) != thing.data.get(name) for name in closed)


def _refresh(grant: Grant) -> None:
    """The audience of a grant's target follows the grant."""
    target = Record.objects.filter(id=grant.target).first()
    if target is not None:
        log.set_tokens(target)


def _obey(request: Request) -> None:
    """An erasure that two persons of the origin wanted is done on the copies too."""
    if request.verb != "erase" or not request.confirmed:
        return
    model = TYPES.get(request.terms.get("type", ""))
    target = model._default_manager.filter(id=request.target, origin=request.origin).first() if model else None
    if target is not None:
        known = _known([target.id])[target.id]
        _wipe(target, known, request.terms.get("revisions") or range(1, target.revision))


def _wipe(thing: Traced, known: _Known, numbers: Iterable[int]) -> None:
    """Erases the texts that are here and marks those that never came, so that none comes later."""
    numbers = [number for number in numbers if number in known.numbers and number != thing.revision]
    positions = [position for number in numbers for position in known.numbers[number]]
    present = set(Revision.objects.filter(entry__in=positions).values_list("entry_id", flat=True))
    now = timezone.now()
    headers = Entry.objects.filter(position__in=set(positions) - present).values_list("position", "revision", "header")
    Revision.objects.bulk_create(
        Revision(entry_id=p, thing=thing.id, number=number, parts=_commitments(header), erased=now)
        for p, number, header in headers
    )
    erasure.wipe(thing, numbers)


def _commitments(header: str) -> dict[str, str]:
    return {name: part["commitment"] for name, part in json.loads(header)["parts"].items()}
