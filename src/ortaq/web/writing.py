"""What the pages for writing share: who writes, the form of a kind, and what a save can meet."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from ortaq.engine import access, actions, kinds
from ortaq.engine.access import View
from ortaq.engine.fields.base import Context
from ortaq.engine.models import Record
from ortaq.engine.outputs import compare, form
from ortaq.engine.outputs.page import context_of, title_of
from ortaq.engine.problems import Absent, Conflict, Problem, Problems
from ortaq.people.actors import Member
from ortaq.web import unsaved
from ortaq.web.alphabet import place

Save = Callable[..., Any]
SAVES: dict[str, Save] = {"edit": actions.revise, "propose": actions.propose}


def acting(request: HttpRequest) -> Member:
    """The signed-in reader in the language of the page, which is the one he types dates and names in."""
    reader = request.reader  # type: ignore[attr-defined]
    if reader.id is None:
        raise Absent("reader")
    return replace(copy.copy(reader), lang=get_language() or "en")


def address(view: View, lang: str) -> str:
    """The page of a record in a language."""
    with override(lang):
        return reverse("record", args=[view.key])


def titled(view: View, lang: str) -> dict[str, str]:
    """Name, its language and the page of a record."""
    piece = title_of(view, lang)
    return {"text": piece.text, "lang": piece.lang, "key": view.key, "url": address(view, lang)}


def organisations(reader: Member) -> list[dict[str, str]]:
    """The organisations somebody has a role in, by name: ``{"id", "text", "lang", …}``."""
    own = {held.organisation for held in reader.roles if held.organisation}
    found = access.views(reader, list(access.visible(reader, Record).filter(id__in=own))) if own else []
    rows = [{"id": str(view.record.id), **titled(view, reader.lang)} for view in found]
    return sorted(rows, key=lambda row: row["text"])


def kind_of(view: View) -> type[kinds.Kind]:
    """The kind of a record that can be edited here; raises Problems for one of an unknown kind or a newer version."""
    kind = view.kind
    if kind is None or view.record.kind_version > kind.version:
        message = _(
            "This node does not know this kind of record, or only an older version of it. It keeps it as it is."
        )
        raise Problems([Problem("kind", message)])
    return kind


def sheet(
    request: HttpRequest,
    reader: Member,
    view: View,
    verb: str,
    data: dict[str, Any] | None = None,
    problems: Iterable[Problem] = (),
) -> HttpResponse:
    """The form of an existing record, filled with ``data`` or with what is there."""
    kind, wrong = kind_of(view), list(problems)
    kept = _unsaved(request, unsaved.page_of(verb, view.record.id))
    if data is None and kept["restored"]:
        data = form.take(kind, kept["restored"], view)
    context = context_of(view, reader.lang, address)
    asked, mistakes = form.questions(kind, context, view.data if data is None else data, view, wrong)
    posted = request.POST or kept["restored"] or {}
    values = (
        kept
        | _languages(request, reader, asked)
        | {
            "kind": kind,
            "view": view,
            "title": titled(view, reader.lang),
            "questions": asked,
            "mistakes": mistakes,
            "base_revision": posted.get("_base") or view.record.revision,
            "reason": posted.get("_reason", ""),
            "closed": [kind.parts[name].label for name in sorted(view.closed) if name in kind.parts],
            "offer_proposal": verb == "edit" and any(p.code == "second_person" for p in wrong),
        }
    )
    return render(request, f"ortaq/{verb}.html", values, status=422 if wrong else 200)


def save(request: HttpRequest, reader: Member, view: View, verb: str) -> HttpResponse:
    """Saves a posted form: back to the record, or to the form or to the conflict page with all that was typed."""
    data = form.take(kind_of(view), request.POST, view)
    if "_add" in request.POST or "_write" in request.POST:
        return sheet(request, reader, view, verb, data)
    return _store(request, reader, view, verb, data, whole_number(request.POST.get("_base", "")))


def resolve(request: HttpRequest, reader: Member, view: View, verb: str) -> HttpResponse:
    """Saves, or shows in the form once more, what somebody chose field by field on the conflict page."""
    chosen = {
        key.removeprefix("_choose."): str(side) for key, side in request.POST.items() if key.startswith("_choose.")
    }
    try:
        mine = json.loads(request.POST["_mine"])
    except ValueError:
        mine = None
    if not isinstance(mine, dict):
        raise Absent("mine")
    data = compare.resolved(kind_of(view), view, mine, chosen)
    if "_form" in request.POST:
        return sheet(request, reader, view, verb, data)
    return _store(request, reader, view, verb, data, whole_number(request.POST.get("_base", "")))


def _store(
    request: HttpRequest, reader: Member, view: View, verb: str, data: dict[str, Any], base: int
) -> HttpResponse:
    reason = request.POST.get("_reason", "")
    try:
        SAVES[verb](reader, view.record.id, data, base_revision=base, reason=reason)
    except Problems as problems:
        return sheet(request, reader, view, verb, data, problems.problems)
    except Conflict as conflict:
        return conflicting(request, reader, view, verb, conflict)
    unsaved.forget(request.user, unsaved.page_of(verb, view.record.id))
    said = {"edit": _("Saved."), "propose": _("Sent. The owner of the record will see your proposal in review.")}
    messages.success(request, said[verb])
    return redirect("record", view.key)


def conflicting(request: HttpRequest, reader: Member, view: View, verb: str, conflict: Conflict) -> HttpResponse:
    """Both texts side by side; what was typed travels along in the page."""
    context = context_of(view, reader.lang, address)
    values = {
        "title": titled(view, reader.lang),
        "view": view,
        "verb": verb,
        "clashes": compare.clashes(kind_of(view), conflict, view, context),
        "mine": json.dumps(conflict.mine, ensure_ascii=False),
        "base_revision": conflict.revision,
        "reason": request.POST.get("_reason", ""),
    }
    return render(request, "ortaq/conflict.html", values, status=409)


def choices(lang: str) -> list[type[kinds.Kind]]:
    """Every kind that can be described, by its name in the language."""
    return sorted(kinds.KINDS.values(), key=lambda kind: place(lang, kind.label.at(lang)))


def blank(
    request: HttpRequest,
    reader: Member,
    kind: type[kinds.Kind],
    data: dict[str, Any],
    problems: Iterable[Problem] = (),
) -> HttpResponse:
    """The form of a new record."""
    wrong, kept = list(problems), _unsaved(request, unsaved.page_of("new", kind.slug))
    if not data and kept["restored"]:
        data = form.take(kind, kept["restored"])
    posted = request.POST or kept["restored"] or {}
    asked, mistakes = form.questions(kind, Context(lang=reader.lang), data, None, wrong)
    owner = posted.get("_owner") or str(reader.organisation or "")
    values = (
        kept
        | _languages(request, reader, asked)
        | {
            "kind": kind,
            "questions": asked,
            "mistakes": mistakes,
            "owners": organisations(reader),
            "owner": owner,
            "reason": posted.get("_reason", ""),
        }
    )
    return render(request, "ortaq/new.html", values, status=422 if wrong else 200)


def create(request: HttpRequest, reader: Member, kind: type[kinds.Kind]) -> HttpResponse:
    """Keeps a posted new record as a draft or sends it to review."""
    data = form.take(kind, request.POST)
    if "_add" in request.POST or "_write" in request.POST:
        return blank(request, reader, kind, data)
    submit = request.POST.get("_do") == "submit"
    try:
        owner = UUID(request.POST.get("_owner", ""))
    except ValueError:
        message = _("Choose the organisation that will own the record.")
        return blank(request, reader, kind, data, [Problem("owner", message, path=("_owner",))])
    reason = request.POST.get("_reason", "")
    try:
        record = actions.create(reader, kind.slug, data, owner=owner, submit=submit, reason=reason)
    except Problems as problems:
        return blank(request, reader, kind, data, problems.problems)
    unsaved.forget(request.user, unsaved.page_of("new", kind.slug))
    messages.success(request, _("Sent for review.") if submit else _("Kept as a draft. Your organisation can read it."))
    return redirect("record", record.id)


def _unsaved(request: HttpRequest, page: str) -> dict[str, Any]:
    """What was typed here earlier and not saved: ``kept`` to be offered, ``restored`` when it is asked for."""
    kept = unsaved.of(request.user, page) if request.method == "GET" else None
    restored = unsaved.typed(kept) if kept and "unsaved" in request.GET else None
    return {"page_name": page, "kept": kept, "restored": restored}


def _languages(request: HttpRequest, reader: Member, asked: list[form.Question]) -> dict[str, Any]:
    """The languages of the texts with how much of each is written, and the one that is being written now."""
    write = request.POST.get("_write", "") or request.POST.get("_writing", "")
    rows = form.completeness(asked)
    write = write if write in dict(rows) else reader.lang
    for question in asked:
        for widget in form.walk(question.widget):
            widget.extra["write"] = write
    return {"text_languages": rows, "write": write}


def whole_number(text: str) -> int:
    """A number from a form, 0 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
