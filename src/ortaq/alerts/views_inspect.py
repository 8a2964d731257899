"""The pages of inspections."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ortaq.alerts import access, inspecting, inspection_pages
from ortaq.alerts.models import Inspection
from ortaq.web.writing import acting


@login_required
@require_safe
def inspections(request: HttpRequest) -> HttpResponse:
    reader = acting(request)
    return render(request, "ortaq/inspections.html", {"cases": access.inspections(reader)})


@login_required
@require_http_methods(["GET", "POST"])
def inspect(request: HttpRequest, key: str) -> HttpResponse:
    reader = acting(request)
    view, alert = inspection_pages.asked(reader, key, request)
    if request.method == "POST":
        begun = inspecting.inspect(reader, view.record.id, alert)
        messages.success(request, _("The inspection has begun. Write each step when it is done."))
        return redirect("inspection", id_=begun.id)
    return render(request, "ortaq/inspect.html", inspection_pages.beginning(view, alert))


@login_required
@require_http_methods(["GET", "POST"])
def inspection(request: HttpRequest, id_: UUID) -> HttpResponse:
    reader = acting(request)
    case, forms = access.case(reader, Inspection, id_), {}
    if request.method == "POST":
        step, form = inspection_pages.write(reader, case.thing, request.POST)
        if form is None:
            messages.success(request, _("The step has been saved."))
            return redirect("inspection", id_=id_)
        forms = {step: form}
    values = inspection_pages.inspection(reader, case, forms)
    return render(request, "ortaq/inspection.html", values, status=422 if forms else 200)
