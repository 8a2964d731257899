"""Who is asking: the reader behind a request, a token or an e-mail address."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from ortaq.engine.access import PUBLIC, Reader
from ortaq.people.actions import digest
from ortaq.people.actors import Member, member
from ortaq.people.models import ApiToken, User

ACTING_FOR = "acting_for"  # key in the session


def of_request(request: HttpRequest) -> Reader:
    """The signed-in member of a browser session, or the public."""
    user = request.user
    if not isinstance(user, User) or not user.is_authenticated:
        return PUBLIC
    chosen = request.session.get(ACTING_FOR)
    return member(user, UUID(chosen) if chosen else None)


def of_token(secret: str) -> Member | None:
    """The member whose program holds ``secret``, None when it is unknown, over or ended."""
    now = timezone.now()
    running = ApiToken.objects.filter(Q(until__isnull=True) | Q(until__gt=now), digest=digest(secret), ended=None)
    found = running.select_related("user").first()
    return member(found.user) if found and found.user.is_active else None


def of_email(email: str) -> Member | None:
    """The member with this address, for the command line."""
    user = User.objects.filter(email=email.lower(), is_active=True).first()
    return member(user) if user else None
