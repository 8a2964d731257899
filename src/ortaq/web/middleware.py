"""From what the engine raises to what people read, and how long an answer may be kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language_from_path, gettext
from django.utils.translation import gettext_lazy as _

from ortaq.engine.log import NoNode
from ortaq.engine.problems import Absent, Forbidden, Gone, Problem, Problems
from ortaq.web.reading import Moved

Handler = Callable[[HttpRequest], HttpResponse]
API = "/api/"
MOST_SENT = 210_000_000  # bytes of a whole request; the largest file that comes by a page has 200 million


def errors(get_response: Handler) -> Handler:
    """Answers Absent, Gone, Forbidden, Problems, Moved and NoNode, except for the API, which has its own form."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        keep(request, response)
        return response

    handle.process_exception = answer  # type: ignore[attr-defined]  # Django looks for it on the middleware
    return handle


def sizes(get_response: Handler) -> Handler:
    """Refuses what is larger than any page takes, before the check of a form's token reads it."""

    def handle(request: HttpRequest) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_SENT and not request.path_info.startswith(API):
            message = _("This is more than can be sent at once: at most %(most)s MB. Divide it.")
            problems = [Problem("too_much", message, most=MOST_SENT // 1_000_000)]
            return render(request, "ortaq/problems.html", {"problems": problems, "code": 413}, status=413)
        return get_response(request)

    return handle


def keep(request: HttpRequest, response: HttpResponse) -> None:
    """Nothing is stored for somebody signed in; for strangers a page is asked for again each time."""
    if not hasattr(request, "user") or response.has_header("Cache-Control"):
        return
    private = request.user.is_authenticated or "Authorization" in request.headers
    response["Cache-Control"] = "private, no-store" if private else "private, no-cache"


def answer(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """The page for ``error``, None for what is not ours to say.

    What is hidden and what never was take the same way through here and get the same bytes.
    """
    if request.path_info.startswith(API):
        return None
    if not get_language_from_path(request.path_info):
        # Otherwise Django would send a 404 on to the same address with a language.
        request.urlconf = "ortaq.web.urls_plain"
    for sort, page in PAGES.items():
        if isinstance(error, sort):
            return page(request, error)
    return None


def absent(request: HttpRequest, _error: Any) -> HttpResponse:
    return render(request, "404.html", status=404)


def gone(request: HttpRequest, error: Any) -> HttpResponse:
    return render(request, "410.html", {"pid": error.pid, "when": error.when}, status=410)


def forbidden(request: HttpRequest, _error: Any) -> HttpResponse:
    return render(request, "403.html", {"next": request.get_full_path()}, status=403)


def moved(request: HttpRequest, error: Any) -> HttpResponse:
    match = request.resolver_match
    path = reverse(match.url_name or "record", kwargs={"key": error.key}) if match else f"/o/{error.key}"
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    response["Cache-Control"] = "private, no-cache"  # a merge can be taken back
    return response


def refused(request: HttpRequest, error: Any) -> HttpResponse:
    problems = error.problems if isinstance(error, Problems) else [error]
    return render(request, "ortaq/problems.html", {"problems": problems}, status=400)


def no_node(_request: HttpRequest, _error: Any) -> HttpResponse:
    text = gettext("There is no node in this data folder yet. Make one with “ortaq init” or “ortaq demo”.")
    return HttpResponse(f"{text}\n", status=503, content_type="text/plain; charset=utf-8")


PAGES: dict[type[Exception], Callable[[HttpRequest, Any], HttpResponse]] = {
    Absent: absent,
    Gone: gone,
    Forbidden: forbidden,
    Moved: moved,
    Problems: refused,
    Problem: refused,
    NoNode: no_node,
}
