"""Hand over a draft of somebody who leaves to another author. Inverse: hand it back."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ortaq.engine.access import Reader
from ortaq.engine.actions import base
from ortaq.engine.models import Record
from ortaq.engine.problems import Problem, Problems
from ortaq.engine.traced import DRAFT, IN_REVIEW


def hand_over(actor: Reader, id_: UUID, author: UUID, *, reason: str) -> Record:
    """The draft as the work of ``author``. Who wrote it stays in the log, and may not publish it alone."""
    reason = base.reason_text(reason, needed=True)
    with base.changing(actor, Record, id_, "hand_over") as record:
        if record.state not in (DRAFT, IN_REVIEW):
            raise Problems([Problem("state", _("Only a draft or a record in review is handed over."))])
        record.author, record.reason = author, reason
        base.sign(actor, record, "hand_over")
    return record
