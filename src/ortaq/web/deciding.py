"""What waits for somebody's decision: proposals, records in review, and one's own proposals."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ortaq.engine import access, actions
from ortaq.engine.access import View
from ortaq.engine.labels import L
from ortaq.engine.models import Answer, Proposal, Record
from ortaq.engine.outputs.diff import Change, diff
from ortaq.engine.problems import Absent, Conflict, Forbidden, Problem, Problems
from ortaq.engine.projection import narrowed
from ortaq.engine.traced import IN_REVIEW, PUBLISHED, WITHDRAWN
from ortaq.people.actors import Member
from ortaq.web.writing import address, titled

MOST = 200  # of each sort on one page, the longest waiting first
OPEN, TAKEN_BACK = "open", "withdrawn"
SAID = {
    "accept": gettext_lazy("Accepted. The change is in the record."),
    "return": gettext_lazy("Returned with your reason."),
    "withdraw": gettext_lazy("The proposal was taken back."),
}


@dataclass(frozen=True)
class Waiting:
    """One line of the queue; ``choice`` is what its checkbox sends."""

    choice: str
    view: View
    title: dict[str, str]
    fields: list[L]
    since: Any
    reason: str
    proposal: Proposal | None = None
    state: str = OPEN
    guarded: bool = False
    by: dict[str, str] | None = None
    answer: str = ""


@dataclass(frozen=True)
class Queue:
    """What the reader may decide, and what he proposed himself. ``more`` when the lists were cut."""

    proposals: list[Waiting] = field(default_factory=list)
    records: list[Waiting] = field(default_factory=list)
    own: list[Waiting] = field(default_factory=list)
    more: bool = False


@dataclass(frozen=True)
class Outcome:
    """What became of one chosen line: ``error`` is empty when it was done."""

    title: dict[str, str]
    error: str = ""


def queue(reader: Member) -> Queue:
    """Everything in a fixed number of queries, however much waits."""
    answered = access.visible(reader, Answer).filter(proposal=OuterRef("id"))
    proposals = access.visible(reader, Proposal)
    others = proposals.filter(state=PUBLISHED).exclude(Exists(answered)).exclude(author=reader.id)
    waiting = list(others.order_by("created")[: MOST + 1])
    own = list(proposals.filter(author=reader.id).order_by("-created")[:MOST])
    answers = {a.proposal: a for a in access.visible(reader, Answer).filter(proposal__in=[p.id for p in own])}
    review = list(access.visible(reader, Record).filter(state=IN_REVIEW).order_by("updated")[: MOST + 1])
    wanted = {id_ for p in [*waiting, *own] for id_ in (p.target, p.owner)} | {r.owner for r in review}
    targets = access.visible(reader, Record).filter(id__in=wanted)
    views = {view.record.id: view for view in access.views(reader, [*targets, *review])}
    return Queue(
        [
            _line(reader, p, views)
            for p in waiting[:MOST]
            if p.target in views and reader.may("accept", views[p.target].record)
        ],
        [_record(reader, views[r.id], views.get(r.owner)) for r in review[:MOST] if reader.may("publish", r)],
        [_line(reader, p, views, answers.get(p.id)) for p in own if p.target in views],
        more=max(len(waiting), len(review)) > MOST,
    )


def decide(reader: Member, form: QueryDict) -> list[Outcome]:
    """Accepts or returns each chosen line by itself: what cannot be done leaves the others alone."""
    accept, reason = form.get("_do") == "accept", form.get("_reason", "")
    lines = queue(reader)
    known = {line.choice: line for line in [*lines.proposals, *lines.records]}
    chosen = [known[choice] for choice in dict.fromkeys(form.getlist("chosen")) if choice in known]
    return [Outcome(line.title, attempt(_decision(reader, line, accept, reason))) for line in chosen]


def attempt(act: Callable[[], Any]) -> str:
    """Does it and says in one sentence what prevented it, "" for nothing."""
    try:
        act()
    except Problems as problems:
        return " ".join(problem.text for problem in problems.problems)
    except Problem as problem:
        return problem.text
    except Conflict:
        return _(
            "The record changed in the same field since this was proposed. Return it, or edit the record yourself."
        )
    except Forbidden:
        return _("This needs another role, or somebody other than the one who wrote it.")
    except Absent:
        return _("This is no longer here.")
    return ""


def _decision(reader: Member, line: Waiting, accept: bool, reason: str) -> Callable[[], Any]:
    if line.proposal is not None:
        id_ = line.proposal.id
        return (
            (lambda: actions.accept(reader, id_, reason=reason))
            if accept
            else (lambda: actions.return_proposal(reader, id_, reason=reason))
        )
    record = line.view.record.id
    return (
        (lambda: actions.publish(reader, record, reason=reason))
        if accept
        else (lambda: actions.return_record(reader, record, reason=reason))
    )


def changed_fields(view: View, proposal: Proposal) -> list[L]:
    """Labels of the fields that a proposal has otherwise than the record now."""
    new, now = proposal.data, view.record.data
    fields = view.kind.fields if view.kind else []
    return [f.label for f in fields if (f.part in proposal.parts if f.part else new.get(f.name) != now.get(f.name))]


def _line(reader: Member, proposal: Proposal, views: Mapping[UUID, View], answer: Answer | None = None) -> Waiting:
    view, by = views[proposal.target], views.get(proposal.owner)
    kind = view.kind
    guarded = bool(kind and kind.guarded(view.record.data, {**view.record.data, **proposal.data}))
    return Waiting(
        f"p.{proposal.id}",
        view,
        titled(view, reader.lang),
        changed_fields(view, proposal),
        proposal.created,
        proposal.reason,
        proposal,
        _state(proposal, answer),
        guarded,
        titled(by, reader.lang) if by else None,
        answer.reason if answer else "",
    )


def _record(reader: Member, view: View, by: View | None) -> Waiting:
    record, title = view.record, titled(view, reader.lang)
    owner = titled(by, reader.lang) if by else None
    return Waiting(f"r.{record.id}", view, title, [], record.updated, record.reason, by=owner)


def _state(proposal: Proposal, answer: Answer | None) -> str:
    if proposal.state == WITHDRAWN:
        return TAKEN_BACK
    return answer.verdict if answer else OPEN


@dataclass(frozen=True)
class Case:
    """One proposal with its record, what it changes, and what the reader may do about it."""

    proposal: Proposal
    view: View
    title: dict[str, str]
    changes: list[Change]
    answer: Answer | None
    state: str
    own: bool
    may_decide: bool
    by: dict[str, str] | None


def case(reader: Member, id_: UUID) -> Case:
    """A proposal that the reader may see, about a record that he may see; raises Absent."""
    proposal = access.row(reader, Proposal, id_)
    record = access.row(reader, Record, proposal.target)
    owner = access.visible(reader, Record).filter(id=proposal.owner)
    view, *by = access.views(reader, [record, *owner])
    answer = access.visible(reader, Answer).filter(proposal=id_).first()
    before = _base(reader, proposal, view)
    after = proposed(reader, proposal, before, record)
    state = _state(proposal, answer)
    own = proposal.author == reader.id
    return Case(
        proposal,
        view,
        titled(view, reader.lang),
        diff(before, after, reader.lang, address),
        answer,
        state,
        own,
        state == OPEN and reader.may("accept", record),
        titled(by[0], reader.lang) if by else None,
    )


def _base(reader: Member, proposal: Proposal, view: View) -> View:
    """The revision that a proposal starts from, today's where that was erased."""
    try:
        return access.revision(reader, view.record, proposal.base)
    except Absent:
        return view


