"""The API: ``/api/v1/``. Mount ``api.urls`` there."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, re_path
from ninja import NinjaAPI

from ortaq.api import catalogue, writing
from ortaq.api.body import Strict
from ortaq.api.docs import Plain
from ortaq.api.door import FORMS, behind
from ortaq.api.problems import answer


class Api(NinjaAPI):
    """django-ninja with our door before every address, those that do not exist too."""

    def _get_urls(self) -> list[URLPattern | URLResolver]:
        found = super()._get_urls()
        for pattern in found:
            forms = ("text/html",) if pattern.name == "openapi-view" else FORMS
            pattern.callback = behind(pattern.callback, forms=forms)
        return [*found, re_path("", behind(absent), name="absent")]

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:
        return answer(request, exc)


def absent(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


api = Api(
    title="Ortaq",
    version="1",
    description="Heritage records of this node: read what is open to you, write with a token of your account.",
    urls_namespace="api",
    docs=Plain(),
    parser=Strict(),
)
api.add_router("", writing.router)  # with the reading ones: an address has one router
api.add_router("", catalogue.router)
