"""Rows that may travel between nodes: each change of one is a revision and a signed entry.

A traced model says how its open part is written (``to_body``) and read (``apply``);
the log does the rest. ``type_name`` names it in entries for ever.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.utils.dateparse import parse_datetime

from ortaq.engine.ids import uuid7

TYPES: dict[str, type[Traced]] = {}

DRAFT, IN_REVIEW, PUBLISHED, WITHDRAWN, MERGED, ERASED = (
    "draft",
    "in_review",
    "published",
    "withdrawn",
    "merged",
    "erased",
)
STATES = (DRAFT, IN_REVIEW, PUBLISHED, WITHDRAWN, MERGED, ERASED)


class Traced(models.Model):
    """What every row that may travel has. ``audience`` holds the tokens meant for it once it is published."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    origin = models.UUIDField(editable=False)
    owner = models.UUIDField(db_index=True)
    author = models.UUIDField(null=True)
    audience = models.JSONField(default=list)
    part_audiences = models.JSONField(default=dict)
    parts = models.JSONField(default=dict)
    state = models.CharField(max_length=12, default=PUBLISHED)
    reopens_at = models.DateTimeField(null=True, db_index=True)
    reopens = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    created = models.DateTimeField()
    updated = models.DateTimeField()

    type_name: ClassVar[str] = ""

    class Meta:
        abstract = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.type_name and TYPES.setdefault(cls.type_name, cls).__name__ != cls.__name__:
            raise TypeError(f"two traced types are called {cls.type_name}")

    def to_body(self) -> dict[str, Any]:
        """The open body: everything needed to make this row again, without closed parts. Subclasses add their own."""
        body: dict[str, Any] = {"owner": str(self.owner), "state": self.state, "audience": sorted(self.audience)}
        if self.part_audiences:
            body["part_audiences"] = {name: sorted(tokens) for name, tokens in self.part_audiences.items()}
        if self.reopens_at:
            body["reopens"] = {"at": self.reopens_at.isoformat(), **self.reopens}
        return body

    def apply(self, body: dict[str, Any]) -> None:
        """Takes the columns from an open body, the inverse of :meth:`to_body`; applying twice changes nothing."""
        self.owner = uuid.UUID(body["owner"])
        self.state = body["state"]
        self.audience = list(body["audience"])
        self.part_audiences = dict(body.get("part_audiences", {}))
        reopens = dict(body.get("reopens", {}))
        at = reopens.pop("at", None)
        self.reopens_at, self.reopens = (parse_datetime(at) if at else None), reopens

    def blank(self) -> None:
        """Empties what the row says, for an erasure; who owns it and what it was stays."""
        self.part_audiences = {}

    def touches(self) -> list[uuid.UUID]:
        """The things whose documents in the index follow from this row."""
        return [self.id]

    def tokens(self) -> frozenset[str]:
        """Who may read the open part now: its state decides before its audience does."""
        own = {f"org:{self.owner}"}
        if self.state in (DRAFT, IN_REVIEW):
            return frozenset(own | ({f"actor:{self.author}"} if self.author else set()))
        if self.state in (WITHDRAWN, ERASED):
            return frozenset(own)
        return frozenset(own | set(self.audience))

    def part_tokens(self, name: str) -> frozenset[str]:
        """Who may read the closed part ``name``, provided that they may read the row."""
        own = {f"org:{self.owner}"}
        if self.state in (DRAFT, IN_REVIEW) and self.author:
            own.add(f"actor:{self.author}")
        return frozenset(own | set(self.part_audiences.get(name, ())))

    def links(self) -> list[tuple[str, str, str, str]]:
        """(part, occurrence, role, target UUID or URI) of every reference in the open body."""
        return []

    @property
    def type(self) -> str:
        return type(self).type_name
