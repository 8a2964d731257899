"""Pages that write records: new, edit, propose. The work is done in ``writing``."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ortaq.engine import access, kinds
from ortaq.engine.problems import Absent, Forbidden
from ortaq.engine.traced import PUBLISHED
from ortaq.web import writing


@login_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    reader = writing.acting(request)
    if not reader.creates:
        raise Forbidden("create")
    return render(request, "ortaq/choose.html", {"kinds": writing.choices(reader.lang)})


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    reader, kind = writing.acting(request), kinds.get(slug)
    if kind is None:
        raise Absent(slug)
    if not reader.creates:
        raise Forbidden("create")
    if request.method == "POST":
        return writing.create(request, reader, kind)
    return writing.blank(request, reader, kind, {})


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    reader = writing.acting(request)
    view = access.get(reader, key)
    if not reader.may("revise", view.record):
        return redirect("propose", view.key)
    return _answer(request, reader, view, "edit")


@login_required
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, key: str) -> HttpResponse:
    reader = writing.acting(request)
    view = access.get(reader, key)
    if view.record.state != PUBLISHED:
        messages.warning(request, _("Only a published record takes proposals."))
        return redirect("record", view.key)
    return _answer(request, reader, view, "propose")


def _answer(request: HttpRequest, reader: writing.Member, view: access.View, verb: str) -> HttpResponse:
    if request.method != "POST":
        return writing.sheet(request, reader, view, verb)
    return (writing.resolve if "_mine" in request.POST else writing.save)(request, reader, view, verb)
