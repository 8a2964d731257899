"""The first pass over a bundle: everything is proved before anything is written.

Holds about 200 bytes for each thing and 100 for each entry of which only the digest is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from ortaq.engine import derive, ids, log
from ortaq.engine.canonical import NotCanonical, parse
from ortaq.engine.models import Entry, Link, Log, Node, Record
from ortaq.engine.problems import Problem
from ortaq.engine.traced import TYPES, Traced
from ortaq.exchange import line as lines
from ortaq.exchange.line import Line, Wrong

EPOCH = models.DateTimeField().to_python("2000-01-01T00:00:00Z")


class Verifier:
    """Takes the lines of a bundle batch by batch; raises Problem at the first that is not right."""

    def __init__(self) -> None:
        self._here: Log = log.head()
        self._keys = {node.id: bytes.fromhex(node.public_key) for node in Node.objects.all()}
        self._prefixes = {node.id: node.prefix for node in Node.objects.all()}
        self._ends: dict[tuple[UUID, int], tuple[int, str]] = {}
        self._things: dict[bytes, tuple[UUID, str, int, int, int, str]] = {}
        self._bare: set[bytes] = set()
        self._unique: dict[tuple[str, Any], UUID] = {}

    def take(self, batch: list[Line]) -> None:
        known = known_digests(batch)
        self._load_things(batch)
        taken = self._taken(batch)
        for line in batch:
            try:
                self._one(line, known.get(line.number))
                self._claims(line, taken)
            except Wrong as error:
                message = _(
                    "The bundle is refused: entry %(entry)s is not right (%(reason)s). Nothing was taken from it."
                )
                raise Problem("refused", message, entry=line, reason=error) from error

    def keys(self) -> dict[UUID, str]:
        """Node -> public key in hex, as the entries prove them."""
        return {node: key.hex() for node, key in self._keys.items()}

    def _one(self, line: Line, known: str | None) -> None:
        if known is not None and known != line.digest:
            message = _(
                "Node %(node)s has signed two different entries with the number %(number)s. Ask the people who run it."
            )
            raise Problem("fork", message, node=line.node, number=f"{line.epoch}/{line.seq}")
        if known is None and line.node == self._here.node and line.epoch >= self._here.epoch:
            raise Wrong("it is said to be from this node, which has not written it")
        self._follow(line)
        if line.header is None:
            self._bare.add(bytes.fromhex(line.digest))
            return
        if line.told["type"] == "node" and line.thing == line.node:
            self._meet(line)
        public = self._keys.get(line.node)
        if public is None:
            raise Wrong("its node has not shown its key before it")
        if not lines.signed_with(line, public):
            raise Wrong("the signature")
        self._history(line)
        if line.body is not None:
            _applicable(line, self._prefixes)

    def _follow(self, line: Line) -> None:
        """``seq`` without gaps and ``prev``; the first line of a node may go on from what is here."""
        before = self._ends.get((line.node, line.epoch))
        if before is None and line.seq > 1:
            row = Entry.objects.filter(node=line.node, epoch=line.epoch, seq=line.seq - 1).first()
            before = (row.seq, row.digest) if row else None
        seq, last = before or (0, "")
        if line.seq != seq + 1:
            raise Wrong("the entry before it is missing")
        if line.header is not None:
            first = line.seq == 1 and line.epoch > 1
            if first or line.told["prev"] == last:
                pass
            else:
                raise Wrong("it does not follow the entry before it")
        self._ends[line.node, line.epoch] = (line.seq, line.digest)

    def _meet(self, line: Line) -> None:
        """A node's own entry shows its key; one that is known already keeps its key and its prefix."""
        if line.body is None:
            return
        try:
            public, prefix = bytes.fromhex(line.data["public_key"]), str(line.data["prefix"])
        except (KeyError, TypeError, ValueError) as error:
            raise Wrong("form of the text") from error
        if self._keys.setdefault(line.node, public) != public:
            message = _(
                "Node %(node)s comes with a different key than before. "
                "Ask the people who run it before you accept anything."
            )
            raise Problem("key", message, node=line.node)
        holder = next((node for node, taken in self._prefixes.items() if taken == prefix and node != line.node), None)
        if holder is not None or self._prefixes.setdefault(line.node, prefix) != prefix:
            message = _("The prefix %(prefix)s is taken by another node. The bundle is refused.")
            raise Problem("prefix", message, prefix=prefix)

    def _history(self, line: Line) -> None:
        """One writer and one type a thing; ``before`` names the revision before, where that one is known."""
        told, key = line.told, line.thing.bytes
        node, type_, epoch, seq, revision, last = self._things.get(key, (line.node, told["type"], 0, 0, 0, ""))
        if (node, type_) != (line.node, told["type"]):
            raise Wrong("the thing belongs to another node")
        if (line.epoch, line.seq) <= (epoch, seq):
            return  # an entry that is here already
        if not self._continues(line, epoch, revision, last):
            raise Wrong("it does not follow the last revision of its thing")
        self._things[key] = (line.node, told["type"], line.epoch, line.seq, told["revision"], line.digest)

    def _continues(self, line: Line, epoch: int, revision: int, last: str) -> bool:
        told = line.told
        if told["revision"] == 1:
            return told["before"] == "" and (revision == 0 or line.epoch > epoch)
        if not lines.DIGEST.fullmatch(told["before"]):
            return False
        if told["revision"] == revision + 1:
            return bool(told["before"] == last)
        if told["revision"] <= revision:
            return line.epoch > epoch > 0  # a restored backup went on from an older state
        return self._told_by_digest(line)

    def _told_by_digest(self, line: Line) -> bool:
        """The revision before was made where we may not look, but its digest is in the chain."""
        before = line.told["before"]
        return bytes.fromhex(before) in self._bare or (
            Entry.objects.filter(node=line.node, digest=before, header="").exists()
        )

    def _load_things(self, batch: list[Line]) -> None:
        """What this node knows of the things of ``batch`` from before."""
        wanted = {line.thing for line in batch if line.header is not None}
        wanted = {thing for thing in wanted if thing.bytes not in self._things}
        entries = Entry.objects.filter(thing__in=wanted).exclude(header="")
        for row in entries.values_list("thing", "node", "type", "epoch", "seq", "revision", "digest"):
            thing, found = row[0], row[1:]
            if thing and found[2:4] > self._things.get(thing.bytes, (None, "", 0, 0, 0, ""))[2:4]:
                self._things[thing.bytes] = found

    def _taken(self, batch: list[Line]) -> dict[tuple[str, Any], UUID]:
        """(column, value) -> thing that holds it here, for columns where every value may stand once."""
        found: dict[tuple[str, Any], UUID] = {}
        for name, model in TYPES.items():
            for column in _unique_columns(model):
                given = [line.data.get(column) for line in batch if line.told.get("type") == name]
                wanted = [value for value in given if isinstance(value, str) and value]
                if wanted and model._meta.get_field(column).get_internal_type() == "UUIDField":
                    wanted = [value for value in wanted if _is_uuid(value)]
                if wanted:
                    rows = model._default_manager.filter(**{f"{column}__in": wanted}).values_list(column, "id")
                    found |= {(f"{name}.{column}", str(value)): id_ for value, id_ in rows}
        return found

    def _claims(self, line: Line, taken: dict[tuple[str, Any], UUID]) -> None:
        model = TYPES.get(line.told.get("type", ""))
        for column in _unique_columns(model) if model else ():
            value = line.data.get(column)
            if not value:
                continue
            key = (f"{line.told['type']}.{column}", str(value))
            holder = taken.get(key) or self._unique.setdefault(key, line.thing)
            if holder != line.thing:
                raise Wrong(f"{column} is taken by another thing")


