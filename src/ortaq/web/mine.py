"""My desk: what waits for me, what I began and did not finish, what became of what I sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.urls import reverse

from ortaq.engine import access, kinds
from ortaq.engine.access import View
from ortaq.engine.models import Record
from ortaq.engine.traced import DRAFT, IN_REVIEW
from ortaq.people.actors import Member
from ortaq.vocab import access as asked
from ortaq.web import deciding, saving, unsaved, vocabularies
from ortaq.web.deciding import Waiting
from ortaq.web.vocabularies import Line as TermLine
from ortaq.web.writing import titled

MOST = 6  # lines of each sort; the rest is one link away


@dataclass(frozen=True)
class Line:
    """One thing to go on with: ``title`` as :func:`ortaq.web.writing.titled`, ``what`` in words, ``url`` where.

    ``returned`` is the reason with which a record came back from review.
    """

    title: dict[str, str]
    url: str
    when: Any
    what: str = ""
    returned: str = ""


@dataclass(frozen=True)
class Desk:
    """``waiting`` and ``terms`` are cut to a few lines; ``count`` is all of them."""

    waiting: list[Waiting] = field(default_factory=list)
    count: int = 0
    unsaved: list[Line] = field(default_factory=list)
    drafts: list[Line] = field(default_factory=list)
    sent: list[Line] = field(default_factory=list)
    own: list[Waiting] = field(default_factory=list)
    terms: list[TermLine] = field(default_factory=list)
    own_terms: list[TermLine] = field(default_factory=list)
    changed: list[Line] = field(default_factory=list)


def page(reader: Member, user: Any) -> dict[str, Any]:
    """What the page shows, and whether the reader may describe something new."""
    saved = saving.lines(reader, user)
    return {"desk": desk(reader, user), "saved": saved, "may_create": reader.creates}


def desk(reader: Member, user: Any) -> Desk:
    """Everything on the desk, in a fixed number of queries."""
    queue = deciding.queue(reader)
    waiting, of_terms = [*queue.proposals, *queue.records], asked.waiting(reader)
    rows = access.visible(reader, Record)
    mine = rows.filter(author=reader.id)
    drafts = list(mine.filter(state=DRAFT).order_by("-updated")[:MOST])
    sent = list(mine.filter(state=IN_REVIEW).order_by("-updated")[:MOST])
    changed = list(rows.filter(owner=reader.organisation).order_by("-updated")[:MOST]) if reader.organisation else []
    kept = unsaved.all_of(user)[:MOST]
    pages = {row.page: UUID(row.page.partition(":")[2]) for row in kept if not row.page.startswith("new:")}
    begun = list(rows.filter(id__in=pages.values()))
    views = {view.record.id: view for view in access.views(reader, [*drafts, *sent, *changed, *begun])}
    acts = access.latest(drafts)
    return Desk(
        waiting[:MOST],
        len(waiting) + len(of_terms),
        [line for row in kept if (line := _unsaved(row, views.get(pages.get(row.page, row.id)), reader))],
        [
            _line(views[record.id], reader, record.reason if acts.get(record.id) == "return" else "")
            for record in drafts
        ],
        [_line(views[record.id], reader) for record in sent],
        queue.own[:MOST],
        vocabularies.lines(of_terms[:MOST]),
        vocabularies.lines(asked.own(reader)[:MOST]),
        [_line(views[record.id], reader) for record in changed],
    )


def _line(view: View, reader: Member, returned: str = "") -> Line:
    title, kind = titled(view, reader.lang), str(view.kind.label) if view.kind else view.record.kind
    return Line(title, title["url"], view.record.updated, kind, returned)


def _unsaved(row: unsaved.Unsaved, view: View | None, reader: Member) -> Line | None:
    """A form with text that was not saved; None when its record is not the reader's to see any more."""
    verb, _colon, what = row.page.partition(":")
    if verb == "new":
        kind = kinds.get(what)
        if kind is None:
            return None
        title = {"text": str(kind.label), "lang": reader.lang}
        return Line(title, reverse("new", kwargs={"slug": what}) + "?unsaved=1", row.saved, verb)
    if view is None:
        return None
    return Line(titled(view, reader.lang), reverse(verb, kwargs={"key": view.key}) + "?unsaved=1", row.saved, verb)
