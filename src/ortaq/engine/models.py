"""The tables of the engine. Rows are written by ``log.write`` and by nothing else."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.db import models

from ortaq.engine.traced import IN_REVIEW, Traced


class Log(models.Model):
    """One row: where this node's log ends. Read and moved only under the log's lock."""

    node = models.UUIDField(null=True)
    epoch = models.PositiveIntegerField(default=0)
    seq = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default="")
    position = models.PositiveBigIntegerField(default=0)


class Entry(models.Model):
    """One line of a node's log. ``position`` is this node's own order of arrival, ``seq`` the signer's.

    ``header`` is the RFC 8785 text that was signed; it is empty when a partner gave
    only its digest as proof of the chain.
    """

    position = models.PositiveBigIntegerField(primary_key=True)
    node = models.UUIDField()
    epoch = models.PositiveIntegerField()
    seq = models.PositiveBigIntegerField()
    type = models.CharField(max_length=24, default="")
    thing = models.UUIDField(null=True)
    revision = models.PositiveIntegerField(default=0)
    action = models.CharField(max_length=24, default="")
    actor = models.UUIDField(null=True)
    time = models.DateTimeField(null=True)
    header = models.TextField(default="")
    digest = models.CharField(max_length=64)
    signature = models.BinaryField(default=b"")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["node", "epoch", "seq"], name="one_entry_a_number")]
        indexes: ClassVar = [models.Index(fields=["thing", "revision"])]


class Revision(models.Model):
    """One saved state as the canonical bytes that were digested; never changed, at most erased (``body`` empty)."""

    entry = models.OneToOneField(
        Entry, primary_key=True, on_delete=models.PROTECT, db_column="position", related_name="+"
    )
    thing = models.UUIDField()
    number = models.PositiveIntegerField()
    body = models.BinaryField(null=True)
    parts = models.JSONField(default=dict)
    erased = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["thing", "number"])]


class ClosedPart(models.Model):
    """The bytes of one closed part, found by its commitment. Salt and content go together, or both are gone."""

    commitment = models.CharField(max_length=64, primary_key=True)
    thing = models.UUIDField(db_index=True)
    name = models.CharField(max_length=24)
    salt = models.BinaryField(null=True)
    content = models.BinaryField(null=True)


class Token(models.Model):
    """One token in the audience of a row (``part`` empty) or of one of its closed parts. Derived."""

    thing = models.UUIDField()
    part = models.CharField(max_length=24, default="")
    token = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["thing", "part", "token"], name="one_row_a_token")]
        indexes: ClassVar = [models.Index(fields=["token", "part", "thing"])]


class Link(models.Model):
    """A reference from one thing to another, or to a URI. Derived from the body or from a closed part."""

    source = models.UUIDField(db_index=True)
    part = models.CharField(max_length=24, default="")
    row = models.CharField(max_length=12, default="")
    role = models.CharField(max_length=32)
    target = models.UUIDField(null=True, db_index=True)
    uri = models.CharField(max_length=2000, default="")


class Denied(models.Model):
    """A thing narrowed by the entry at ``position``: subtracted from every query until the index is past it."""

    thing = models.UUIDField()
    position = models.PositiveBigIntegerField(db_index=True)


class Cursor(models.Model):
    """How far a consumer has read the log."""

    name = models.CharField(max_length=32, primary_key=True)
    position = models.PositiveBigIntegerField(default=0)


class Beat(models.Model):
    """The last sign of life of a worker."""

    name = models.CharField(max_length=32, primary_key=True)
    at = models.DateTimeField()


class Read(models.Model):
    """That somebody was shown what is not public: which part ("" the record), by which door, in which hour."""

    actor = models.UUIDField()
    thing = models.UUIDField()
    part = models.CharField(max_length=24, default="")
    door = models.CharField(max_length=16)
    hour = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["thing", "actor", "part", "door", "hour"], name="one_read_an_hour")
        ]


class StoredFile(models.Model):
    """A file kept in the store under its SHA-256; never reached by digest from outside."""

    digest = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=200)
    added = models.DateTimeField()


class Node(Traced):
    """A running Ortaq, this one or one whose entries are here. Entry 1 of each epoch is the node's own."""

    type_name = "node"

    name = models.CharField(max_length=200)
    prefix = models.CharField(max_length=6, unique=True)
    country = models.CharField(max_length=2)
    public_key = models.CharField(max_length=64)
    recovery = models.CharField(max_length=64)
    epoch = models.PositiveIntegerField(default=1)

    def to_body(self) -> dict[str, Any]:
        return super().to_body() | {
            "name": self.name,
            "prefix": self.prefix,
            "country": self.country,
            "public_key": self.public_key,
            "recovery": self.recovery,
            "epoch": self.epoch,
        }

    def apply(self, body: dict[str, Any]) -> None:
        super().apply(body)
        self.name, self.prefix, self.country = body["name"], body["prefix"], body["country"]
        self.public_key, self.recovery, self.epoch = body["public_key"], body["recovery"], body["epoch"]


