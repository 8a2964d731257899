"""What pages need to know of the demo."""

from __future__ import annotations

from django.http import HttpRequest

from ortaq.demo.sides import NODE
from ortaq.web.context import node_name


def tour(request: HttpRequest) -> dict[str, bool]:
    """Whether to offer the guided tour: the name of the node is at hand on every page, its accounts are not."""
    return {"has_tour": node_name() == NODE}
