"""Names offered while somebody types: of any script, by the beginning of any word, and public ones only."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ortaq.engine import actions
from ortaq.engine.models import Record
from ortaq.search.consumer import Consumer
from ortaq.search.offers import MOST, offers
from ortaq.search.starts import begun, score, starts
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]


def named(*names: tuple[str, str], **values: Any) -> dict[str, Any]:
    rows = [{"name": {"text": text, "lang": lang}, "kind": "official"} for text, lang in names]
    return {"names": rows, **values}


@pytest.mark.parametrize(
    ("typed", "name", "lang"),
    [
        ("Мавз", "Мавзолей Арыстан-баб", "ru"),
        ("мавзолей ары", "Мавзолей Арыстан-баб", "ru"),
        ("арыстан баб ке", "Арыстан баб кесенесі", "kk"),
        ("türb", "Arıstan Bab türbəsi", "az"),
        ("turbe", "Arıstan Bab türbəsi", "az"),
        ("MAUS", "Arystan Bab Mausoleum", "en"),
        ("кесен", "Арыстан баб кесенесі", "kk"),
        ("kesen", "Арыстан баб кесенесі", "kk"),
    ],
)
def test_a_name_is_offered_by_the_beginning_of_any_of_its_words(
    cast: Cast, index: Consumer, typed: str, name: str, lang: str
) -> None:
    cast.monument()
    index.follow()
    found = offers(typed, "en")
    assert [(offer.name, offer.lang) for offer in found] == [(name, lang)]


def test_the_best_beginning_comes_first_and_each_name_once(cast: Cast, index: Consumer) -> None:
    for _ in range(2):
        cast.monument(**named(("Қала қақпасы", "kk")))
    cast.monument(**named(("Ескі қала", "kk")))
    cast.monument(**named(("Kalan minarəsi", "az")))
    index.follow()
    assert [offer.name for offer in offers("қала", "kk")] == ["Қала қақпасы", "Ескі қала", "Kalan minarəsi"]


def test_no_more_than_eight_names_are_offered(cast: Cast, index: Consumer) -> None:
    for number in range(MOST + 4):
        cast.monument(**named((f"Кесене {number}", "kk")))
    index.follow()
    assert len(offers("кесене", "kk")) == MOST


@pytest.mark.parametrize("typed", ["", " ", "к", '"', ".*", "а(", "[[[", "\0\0", "zzzz", "x" * 5_000, "۔۔۔"])
def test_what_begins_no_name_offers_nothing(cast: Cast, index: Consumer, typed: str) -> None:
    cast.monument()
    index.follow()
    assert offers(typed, "en") == []


def test_only_what_everybody_reads_is_offered_and_at_once_no_more(cast: Cast, index: Consumer, client: Client) -> None:
    cast.monument(state="draft", **named(("Құпия жоба", "kk")))
    record = cast.monument(**named(("Құпия кесене", "kk")))
    index.follow()
    own = Client()
    own.force_login(cast.users["aigerim"])
    for browser in (client, own):
        answer = browser.get("/kk/search/names?q=құпия")
        assert [item["name"] for item in answer.json()["items"]] == ["Құпия кесене"]
        assert answer["Cache-Control"] == "private, max-age=60"
    actions.narrow(cast.aigerim, Record, record.id, ["professional"], reason="сынақ")
    assert own.get("/kk/search/names?q=құпия").json() == {"items": []}


def test_an_answer_asks_the_database_little(cast: Cast, index: Consumer, client: Client) -> None:
    for number in range(6):
        cast.monument(**named((f"Кесене {number}", "kk")))
    index.follow()
    client.get("/kk/search/names?q=кесене")
    with CaptureQueriesContext(connection) as queries:
        assert len(client.get("/kk/search/names?q=кесене").json()["items"]) == 6
    assert len(queries) <= 3


def test_beginnings_are_marked_and_short_sounds_are_not_asked_for() -> None:
    own = starts("Ескі қала", "kk")
    assert {"Tескі қала", "Wқала"} <= set(own)
    assert score("Ескі қала", "kk", begun("ескі", "kk")) > score("Ескі қала", "kk", begun("қал", "kk")) > 0
    assert all(form[0] in "TW" for form in begun("қа", "kk"))
