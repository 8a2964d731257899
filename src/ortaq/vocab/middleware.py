"""Every page is drawn with the labels that are in force, at most a second after they were accepted."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from ortaq.vocab import overlay


def labels(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def handle(request: HttpRequest) -> HttpResponse:
        overlay.refresh(overlay.LASTS)
        return get_response(request)

    return handle
