"""The API: ``/api/v1/``. Mount ``api.urls`` there."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, re_path
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from ortaq.api import catalogue, writing
from ortaq.api.body import Json, Strict
from ortaq.api.docs import Plain
from ortaq.api.door import FORMS, behind, known_parameters_only
from ortaq.api.problems import MEDIA_TYPE, answer

PAGES = ("api-root", "openapi-view")


class Api(NinjaAPI):
    """django-ninja with our door before every address, those that do not exist too."""

    def _get_urls(self) -> list[URLPattern | URLResolver]:
        found = [pattern for pattern in super()._get_urls() if isinstance(pattern, URLPattern)]
        for pattern in found:
            view = home if pattern.name == "api-root" else pattern.callback
            pattern.callback = behind(view, forms=(*FORMS, "text/html") if pattern.name in PAGES else FORMS)
        return [*found, re_path("", behind(absent), name="absent")]

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """As django-ninja makes it, with the media type that problems have."""
        schema = super().get_openapi_schema(**kwargs)
        for methods in schema["paths"].values():
            for operation in methods.values():
                for status, response in operation["responses"].items():
                    if status >= 400:
                        response["content"] = {MEDIA_TYPE: response["content"]["application/json"]}
        return schema

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:
        return answer(request, exc)


def home(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return redirect("api:openapi-view")


def absent(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


api = Api(
    title="Ortaq",
    version="1",
    description="Heritage records of this node: read what is open to you, write with a token of your account.",
    urls_namespace="api",
    docs=Plain(),
    parser=Strict(),
    renderer=Json(),
)
api.add_decorator(known_parameters_only, mode="view")
api.add_router("", writing.router)  # with the reading ones: an address has one router
api.add_router("", catalogue.router)
