"""Return a proposal, or a record in review, with a reason. Inverse: propose again."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ortaq.engine import access
from ortaq.engine.access import Reader
from ortaq.engine.actions import base
from ortaq.engine.actions.accept import answer, refuse_answered
from ortaq.engine.models import Answer, Proposal, Record
from ortaq.engine.problems import Problem, Problems
from ortaq.engine.traced import DRAFT, IN_REVIEW

RETURNED = "returned"


def return_proposal(actor: Reader, id_: UUID, *, reason: str) -> Answer:
    """Says no to a proposal, and why. Raises Absent, Forbidden, Problems."""
    reason = base.reason_text(reason, needed=True)
    proposal = access.row(actor, Proposal, id_)
    with base.changing(actor, Record, proposal.target, "accept") as record:
        refuse_answered(proposal)
        return answer(actor, proposal, record, RETURNED, reason)


def return_record(actor: Reader, id_: UUID, *, reason: str) -> Record:
    """Sends a record in review back to its author as a draft."""
    reason = base.reason_text(reason, needed=True)
    with base.changing(actor, Record, id_, "accept") as record:
        if record.state != IN_REVIEW:
            raise Problems([Problem("state", _("Only a record in review can be returned."))])
        record.state, record.reason = DRAFT, reason
        base.sign(actor, record, "return", narrows=True)
    return record
