"""Asking for files as somebody, and having them made."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.test import Client

from ortaq.documents import work
from ortaq.documents.models import RUNNING, WAITING, Export
from ortaq.search.consumer import Consumer
from tests.cast import Cast
from tests.web.posting import signed_in

PAGE = "/en/exports"
TABLES = ["csv", "xlsx", "geojson", "kml", "gpkg"]


def index() -> None:
    """Anew: the folder of the index outlives a test, its log does not."""
    with Consumer() as consumer:
        consumer.rebuild()


def finish() -> None:
    at_work = work.worker()
    while Export.objects.filter(state__in=(WAITING, RUNNING)).exists():
        at_work(0.0)
    at_work(0.0)


def asked(client: Client, format_: str = "csv", query: str = "kind=heritage_object") -> Export:
    assert client.post(PAGE, {"format": format_, "query": query}).status_code == 302
    return Export.objects.order_by("-created")[0]


def taken(client: Client, export: Export) -> Any:
    return client.get(f"{PAGE}/{export.id}/file")


def content(client: Client, export: Export) -> bytes:
    response = taken(client, export)
    assert response.status_code == 200 and "attachment" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    return b"".join(response.streaming_content)


def made(cast: Cast, name: str, format_: str, query: str = "kind=heritage_object") -> bytes:
    client = signed_in(cast, name)
    export = asked(client, format_, query)
    finish()
    return content(client, export)


def tables(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))
