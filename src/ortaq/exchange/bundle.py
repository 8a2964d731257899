"""A node, or what an audience may have of it, in one file: written here, verified and taken in there."""

from __future__ import annotations

import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from ortaq.engine import db
from ortaq.engine.models import Entry, Node
from ortaq.engine.problems import Problem
from ortaq.exchange import apply, bag, outgoing, verify
from ortaq.exchange import line as lines
from ortaq.exchange.apply import Summary
from ortaq.exchange.line import Line, Wrong

FORMAT = 1
BATCH = 300
HELD = 0.15  # seconds that a batch may hold the write lock before the next one is made smaller
Progress = Callable[[str, int], None]

__all__ = ["Summary", "export", "receive"]


def export(file: Path, *, audience: frozenset[str] | None = None) -> int:
    """Writes the bundle; returns the number of entries. Replaces ``file`` when it is whole.

    ``audience`` None: everything that may leave the node. With tokens: what a reader who
    holds them, and what everybody may see, has today; of other entries only the digests.
    """
    tokens = audience | {"public"} if audience is not None else None
    count = 0

    def written() -> Iterator[bytes]:
        nonlocal count
        for line in outgoing.lines(tokens):
            count += 1
            yield lines.encode(line)

    one_moment = nullcontext() if connection.in_atomic_block else db.snapshot()
    with one_moment:
        bag.write(file, {"format": FORMAT, "nodes": _nodes(tokens)}, written())
    return count


def receive(file: Path, progress: Progress | None = None) -> Summary:
    """Verifies the whole bundle, then takes it in; raises Problem and takes nothing when anything is wrong.

    Repeating changes nothing. ``progress`` is told ("verify" or "write", entries done).
    """
    tell = progress or (lambda step, done: None)
    try:
        with zipfile.ZipFile(file) as archive:
            given = bag.opened(archive)
            summary = Summary(nodes=_verify(given, tell))
            _write(given, summary, tell)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise Problem("bundle", _("This file is not a bundle, or it is damaged: %(reason)s"), reason=error) from error
    return summary


def _verify(given: bag.Bag, tell: Progress) -> int:
    verifier = verify.Verifier()
    promised = _promised(given.nodes())
    seen: set[UUID] = set()
    done = 0
    stream = _decoded(given)
    while batch := list(islice(stream, BATCH)):
        verifier.take(batch)
        seen |= {line.node for line in batch}
        done += len(batch)
        tell("verify", done)
    proved = verifier.keys()
    for node, key in promised.items():
        if proved.get(node) != key:
            raise Problem("key", _("The bundle names a key for node %(node)s that its entries do not show."), node=node)
    return len(seen)


def _write(given: bag.Bag, summary: Summary, tell: Progress) -> None:
    size, done = 50, 0
    stream = _decoded(given)
    while batch := list(islice(stream, size)):
        began = time.monotonic()
        apply.write(batch, summary)
        held = time.monotonic() - began
        size = max(5, min(BATCH, int(size * HELD / max(held, 0.001)), size * 2))
        done += len(batch)
        tell("write", done)


def _decoded(given: bag.Bag) -> Iterator[Line]:
    for number, text in enumerate(given.lines(), 1):
        try:
            yield lines.decode(text)
        except Wrong as error:
            message = _("The bundle is refused: line %(number)s is not right (%(reason)s). Nothing was taken from it.")
            raise Problem("refused", message, number=number, reason=error) from error


def _nodes(tokens: frozenset[str] | None) -> list[dict[str, str]]:
    """The nodes whose entries go along and that the audience may know of."""
    rows = Node.objects.filter(id__in=Entry.objects.values("node").distinct()).order_by("id")
    return [
        {"id": str(node.id), "prefix": node.prefix, "name": node.name, "public_key": node.public_key}
        for node in rows
        if tokens is None or not tokens.isdisjoint(node.tokens())
    ]


def _promised(nodes: Any) -> dict[UUID, str]:
    try:
        if nodes["format"] != FORMAT:
            raise Problem("format", _("This bundle was made by a newer Ortaq. Install that version first."))
        return {UUID(node["id"]): str(node["public_key"]) for node in nodes["nodes"]}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise bag.broken(bag.NODES) from error
