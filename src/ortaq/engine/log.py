"""The append-only log: one signed entry for each change of a traced row, in the same transaction.

The header is fixed for ever (design §7)::

    {"format": 1, "node": UUID, "epoch": 1, "seq": 5, "prev": digest of the node's previous header,
     "type": "record", "thing": UUID, "revision": 3, "before": digest of this thing's previous header,
     "action": "revise", "actor": UUID, "on_behalf_of": UUID or "", "time": RFC 3339 in UTC,
     "audience": [token, …], "key": id of the signing key, "body": digest of the open body,
     "parts": {name: {"commitment": …, "audience": [token, …]}}}

The number is drawn after the log's lock is taken and the lock is held until the commit,
so that a consumer never sees entry n+1 before entry n.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from ortaq.engine import db, derive, keys
from ortaq.engine.access import Reader
from ortaq.engine.canonical import canonical, digest
from ortaq.engine.models import ClosedPart, Denied, Entry, Link, Log, Record, Revision, Token
from ortaq.engine.traced import Traced

T = TypeVar("T", bound=Traced)
FORMAT = 1
KEY_FILE = "keys/node.ed25519"
ANONYMOUS = UUID(int=0)  # the actor of what somebody did who is not known, for instance reported damage


class NoNode(RuntimeError):
    """The data folder holds copies only; ``ortaq init`` gives it a node of its own."""


@dataclass(frozen=True)
class Behalf:
    """Who acts and for which organisation."""

    actor: UUID
    organisation: UUID | None = None


def write(
    thing: Traced,
    action: str,
    by: Behalf,
    *,
    parts: Mapping[str, Any] | None = None,
    dropped: Iterable[str] = (),
    narrows: bool = False,
) -> Entry:
    """Saves ``thing`` as its next revision and signs the entry; must run inside a transaction.

    ``parts``: new contents of closed parts by name; parts not named stay as they are,
    ``dropped`` ones go. ``narrows`` keeps the thing out of every query until the index
    has passed the entry. Raises :class:`NoNode` in a folder without a node.
    """
    _inside()
    now = timezone.now()
    ClosedPart.objects.bulk_create(_seal(thing, parts or {}, dropped))
    body = _next(thing, now)
    thing.save(force_insert=thing.revision == 1)
    set_tokens(thing)
    set_links(thing, parts)
    before = Entry.objects.filter(thing=thing.id).order_by("-position").values_list("digest", flat=True).first()
    (entry,) = _append([(thing, body, before or "")], action, by, now)
    if narrows:
        Denied.objects.create(thing=thing.id, position=entry.position)
    return entry


@dataclass(frozen=True)
class Draft:
    """The first revision of a new thing with the rows that follow from it, made before the log's lock is taken."""

    thing: Traced
    body: bytes
    closed: list[ClosedPart]
    tokens: list[Token]
    links: list[Link]


def draft(thing: Traced, parts: Mapping[str, Any]) -> Draft:
    """A new thing made ready for :func:`write_new`; reads nothing and writes nothing."""
    closed = _seal(thing, parts, ())
    body = _next(thing, timezone.now())
    return Draft(thing, body, closed, _token_rows(thing, _wanted(thing)), _link_rows(thing, parts))


def write_new(drafts: Sequence[Draft], action: str, by: Behalf) -> list[Entry]:
    """As :func:`write` for many new things, in a few statements; must run inside a transaction."""
    _inside()
    now = timezone.now()
    things = [one.thing for one in drafts]
    for thing in things:
        thing.created = thing.updated = now
    for model in {type(thing) for thing in things}:
        model._default_manager.bulk_create([thing for thing in things if type(thing) is model])
    ClosedPart.objects.bulk_create([row for one in drafts for row in one.closed])
    Token.objects.bulk_create([row for one in drafts for row in one.tokens])
    Link.objects.bulk_create([row for one in drafts for row in one.links])
    return _append([(one.thing, one.body, "") for one in drafts], action, by, now)


def _inside() -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the log is written inside a transaction")


def _next(thing: Traced, now: datetime) -> bytes:
    """The open body of ``thing`` as its next revision."""
    thing.revision += 1
    thing.created, thing.updated = thing.created or now, now
    if isinstance(thing, Record):
        derive.columns(thing)
    return canonical(thing.to_body())


def head() -> Log:
    """Where the log ends; the row is made with the database."""
    return Log.objects.get(id=1)


def node_id() -> UUID:
    """The id of this node; raises :class:`NoNode`."""
    node = head().node
    if node is None:
        raise NoNode
    return node


def signing_key() -> keys.SigningKey:
    return keys.load(settings.ORTAQ_DATA / KEY_FILE)


