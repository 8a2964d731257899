"""How the node is, for those who watch it from outside. Says nothing about what is in it."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django.db import Error
from django.utils import timezone

from ortaq.engine import log
from ortaq.engine.models import Beat, Log
from ortaq.search import access

SILENT = 60  # seconds without a sign of life after which a worker counts as gone
BEHIND = 1_000  # entries that a working index may lag


def report() -> tuple[dict[str, Any], int]:
    """(report, HTTP status): 503 when the database does not answer; ``degraded`` when search lags or no worker runs."""
    position = access.cursor()
    found: dict[str, Any] = {"status": "ok", "database": "ok", "index": {"position": position, "lag": 0}}
    found |= {"workers": [], "version": _version()}
    try:
        lag = max(0, log.head().position - position)
        found["workers"] = _workers()
    except (Error, Log.DoesNotExist):
        return found | {"status": "down", "database": "down", "index": {"position": position, "lag": None}}, 503
    found["index"]["lag"] = lag
    alive = any(worker["seconds_ago"] <= SILENT for worker in found["workers"])
    if not alive or lag > BEHIND:
        found["status"] = "degraded"
    return found, 200


def _workers() -> list[dict[str, Any]]:
    now = timezone.now()
    beats = Beat.objects.order_by("name").values_list("name", "at")
    return [{"name": name, "seconds_ago": max(0, round((now - at).total_seconds()))} for name, at in beats]


def _version() -> str:
    try:
        return version("ortaq")
    except PackageNotFoundError:
        return ""
