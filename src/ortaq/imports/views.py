"""Bringing files in: the list, one import step by step, its profiles, and merging side by side."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ortaq.engine import access, kinds
from ortaq.engine.problems import Problem, Problems
from ortaq.imports import jobs, pages, sheets_out, sidepages
from ortaq.web.writing import acting, whole_number

POSTED = require_http_methods(["GET", "POST"])


@login_required
@never_cache
@POSTED
def imports(request: HttpRequest) -> HttpResponse:
    reader, problems = pages.reader_of(request), list[str]()
    if request.method == "POST":
        try:
            return redirect("import_columns", pages.bring(request, reader).id)
        except Problem as wrong:
            problems = [wrong.text]
    values = pages.all_(request, reader) | {"problems": problems}
    return render(request, "ortaq/imports.html", values, status=422 if problems else 200)


@login_required
@never_cache
@POSTED
def job(request: HttpRequest, id_: UUID) -> HttpResponse:
    reader, found, problems = pages.reader_of(request), jobs.one(request.user, id_), list[str]()
    if request.method == "POST":
        try:
            messages.success(request, pages.change(request, found))
            return redirect("import", id_) if request.POST["do"] != "remove" else redirect("imports")
        except Problem as wrong:
            problems = [wrong.text]
    values = pages.one(reader, found) | {"problems": problems}
    return render(request, "ortaq/import.html", values, status=422 if problems else 200)


@login_required
@never_cache
@POSTED
def columns(request: HttpRequest, id_: UUID) -> HttpResponse:
    reader, found = pages.reader_of(request), jobs.one(request.user, id_)
    kind, problems = kinds.KINDS[found.kind], list[str]()
    if request.method == "POST":
        try:
            return redirect(pages.map_or_layer(request, reader, found, kind), id_)
        except (Problem, Problems) as wrong:
            problems = [wrong.text] if isinstance(wrong, Problem) else [p.text for p in wrong.problems]
    values = pages.mapped(found, kind) | {"problems": problems}
    return render(request, "ortaq/import_columns.html", values, status=422 if problems else 200)


@login_required
@never_cache
@POSTED
def values(request: HttpRequest, id_: UUID) -> HttpResponse:
    reader, found = pages.reader_of(request), jobs.one(request.user, id_)
    kind, problems = kinds.KINDS[found.kind], list[str]()
    if request.method == "POST":
        try:
            pages.match(reader, found, kind, request.POST)
            return redirect("import", id_)
        except Problem as wrong:
            problems = [wrong.text]
    shown = pages.values(found, kind, reader.lang) | {"problems": problems}
    return render(request, "ortaq/import_values.html", shown, status=422 if problems else 200)


@login_required
@never_cache
@POSTED
def twins(request: HttpRequest, id_: UUID) -> HttpResponse:
    reader, found = pages.reader_of(request), jobs.one(request.user, id_)
    start = whole_number(request.GET.get("from", ""))
    if request.method == "POST":
        pages.decide(found, request.POST)
        return redirect(f"{request.path}?from={start}" if start else request.path)
    return render(request, "ortaq/import_twins.html", pages.twins(reader, found, start))


@login_required
@never_cache
@POSTED
def twin(request: HttpRequest, id_: UUID, row: int, record: UUID) -> HttpResponse:
    reader = pages.reader_of(request)
    found, pair = sidepages.twin_of(request.user, id_, row, record)
    return sidepages.row(request, reader, found, pair)


@login_required
@never_cache
@require_safe
def sheet(request: HttpRequest, id_: UUID, what: str, form: str) -> HttpResponseBase:
    found = jobs.one(request.user, id_)
    return sheets_out.answer(found, what, form)


@login_required
@never_cache
@POSTED
def profiles(request: HttpRequest) -> HttpResponse:
    reader, problems = pages.reader_of(request), list[str]()
    if request.method == "POST":
        try:
            return redirect("import_profile", pages.new_profile(request, reader).id)
        except Problem as wrong:
            problems = [wrong.text]
    values = pages.profiles(request, reader) | {"problems": problems}
    return render(request, "ortaq/import_profiles.html", values, status=422 if problems else 200)


@login_required
@never_cache
@POSTED
def profile(request: HttpRequest, id_: UUID) -> HttpResponse:
    reader, problems = pages.reader_of(request), list[str]()
    found = jobs.profile(reader, id_)
    if request.method == "POST":
        try:
            messages.success(request, pages.profile(reader, found, request.POST))
            return redirect("import_profiles")
        except Problem as wrong:
            problems = [wrong.text]
    values = {"profile": found, "typed": request.POST, "problems": problems}
    return render(request, "ortaq/import_profile.html", values, status=422 if problems else 200)


@login_required
@never_cache
@require_safe
def profile_file(request: HttpRequest, id_: UUID) -> HttpResponse:
    return sheets_out.toml(jobs.profile(pages.reader_of(request), id_))


@login_required
@never_cache
@POSTED
def merge(request: HttpRequest, key: str) -> HttpResponse:
    reader = acting(request)
    return sidepages.records(request, reader, access.get(reader, key))
