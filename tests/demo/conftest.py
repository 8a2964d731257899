"""The demo, built once for all tests here."""

from __future__ import annotations

import re
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


ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


def numbers(text: str) -> set[int]:
    """Every number in a text, centuries in Roman numerals too; an amount is one number with or without its commas."""
    digits = {int(found) for found in re.findall(r"\d+", re.sub(r"(?<=\d),(?=\d{3})", "", text))}
    return digits | {_arabic(found) for found in re.findall(r"(?<![\w.])[IVXL]+(?!\w)", text)}


def _arabic(roman: str) -> int:
    values = [ROMAN[letter] for letter in roman]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def whole_years(found: set[int]) -> set[int]:
    """With the end of spans such as 1955-65 written out."""
    return found | {year // 100 * 100 + end for year in found if year > 1000 for end in found if end < 100}
