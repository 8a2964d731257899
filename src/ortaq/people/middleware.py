"""Gives every request its reader; computed when first asked for, once a request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from ortaq.engine import reads
from ortaq.people.access import of_request


def reader(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def handle(request: HttpRequest) -> HttpResponse:
        reads.DOOR.set("api" if request.path.startswith("/api/") else "page")
        request.reader = SimpleLazyObject(lambda: of_request(request))  # type: ignore[attr-defined]
        return get_response(request)

    return handle
