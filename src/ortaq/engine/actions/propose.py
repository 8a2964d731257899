"""Propose: a change to a published record of somebody else, or one's own draft for publication.

Inverse: the proposer withdraws the proposal; a submitted draft is returned.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ortaq.engine import access, log
from ortaq.engine.access import Reader
from ortaq.engine.actions import base
from ortaq.engine.actions.revise import conflict
from ortaq.engine.models import Proposal, Record
from ortaq.engine.problems import Problem, Problems
from ortaq.engine.projection import with_hidden
from ortaq.engine.traced import DRAFT, IN_REVIEW, PUBLISHED


def propose(actor: Reader, id_: UUID, data: Any, *, base_revision: int, reason: str) -> Proposal:
    """A proposal that only its author and the owner of the record see. Raises Absent, Forbidden, Problems, Conflict."""
    reason = base.reason_text(reason, needed=True)
    with base.changing(actor, Record, id_, "propose") as record:
        if record.state != PUBLISHED:
            raise Problems([Problem("state", _("Only a published record takes proposals. Edit the draft instead."))])
        kind = base.known_kind(record.kind)
        view = access.views(actor, [record])[0]
        new = base.cleaned(actor, kind, data, publishing=True, closed=view.closed)
        if record.revision != base_revision:
            raise conflict(actor, view, new, base_revision)
        new = with_hidden(record.kind, view._whole, view.data, new)
        opened, parts, _dropped = base.split_for(record, kind, new, set(view.opened))
        parts = {name: c for name, c in parts.items() if any(view._whole.get(k) != v for k, v in c.items())}
        if opened == record.data and not parts:
            raise Problems([Problem("unchanged", _("Nothing was changed. Change a field, then send the proposal."))])
        proposal = Proposal(
            origin=log.node_id(),
            owner=actor.organisation or log.node_id(),
            author=actor.id,
            target=record.id,
            base=record.revision,
            data=opened,
            reason=reason,
            audience=sorted(_audience(actor, record, bool(kind.guarded(view._whole, new)))),
            part_audiences={name: sorted({*record.part_tokens(name), f"actor:{actor.id}"}) for name in parts},
        )
        base.sign(actor, proposal, "propose", parts=parts)
    return proposal


def _audience(actor: Reader, record: Record, guarded: bool) -> set[str]:
    """The author, the owner, and the authorities of the country when one of them has to accept."""
    found = {f"org:{record.owner}", f"actor:{actor.id}"}
    return found | {f"national:{record.country}"} if guarded and record.country else found


def submit(actor: Reader, id_: UUID, *, reason: str = "") -> Record:
    """Sends a draft to review; all that publishing needs must be there. Raises Problems."""
    with base.changing(actor, Record, id_, "submit") as record:
        if record.state != DRAFT:
            raise Problems([Problem("state", _("Only a draft can be sent to review."))])
        view = access.views(actor, [record])[0]
        base.cleaned(actor, base.known_kind(record.kind), view.data, publishing=True, closed=view.closed)
        record.state, record.reason = IN_REVIEW, base.reason_text(reason)
        base.sign(actor, record, "propose")
    return record
