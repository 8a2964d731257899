"""What the maps in the browser ask for."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from ortaq.web import mapping
from ortaq.web.reading import lang

AN_HOUR = 3_600


@require_safe
def base(request: HttpRequest) -> JsonResponse:
    """The same for everybody: it depends on the language and on the node only."""
    answer = JsonResponse(mapping.base(lang()), json_dumps_params={"ensure_ascii": False})
    patch_cache_control(answer, private=True, max_age=AN_HOUR)
    return answer


@require_safe
def points(request: HttpRequest) -> JsonResponse:
    return JsonResponse(mapping.points(request), json_dumps_params={"ensure_ascii": False})
