"""Accept a proposal: the owner's record takes the change. Inverse: revert."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ortaq.engine import access, kinds, log
from ortaq.engine.access import Reader
from ortaq.engine.actions import base
from ortaq.engine.actions.revise import store
from ortaq.engine.canonical import parse
from ortaq.engine.models import Answer, Proposal, Record, Revision
from ortaq.engine.problems import Conflict, Forbidden, Problem, Problems

ACCEPTED = "accepted"


def accept(actor: Reader, id_: UUID, *, reason: str = "") -> Record:
    """The target with the proposed change. Raises Absent, Forbidden, Problems, and Conflict per field.

    What changed in the target since the proposal stays unless both changed the same field.
    """
    reason = base.reason_text(reason)
    proposal = access.row(actor, Proposal, id_)
    with base.changing(actor, Record, proposal.target, "accept") as record:
        refuse_answered(proposal)
        kind = base.known_kind(record.kind)
        view = access.views(actor, [record])[0]
        new = merged(actor, record, proposal, view)
        _second_person(actor, proposal, record, kind, view._whole, new)
        store(actor, record, kind, new, view, action="accept", reason=reason or proposal.reason)
        answer(actor, proposal, record, ACCEPTED, reason)
    return record


def answer(actor: Reader, proposal: Proposal, record: Record, verdict: str, reason: str) -> Answer:
    """The owner's own thing beside the proposer's."""
    found = Answer(
        origin=log.node_id(),
        owner=record.owner,
        author=actor.id,
        proposal=proposal.id,
        verdict=verdict,
        reason=reason,
        audience=sorted(proposal.tokens()),
    )
    base.sign(actor, found, "accept" if verdict == ACCEPTED else "return")
    return found


def refuse_answered(proposal: Proposal) -> None:
    """Raises Problems for a proposal that was answered already or taken back."""
    if Answer.objects.filter(proposal=proposal.id).exists() or proposal.state != "published":
        raise Problems([Problem("answered", _("This proposal is closed: it was answered or taken back."))])


def merged(actor: Reader, record: Record, proposal: Proposal, view: access.View) -> dict[str, Any]:
    """The target's data with the proposed fields; raises Conflict when both sides changed one since the base."""
    before = _data_at(record, proposal.base)
    if before is None:
        raise Problems([Problem("erased", _("The text that this proposal starts from was erased. Return it."))])
    new, clash = dict(view._whole), []
    for name in {*before, *proposal.data}:
        mine, theirs, base_value = proposal.data.get(name), record.data.get(name), before.get(name)
        if mine == base_value:
            continue
        if theirs not in (base_value, mine):
            clash.append(name)
        new.pop(name, None)
        if mine is not None:
            new[name] = mine
    for content in proposal_parts(actor, proposal).values():
        new |= content
    if clash:
        raise Conflict(before, proposal.data, view.data, record.revision)
    return new


def proposal_parts(actor: Reader, proposal: Proposal) -> dict[str, dict[str, Any]]:
    """The proposed closed parts that the actor may read."""
    rows = access.readable_parts(actor).filter(thing=proposal.id, commitment__in=proposal.parts.values())
    return {row.name: parse(bytes(row.content or b"")) for row in rows}


def _data_at(record: Record, number: int) -> dict[str, Any] | None:
    kept = Revision.objects.filter(thing=record.id, number=number).order_by("-entry").first()
    return parse(bytes(kept.body))["data"] if kept and kept.body is not None else None


def _second_person(
    actor: Reader,
    proposal: Proposal,
    record: Record,
    kind: type[kinds.Kind],
    old: dict[str, Any],
    new: dict[str, Any],
) -> None:
    """Guarded fields are accepted by the right role, by somebody else, and with what the kind asks for."""
    guarded = kind.guarded(old, new)
    for verb in filter(None, guarded.values()):
        base.require(actor, verb, record)
    if guarded and proposal.author == actor.id:
        raise Forbidden("accept")
    wrong = list(kind.check_guarded(old, new))
    if wrong:
        raise Problems(wrong)
