"""The pages side by side: a row and a record that is there, and two records that are there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from ortaq.engine import access
from ortaq.engine.access import View
from ortaq.engine.outputs.page import context_of
from ortaq.engine.problems import Absent, Conflict, Forbidden, Problem, Problems
from ortaq.engine.traced import PUBLISHED
from ortaq.imports import jobs, merging, pages
from ortaq.imports.models import ImportJob, Twin
from ortaq.people.actors import Member
from ortaq.web.writing import address, kind_of, titled, whole_number

VERBS = ("revise", "propose")


def chosen(request: HttpRequest) -> dict[str, str]:
    return {key.removeprefix("side."): str(side) for key, side in request.POST.items() if key.startswith("side.")}


def row(request: HttpRequest, reader: Member, job: ImportJob, twin: Twin) -> HttpResponse:
    """A row beside the record that it may be."""
    view = access.get(reader, twin.record)
    other = merging.row_data(reader, job, twin.row)
    problems: list[str] = []
    if request.method == "POST":
        data = merging.merged(kind_of(view), view, other, chosen(request))
        base, reason = whole_number(request.POST.get("_base", "")), request.POST.get("_reason", "")
        try:
            merging.into_record(reader, twin, view, data, base=base, verb=_verb(request), reason=reason)
            messages.success(request, _("The row went into the record."))
            return redirect("import_twins", job.id)
        except (Problem, Problems, Conflict) as wrong:
            problems = _texts(wrong)
    values = _values(reader, view, other, problems, request) | {
        "job": job,
        "twin": twin,
        "why": pages.WHY[twin.why],
        "metres": pages.apart(view, twin),
        "may_revise": reader.may("revise", view.record),
        "may_propose": view.record.state == PUBLISHED,
    }
    return render(request, "ortaq/import_twin.html", values, status=422 if problems else 200)


def _verb(request: HttpRequest) -> str:
    verb = request.POST.get("do", "")
    if verb not in VERBS:
        raise Absent(verb)
    return verb


def _texts(wrong: Problems | Conflict | Problem) -> list[str]:
    if isinstance(wrong, Conflict):
        return [_("Somebody saved the record meanwhile. Below is what it says now; choose once more.")]
    return [problem.text for problem in wrong.problems] if isinstance(wrong, Problems) else [wrong.text]


def _values(
    reader: Member, view: View, other: dict[str, Any], problems: list[str], request: HttpRequest
) -> dict[str, Any]:
    context = context_of(view, reader.lang, address)
    picked = chosen(request)
    sides = merging.sides(kind_of(view), view, other, context)
    return {
        "view": view,
        "title": titled(view, reader.lang),
        "sides": [(side, picked.get(side.name, side.chosen)) for side in sides],
        "base_revision": view.record.revision,
        "problems": problems,
        "reason": request.POST.get("_reason", ""),
    }


def records(request: HttpRequest, reader: Member, goes: View) -> HttpResponse:
    """A record beside the one that it is merged into."""
    if not reader.may("merge", goes.record):
        raise Forbidden("merge")
    given = request.POST.get("into") or request.GET.get("into", "")
    values: dict[str, Any] = {"goes": titled(goes, reader.lang), "into": given, "view": goes}
    key = access.find(reader, given.strip()) if given else None
    if key is None or key == str(goes.record.id):
        if given:
            values["problems"] = [_("Nothing else is known here under this number. Give one such as KZ-000123.")]
        return render(request, "ortaq/merge.html", values, status=422 if given else 200)
    stays, problems = access.get(reader, key), list[str]()
    if stays.record.kind != goes.record.kind:
        values["problems"] = [_("Two different published records of the same kind can be merged.")]
        return render(request, "ortaq/merge.html", values, status=422)
    if request.method == "POST":
        base, reason = whole_number(request.POST.get("_base", "")), request.POST.get("_reason", "")
        try:
            merging.records(reader, goes, stays, chosen(request), base=base, reason=reason)
            messages.success(request, _("Merged. The number of the other record leads here from now on."))
            return redirect("record", stays.key)
        except (Problem, Problems, Conflict) as wrong:
            problems, stays = _texts(wrong), access.get(reader, key)
    values |= _values(reader, stays, goes.data, problems, request) | {"may_merge": reader.may("merge", stays.record)}
    return render(request, "ortaq/merge.html", values, status=422 if problems else 200)


def twin_of(user: Any, id_: Any, number: int, record: Any) -> tuple[ImportJob, Twin]:
    job = jobs.one(user, id_)
    return job, jobs.twin(job, number, record)
