"""What people propose for the vocabularies: a better label or a new term, and what became of it."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from ortaq.engine import kinds
from ortaq.engine.fields import Group, Term
from ortaq.engine.models import Record
from ortaq.engine.traced import PUBLISHED, WITHDRAWN, Traced

OPEN, ACCEPTED, RETURNED, UNDONE = "", "accepted", "returned", "undone"


class TermProposal(Traced):
    """Labels that somebody proposes for one term; the term is new when the vocabulary does not have its code.

    ``labels`` by language; ``answer`` is what a language editor said to it, ``verdict`` empty until then.
    Accepted on the node it was made on, it lies over the labels that are shipped.
    """

    type_name = "term_proposal"

    vocabulary = models.CharField(max_length=40)
    code = models.CharField(max_length=64)
    labels = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, default="")
    source = models.CharField(max_length=500, default="")
    verdict = models.CharField(max_length=12, default=OPEN, db_index=True)
    answer = models.CharField(max_length=500, default="")
    answered = models.DateTimeField(null=True)

    def to_body(self) -> dict[str, Any]:
        return super().to_body() | {
            "vocabulary": self.vocabulary,
            "code": self.code,
            "labels": self.labels,
            "reason": self.reason,
            "source": self.source,
            "verdict": self.verdict,
            "answer": self.answer,
            "answered": self.answered.isoformat() if self.answered else "",
        }

    def apply(self, body: dict[str, Any]) -> None:
        super().apply(body)
        self.vocabulary, self.code, self.labels = body["vocabulary"], body["code"], body["labels"]
        self.reason, self.source = body["reason"], body["source"]
        self.verdict, self.answer = body["verdict"], body["answer"]
        self.answered = datetime.fromisoformat(body["answered"]) if body["answered"] else None

    def blank(self) -> None:
        super().blank()
        self.labels, self.reason, self.source, self.answer = {}, "", "", ""

    def tokens(self) -> frozenset[str]:
        """Who proposed it still sees what he took back."""
        found = super().tokens()
        return found | {f"actor:{self.author}"} if self.state == WITHDRAWN and self.author else found

    def touches(self) -> list[uuid.UUID]:
        """The records that are found by the label of this term, once it has changed."""
        changed = self.verdict in (ACCEPTED, UNDONE)
        return list(users(self.vocabulary, self.code).values_list("id", flat=True)) if changed else []


def accepted() -> QuerySet[TermProposal]:
    """What is in force on some node; ``origin`` says on which."""
    return TermProposal.objects.filter(verdict=ACCEPTED, state=PUBLISHED)


def users(vocabulary: str, code: str) -> QuerySet[Record]:
    """The records in whose open data a term may stand. For the node's own work, under nobody's rights."""
    slugs = [slug for slug, kind in kinds.KINDS.items() if vocabulary in _vocabularies(kind)]
    written = Record.objects.filter(kind__in=slugs).annotate(written=Cast("data", TextField()))
    return written.filter(written__contains=f'"{code}"')


def _vocabularies(kind: type[kinds.Kind]) -> set[str]:
    inner = [f for of in kind.fields for f in (of.fields if isinstance(of, Group) else [of])]
    return {f.vocabulary for f in inner if isinstance(f, Term)}
