"""What somebody may see of the proposals for terms; nothing of another app reads their table."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from ortaq.engine import access
from ortaq.engine.access import Reader
from ortaq.engine.traced import PUBLISHED, WITHDRAWN
from ortaq.vocab import actions, terms
from ortaq.vocab.models import ACCEPTED, OPEN, TermProposal
from ortaq.vocab.terms import Term

MOST = 200  # of each sort on one page
TAKEN_BACK = "withdrawn"


@dataclass(frozen=True)
class Asked:
    """A proposal with the term as it is now (None: a new one), its state, and what the reader may do to it."""

    proposal: TermProposal
    term: Term | None
    state: str
    own: bool
    may_answer: bool
    may_undo: bool

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """(language, label now, label proposed)."""
        now = self.term.labels if self.term else {}
        return [(lang, now.get(lang, ""), label) for lang, label in self.proposal.labels.items()]


def case(reader: Reader, id_: UUID) -> Asked:
    """One proposal that the reader may see; raises Absent."""
    return _asked(reader, access.row(reader, TermProposal, id_))


def waiting(reader: Reader) -> list[Asked]:
    """What waits for an answer, the longest waiting first; nothing for those who may not answer."""
    if not reader.may(actions.VERB, None):
        return []
    rows = access.visible(reader, TermProposal).filter(state=PUBLISHED, verdict=OPEN).order_by("created")
    return [_asked(reader, row) for row in rows[:MOST]]


def own(reader: Reader) -> list[Asked]:
    """What the reader proposed, the latest first."""
    rows = access.visible(reader, TermProposal).filter(author=reader.id).order_by("-created")
    return [_asked(reader, row) for row in rows[:MOST]] if reader.id else []


def of_term(reader: Reader, vocabulary: str, code: str) -> list[Asked]:
    """What was proposed for one term, as far as the reader may see it, the latest first."""
    rows = access.visible(reader, TermProposal).filter(vocabulary=vocabulary, code=code).order_by("-created")
    return [_asked(reader, row) for row in rows[:MOST]]


def counted(reader: Reader) -> dict[str, int]:
    """Vocabulary -> how many proposals wait for an answer, of those the reader may see."""
    rows: QuerySet[TermProposal] = access.visible(reader, TermProposal).filter(state=PUBLISHED, verdict=OPEN)
    return dict(rows.values_list("vocabulary").annotate(Count("id")).order_by())


def _asked(reader: Reader, row: TermProposal) -> Asked:
    editor = reader.may(actions.VERB, row)
    own_ = reader.id is not None and row.author == reader.id
    state = TAKEN_BACK if row.state == WITHDRAWN else row.verdict or "open"
    return Asked(
        row,
        terms.get(row.vocabulary, row.code),
        state,
        own_,
        editor and not own_ and state == "open",
        editor and state == ACCEPTED,
    )
