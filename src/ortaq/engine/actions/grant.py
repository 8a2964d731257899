"""Grant a named person or organisation leave to read, until a moment. Inverse: withdraw the grant."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ortaq.engine import log
from ortaq.engine.access import Reader
from ortaq.engine.actions import base
from ortaq.engine.actions.audience import audience_of, checked
from ortaq.engine.actions.withdraw import refresh_target
from ortaq.engine.models import Grant, Record
from ortaq.engine.problems import Problem, Problems


def grant(actor: Reader, id_: UUID, holder: str, until: datetime, *, part: str = "", reason: str) -> Grant:
    """``holder`` (``actor:UUID`` or ``org:UUID``) may read the record, or its closed part too, until ``until``."""
    checked([holder])
    if not holder.startswith(("actor:", "org:")):
        raise Problems([Problem("holder", _("A grant names one person or one organisation."), path=("holder",))])
    if until <= timezone.now():
        raise Problems([Problem("until", _("The end of a grant lies in the future."), path=("until",))])
    with base.changing(actor, Record, id_, "grant") as record:
        audience_of(record, part)
        given = Grant(
            origin=log.node_id(),
            owner=record.owner,
            author=actor.id,
            target=record.id,
            part=part,
            holder=holder,
            until=until,
            reason=base.reason_text(reason, needed=True),
            audience=[holder],
        )
        base.sign(actor, given, "grant")
        refresh_target(given)
    return given