class Record(Traced):
    """One described thing. ``data`` is the open body by field; what is closed lies in :class:`ClosedPart`."""

    type_name = "record"

    pid = models.CharField(max_length=20, unique=True, null=True)
    kind = models.CharField(max_length=40, db_index=True)
    kind_version = models.PositiveIntegerField(default=1)
    title = models.JSONField(default=dict)
    data = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, default="")
    merged_into = models.UUIDField(null=True)
    was_public = models.BooleanField(default=False)
    country = models.CharField(max_length=2, default="", db_index=True)
    region = models.CharField(max_length=64, default="")
    date_min = models.BigIntegerField(null=True)
    date_max = models.BigIntegerField(null=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "state"])]

    def to_body(self) -> dict[str, Any]:
        body = super().to_body() | {
            "kind": self.kind,
            "kind_version": self.kind_version,
            "title": self.title,
            "data": self.data,
            "was_public": self.was_public,
        }
        optional = {
            "pid": self.pid,
            "reason": self.reason,
            "merged_into": str(self.merged_into) if self.merged_into else None,
        }
        return body | {key: value for key, value in optional.items() if value}

    def apply(self, body: dict[str, Any]) -> None:
        super().apply(body)
        self.kind, self.kind_version = body["kind"], body["kind_version"]
        self.title, self.data, self.was_public = body["title"], body["data"], body["was_public"]
        self.pid, self.reason = body.get("pid"), body.get("reason", "")
        self.merged_into = uuid.UUID(body["merged_into"]) if body.get("merged_into") else None

    def tokens(self) -> frozenset[str]:
        """A record in review is read by the authorities of its country too: one of them publishes it."""
        found = super().tokens()
        return found | {f"national:{self.country}"} if self.state == IN_REVIEW and self.country else found

    def blank(self) -> None:
        super().blank()
        self.data, self.title, self.reason = {}, {}, ""

    def links(self) -> list[tuple[str, str, str, str]]:
        from ortaq.engine.derive import links

        return links(self.kind, self.data)


class Proposal(Traced):
    """A change somebody would like to see in a record that is not his to change.

    ``data`` is the whole open data as proposed, the proposed closed parts are its own
    closed parts, ``base`` the revision of the target it was made on.
    """

    type_name = "proposal"

    target = models.UUIDField(db_index=True)
    base = models.PositiveIntegerField()
    data = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, default="")

    def to_body(self) -> dict[str, Any]:
        return super().to_body() | {
            "target": str(self.target),
            "base": self.base,
            "data": self.data,
            "reason": self.reason,
        }

    def apply(self, body: dict[str, Any]) -> None:
        super().apply(body)
        self.target, self.base = uuid.UUID(body["target"]), body["base"]
        self.data, self.reason = body["data"], body["reason"]

    def blank(self) -> None:
        super().blank()
        self.data, self.reason = {}, ""

    def links(self) -> list[tuple[str, str, str, str]]:
        return [("", "", "proposes", str(self.target))]


class Answer(Traced):
    """What the owner of a record says to a proposal: accepted, or returned with a reason. The owner's own thing."""

    type_name = "answer"

    proposal = models.UUIDField(unique=True)
    verdict = models.CharField(max_length=12)
    reason = models.CharField(max_length=500, default="")

    def to_body(self) -> dict[str, Any]:
        return super().to_body() | {"proposal": str(self.proposal), "verdict": self.verdict, "reason": self.reason}

    def apply(self, body: dict[str, Any]) -> None:
        super().apply(body)
        self.proposal, self.verdict, self.reason = uuid.UUID(body["proposal"]), body["verdict"], body["reason"]

    def blank(self) -> None:
        self.reason = ""

    def links(self) -> list[tuple[str, str, str, str]]:
        return [("", "", "answers", str(self.proposal))]


class Grant(Traced):
    """Leave for one person or organisation to read a thing, or one closed part of it, until a moment."""

    type_name = "grant"

    target = models.UUIDField(db_index=True)
    part = models.CharField(max_length=24, default="")
    holder = models.CharField(max_length=64, db_index=True)
    until = models.DateTimeField(db_index=True)
    reason = models.CharField(max_length=500, default="")

    def to_body(self) -> dict[str, Any]:
        return super().to_body() | {
            "target": str(self.target),
            "part": self.part,
            "holder": self.holder,
            "until": self.until.isoformat(),
            "reason": self.reason,
        }

    def apply(self, body: dict[str, Any]) -> None:
        super().apply(body)
        self.target, self.part, self.holder = uuid.UUID(body["target"]), body["part"], body["holder"]
        self.until, self.reason = datetime.fromisoformat(body["until"]), body["reason"]

    def blank(self) -> None:
        self.holder, self.reason = "", ""

    def touches(self) -> list[uuid.UUID]:
        return [self.target]


class Request(Traced):
    """Something that two persons must want: to erase, or to open a closed part. The second one confirms."""

    type_name = "request"

    target = models.UUIDField(db_index=True)
    verb = models.CharField(max_length=12)
    terms = models.JSONField(default=dict)
    reason = models.CharField(max_length=500)
    confirmed = models.BooleanField(default=False)

    def to_body(self) -> dict[str, Any]:
        return super().to_body() | {
            "target": str(self.target),
            "verb": self.verb,
            "terms": self.terms,
            "reason": self.reason,
            "confirmed": self.confirmed,
        }

    def apply(self, body: dict[str, Any]) -> None:
        super().apply(body)
        self.target, self.verb, self.terms = uuid.UUID(body["target"]), body["verb"], body["terms"]
        self.reason, self.confirmed = body["reason"], body["confirmed"]

    def blank(self) -> None:
        self.reason, self.terms = "", {}

    def touches(self) -> list[uuid.UUID]:
        return [self.target]
