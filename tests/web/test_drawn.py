"""What is drawn once for many readers never stands longer than it is true, and never reaches others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from ortaq.engine import actions
from ortaq.engine.models import Record
from ortaq.web import drawn
from tests.cast import Cast, monument_data
from tests.web.posting import said, signed_in

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def nothing_drawn() -> None:
    caches["drawn"].clear()


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One line for each article that is really drawn."""
    found: list[str] = []
    draw = drawn._draw

    def counted(view: Any, head: dict[str, Any]) -> str:
        found.append(view.key)
        return draw(view, head)

    monkeypatch.setattr(drawn, "_draw", counted)
    return found


def test_the_second_stranger_gets_the_same_drawing(cast: Cast, client: Client, drawings: list[str]) -> None:
    record = cast.monument()
    pages = [client.get(f"/kk/o/{record.pid}").content for _ in range(2)]
    assert pages[0] == pages[1]
    assert len(drawings) == 1


def test_each_language_and_each_right_has_its_own(cast: Cast, client: Client, drawings: list[str]) -> None:
    record = cast.monument()
    for lang in ("kk", "az", "ru", "en"):
        client.get(f"/{lang}/o/{record.pid}")
    assert len(drawings) == 4
    assert "42°51′04.4″N" in said(signed_in(cast, "aigerim").get(f"/en/o/{record.pid}"))
    for other in (client, signed_in(cast, "timur"), signed_in(cast, "leyla")):
        assert "42°51′04.4″N" not in said(other.get(f"/en/o/{record.pid}"))


def revised(cast: Cast, record: Record) -> None:
    actions.revise(cast.aigerim, record.id, monument_data(object_type=["mosque"]), base_revision=record.revision)


def owner_renamed(cast: Cast, _record: Record) -> None:
    museum = Record.objects.get(id=cast.museum)
    data = museum.data | {"names": [{"name": {"text": "Әзірет Сұлтан", "lang": "kk"}, "kind": "official"}]}
    actions.revise(cast.aigerim, museum.id, data, base_revision=museum.revision)


def part_narrowed(cast: Cast, record: Record) -> None:
    actions.narrow(cast.aigerim, Record, record.id, [], part="owner", reason="қате ашылған")


def narrowed(cast: Cast, record: Record) -> None:
    actions.narrow(cast.aigerim, Record, record.id, ["professional"], reason="қазба жүріп жатыр")


@pytest.mark.parametrize("change", [revised, owner_renamed, part_narrowed, narrowed])
def test_no_drawing_outlives_a_change(cast: Cast, client: Client, change: Callable[[Cast, Record], None]) -> None:
    record = cast.monument()
    before = client.get(f"/en/o/{record.pid}")
    change(cast, record)
    warm = client.get(f"/en/o/{record.pid}")
    caches["drawn"].clear()
    fresh = client.get(f"/en/o/{record.pid}")
    assert (warm.status_code, warm.content) == (fresh.status_code, fresh.content)
    assert warm.content != before.content
