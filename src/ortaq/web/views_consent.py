"""Terms of use and personal data: the texts, and the question that is asked once for each new version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ortaq.engine.problems import Absent
from ortaq.people import consent as texts

ACCEPTED = "accepted_texts"  # key in the session
# Pages on which people write or decide. Reading, signing in and out, one's own data and the API are never in the way.
ASKED_BEFORE = frozenset(
    {"new", "edit", "propose", "manage", "review", "proposal"}
    | {"invitations", "members", "drafts", "deputies", "specialist", "specialists"}
)


@require_safe
def text(request: HttpRequest, kind: str) -> HttpResponse:
    known = texts.versions(kind)
    version = request.GET.get("version", known[-1])
    if version not in known:
        raise Absent(version)
    found = texts.text(kind, version, request.LANGUAGE_CODE)
    return render(request, "ortaq/people/text.html", {"text": found, "versions": known})


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def consent(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    going = request.POST.get("next") or request.GET.get("next") or ""
    if not url_has_allowed_host_and_scheme(going, {request.get_host()}, request.is_secure()):
        going = reverse("home")
    if request.POST.get("terms") == "1":
        texts.accept(user, request.LANGUAGE_CODE)
        return redirect(going)
    values = {"next": going, "wrong": request.method == "POST"}
    return render(request, "ortaq/people/consent.html", values, status=422 if values["wrong"] else 200)


def asking(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Sends who signed in and has not accepted the newest texts to the question, before he begins to write.

    Only when a page is opened: what was typed into a form is never in danger.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    handle.process_view = _first_the_question  # type: ignore[attr-defined]  # Django looks for it on the middleware
    return handle


def _first_the_question(request: HttpRequest, _view: Any, _args: Any, _values: Any) -> HttpResponse | None:
    match = request.resolver_match
    if request.method != "GET" or match is None or match.url_name not in ASKED_BEFORE:
        return None
    user: Any = request.user
    if not user.is_authenticated or request.session.get(ACCEPTED) == texts.mark():
        return None
    if texts.accepted(user):
        request.session[ACCEPTED] = texts.mark()
        return None
    return redirect(f"{reverse('consent')}?{urlencode({'next': request.get_full_path()})}")
