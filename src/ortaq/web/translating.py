"""One record side by side: every text in the language it was written in, and in that of the page."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ortaq.engine import access
from ortaq.engine.access import View
from ortaq.engine.fields.group import ID
from ortaq.engine.fields.text import ORIGINS
from ortaq.engine.models import Revision
from ortaq.engine.outputs.diff import Span, words
from ortaq.engine.problems import Conflict, Problem, Problems
from ortaq.people.actors import Member
from ortaq.translate import texts, waiting
from ortaq.translate.texts import Place
from ortaq.web.reading import lang
from ortaq.web.writing import SAVES, conflicting, kind_of, titled, whole_number

MOST = 60  # revisions in which changes of the original are looked for
HUMAN, OFFICIAL = "human", "official"
NOT_YOURS = gettext_lazy("Only an authority of the country says that a translation is official.")


@dataclass
class Pair:
    """A text in its original and in the language of the page; ``before`` and ``after`` show what changed in it."""

    place: Place
    source: str
    source_text: str
    source_origin: str
    text: str
    origin: str
    why: str
    before: list[Span] = field(default_factory=list)
    after: list[Span] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.place.name


def verb(reader: Member, view: View) -> str:
    """How the reader's text is saved: into the record, or as a proposal."""
    return "edit" if reader.may("revise", view.record) else "propose"


def sheet(
    request: HttpRequest, reader: Member, view: View, problems: Iterable[Problem] = (), error: str = ""
) -> HttpResponse:
    """The form, with what was typed when it comes back."""
    wrong = list(problems)
    pairs = _pairs(reader, view, request.POST)
    rest = _attach(pairs, wrong)
    values = {
        "view": view,
        "kind": kind_of(view),
        "title": titled(view, reader.lang),
        "pairs": pairs,
        "mistakes": [*([error] if error else []), *(problem.text for problem in rest)],
        "wrong": bool(wrong),
        "origins": [o for o in ORIGINS if o != OFFICIAL or reader.may("protect", view.record)],
        "verb": verb(reader, view),
        "base_revision": request.POST.get("_base") or view.record.revision,
        "reason": request.POST.get("_reason", _("Translation: %(language)s") % {"language": _own_name(lang())}),
    }
    return render(request, "ortaq/translate_one.html", values, status=422 if wrong or error else 200)


def save(request: HttpRequest, reader: Member, view: View) -> HttpResponse:
    """Saves or proposes all texts that were typed, in one step; a conflict shows both sides as for the edit page."""
    pairs = _pairs(reader, view, {})
    how, form = verb(reader, view), request.POST
    problems = list(_official(reader, view, pairs, form))
    if problems:
        return sheet(request, reader, view, problems)
    data, count = written(view.data, pairs, form)
    if not count:
        return sheet(request, reader, view, error=_("Nothing was changed. Write a translation, then save."))
    base, reason = whole_number(form.get("_base", "")), form.get("_reason", "")
    try:
        SAVES[how](reader, view.record.id, data, base_revision=base, reason=reason)
    except Problems as found:
        return sheet(request, reader, view, found.problems)
    except Conflict as conflict:
        return conflicting(request, reader, view, how, conflict)
    waiting.refresh({view.record.id})
    said = {"edit": _("Saved."), "propose": _("Sent. The owner of the record will see your proposal in review.")}
    messages.success(request, said[how])
    return redirect("translate")


def written(data: Mapping[str, Any], pairs: Iterable[Pair], form: Mapping[str, str]) -> tuple[dict[str, Any], int]:
    """(data with the typed texts, how many differ); an empty box changes nothing."""
    new, count = copy.deepcopy(dict(data)), 0
    for pair in pairs:
        text = form.get(f"t.{pair.name}", "").replace("\r\n", "\n").strip()
        origin = form.get(f"o.{pair.name}", HUMAN)
        before = pair.place.value.get(lang())
        if not text or (before and before["text"] == text and before["origin"] == origin):
            continue
        _value(new, pair.place.path)[lang()] = {"text": text, "origin": origin}
        count += 1
    return new, count


def _value(data: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    """The language map at ``path``: a field, or a field of one occurrence of a group."""
    if len(path) == 1:
        found: dict[str, Any] = data[path[0]]
        return found
    group, id_, name = path
    row = next(row for row in data[group] if row[ID] == id_)
    inner: dict[str, Any] = row[name]
    return inner


def _official(reader: Member, view: View, pairs: Iterable[Pair], form: Mapping[str, str]) -> Iterable[Problem]:
    if reader.may("protect", view.record):
        return
    for pair in pairs:
        before = pair.place.value.get(lang(), {})
        if form.get(f"o.{pair.name}") != OFFICIAL:
            continue
        if before.get("origin") != OFFICIAL or before.get("text") != form.get(f"t.{pair.name}", "").strip():
            yield Problem("origin", NOT_YOURS, path=pair.place.path)


def _pairs(reader: Member, view: View, form: Mapping[str, str]) -> list[Pair]:
    """Every text that can be translated into the language of the page; what waits comes first."""
    kind = kind_of(view)
    past = _past(reader, view)
    changed = texts.told(kind, [(number, old.data) for number, old in past.items()])
    found = []
    for place in texts.places(kind, view.data, view.closed):
        source = texts.original(place.value, lang())
        if not source:
            continue
        pair = _pair(place, source, texts.waits(place, lang(), changed.at), form)
        if pair.why == texts.STALE:
            then = past[changed.at[place.name, lang()]]
            pair.before, pair.after = words(_text_at(then, place, source), pair.source_text)
        found.append(pair)
    return sorted(found, key=lambda pair: not pair.why)


def _pair(place: Place, source: str, why: str, form: Mapping[str, str]) -> Pair:
    theirs, mine = place.value[source], place.value.get(lang(), {})
    return Pair(
        place,
        source,
        theirs["text"],
        theirs["origin"],
        form.get(f"t.{place.name}", mine.get("text", "")),
        form.get(f"o.{place.name}", mine.get("origin", HUMAN)),
        why,
    )


def _past(reader: Member, view: View) -> dict[int, View]:
    """The latest revisions that the reader may look at, the oldest first, and the record as it is."""
    numbers = sorted({entry.revision for entry in access.history(reader, view.record)})[-MOST:]
    kept = Revision.objects.filter(thing=view.record.id, number__in=numbers).order_by("number", "entry")
    known = view.kind.version if view.kind else 0
    past = access.past(reader, view.record, kept)
    first = next((number for number, old in past.items() if old.record.state == view.record.state), 0)
    return {number: old for number, old in past.items() if number >= first and old.record.kind_version <= known}


def _text_at(then: View, place: Place, source: str) -> str:
    kind = then.kind
    old = next((p for p in texts.places(kind, then.data) if p.path == place.path), None) if kind else None
    return old.value.get(source, {}).get("text", "") if old else ""


def _attach(pairs: Iterable[Pair], problems: Iterable[Problem]) -> list[Problem]:
    """Puts messages beside their texts; gives back those that belong to none."""
    by_name = {pair.name: pair for pair in pairs}
    rest = []
    for problem in problems:
        path = [str(step) for step in problem.path]
        pair = next((by_name[n] for end in range(len(path), 0, -1) if (n := ".".join(path[:end])) in by_name), None)
        if pair is None:
            rest.append(problem)
        else:
            pair.errors.append(problem.text)
    return rest


def _own_name(code: str) -> str:
    return dict(settings.LANGUAGES).get(code, code)
