"""The page on which the administrator of the node brings vector tiles."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from ortaq.engine.problems import Problem
from ortaq.people.actors import Member
from ortaq.tiles.receiving import Receiving, receive
from ortaq.web import tiling


@csrf_exempt  # only until it is known who asks: the check of the token takes in the whole file first
@never_cache
def tiles(request: HttpRequest) -> HttpResponse:
    return _tiles(request, tiling.administrator(request), receive(request))


@csrf_protect
@require_http_methods(["GET", "POST"])
def _tiles(request: HttpRequest, reader: Member, receiving: Receiving) -> HttpResponse:
    problems = []
    if request.method == "POST":
        try:
            messages.success(request, tiling.change(request, receiving))
            return redirect("tiles")
        except Problem as wrong:
            problems = [wrong.text]
    values = tiling.page(reader, request.POST, problems)
    return render(request, "ortaq/tiles.html", values, status=422 if problems else 200)
