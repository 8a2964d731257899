"""What the reading pages show: views opened under the request's reader, and their contexts."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext

from ortaq.engine import access, reads
from ortaq.engine.access import Reader, View
from ortaq.engine.models import Record
from ortaq.engine.outputs import history as log
from ortaq.engine.outputs.diff import diff
from ortaq.engine.outputs.page import title_of
from ortaq.engine.problems import Absent
from ortaq.engine.traced import MERGED
from ortaq.people.members import is_organisation
from ortaq.register.standing import listed

MANAGING = ("publish", "withdraw", "narrow", "widen", "grant", "transfer", "merge", "erase", "protect")
LINES = 50  # of a history on one page
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Moved(Exception):
    """The record was merged into another one, which is at ``key``; answered 301."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def reader(request: HttpRequest) -> Reader:
    return request.reader  # type: ignore[attr-defined]


def lang() -> str:
    """The active language without a region."""
    return (get_language() or "en")[:2]


def address(view: View, _lang: str = "") -> str:
    return reverse("record", kwargs={"key": view.key})


def permanent(request: HttpRequest, view: View) -> str:
    """The address for ever, with the public name of the node."""
    path = reverse("permanent", kwargs={"key": view.key})
    return settings.ORTAQ_ADDRESS.rstrip("/") + path if settings.ORTAQ_ADDRESS else request.build_absolute_uri(path)


def opened(request: HttpRequest, key: str) -> View:
    """The record at ``key``; raises Absent, Gone, or Moved for one that was merged into a record he may see."""
    view = access.get(reader(request), key)
    if view.record.state == MERGED:
        into = access.successor(reader(request), view)
        if into is None:
            raise Absent(key)
        raise Moved(into.key)
    return view


def past_of(request: HttpRequest, key: str) -> View:
    """The record whose history is asked for; one that was merged keeps its own, for who may see its successor."""
    view = access.get(reader(request), key)
    may_see = view.record.state != MERGED or reader(request).may("revert", view.record)
    if not may_see and access.successor(reader(request), view) is None:
        raise Absent(key)
    return view


def rights(request: HttpRequest, view: View) -> dict[str, bool]:
    """Which of the doors to writing stand open to the reader."""
    who, record = reader(request), view.record
    edits = who.may("revise", record)
    return {
        "edit": edits,
        "propose": who.may("propose", record) and not edits,
        "inspect": who.may("inspect", record),
        "manage": any(who.may(verb, record) for verb in MANAGING),
        "members": _among_members(who, record),
    }


def _among_members(who: Reader, record: Record) -> bool:
    """Whether the page of the members of an organisation is open to the reader."""
    if f"org:{record.id}" in who.tokens:
        return True
    return who.may("assign", record) and is_organisation(record)


def head(request: HttpRequest, view: View) -> dict[str, Any]:
    """What every page about one record needs."""
    return {
        "view": view,
        "record": view.record,
        "title": title_of(view, lang()),
        "rights": rights(request, view),
        "permanent": permanent(request, view),
        "has_card": known(view) and listed(view.kind),
    }


def known(view: View) -> bool:
    """Whether this node knows the version of the kind, and so what the fields mean."""
    return view.kind is not None and view.record.kind_version <= view.kind.version


def history(request: HttpRequest, view: View) -> dict[str, Any]:
    number = whole(request, "page") or 1
    found, count = log.lines(reader(request), view, (number - 1) * LINES, LINES)
    numbers = [line.number for line in found if line.kept]
    compared = {"new": numbers[0], "old": numbers[1]} if len(numbers) > 1 else {}
    older = number + 1 if count > number * LINES else 0
    changed = log.story(reader(request), view, found, lang(), address)
    told = [(line, changed.get(line.position, [])) for line in found]
    return head(request, view) | {"lines": told, "compared": compared, "older": older, "newer": number - 1}


def compared(request: HttpRequest, view: View, old: int, new: int) -> dict[str, Any]:
    """Two revisions side by side, whatever the order they were asked in; raises Absent for one that is not there."""
    before, after = (access.revision(reader(request), view.record, number) for number in (old, new))
    return head(request, view) | {"old": old, "new": new, "changes": diff(before, after, lang(), address)}


def signed(request: HttpRequest, view: View) -> dict[str, Any]:
    return head(request, view) | {"entries": log.signed(reader(request), view)}


def chosen(request: HttpRequest) -> tuple[int, int] | None:
    """The two revisions of the form on the history page, the older one first."""
    old, new = whole(request, "old"), whole(request, "new")
    return (min(old, new), max(old, new)) if old and new else None


def whole(request: HttpRequest, name: str) -> int | None:
    """A positive number from the address; raises Http404 for anything else that stands there."""
    text = request.GET.get(name, "")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or not 0 < int(text[:9]) <= 999_999_999 or len(text) > 9:
        raise Http404
    return int(text)


def day(request: HttpRequest, name: str = "as_of") -> date | None:
    """A day from the address as YYYY-MM-DD; raises Http404 for anything else that stands there."""
    text = request.GET.get(name, "")
    if not text:
        return None
    try:
        if not DAY.fullmatch(text):
            raise Http404
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


def read_by(request: HttpRequest, view: View) -> dict[str, Any]:
    """Who was shown what is not public, for those who grant access; for others there is no such page."""
    if not reader(request).may("grant", view.record):
        raise Absent(view.key)
    labels = view.kind.parts if view.kind else {}
    record_ = gettext("the record")
    rows = [(read, labels[read.part].label if read.part in labels else record_) for read in reads.of(view.record)]
    return {"view": view, "title": title_of(view, lang()), "reads": rows}
