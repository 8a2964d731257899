"""Publish a draft, a record in review, or again what was withdrawn. Inverse: withdraw."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ortaq.engine import access, kinds, pids
from ortaq.engine.access import Reader
from ortaq.engine.actions import base
from ortaq.engine.models import Entry, Record
from ortaq.engine.problems import Forbidden, Problem, Problems
from ortaq.engine.traced import DRAFT, IN_REVIEW, PUBLISHED, WITHDRAWN


def publish(actor: Reader, id_: UUID, *, reason: str = "") -> Record:
    """The record with its permanent number, open to its audience. Raises Absent, Forbidden, Problems."""
    reason = base.reason_text(reason)
    with base.changing(actor, Record, id_, "publish") as record:
        if record.state not in (DRAFT, IN_REVIEW, WITHDRAWN):
            raise Problems([Problem("state", _("This record is already published or can no longer be."))])
        kind = base.known_kind(record.kind)
        view = access.views(actor, [record])[0]
        base.cleaned(actor, kind, view.data, publishing=True, closed=view.closed)
        if record.state != WITHDRAWN:
            _second_person(actor, record, kind, view)
        record.pid = record.pid or pids.draw()
        record.state, record.reason = PUBLISHED, reason
        record.was_public = record.was_public or "public" in record.audience
        # a narrow audience may leave out the authorities who could read it in review
        base.sign(actor, record, "publish", narrows="public" not in record.audience)
    return record


def _second_person(actor: Reader, record: Record, kind: type[kinds.Kind], view: access.View) -> None:
    """What needs a certain role is published by somebody who has it and did not write it."""
    verbs = [verb for verb in kind.guarded({}, view._whole).values() if verb]
    for verb in verbs:
        base.require(actor, verb, record)
    wrote = Entry.objects.filter(thing=record.id).exclude(action="hand_over").latest("position").actor
    if verbs and wrote == actor.id:
        raise Forbidden("publish")
