"""Reporting damage, the secret page of the sender, and the pages of those who work on reports."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from ortaq.alerts import access, pages
from ortaq.alerts.forms import ReportForm
from ortaq.alerts.models import Alert
from ortaq.alerts.photos import MOST_SENT
from ortaq.alerts.states import STATUS
from ortaq.engine.access import View
from ortaq.web.writing import acting


@csrf_exempt  # only until the size is known: the check of the token would read the whole form first
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, key: str) -> HttpResponse:
    view = pages.reported(request, key)
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_SENT:
        return pages.too_much(request, view)
    return _report(request, view)


@csrf_protect
def _report(request: HttpRequest, view: View) -> HttpResponse:
    if request.method == "POST":
        return pages.send(request, view)
    return pages.form(request, view, ReportForm())


@never_cache
@require_safe
def status(request: HttpRequest, secret: str) -> HttpResponse:
    alert, sender = access.sent(secret)
    response = render(request, "ortaq/alert_status.html", pages.status(request, alert, sender, secret))
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@require_safe
def own_photo(request: HttpRequest, secret: str) -> HttpResponse:
    return pages.picture(access.sent(secret)[0])


@login_required
@require_safe
def alerts(request: HttpRequest) -> HttpResponse:
    reader, chosen = acting(request), request.GET.get("state", "")
    values = {"cases": access.alerts(reader, chosen), "chosen": chosen, "statuses": STATUS}
    return render(request, "ortaq/alerts.html", values)


@login_required
@require_http_methods(["GET", "POST"])
def alert(request: HttpRequest, id_: UUID) -> HttpResponse:
    reader = acting(request)
    case, problems = access.case(reader, Alert, id_), []
    if request.method == "POST":
        problems = pages.work(reader, case.thing, request.POST)
        if not problems:
            messages.success(request, pages.SAID[request.POST["do"]])
            return redirect("alert", id_=id_)
    values = pages.alert(reader, case) | {"problems": problems, "typed": request.POST}
    return render(request, "ortaq/alert.html", values, status=422 if problems else 200)


@login_required
@require_safe
def photo(request: HttpRequest, id_: UUID) -> HttpResponse:
    return pages.picture(access.case(acting(request), Alert, id_).thing)
