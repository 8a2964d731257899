"""The changes of one record, told and signed."""

from __future__ import annotations

import json
from typing import Any

from ortaq.engine import access, keys
from ortaq.engine.access import Reader, View
from ortaq.engine.canonical import parse
from ortaq.engine.models import Entry, Node, Revision


def changes(reader: Reader, view: View, revision: int | None = None) -> dict[str, Any]:
    """The entries of a readable record, the newest first; with ``revision`` those of that one only."""
    found = [e for e in access.history(reader, view.record) if revision in (None, e.revision)]
    why = reasons(found)
    return {"count": len(found), "items": [_change(entry, why.get(entry.position, "")) for entry in found]}


def reasons(entries: list[Entry]) -> dict[int, str]:
    """Position -> the reason that was given; none for what is erased."""
    bodies = Revision.objects.filter(entry__in=[e.position for e in entries], body__isnull=False)
    return {
        position: parse(bytes(body or b"")).get("reason", "") for position, body in bodies.values_list("entry", "body")
    }


def entries(reader: Reader, view: View) -> dict[str, Any]:
    """The entries as they were signed, the oldest first, and who signed them."""
    found = access.history(reader, view.record)[::-1]
    signers = access.visible(reader, Node).filter(id__in={entry.node for entry in found}).order_by("id")
    return {
        "count": len(found),
        "items": [
            {"header": e.header, "digest": e.digest, "signature": bytes(e.signature or b"").hex()} for e in found
        ],
        "nodes": [_signer(node) for node in signers],
    }


def _change(entry: Entry, reason: str) -> dict[str, Any]:
    header = json.loads(entry.header)
    return {
        "seq": entry.seq,
        "epoch": entry.epoch,
        "node": str(entry.node),
        "action": entry.action,
        "time": header["time"],
        "actor": str(entry.actor),
        "organisation": header["on_behalf_of"] or None,
        "revision": entry.revision,
        "reason": reason,
        "digest": entry.digest,
    }


def _signer(node: Node) -> dict[str, Any]:
    key = keys.key_id(bytes.fromhex(node.public_key))
    return {"id": str(node.id), "name": node.name, "prefix": node.prefix, "key": key, "public_key": node.public_key}
