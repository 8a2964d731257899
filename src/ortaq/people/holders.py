"""Who holds which role: for finding whom something is to be told, never for showing."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from ortaq.engine.traced import PUBLISHED
from ortaq.people.actors import Held
from ortaq.people.models import Role, User


@dataclass(frozen=True)
class Holder:
    """One running role of one active account, with what is needed to write to it in its language."""

    actor: UUID
    email: str
    language: str
    held: Held


def holders(country: str, organisation: UUID) -> list[Holder]:
    """The running roles held in ``country`` or in ``organisation``, the oldest first."""
    now = timezone.now()
    running = Role.objects.filter(Q(until__isnull=True) | Q(until__gt=now), state=PUBLISHED)
    rows = running.filter(Q(country=country) | Q(organisation=organisation)).order_by("created", "id")
    users = {user.actor: user for user in User.objects.filter(actor__in=[r.holder for r in rows], is_active=True)}
    return [
        Holder(row.holder, user.email, user.language, Held(row.role, row.organisation, row.country, row.region))
        for row in rows
        if (user := users.get(row.holder))
    ]
