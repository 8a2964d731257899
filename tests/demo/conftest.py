"""The demo, built once for all tests here."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from ortaq.demo import build
from ortaq.engine import access, keys, node
from ortaq.engine.access import PUBLIC, View


class Demo:
    """A built demo node as the public sees it: views by the id of their row."""

    def __init__(self) -> None:
        shutil.rmtree(Path(settings.ORTAQ_DATA) / "keys", ignore_errors=True)
        keys.load.cache_clear()
        node.init("ORTAQ", "KZ", "Ortaq demo")
        self.said: list[str] = []
        self.accounts = build.build(self.said.append)
        self.objects = {listed: view for view in seen("heritage_object") if (listed := number(view))}


@pytest.fixture(scope="package")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[Demo]:
    """Built once for all tests here, in a transaction that is rolled back at the end."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield Demo()
        transaction.set_rollback(True)


def seen(kind: str) -> list[View]:
    return access.views(PUBLIC, list(access.visible(PUBLIC).filter(kind=kind).order_by("id")))


def number(view: View) -> str:
    """Its number in the list of demo objects, "" for an object that is an example."""
    text = str(view.data["sources"][0]["source"]["text"])
    return text.rpartition(" ")[2] if text.startswith("List of demo objects") else ""
