"""Merge a duplicate into the record that stays; its number redirects. Inverse: revert the merged one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ortaq.engine import access
from ortaq.engine.access import Reader
from ortaq.engine.actions import base
from ortaq.engine.actions.revise import revise
from ortaq.engine.models import Record
from ortaq.engine.problems import Problem, Problems
from ortaq.engine.traced import MERGED, PUBLISHED


def merge(actor: Reader, id_: UUID, into: UUID, *, data: Any = None, base_revision: int = 0, reason: str) -> Record:
    """The record that stays. ``data`` with ``base_revision``: its text after the merge, as for ``revise``."""
    reason = base.reason_text(reason, needed=True)
    with base.changing(actor, Record, id_, "merge") as record:
        target = access.row(actor, Record, into, lock=True)
        base.require(actor, "merge", target)
        if record.id == target.id or record.kind != target.kind or {record.state, target.state} != {PUBLISHED}:
            message = _("Two different published records of the same kind can be merged.")
            raise Problems([Problem("merge", message)])
        record.state, record.merged_into, record.reason = MERGED, target.id, reason
        base.sign(actor, record, "merge", narrows=True)
        if data is not None:
            target = revise(actor, target.id, data, base_revision=base_revision, reason=reason)
    return target
