"""Tiles for the maps of this node. They show what every map shows and nothing of its records: open to everybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from ortaq.tiles import kept
from ortaq.tiles.source import DEEPEST

A_DAY = 86_400
MEDIA = "application/vnd.mapbox-vector-tile"


@require_safe
def tile(request: HttpRequest, name: str, zoom: int, x: int, y: int) -> HttpResponse:
    """One tile as it is stored; 204 where there is none, which a map takes for an empty one."""
    if zoom > DEEPEST or max(x, y) >= 1 << zoom:
        raise Http404
    found = kept.one(name).tile((zoom, x, y)) or b""
    packed = found.startswith(kept.GZIPPED) and "gzip" in request.headers.get("Accept-Encoding", "")
    content = found if packed else kept.unpacked(found)
    response = HttpResponse(content, content_type=MEDIA, status=200 if content else 204)
    response["Cache-Control"] = f"public, max-age={A_DAY}"
    patch_vary_headers(response, ("Accept-Encoding",))
    if packed:
        response["Content-Encoding"] = "gzip"
    return response
