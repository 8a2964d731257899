"""Who has which role in an organisation, and what of an organisation lies with one of its members."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortaq.engine import access, actions
from ortaq.engine.access import Reader, View
from ortaq.engine.models import Record
from ortaq.engine.problems import Problem, Problems
from ortaq.engine.traced import DRAFT, IN_REVIEW
from ortaq.people import actors
from ortaq.people.models import Role, User
from ortaq.people.rights import MEMBERS


def is_organisation(record: Record) -> bool:
    """Whether roles are held in it: it owns itself, or somebody has a role in it already."""
    return record.owner == record.id or Role.objects.filter(organisation=record.id).exists()


def running(organisation: UUID) -> list[Role]:
    """The roles in an organisation that have not ended, the oldest first."""
    return list(actors.running().filter(organisation=organisation))


def of(organisation: UUID) -> list[UUID]:
    """The members of an organisation, each once, who has been one for longest first."""
    return list(dict.fromkeys(role.holder for role in running(organisation) if role.role in MEMBERS))


def people(ids: Iterable[UUID]) -> list[tuple[UUID, str, UUID | None]]:
    """(actor, address, own record) of the accounts that are here."""
    return list(User.objects.filter(actor__in=set(ids)).values_list("actor", "email", "person"))


def drafts(reader: Reader, author: UUID, organisation: UUID) -> list[View]:
    """What lies unfinished with a member: drafts and records in review of the organisation, the oldest first."""
    rows = access.visible(reader).filter(author=author, owner=organisation, state__in=(DRAFT, IN_REVIEW))
    return access.views(reader, list(rows.order_by("updated")))


def hand_over(actor: Reader, ids: Iterable[UUID], author: UUID, to: UUID, organisation: UUID, *, reason: str) -> int:
    """Gives the chosen drafts of ``author`` to a colleague, all or none; how many. Raises Forbidden, Problems."""
    if to == author or to not in of(organisation):
        message = _("Choose a colleague who has a role in the same organisation.")
        raise Problems([Problem("deputy", message, path=("to",))])
    wanted = set(ids)
    chosen = [view.record.id for view in drafts(actor, author, organisation) if view.record.id in wanted]
    if not chosen:
        raise Problems([Problem("chosen", _("Nothing was chosen. Tick the drafts to hand over."), path=("chosen",))])
    with transaction.atomic():
        for id_ in chosen:
            actions.hand_over(actor, id_, to, reason=reason)
    return len(chosen)
