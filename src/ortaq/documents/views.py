"""One record on paper, and the page of one's exports."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ortaq.documents import actions, pages
from ortaq.engine.problems import Problems
from ortaq.web import reading
from ortaq.web.costly import costly


@costly
@require_safe
def paper_pdf(request: HttpRequest, key: str) -> HttpResponse:
    return pages.pdf(request, reading.opened(request, key))


@costly
@require_safe
def paper_docx(request: HttpRequest, key: str) -> HttpResponse:
    return pages.docx(request, reading.opened(request, key))


@costly
@require_safe
def plate(request: HttpRequest, key: str) -> HttpResponse:
    return pages.plate(request, reading.opened(request, key))


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def exports(request: HttpRequest) -> HttpResponse:
    problems = []
    if request.method == "POST":
        try:
            pages.ask(request)
            return redirect("exports")
        except Problems as wrong:
            problems = wrong.problems
    values = pages.exports(request) | {"problems": problems}
    return render(request, "ortaq/exports.html", values, status=422 if problems else 200)


@login_required
@never_cache
@require_POST
def export(request: HttpRequest, id_: UUID) -> HttpResponse:
    messages.success(request, pages.change(request, id_))
    return redirect("exports")


@login_required
@never_cache
@require_safe
def export_file(request: HttpRequest, id_: UUID) -> HttpResponseBase:
    found = actions.one(request.user, id_)
    path = pages.ready(found)
    if path is None:
        messages.warning(request, pages.CHANGED)
        return redirect("exports")
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=pages.name(found), content_type=pages.media(found)
    )
