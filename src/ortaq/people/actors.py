"""From an account to a reader: which tokens it holds now and what it may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet, Subquery
from django.utils import timezone

from ortaq.engine import grants
from ortaq.engine.access import Reader
from ortaq.engine.fields.unit import above
from ortaq.engine.models import Log
from ortaq.engine.traced import PUBLISHED
from ortaq.people.models import Deputy, Role, User
from ortaq.people.rights import AUTHORITIES, EVERYBODY, GIVES, MEMBERS, PROFESSIONALS, RIGHTS

HERE = Subquery(Log.objects.filter(id=1).values("node"))


@dataclass(frozen=True)
class Held:
    """One role as it counts now: slug, organisation, country and region ("" anywhere in the country).

    ``instead_of`` is the absent member whose role a deputy has for a time.
    """

    role: str
    organisation: UUID | None
    country: str
    region: str
    instead_of: UUID | None = None


@dataclass(frozen=True)
class Member(Reader):
    """Somebody signed in. ``organisation`` is the one he acts for."""

    roles: tuple[Held, ...] = ()

    def may(self, verb: str, thing: Any) -> bool:
        if _in_scope(EVERYBODY.get(verb, ""), None, thing, self.id):
            return True
        return any(_in_scope(RIGHTS[held.role].get(verb, ""), held, thing, self.id) for held in self.roles)

    @property
    def creates(self) -> bool:
        """Whether some role lets this member make records, which an organisation then owns."""
        return any(held.organisation and "create" in RIGHTS[held.role] for held in self.roles)

    def may_give(self, given: Role) -> bool:
        """Whether he may give or end this role: never one of his own."""
        return given.holder != self.id and any(
            given.role in GIVES.get(held.role, ()) and _in_scope(RIGHTS[held.role]["assign"], held, given, self.id)
            for held in self.roles
        )

    def has(self, role: str) -> bool:
        return any(held.role == role for held in self.roles)


@dataclass(frozen=True)
class Operator(Reader):
    """The node itself, at its command line: it may set up organisations and read nothing that is closed."""

    def may(self, verb: str, thing: Any) -> bool:
        return verb in ("create", "publish") and getattr(thing, "owner", None) == getattr(thing, "id", "")


def member(user: User, organisation: UUID | None = None) -> Member:
    """The account as a reader who may act; ``organisation`` chooses among those he has a role in."""
    held = roles_of(user.actor)
    own = [h.organisation for h in held if h.organisation and h.role in MEMBERS]
    acting = organisation if organisation in own else (own[0] if own else None)
    return Member(tokens_of(user.actor, held), user.actor, acting, user.language, held)


def running() -> QuerySet[Role]:
    """The roles that this node gave and that have not ended, the oldest first. What partners gave counts with them."""
    now = timezone.now()
    rows = Role.objects.filter(Q(until__isnull=True) | Q(until__gt=now), origin=HERE, state=PUBLISHED)
    return rows.order_by("created")


def roles_of(actor: UUID) -> tuple[Held, ...]:
    """The roles of an account that have not ended, the oldest first, then those of members it stands in for now.

    A deputy has what the absent member has himself in an organisation of both, never what that one has as a deputy.
    """
    now = timezone.now()
    standing_in = Deputy.objects.filter(origin=HERE, deputy=actor, start__lte=now, until__gt=now, state=PUBLISHED)
    absent = set(standing_in.values_list("principal", "organisation"))
    holders = {actor, *(principal for principal, _organisation in absent)}
    rows = running().filter(holder__in=holders).values_list("role", "organisation", "country", "region", "holder")
    found = [row for row in rows if row[4] == actor or (row[4], row[1]) in absent]
    own = [Held(*row[:4]) for row in found if row[4] == actor]
    shared = {held.organisation for held in own if held.role in MEMBERS}
    return (*own, *(Held(*row) for row in found if row[4] != actor and row[1] in shared))


def tokens_of(actor: UUID, held: tuple[Held, ...]) -> frozenset[str]:
    """All tokens: the public's, those of the roles, those of running grants."""
    own = {f"actor:{actor}"}
    found = {"public", "registered"}
    for role in held:
        if role.role in MEMBERS and role.organisation:
            own.add(f"org:{role.organisation}")
        if role.role in PROFESSIONALS:
            found.add("professional")
        if role.role in AUTHORITIES:
            found |= {f"national:{role.country}", *(f"partner:{group}" for group in settings.ORTAQ_PARTNERS)}
        if role.role == "inspector":
            found.add(f"region:{role.region}" if role.region else f"national:{role.country}")
    return frozenset(found | own | grants.tokens_for(own))


def _in_scope(scope: str, held: Held | None, thing: Any, actor: UUID | None) -> bool:
    if scope == "any":
        return True
    if scope == "self":
        return actor is not None and getattr(thing, "author", None) == actor
    if held is None or not scope:
        return False
    if scope == "own":
        return held.organisation is not None and getattr(thing, "owner", None) == held.organisation
    country, region = getattr(thing, "country", ""), getattr(thing, "region", "")
    if scope == "region" and held.region:
        return held.region in above(region)
    return bool(held.country) and country == held.country
