"""What changes the labels of a node: propose, accept, return, withdraw, undo. Each is an entry of the log."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ortaq.engine import actions, log
from ortaq.engine.access import Reader
from ortaq.engine.actions import base
from ortaq.engine.problems import Absent, Forbidden, Problem, Problems
from ortaq.engine.traced import PUBLISHED
from ortaq.vocab import overlay, table, terms
from ortaq.vocab.models import ACCEPTED, OPEN, RETURNED, UNDONE, TermProposal, users

VERB = "label"  # the right of language editors
CODE = re.compile(r"[a-z][a-z0-9_]{1,63}")
LONGEST = 200  # characters of a label
READERS = ("professional",)  # of a proposal that waits, beside the one who made it


def propose(
    actor: Reader, vocabulary: str, code: str, labels: Mapping[str, str], *, reason: str, source: str = ""
) -> TermProposal:
    """Labels for a term, or for a new one. Raises Absent for no vocabulary, Forbidden, Problems."""
    if vocabulary not in terms.vocabularies():
        raise Absent(vocabulary)
    base.require(actor, "propose", None)
    reason = base.reason_text(reason, needed=True)
    wanted = _cleaned(vocabulary, code, labels)
    source = " ".join(source.split())
    if len(source) > base.LONGEST_REASON:
        message = _("The source is too long: at most %(limit)s characters fit.")
        raise Problems([Problem("too_long", message, path=("source",), limit=base.LONGEST_REASON)])
    node = log.node_id()
    proposal = TermProposal(
        origin=node,
        owner=actor.organisation or node,
        author=actor.id,
        vocabulary=vocabulary,
        code=code,
        labels=wanted,
        reason=reason,
        source=source,
        audience=sorted({*READERS, f"actor:{actor.id}"}),
    )
    with base.transaction.atomic():
        base.sign(actor, proposal, "propose")
    return proposal


def accept(actor: Reader, id_: UUID, *, reason: str = "") -> TermProposal:
    """The labels are in force from now on. Raises Absent, Forbidden (one's own too), Problems. Inverse: undo."""
    return _answered(actor, id_, OPEN, ACCEPTED, "accept", base.reason_text(reason))


def return_(actor: Reader, id_: UUID, *, reason: str) -> TermProposal:
    """Says no, and why. Raises Absent, Forbidden, Problems. Inverse: propose again."""
    return _answered(actor, id_, OPEN, RETURNED, "return", base.reason_text(reason, needed=True))


def undo(actor: Reader, id_: UUID, *, reason: str) -> TermProposal:
    """What was in force before is so again. Raises Absent, Forbidden, Problems. Inverse: propose again."""
    return _answered(actor, id_, ACCEPTED, UNDONE, "revert", base.reason_text(reason, needed=True))


def withdraw(actor: Reader, id_: UUID, *, reason: str) -> TermProposal:
    """Takes one's own proposal back while nobody has answered it. Raises Absent, Forbidden, Problems."""
    with base.changing(actor, TermProposal, id_, "withdraw") as proposal:
        _require(proposal, OPEN)
        return actions.withdraw(actor, TermProposal, id_, reason=reason)


def _answered(actor: Reader, id_: UUID, before: str, after: str, action: str, answer: str) -> TermProposal:
    with base.changing(actor, TermProposal, id_, VERB) as proposal:
        _require(proposal, before)
        if after == ACCEPTED:
            if proposal.author == actor.id:
                raise Forbidden("accept")  # a second pair of eyes
            proposal.audience = ["public"]
        if after == UNDONE:
            _unused(proposal)
        proposal.verdict, proposal.answer, proposal.answered = after, answer, timezone.now()
        base.sign(actor, proposal, action)
    overlay.expire()
    return proposal


def _require(proposal: TermProposal, verdict: str) -> None:
    if proposal.state != PUBLISHED or proposal.verdict != verdict:
        raise Problems([Problem("answered", _("This proposal was answered or taken back meanwhile."))])


def _unused(proposal: TermProposal) -> None:
    """Raises Problems when the term would be gone from records that name it."""
    shipped = terms.shipped(proposal.vocabulary, proposal.code)
    if shipped is None and users(proposal.vocabulary, proposal.code).exists():
        message = _("Records use this term already. Propose a better label instead.")
        raise Problems([Problem("in_use", message)])


def _cleaned(vocabulary: str, code: str, labels: Mapping[str, str]) -> dict[str, str]:
    """The labels that say something new; a label that is still to be checked may be proposed as it is."""
    term = terms.get(vocabulary, code)
    if term is None and not CODE.fullmatch(code):
        message = _("A code has small Latin letters, digits and underscores, and begins with a letter.")
        raise Problems([Problem("code", message, path=("code",))])
    found, wrong = {}, []
    for lang, given in labels.items():
        text = " ".join(unicodedata.normalize("NFC", given).split())
        same = term is not None and term.labels.get(lang) == text and lang not in term.doubtful
        if lang not in table.LANGUAGES or not text or same:
            continue
        if len(text) > LONGEST:
            message = _("The label is too long: at most %(limit)s characters fit.")
            wrong.append(Problem("too_long", message, path=(lang,), limit=LONGEST))
        found[lang] = text
    if not found:
        wrong.append(Problem("unchanged", _("Write a label that differs from the present one."), path=("labels",)))
    if wrong:
        raise Problems(wrong)
    return found
