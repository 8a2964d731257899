"""Deputies in absence: for some days a colleague has one's rights in one organisation, and nothing else of one's."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ortaq.engine import log
from ortaq.engine.actions.base import reason_text
from ortaq.engine.problems import Absent, Forbidden, Problem, Problems
from ortaq.engine.traced import PUBLISHED, WITHDRAWN
from ortaq.people import members
from ortaq.people.actions import behalf
from ortaq.people.actors import HERE, Member
from ortaq.people.models import Deputy
from ortaq.people.rights import MEMBERS

LONGEST = timedelta(days=183)


def name(
    principal: Member, deputy: UUID, organisation: UUID, *, start: datetime, until: datetime, reason: str
) -> Deputy:
    """``deputy`` acts for ``principal`` from ``start`` until ``until``. Inverse: end. Raises Forbidden, Problems."""
    own = {held.organisation for held in principal.roles if held.role in MEMBERS and held.instead_of is None}
    if principal.id is None or organisation not in own:
        raise Forbidden("deputise")
    text = reason_text(reason)
    wrong = [*_days(start, until), *_who(principal.id, deputy, organisation)]
    if wrong:
        raise Problems(wrong)
    made = Deputy(
        origin=log.node_id(),
        owner=organisation,
        author=principal.id,
        audience=[f"actor:{principal.id}", f"actor:{deputy}"],
        principal=principal.id,
        deputy=deputy,
        organisation=organisation,
        start=start,
        until=until,
        reason=text,
    )
    with transaction.atomic():
        log.write(made, "deputise", log.Behalf(principal.id, organisation))
    return made


def _days(start: datetime, until: datetime) -> list[Problem]:
    if until <= start or until <= timezone.now():
        return [Problem("until", _("The last day must come after the first day and after today."), path=("until",))]
    if until - start > LONGEST:
        message = _("A deputy is named for half a year at most. Give an earlier last day.")
        return [Problem("until", message, path=("until",))]
    return []


def _who(principal: UUID, deputy: UUID, organisation: UUID) -> list[Problem]:
    if deputy != principal and deputy in members.of(organisation):
        return []
    return [Problem("deputy", _("Choose a colleague who has a role in the same organisation."), path=("deputy",))]


def end(actor: Member, id_: UUID) -> Deputy:
    """Ends it now, by the one who named the deputy or by who may give roles there. Raises Absent, Forbidden."""
    with transaction.atomic():
        found = Deputy.objects.select_for_update().filter(id=id_, state=PUBLISHED).first()
        if found is None or not (f"org:{found.organisation}" in actor.tokens or actor.id == found.principal):
            raise Absent(str(id_))
        if actor.id not in (found.principal, found.deputy) and not actor.may("assign", found):
            raise Forbidden("deputise")
        found.state = WITHDRAWN
        log.write(found, "end", behalf(actor))
    return found


def within(organisation: UUID) -> list[Deputy]:
    """Who stands in for whom in an organisation now, the earliest to end first."""
    now = timezone.now()
    rows = Deputy.objects.filter(organisation=organisation, origin=HERE, state=PUBLISHED, start__lte=now, until__gt=now)
    return list(rows.order_by("until"))


def of(actor: UUID) -> list[Deputy]:
    """Who stands in for ``actor`` and for whom he stands in, now and later, the earliest first."""
    rows = Deputy.objects.filter(
        Q(principal=actor) | Q(deputy=actor), origin=HERE, state=PUBLISHED, until__gt=timezone.now()
    )
    return list(rows.order_by("start"))
