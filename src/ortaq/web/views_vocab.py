"""Pages of the vocabularies: read by all, added to by everybody signed in, answered by language editors."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ortaq.vocab import access
from ortaq.web import thesaurus as tree
from ortaq.web import vocabularies as pages
from ortaq.web.reading import reader
from ortaq.web.writing import acting


@require_safe
def vocabularies(request: HttpRequest) -> HttpResponse:
    return render(request, "ortaq/vocabularies.html", pages.everything(reader(request)))


@require_safe
def vocabulary(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "ortaq/vocabulary.html", pages.one(name, request.GET))


@require_safe
def thesaurus(request: HttpRequest) -> HttpResponse:
    return render(request, "ortaq/thesaurus.html", tree.page(reader(request), request.GET))


@require_http_methods(["GET", "POST"])
def term(request: HttpRequest, name: str, code: str) -> HttpResponse:
    values = pages.term(reader(request), name, code, request.POST)
    if request.method != "POST":
        return render(request, "ortaq/term.html", values)
    return _propose(request, name, code, values, "ortaq/term.html")


@login_required
@require_http_methods(["GET", "POST"])
def new_term(request: HttpRequest, name: str) -> HttpResponse:
    values = pages.new_term(name, request.POST)
    if request.method != "POST":
        return render(request, "ortaq/new_term.html", values)
    return _propose(request, name, request.POST.get("code", "").strip(), values, "ortaq/new_term.html")


@login_required
def _propose(request: HttpRequest, name: str, code: str, values: dict[str, object], template: str) -> HttpResponse:
    made, problems = pages.propose(acting(request), name, code, request.POST)
    if made is None:
        return render(request, template, values | pages.refused(values, problems), status=422)
    messages.success(request, _("Sent. A language editor will answer it; you see the answer here."))
    return redirect("term_proposal", made.id)


@login_required
@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    who = acting(request)
    values = {"waiting": pages.lines(access.waiting(who)), "own": pages.lines(access.own(who))}
    return render(request, "ortaq/term_proposals.html", values | {"answers": who.may("label", None)})


@login_required
@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, id_: UUID) -> HttpResponse:
    who, error = acting(request), ""
    line = pages.line(access.case(who, id_))
    if request.method == "POST":
        error = pages.answer(who, id_, request.POST.get("_do", ""), request.POST.get("_reason", ""))
        if not error:
            messages.success(request, pages.SAID[request.POST["_do"]])
            return redirect("term_proposal", id_)
    values = {"line": line, "error": error, "reason": request.POST.get("_reason", "")}
    return render(request, "ortaq/term_proposal.html", values, status=422 if error else 200)
