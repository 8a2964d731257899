"""Proves that what the node holds is what was signed: log, bodies, closed parts, rows, tokens, links, files.

Reads everything in batches and changes nothing. The search index is not part of it: it can be thrown away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Exists, Model, OuterRef
from django.utils.translation import gettext as _

from ortaq.engine import db, keys, log, store
from ortaq.engine.canonical import digest
from ortaq.engine.checking import chain, rows
from ortaq.engine.checking.finding import Finding
from ortaq.engine.models import ClosedPart, Entry, Link, Node, Revision, StoredFile, Token
from ortaq.engine.traced import TYPES

__all__ = ["Finding", "check"]
BATCH = 500

Progress = Callable[[int, int], None]


def check(progress: Progress | None = None) -> list[Finding]:
    """Everything that is wrong, as of one moment; ``progress`` is told (entries done, entries in all).

    Findings whose ``fault`` is False (erased bodies, files without a row) are no reason to worry.
    """
    one_moment = nullcontext() if connection.in_atomic_block else db.snapshot()
    with one_moment:
        return list(_all(progress or (lambda done, total: None)))


def _all(progress: Progress) -> Iterator[Finding]:
    public = {node.id: bytes.fromhex(node.public_key) for node in Node.objects.all()}
    yield from _keys(public)
    state = chain.Chain(public)
    total, done, position = log.head().position, 0, 0
    while batch := list(Entry.objects.filter(position__gt=position).order_by("position")[:BATCH]):
        position = batch[-1].position
        revisions = Revision.objects.defer("entry").in_bulk([entry.position for entry in batch])
        yield from state.follow(batch)
        yield from _contents(batch, revisions)
        yield from rows.check(batch)
        done += len(batch)
        progress(done, total)
    yield from state.end(log.head())
    yield from _orphans()
    yield from _files()


def _keys(public: dict[UUID, bytes]) -> Iterator[Finding]:
    """The key in the folder is the one that the node's own body names."""
    own = log.head().node
    if own is None:
        return
    file = Path(settings.ORTAQ_DATA) / log.KEY_FILE
    if not file.exists():
        yield Finding("key_missing", log.KEY_FILE, _("The signing key of this node is not in its folder."))
    elif keys.SigningKey(file.read_bytes()).public != public.get(own):
        yield Finding("key", log.KEY_FILE, _("The key in the folder is not the one that this node signs with."))


def _contents(batch: list[Entry], revisions: dict[int, Revision]) -> Iterator[Finding]:
    """Bodies and closed parts against the digests in the headers."""
    own = log.head().node
    wanted = {c for revision in revisions.values() for c in _commitments(revision)}
    parts = ClosedPart.objects.in_bulk(wanted)
    for entry in batch:
        header = chain.header_of(entry)
        if header is None:
            continue
        where, revision = chain.where(entry), revisions.get(entry.position)
        if revision is None:
            if entry.node == own:
                yield Finding("revision_missing", where, _("The entry is there, but the text that it signs is not."))
            continue
        if (revision.thing, revision.number) != (entry.thing, entry.revision):
            yield Finding("revision", where, _("The saved state belongs to another entry."))
        if revision.body is None:
            yield _without_body(revision, where)
        elif digest(bytes(revision.body)) != header["body"]:
            yield Finding("body", where, _("The text is not the one that was signed."))
        signed = {name: part["commitment"] for name, part in header["parts"].items()}
        if revision.parts != signed:
            yield Finding("parts", where, _("The list of closed parts is not the one that was signed."))
        yield from _parts(entry, revision, signed, parts, where)


def _without_body(revision: Revision, where: str) -> Finding:
    if revision.erased is None:
        return Finding("body_missing", where, _("The text is gone although nobody erased it."))
    return Finding("erased", where, _("The text was erased on %(date)s.") % {"date": revision.erased.date()})


def _parts(
    entry: Entry, revision: Revision, signed: dict[str, str], parts: dict[str, ClosedPart], where: str
) -> Iterator[Finding]:
    own = log.head().node
    for name, commitment in signed.items():
        part = parts.get(commitment)
        there = f"{where} {name}"
        if part is None or part.content is None or part.salt is None:
            # a copy may lack what was not shared; erased revisions lose their parts with them
            if revision.erased is None and (entry.node == own or part is not None):
                yield Finding("part_missing", there, _("The closed part is gone although nobody erased it."))
        elif keys.commitment(bytes(part.salt), bytes(part.content)) != commitment:
            yield Finding("part", there, _("The closed part, or its random bytes, are not what was signed."))
        elif (part.thing, part.name) != (entry.thing, name):
            yield Finding("part", there, _("The closed part belongs to another thing."))


def _commitments(revision: Revision) -> list[str]:
    return [c for c in revision.parts.values() if isinstance(c, str)] if isinstance(revision.parts, dict) else []


def _orphans() -> Iterator[Finding]:
    """Rows that no entry speaks of."""
    message = _("This row is there, but no log entry mentions it.")
    for name, model in TYPES.items():
        unknown = ~Exists(Entry.objects.filter(thing=OuterRef("id")))
        for id_ in model._default_manager.filter(unknown).values_list("id", flat=True).iterator():
            yield Finding("row_extra", f"{name} {id_}", message)
    by_column: list[tuple[type[Model], str]] = [(Token, "thing"), (Link, "source"), (ClosedPart, "thing")]
    for part, column in by_column:
        strays = part._default_manager.filter(~Exists(Entry.objects.filter(thing=OuterRef(column))))
        for id_ in strays.values_list(column, flat=True).distinct().iterator():
            yield Finding("row_extra", f"{part.__name__.lower()} {id_}", message)


def _files() -> Iterator[Finding]:
    for row in StoredFile.objects.order_by("digest").iterator():
        where = f"file {row.digest}"
        try:
            if store.digest_of(row.digest) != row.digest:
                yield Finding("file", where, _("The file is not the one that was stored."))
        except FileNotFoundError:
            yield Finding("file_missing", where, _("The file is not in the store."))
    for found in store.stored():
        if not StoredFile.objects.filter(digest=found).exists():
            yield Finding("file_extra", f"file {found}", _("No row refers to this file; it can be deleted."))