def known_digests(batch: Iterable[Line]) -> dict[tuple[UUID, int, int], str]:
    """Which entries of ``batch`` are here already, with their digests."""
    spans: dict[tuple[UUID, int], list[int]] = {}
    for line in batch:
        spans.setdefault((line.node, line.epoch), []).append(line.seq)
    found: dict[tuple[UUID, int, int], str] = {}
    for (node, epoch), seqs in spans.items():
        rows = Entry.objects.filter(node=node, epoch=epoch, seq__gte=min(seqs), seq__lte=max(seqs))
        found |= {(node, epoch, seq): digest for seq, digest in rows.values_list("seq", "digest")}
    return found


def _applicable(line: Line, prefixes: dict[UUID, str]) -> None:
    """Tries the text on a row that is thrown away; what a known type cannot hold is refused, not half-written."""
    model = TYPES.get(line.told["type"])
    if model is None:
        return
    try:
        thing = trial(model, line)
        contents = [(name, parse(part.content)) for name, part in line.parts.items()]
        found = thing.links()
        if isinstance(thing, Record):
            found = found + [row for name, content in contents for row in derive.links(thing.kind, content, name)]
        _fits(thing)
        for part, row, role, to in found:
            _fits(Link(source=thing.id, part=part, row=row, role=role, **log._end(to)))
    except (NotCanonical, ValidationError, LookupError, TypeError, ValueError, AttributeError) as error:
        raise Wrong(f"the text cannot be a {line.told['type']}: {error}") from error
    if sorted(thing.tokens()) != line.told["audience"]:
        raise Wrong("the audience in the text is not the one that was signed")
    if isinstance(thing, Record) and thing.pid and not _own_pid(thing.pid, prefixes.get(line.node)):
        raise Wrong("its permanent number is not one of its node")


def trial(model: type[Traced], line: Line) -> Traced:
    """The row that the line's text makes, not saved."""
    thing = model(id=line.thing, origin=line.node, revision=line.told["revision"], created=EPOCH, updated=EPOCH)
    thing.apply(line.data)
    thing.parts = {name: part["commitment"] for name, part in line.told["parts"].items()}
    if isinstance(thing, Record):
        derive.columns(thing)
    return thing


def _fits(row: models.Model) -> None:
    """Raises ValidationError for a value that its column cannot hold."""
    for column in row._meta.concrete_fields:
        value = getattr(row, column.attname)
        if column.primary_key or (value is None and column.null):
            continue
        if isinstance(column, models.CharField) and not isinstance(value, str):
            raise ValidationError(f"{column.attname} is no text")
        column.run_validators(column.to_python(value))


def _own_pid(pid: str, prefix: str | None) -> bool:
    found = ids.PID.fullmatch(pid)
    return found is not None and found[1] == prefix


def _unique_columns(model: type[Traced]) -> list[str]:
    return [f.attname for f in model._meta.concrete_fields if f.unique and not f.primary_key]


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
