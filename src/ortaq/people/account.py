"""What somebody sees and sets in the own account: roles with their ends, tokens for programs, language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from ortaq.people import actions, deputies
from ortaq.people.actors import Member, running
from ortaq.people.models import ApiToken, User


@dataclass(frozen=True)
class Held:
    """One running role of the account; ``until`` None is for good."""

    role: str
    organisation: UUID | None
    country: str
    region: str
    until: datetime | None
    instead_of: UUID | None = None


def roles(user: User) -> list[Held]:
    """The running roles, the oldest first."""
    rows = running().filter(holder=user.actor)
    return [Held(r.role, r.organisation, r.country, r.region, r.until) for r in rows]


def standing_in(user: User, reader: Member) -> list[Held]:
    """The roles that the account has now as a deputy, each until its last day as one."""
    ends = {(row.principal, row.organisation): row.until for row in deputies.of(user.actor)}
    return [
        Held(h.role, h.organisation, h.country, h.region, ends.get((h.instead_of, h.organisation)), h.instead_of)
        for h in reader.roles
        if h.instead_of and h.organisation
    ]


def tokens(user: User) -> list[ApiToken]:
    """The tokens that still open something, the newest first; their secrets are not kept."""
    now = timezone.now()
    running = ApiToken.objects.filter(Q(until__isnull=True) | Q(until__gt=now), user=user, ended=None)
    return list(running.order_by("-created"))


def end_token(user: User, digest: str) -> bool:
    """Ends one token of the account; says whether there was one."""
    token = ApiToken.objects.filter(digest=digest, user=user, ended=None).first()
    if token is not None:
        actions.end_token(user, token)
    return token is not None


def set_language(user: User, language: str, known: Any) -> bool:
    """The language of pages and mail; says whether it is one of the ``known``."""
    if language in known:
        User.objects.filter(pk=user.pk).update(language=language)
    return language in known


def actor_of_email(email: str) -> UUID | None:
    """The opaque id behind a verified address, for a grant to a named person."""
    found = User.objects.filter(email=email.strip().lower(), is_active=True).values_list("actor", flat=True).first()
    return found if found else None
