"""Names offered while somebody types, and the searches that he saved."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ortaq.engine.problems import Absent, Problem
from ortaq.search.offers import offers
from ortaq.web import saving
from ortaq.web.reading import lang
from ortaq.web.writing import acting

A_MINUTE = 60
GONE = "ortaq.search_deleted"


@require_safe
def names(request: HttpRequest) -> JsonResponse:
    """Public names only, the same for whoever asks; kept by his browser for a minute."""
    found = [{"name": o.name, "lang": o.lang, "kind": o.kind} for o in offers(request.GET.get("q", ""), lang())]
    answer = JsonResponse({"items": found}, json_dumps_params={"ensure_ascii": False})
    patch_cache_control(answer, private=True, max_age=A_MINUTE)
    return answer


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def saved(request: HttpRequest) -> HttpResponse:
    problems = []
    if request.method == "POST":
        try:
            _change(request)
            return redirect("saved")
        except Problem as wrong:
            problems = [str(wrong.text)]
    lines, gone = saving.lines(acting(request), request.user), request.session.pop(GONE, None)
    values = {"lines": lines, "problems": problems, "gone": gone}
    return render(request, "ortaq/saved.html", values, status=422 if problems else 200)


def _change(request: HttpRequest) -> None:
    """What is deleted is kept until the next page, which offers to save it again. Raises Absent, Problem."""
    form, do = request.POST, request.POST.get("do", "")
    if do == "save":
        saving.save(request.user, form.get("name", ""), form.get("query", ""))
        messages.success(request, _("Saved. The search is on your desk."))
    elif do == "rename":
        saving.rename(request.user, _id_of(form), form.get("name", ""))
    elif do == "delete":
        row = saving.delete(request.user, _id_of(form))
        request.session[GONE] = {"name": row.name, "query": row.query}
    else:
        raise Absent(do)


def _id_of(form: QueryDict) -> UUID:
    text = form.get("id", "")
    try:
        return UUID(text)
    except ValueError:
        raise Absent(text) from None


@login_required
@never_cache
@require_safe
def one(request: HttpRequest, id_: UUID) -> HttpResponse:
    return redirect(saving.opened(request.user, id_))
