"""The page that lists all operations, drawn here: it asks nothing of any other host and needs no script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from ninja.openapi.docs import DocsBase

from ortaq.api.problems import TYPES

if TYPE_CHECKING:
    from ninja import NinjaAPI


class Plain(DocsBase):
    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        schema = api.get_openapi_schema()
        context = {
            "title": api.title,
            "version": api.version,
            "language": translation.get_language(),
            "operations": operations(schema),
            "problems": [(status, *told) for status, told in TYPES.items()],
        }
        return HttpResponse(render_to_string("api/docs.html", context))


def operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Each operation with its parameters, the members of its body and the status of its success."""
    return [
        {
            "method": method.upper(),
            "path": path,
            "text": told.get("description", ""),
            "token": {"Token": []} in told.get("security", []) and {} not in told.get("security", []),
            "parameters": told["parameters"],
            "body": _members(schema, told),
            "success": min(told["responses"]),
        }
        for path, methods in schema["paths"].items()
        for method, told in methods.items()
    ]


def _members(schema: dict[str, Any], told: dict[str, Any]) -> list[dict[str, Any]]:
    if "requestBody" not in told:
        return []
    name = told["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    shape = schema["components"]["schemas"][name]
    needed = shape.get("required", [])
    return [{"name": key, "required": key in needed, **inner} for key, inner in shape["properties"].items()]