def proposed(reader: Member, proposal: Proposal, before: View, record: Record) -> View:
    """The record as it would be at the proposal's base, as this reader may see it today."""
    then = Record(id=proposal.id, origin=proposal.origin, created=proposal.created, updated=proposal.updated)
    then.apply(record.to_body())
    then.parts = proposal.parts
    then.data = narrowed(record.kind, record.kind_version, proposal.data, record)
    view = access.views(reader, [then])[0]
    kind = view.kind
    kept = {f.name for f in kind.fields if f.part and f.part not in proposal.parts} if kind else set()
    data = {name: value for name, value in view.data.items() if name not in kept}
    view.data = data | {name: value for name, value in before.data.items() if name in kept}
    view.record.parts = {**before.record.parts, **proposal.parts}
    return view


def verdict(reader: Member, id_: UUID, do: str, reason: str) -> str:
    """Accepts, returns or takes back one proposal; gives the sentence that says why not."""
    acts: dict[str, Callable[[], Any]] = {
        "accept": lambda: actions.accept(reader, id_, reason=reason),
        "return": lambda: actions.return_proposal(reader, id_, reason=reason),
        "withdraw": lambda: actions.withdraw(reader, Proposal, id_, reason=reason),
    }
    if do not in acts:
        raise Absent(do)
    return attempt(acts[do])


def summary(outcomes: Iterable[Outcome], accept: bool) -> str:
    """How many were done, as a sentence; "" for none, of which each says why."""
    done = sum(not outcome.error for outcome in outcomes)
    said = _("Accepted: %(number)s.") if accept else _("Returned: %(number)s.")
    return said % {"number": done} if done else ""
