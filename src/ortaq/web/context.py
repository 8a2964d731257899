"""What every page has: its address in the other languages, the name of the node, the words that were searched."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_from_path

from ortaq.engine import node

KEPT = 60  # seconds that a process remembers the name of its node


def site(request: HttpRequest) -> dict[str, Any]:
    return {"languages": languages(request), "node_name": node_name(), "query": request.GET.get("q", "")[:200]}


def languages(request: HttpRequest) -> list[dict[str, Any]]:
    """The same page in every language; a page without a language leads to the home pages."""
    path = request.get_full_path()
    prefix = get_language_from_path(request.path_info)
    rest = path.partition(f"/{prefix}/")[2] if prefix else ""
    current = (get_language() or settings.LANGUAGE_CODE)[:2]
    return [
        {"code": code, "name": name, "url": f"/{code}/{rest}", "current": code == current}
        for code, name in settings.LANGUAGES
    ]


def node_name() -> str:
    name = cache.get("ortaq.node_name")
    if name is None:
        here = node.here()
        name = here.name if here else ""
        if name:
            cache.set("ortaq.node_name", name, KEPT)
    return str(name)
