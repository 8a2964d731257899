"""Pages that decide: review queue, one proposal, what is done to a record, the own account."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ortaq.engine import access
from ortaq.engine.problems import Problems
from ortaq.web import deciding, desk, managing, mine
from ortaq.web.writing import acting


@login_required
@require_safe
def my_desk(request: HttpRequest) -> HttpResponse:
    return render(request, "ortaq/desk.html", mine.page(acting(request), request.user))


@login_required
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest) -> HttpResponse:
    reader, outcomes = acting(request), []
    if request.method == "POST":
        outcomes = deciding.decide(reader, request.POST)
        if not outcomes:
            messages.warning(request, _("Nothing was chosen. Tick the lines you want to decide on."))
        elif said := deciding.summary(outcomes, request.POST.get("_do") == "accept"):
            messages.info(request, said)
    values = {"queue": deciding.queue(reader), "outcomes": outcomes, "reason": request.POST.get("_reason", "")}
    return render(request, "ortaq/review.html", values | {"chosen": request.POST.getlist("chosen")})


@login_required
@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, id_: deciding.UUID) -> HttpResponse:
    reader, error, reason = acting(request), "", request.POST.get("_reason", "")
    case = deciding.case(reader, id_)
    if request.method == "POST":
        error = deciding.verdict(reader, id_, request.POST.get("_do", ""), reason)
        if not error:
            messages.success(request, deciding.SAID[request.POST["_do"]])
            return redirect("review")
    values = {"case": case, "error": error, "reason": reason}
    return render(request, "ortaq/proposal.html", values, status=422 if error else 200)


@login_required
@require_http_methods(["GET", "POST"])
def manage(request: HttpRequest, key: str) -> HttpResponse:
    reader, problems = acting(request), []
    view = access.get(reader, key)
    if request.method == "POST":
        try:
            messages.success(request, managing.perform(reader, view, request.POST.get("do", ""), request.POST))
            return redirect("manage", view.key)
        except Problems as found:
            problems = found.problems
    values = desk.manage_page(reader, view, request.POST, problems)
    return render(request, "ortaq/manage.html", values, status=422 if problems else 200)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    reader, secret = acting(request), ""
    if request.method == "POST":
        secret, answer = desk.change_account(request, reader, request.POST)
        if answer is not None:
            return answer
    return render(request, "ortaq/account.html", desk.account_page(request, reader) | {"secret": secret})
