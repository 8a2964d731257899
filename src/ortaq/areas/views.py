"""The page about an area, the same as PDF, and what the map in its form asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ortaq.areas import pages
from ortaq.areas import zones as in_view
from ortaq.areas.asking import MOST_SENT, Asked
from ortaq.areas.given import too_large
from ortaq.web.costly import costly

View = Callable[[HttpRequest], HttpResponse]


def bounded(view: View) -> View:
    """Refuses a form that is too big before anything of it is read; only then the check of its token may read it."""
    checked = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def refused_or_read(request: HttpRequest) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_SENT:
            return pages.refused(request, Asked(problems=[too_large()]))
        return checked(request)

    return refused_or_read


@costly
@bounded
@require_http_methods(["GET", "HEAD", "POST"])
def area(request: HttpRequest) -> HttpResponse:
    return pages.page(request)


@costly
@bounded
@require_http_methods(["GET", "HEAD", "POST"])
def area_pdf(request: HttpRequest) -> HttpResponse:
    return pages.pdf(request)


@require_safe
def zones(request: HttpRequest) -> JsonResponse:
    return JsonResponse(in_view.zones(request), json_dumps_params={"ensure_ascii": False})


@bounded
@require_POST
def understood(request: HttpRequest) -> HttpResponse:
    return JsonResponse(pages.understood(request))
