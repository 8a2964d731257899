"""Revert a record to an older state, as a new revision. Inverse: revert again; also undoes a merge."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ortaq.engine import access
from ortaq.engine.access import Reader
from ortaq.engine.actions import base
from ortaq.engine.actions.revise import refuse_guarded, store
from ortaq.engine.models import Record
from ortaq.engine.traced import MERGED, PUBLISHED


def revert(actor: Reader, id_: UUID, number: int, *, reason: str) -> Record:
    """The record with the data of revision ``number``; parts that the actor may not read stay as they are.

    Raises Absent for a revision that is not there or was erased, Forbidden, Problems.
    """
    reason = base.reason_text(reason, needed=True)
    with base.changing(actor, Record, id_, "revert") as record:
        kind = base.known_kind(record.kind)
        view = access.views(actor, [record])[0]
        old = access.revision(actor, record, number)
        new = dict(old._whole)
        _keep_unknown_parts(record, view, old, new)
        if record.state == PUBLISHED:
            refuse_guarded(kind, view._whole, new)
        if record.state == MERGED:
            record.state, record.merged_into = PUBLISHED, None
        store(actor, record, kind, new, view, action="revert", reason=reason)
    return record


def _keep_unknown_parts(record: Record, view: access.View, old: access.View, new: dict[str, Any]) -> None:
    """A part that the old revision did not have, or that was erased from it, keeps today's content."""
    for name in view.opened - old.opened:
        for field in view.kind.fields if view.kind else ():
            if field.part == name and field.name in view._whole and name in record.parts:
                new[field.name] = view._whole[field.name]
