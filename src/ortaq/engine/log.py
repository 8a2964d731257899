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
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from ortaq.engine import db, derive, keys
from ortaq.engine.access import Reader
from ortaq.engine.canonical import canonical, digest
from ortaq.engine.models import ClosedPart, Denied, Entry, Link, Log, Record, Revision, Token
from ortaq.engine.traced import Traced

FORMAT = 1
KEY_FILE = "keys/node.ed25519"


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
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("the log is written inside a transaction")
    now = timezone.now()
    thing.revision += 1
    thing.created, thing.updated = thing.created or now, now
    _seal(thing, parts or {}, dropped)
    if isinstance(thing, Record):
        derive.columns(thing)
    body = canonical(thing.to_body())
    thing.save(force_insert=thing.revision == 1)
    set_tokens(thing)
    set_links(thing, parts)
    entry = _append(thing, action, by, now, digest(body))
    Revision.objects.create(entry=entry, thing=thing.id, number=thing.revision, body=body, parts=thing.parts)
    if narrows:
        Denied.objects.create(thing=thing.id, position=entry.position)
    return entry


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


def _append(thing: Traced, action: str, by: Behalf, now: datetime, body: str) -> Entry:
    before = Entry.objects.filter(thing=thing.id).order_by("-position").values_list("digest", flat=True).first()
    db.lock_log(connection)
    log = head()
    if log.node is None:
        raise NoNode
    key = signing_key()
    header = {
        "format": FORMAT,
        "node": str(log.node),
        "epoch": log.epoch,
        "seq": log.seq + 1,
        "prev": log.head,
        "type": thing.type,
        "thing": str(thing.id),
        "revision": thing.revision,
        "before": before or "",
        "action": action,
        "actor": str(by.actor),
        "on_behalf_of": str(by.organisation or ""),
        "time": stamp(now),
        "audience": sorted(thing.tokens()),
        "key": key.id,
        "body": body,
        "parts": part_headers(thing),
    }
    text = canonical(header)
    entry = Entry(position=log.position + 1, signature=key.sign(text), **entry_columns(header, text))
    entry.save(force_insert=True)
    Log.objects.filter(id=1).update(seq=entry.seq, head=entry.digest, position=entry.position)
    return entry


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

    wanted = {("", token) for token in thing.tokens()}
    for name in thing.parts:
        wanted |= {(name, token) for token in thing.part_tokens(name)}
    wanted |= tokens_of(thing)
    if thing.revision > 1:
        present = {(row.part, row.token): row.id for row in Token.objects.filter(thing=thing.id)}
        Token.objects.filter(id__in=[id_ for key, id_ in present.items() if key not in wanted]).delete()
        wanted -= set(present)
    Token.objects.bulk_create(Token(thing=thing.id, part=part, token=token) for part, token in sorted(wanted))


def set_links(thing: Traced, parts: Mapping[str, Any] | None = None) -> None:
    """Makes the link rows of a thing what its open body and the given parts say; other parts keep theirs."""
    rows = thing.links()
    if isinstance(thing, Record):
        for name, content in (parts or {}).items():
            rows += derive.links(thing.kind, content, name)
    if thing.revision > 1:
        keep = [name for name in thing.parts if name not in (parts or {})]
        Link.objects.filter(source=thing.id).exclude(part__in=keep).delete()
    Link.objects.bulk_create(
        Link(source=thing.id, part=part, row=row, role=role, **_end(to)) for part, row, role, to in rows
    )


def _end(to: str) -> dict[str, Any]:
    return {"uri": to} if "/" in to else {"target": UUID(to)}


def _seal(thing: Traced, parts: Mapping[str, Any], dropped: Iterable[str]) -> None:
    kept = {name: commitment for name, commitment in thing.parts.items() if name not in set(dropped)}
    for name, content in parts.items():
        data, salt = canonical(content), secrets.token_bytes(32)
        commitment = keys.commitment(salt, data)
        ClosedPart.objects.create(commitment=commitment, thing=thing.id, name=name, salt=salt, content=data)
        kept[name] = commitment
    thing.parts = kept


def actor_of(reader: Reader, organisation: UUID | None = None) -> Behalf:
    """The signed-in reader as the one who acts."""
    if reader.id is None:
        raise ValueError("somebody who is not signed in does not act")
    return Behalf(reader.id, organisation)