def _append(bodies: Sequence[tuple[Traced, bytes, str]], action: str, by: Behalf, now: datetime) -> list[Entry]:
    """Signs an entry for each (thing, open body, digest of the thing's previous header) and keeps the revisions."""
    db.lock_log(connection)
    log, key = head(), signing_key()
    if log.node is None:
        raise NoNode
    entries, revisions = [], []
    for thing, body, before in bodies:
        header = _header(log, thing, before, action, by, now, digest(body)) | {"key": key.id}
        text = canonical(header)
        entry = Entry(position=log.position + 1, signature=key.sign(text), **entry_columns(header, text))
        log.seq, log.head, log.position = entry.seq, entry.digest, entry.position
        entries.append(entry)
        revisions.append(
            Revision(entry=entry, thing=thing.id, number=thing.revision, body=body, parts=dict(thing.parts))
        )
    Entry.objects.bulk_create(entries)
    Revision.objects.bulk_create(revisions)
    Log.objects.filter(id=1).update(seq=log.seq, head=log.head, position=log.position)
    return entries


def _header(log: Log, thing: Traced, before: str, action: str, by: Behalf, now: datetime, body: str) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "node": str(log.node),
        "epoch": log.epoch,
        "seq": log.seq + 1,
        "prev": log.head,
        "type": thing.type,
        "thing": str(thing.id),
        "revision": thing.revision,
        "before": before,
        "action": action,
        "actor": str(by.actor),
        "on_behalf_of": str(by.organisation or ""),
        "time": stamp(now),
        "audience": sorted(thing.tokens()),
        "body": body,
        "parts": part_headers(thing),
    }


def entry_columns(header: Mapping[str, Any], text: bytes) -> dict[str, Any]:
    """The columns of an entry that repeat its header, for finding it."""
    return {
        "node": UUID(header["node"]),
        "epoch": header["epoch"],
        "seq": header["seq"],
        "type": header["type"],
        "thing": UUID(header["thing"]),
        "revision": header["revision"],
        "action": header["action"],
        "actor": UUID(header["actor"]),
        "time": datetime.fromisoformat(header["time"]),
        "header": text.decode(),
        "digest": digest(text),
    }


def stamp(moment: datetime) -> str:
    """RFC 3339 in UTC with microseconds."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def part_headers(thing: Traced) -> dict[str, Any]:
    return {
        name: {"commitment": commitment, "audience": sorted(thing.part_tokens(name))}
        for name, commitment in thing.parts.items()
    }


def set_tokens(thing: Traced) -> None:
    """Makes the token rows of a thing what its state, audience and grants say; safe to repeat."""
    from ortaq.engine.grants import tokens_of

    wanted = _wanted(thing) | tokens_of(thing)
    present = {(row.part, row.token): row.id for row in Token.objects.filter(thing=thing.id)}
    gone = [id_ for key, id_ in present.items() if key not in wanted]
    if gone:
        Token.objects.filter(id__in=gone).delete()
    wanted -= set(present)
    Token.objects.bulk_create(_token_rows(thing, wanted))


def _wanted(thing: Traced) -> set[tuple[str, str]]:
    """(part, token) of everybody who may read the thing or one of its parts, grants aside."""
    wanted = {("", token) for token in thing.tokens()}
    for name in thing.parts:
        wanted |= {(name, token) for token in thing.part_tokens(name)}
    return wanted


def _token_rows(thing: Traced, wanted: set[tuple[str, str]]) -> list[Token]:
    return [Token(thing=thing.id, part=part, token=token) for part, token in sorted(wanted)]


def set_links(thing: Traced, parts: Mapping[str, Any] | None = None) -> None:
    """Makes the link rows of a thing what its open body and the given parts say; other parts keep theirs."""
    if thing.revision > 1:
        keep = [name for name in thing.parts if name not in (parts or {})]
        Link.objects.filter(source=thing.id).exclude(part__in=keep).delete()
    Link.objects.bulk_create(_link_rows(thing, parts or {}))


def _link_rows(thing: Traced, parts: Mapping[str, Any]) -> list[Link]:
    rows = thing.links()
    if isinstance(thing, Record):
        for name, content in parts.items():
            rows += derive.links(thing.kind, content, name)
    return [Link(source=thing.id, part=part, row=row, role=role, **_end(to)) for part, row, role, to in rows]


def _end(to: str) -> dict[str, Any]:
    return {"uri": to} if "/" in to else {"target": UUID(to)}


def _seal(thing: Traced, parts: Mapping[str, Any], dropped: Iterable[str]) -> list[ClosedPart]:
    """Commits ``thing`` to its parts; returns the rows that keep their bytes."""
    gone, rows = set(dropped), []
    kept = {name: commitment for name, commitment in thing.parts.items() if name not in gone}
    for name, content in parts.items():
        data, salt = canonical(content), secrets.token_bytes(32)
        kept[name] = keys.commitment(salt, data)
        rows.append(ClosedPart(commitment=kept[name], thing=thing.id, name=name, salt=salt, content=data))
    thing.parts = kept
    return rows


def actor_of(reader: Reader, organisation: UUID | None = None) -> Behalf:
    """The signed-in reader as the one who acts."""
    if reader.id is None:
        raise ValueError("somebody who is not signed in does not act")
    return Behalf(reader.id, organisation)
