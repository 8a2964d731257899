"""The search page and the home page over a real index."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ortaq.engine import actions
from ortaq.engine.models import Record
from ortaq.search.consumer import Consumer
from tests.cast import Cast
from tests.web.test_pages import text

SHEKI: dict[str, Any] = {
    "country": "AZ",
    "names": [
        {"_id": "n1", "name": {"text": "Şəki xan sarayı", "lang": "az"}, "kind": "official"},
        {"_id": "n2", "name": {"text": "Palace of the Sheki Khans", "lang": "en"}, "kind": "variant"},
    ],
    "object_type": ["palace"],
    "admin_unit": "az-sheki",
    "dating": [{"_id": "d1", "date": {"text": "18th c.", "lang": "en"}}],
    "protection": None,
    "place": {"geometry": {"type": "Point", "coordinates": [47.2, 41.2]}, "precision": "exact"},
}

pytestmark = pytest.mark.usefixtures("own_folder")


@pytest.mark.parametrize("word", ["кесене", "türbə", "мавзолей", "mausoleum"])
def test_one_word_of_any_language_finds_it(cast: Cast, index: Consumer, client: Client, word: str) -> None:
    record = cast.monument()
    cast.monument(by=cast.leyla, **SHEKI)
    index.follow()
    html = text(client, f"/en/search?q={word}")
    assert f"/en/o/{record.pid}" in html and "Sheki Khans" not in html
    assert "1 record" in html


def test_a_row_says_where_when_what_and_why(cast: Cast, index: Consumer, client: Client) -> None:
    cast.monument()
    index.follow()
    html = text(client, "/ru/search?q=türbə")
    assert ">Мавзолей Арыстан-баб</a>" in html
    assert '<li lang="kk">Арыстан баб кесенесі</li>' in html
    assert "<mark>türbəsi</mark>" in html
    assert "XIV" in html and "Отрарский" in html


KIND = '<p class="kicker">Heritage object</p>'
ACT: dict[str, Any] = {
    "country": "KZ",
    "names": [{"_id": "n1", "name": {"text": "Mausoleum act", "lang": "en"}, "kind": "official"}],
}


def test_a_row_says_its_kind_where_several_kinds_are_found(cast: Cast, index: Consumer, client: Client) -> None:
    cast.monument()
    index.follow()
    assert KIND not in text(client, "/en/search?q=mausoleum"), "of one kind alone it would only be a repetition"
    actions.publish(cast.dana, actions.create(cast.dana, "legal_act", ACT, owner=cast.kz_ministry).id)
    index.follow()
    html = text(client, "/en/search?q=mausoleum")
    assert html.count(KIND) == 1 and '<p class="kicker">Legal act</p>' in html
    assert KIND not in text(client, "/en/search?q=mausoleum&kind=heritage_object")
    assert KIND in text(client, "/en/search?q=mausoleum&kind=heritage_object&kind=legal_act")
    assert KIND in text(client, "/en/search?q=mausoleum&view=gallery")
    assert KIND not in text(client, "/en/search?q=mausoleum&view=gallery&kind=heritage_object")


def test_words_for_a_time_in_another_language_are_in_no_row(cast: Cast, index: Consumer, client: Client) -> None:
    words = "not stated in the source"
    cast.monument(dating=[{"_id": "d1", "date": {"text": words, "lang": "en", "undated": True}}])
    index.follow()
    assert words in text(client, "/en/search?q=mausoleum")
    assert words not in text(client, "/kk/search?q=mausoleum")


def test_filters_have_labels_and_counts_and_can_be_taken_away(cast: Cast, index: Consumer, client: Client) -> None:
    cast.monument()
    cast.monument(by=cast.leyla, **SHEKI)
    index.follow()
    html = text(client, "/kk/search?kind=heritage_object")
    assert "кесене" in html and "Әзірбайжан" in html and "XVIII ғасыр" in html
    html = text(client, "/en/search?kind=heritage_object&century=18&type=palace")
    assert "Sheki Khans" in html and "Arystan" not in html
    assert 'href="?kind=heritage_object&amp;century=18"' in html


def test_a_search_without_a_hit_says_what_to_do(cast: Cast, index: Consumer, client: Client) -> None:
    index.follow()
    html = text(client, '/en/search?q=%22zzzzqqqq%22&q=%00&type="><script>')
    assert "Nothing found" in html and "<script>" not in html.replace('<script src="', "")


@pytest.mark.parametrize("page", ["0", "-1", "x", "٣", "99999999999"])
def test_a_page_number_that_is_none_is_not_found(cast: Cast, client: Client, page: str) -> None:
    assert client.get(f"/en/search?page={page}").status_code == 404


def test_pages_are_turned(cast: Cast, index: Consumer, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ortaq.web.finding.PAGE", 2)
    for _ in range(5):
        cast.monument()
    index.follow()
    first = text(client, "/en/search?q=mausoleum")
    third = text(client, "/en/search?q=mausoleum&page=3")
    assert 'rel="next" href="?q=mausoleum&amp;page=2"' in first and 'rel="prev"' not in first
    assert 'rel="prev" href="?q=mausoleum&amp;page=2"' in third and 'rel="next"' not in third
    assert third.count('<li class="hit">') == 1


def test_more_rows_ask_the_database_no_more(cast: Cast, index: Consumer, client: Client) -> None:
    counts = []
    for _ in range(2):
        for _ in range(4):
            cast.monument()
        index.follow()
        text(client, "/en/search?q=mausoleum")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            text(client, "/en/search?q=mausoleum")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_the_home_page_counts_what_the_reader_may_see(cast: Cast, index: Consumer, client: Client) -> None:
    record = cast.monument()
    cast.monument(by=cast.leyla, **SHEKI)
    hidden = cast.monument(state="draft")
    index.follow()
    html = text(client, "/en/")
    assert f"/en/o/{record.pid}" in html and str(hidden.id) not in html
    assert html.count('<circle class="point"') == 2
    own = Client()
    own.force_login(cast.users["aigerim"])
    assert str(hidden.id) in text(own, "/en/")


def test_the_map_forgets_what_is_withdrawn(cast: Cast, index: Consumer, client: Client) -> None:
    record = cast.monument()
    index.follow()
    assert f"/en/o/{record.pid}" in text(client, "/en/")
    actions.withdraw(cast.aigerim, Record, record.id, reason="қате")
    assert f"/en/o/{record.pid}" not in text(client, "/en/")
