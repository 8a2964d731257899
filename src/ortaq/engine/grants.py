"""Grants: leave to read until a moment. What must close on time is also compared with the clock at every read."""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone

from ortaq.engine.models import Grant
from ortaq.engine.traced import PUBLISHED, Traced


def tokens_of(thing: Traced) -> set[tuple[str, str]]:
    """(part, token) that running grants add to the audience of ``thing``."""
    running = Grant.objects.filter(target=thing.id, state=PUBLISHED, until__gt=timezone.now())
    found = {(grant.part, f"grant:{grant.id}") for grant in running}
    # who may read a closed part must be able to read the row it belongs to
    return found | {("", token) for part, token in found if part}


def tokens_for(holders: Collection[str]) -> set[str]:
    """The tokens that grants give now to somebody who holds ``holders`` (``actor:…``, ``org:…``)."""
    running = Grant.objects.filter(holder__in=holders, state=PUBLISHED, until__gt=timezone.now())
    return {f"grant:{id_}" for id_ in running.values_list("id", flat=True)}
