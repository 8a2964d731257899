"""Answers for the forms while somebody types, and what he typed and did not save yet."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ortaq.web import helping, unsaved
from ortaq.web.reading import lang, reader


@require_safe
@login_required
def date(request: HttpRequest) -> HttpResponse:
    text, written = request.GET.get("text", ""), request.GET.get("lang") or lang()
    return JsonResponse(helping.date(text, written, lang()))


@require_POST
@login_required
def place(request: HttpRequest) -> HttpResponse:
    raw = {key: request.POST.get(key, "") for key in ("text", "crs", "precision")}
    return JsonResponse(helping.place(raw, request.POST.get("country", ""), lang()))


@require_safe
@login_required
def records(request: HttpRequest) -> HttpResponse:
    kinds = [slug for slug in request.GET.get("kinds", "").split(",") if slug][:20]
    found = helping.records(reader(request), request.GET.get("q", ""), kinds, lang())
    return JsonResponse({"items": found})


@require_safe
@login_required
def terms(request: HttpRequest) -> HttpResponse:
    found = helping.terms(request.GET.get("vocabulary", "")[:64], lang())
    return JsonResponse({"terms": found}, json_dumps_params={"ensure_ascii": False})


@require_POST
@login_required
def keep(request: HttpRequest) -> HttpResponse:
    """Keeps what stands in a form; answers with the time, or 413 for more than is kept."""
    when = unsaved.keep(request.user, request.POST)
    return JsonResponse({"kept": when}, status=200 if when else 413)


@require_POST
@login_required
def discard(request: HttpRequest, id_: UUID) -> HttpResponse:
    """Forgets one unsaved text; leads back to the page it was written on."""
    page = unsaved.discard(request.user, id_)
    messages.success(request, _("What was not saved is gone."))
    return redirect(page)
