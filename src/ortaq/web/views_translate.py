"""Pages of the translation desk: what waits for the language of the page, and one record side by side."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from ortaq.engine import access
from ortaq.engine.problems import Absent
from ortaq.engine.traced import PUBLISHED
from ortaq.web import translating, translation_desk, writing


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    return render(request, "ortaq/translate.html", translation_desk.page(request, writing.acting(request)))


@login_required
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, key: str) -> HttpResponse:
    reader = writing.acting(request)
    view = access.get(reader, key)
    if view.record.state != PUBLISHED:
        raise Absent(key)
    if "_mine" in request.POST:
        return writing.resolve(request, reader, view, translating.verb(reader, view))
    if request.method == "POST":
        return translating.save(request, reader, view)
    return translating.sheet(request, reader, view)
