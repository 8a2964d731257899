"""The reading pages. Each view opens what is asked for under the request's reader and draws one template."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from ortaq.engine.outputs.geojson import feature
from ortaq.engine.outputs.json import item
from ortaq.search import health
from ortaq.web import drawn, finding, mapping, overview, qr, reading
from ortaq.web.around import around, lying

HTML, JSON, GEOJSON = "text/html", "application/json", "application/geo+json"
FORMATS = {"json": JSON, "geojson": GEOJSON, "html": HTML}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "ortaq/home.html", overview.home(request))


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    if finding.shape(request) == finding.MAP:
        return render(request, "ortaq/search_map.html", mapping.page(request))
    return render(request, "ortaq/search.html", finding.found(request))


@require_safe
def record(request: HttpRequest, key: str) -> HttpResponse:
    view = reading.opened(request, key)
    head = reading.head(request, view) | {"as_of": reading.day(request), "around": around(request, view)}
    shown = {"article": drawn.article(view, head), "lying": lying(request, view)}
    return render(request, "ortaq/record.html", head | shown)


@require_safe
def history(request: HttpRequest, key: str) -> HttpResponse:
    view = reading.past_of(request, key)
    chosen = reading.chosen(request)
    if chosen:
        return redirect("diff", key=view.key, old=chosen[0], new=chosen[1])
    return render(request, "ortaq/history.html", reading.history(request, view))


@require_safe
def diff(request: HttpRequest, key: str, old: int, new: int) -> HttpResponse:
    view = reading.past_of(request, key)
    return render(request, "ortaq/diff.html", reading.compared(request, view, old, new))


@require_safe
def log(request: HttpRequest, key: str) -> HttpResponse:
    view = reading.past_of(request, key)
    return render(request, "ortaq/log.html", reading.signed(request, view))


@require_safe
def reads(request: HttpRequest, key: str) -> HttpResponse:
    view = reading.opened(request, key)
    return render(request, "ortaq/reads.html", reading.read_by(request, view))


@require_safe
def permanent(request: HttpRequest, key: str) -> HttpResponse:
    """The address for ever: a page in the reader's language for people, JSON or GeoJSON for programs."""
    view = reading.opened(request, key)
    wanted = FORMATS.get(request.GET.get("format", "")) or request.get_preferred_type([HTML, JSON, GEOJSON])
    if wanted == JSON:
        response: HttpResponse = as_json(item(view, reading.permanent(request, view)), JSON)
    elif wanted == GEOJSON:
        response = as_json(feature(view, reading.permanent(request, view)), GEOJSON)
    else:
        response = HttpResponseRedirect(reverse("record", kwargs={"key": view.key}))
    patch_vary_headers(response, ("Accept", "Accept-Language", "Cookie"))
    return response


@require_safe
def code(request: HttpRequest, key: str) -> HttpResponse:
    """The permanent address to be read by a telephone."""
    view = reading.opened(request, key)
    return HttpResponse(qr.svg(reading.permanent(request, view)), content_type="image/svg+xml")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    found, status = health.report()
    return JsonResponse(found, status=status)


def as_json(content: object, type_: str) -> JsonResponse:
    return JsonResponse(content, content_type=type_, json_dumps_params={"ensure_ascii": False})
