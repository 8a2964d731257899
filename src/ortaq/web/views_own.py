"""Pages about oneself: specialist, my data. And the queue of those who confirm specialists."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ortaq.engine.problems import Problems
from ortaq.people import personal
from ortaq.web import own, staff
from ortaq.web.writing import acting


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def specialist(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    reader, problems = acting(request), []
    if request.method == "POST":
        try:
            messages.success(request, own.ask(reader, user, request.POST))
            return redirect("specialist")
        except Problems as wrong:
            problems = wrong.problems
    values = own.specialist_page(reader, user, request.POST, problems)
    return render(request, "ortaq/people/specialist.html", values, status=422 if problems else 200)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def specialists(request: HttpRequest) -> HttpResponse:
    reader, problems = acting(request), []
    if request.method == "POST":
        try:
            messages.success(request, own.decide(reader, request.POST))
            return redirect("specialists")
        except Problems as wrong:
            problems = wrong.problems
    values = own.queue_page(reader, request.POST, problems)
    return render(request, "ortaq/people/specialists.html", values, status=422 if problems else 200)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def own_data(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if request.method == "POST" and request.POST.get("do") == "export":
        return _file(user)
    if request.method == "POST":
        refused = ratelimit.consume_or_429(request, action="reauthenticate", user=user)
        return refused or _leave(request, user)
    return _page(request, user)


def _leave(request: HttpRequest, user: Any) -> HttpResponse:
    try:
        said, proof = own.leave(user, request.POST, staff.site(request))
    except Problems as wrong:
        proof = request.POST.get("proof", "") if request.POST.get("do") == "leave" else ""
        return _page(request, user, proof, wrong.problems)
    if proof:
        return _page(request, user, proof)
    messages.success(request, said)
    return redirect("own_data")


def _page(request: HttpRequest, user: Any, proof: str = "", problems: Any = ()) -> HttpResponse:
    values = own.data_page(acting(request), user, request.POST, proof, list(problems))
    return render(request, "ortaq/people/own_data.html", values, status=422 if problems else 200)


def _file(user: Any) -> HttpResponse:
    response = HttpResponse(personal.export(user), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="ortaq-my-data.zip"'
    return response
