"""Removing for good what entries only name: bodies, closed parts and their random bytes. Headers stay."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from ortaq.engine.models import ClosedPart, Revision
from ortaq.engine.traced import ERASED, Traced


def blank(thing: Traced) -> None:
    """Makes ``thing`` say nothing any more; the caller signs that as its last revision."""
    thing.blank()
    thing.state, thing.reopens_at, thing.reopens = ERASED, None, {}


def wipe(thing: Traced, numbers: Iterable[int]) -> None:
    """Erases revisions by number, and the closed parts that no kept revision holds."""
    numbers = set(numbers)
    rows = Revision.objects.filter(thing=thing.id)
    rows.filter(number__in=numbers).update(body=None, erased=timezone.now())
    kept = {c for parts in rows.filter(erased__isnull=True).values_list("parts", flat=True) for c in parts.values()}
    kept |= set(thing.parts.values())
    ClosedPart.objects.filter(thing=thing.id).exclude(commitment__in=kept).update(salt=None, content=None)
