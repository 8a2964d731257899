"""What the search page adds to words and facets: a period, a place to measure from, saved searches."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from ortaq.engine import actions
from ortaq.engine.models import Record
from ortaq.people import leaving, personal
from ortaq.search.consumer import Consumer
from ortaq.web import finding, nearby, period
from ortaq.web.models import SavedSearch
from tests.cast import Cast
from tests.web.posting import signed_in
from tests.web.test_pages import text
from tests.web.test_search_page import SHEKI

# the read log is a database of its own
pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("own_folder")]


@pytest.mark.parametrize(
    ("lang", "query", "days", "said"),
    [
        ("en", "from=1400&to=1500", (14000101, 15001231), "1400 – 1500"),
        ("en", "from=-300", (-2989899, None), "from 300 BC on"),
        ("en", "from=300 BC&to=100 BC", (-2989899, -988769), "300 BC – 100 BC"),
        ("en", "to=15th century", (None, 15001231), "up to 1500"),
        ("en", "from=1500&to=1400", (14000101, 15001231), "1400 – 1500"),
        ("ru", "from=300 г. до н. э.", (-2989899, None), None),
        ("kk", "to=XV ғасыр", (None, 15001231), None),
        ("az", "from=e.ə. 300", (-2989899, None), None),
    ],
)
def test_years_are_read_as_people_write_them(lang: str, query: str, days: Any, said: str | None) -> None:
    with override(lang):
        given = QueryDict(query)
        assert finding.question(given).dates == days
        assert period.told(given) and (said is None or period.told(given) == said)
        assert period.period(given, []).problem == ""


@pytest.mark.parametrize("query", ["from=0", "from=hello", "to=99999999999999999999", "from=%00"])
def test_a_year_that_is_none_says_so_and_filters_nothing(query: str) -> None:
    with override("en"):
        assert finding.question(QueryDict(query)).dates is None
        assert period.period(QueryDict(query), []).problem


@pytest.mark.parametrize(
    ("value", "said"), [("15", "15th century"), ("-4", "4th century BC"), ("-105", "10500–10401 BC"), ("old", "old")]
)
def test_a_century_has_a_name_however_old(value: str, said: str) -> None:
    with override("en"):
        assert finding.century(value) == said


def test_what_the_slider_writes_is_read_again() -> None:
    for lang in ("kk", "az", "ru", "en"):
        with override(lang):
            shown = period.period(QueryDict(""), [("-3", 2), ("14", 1), ("15", 7)])
            assert shown.scale == [[-300, -201], [1301, 1400], [1401, 1500]]
            assert "{n}" in shown.before
            written = shown.before.replace("{n}", "300")
            given = QueryDict(mutable=True)
            given["from"] = written
            assert finding.question(given).dates == (-2989899, None), lang


def test_the_picture_marks_the_centuries_that_the_period_touches() -> None:
    counts = [("12", 1), ("14", 4), ("15", 2)]
    shown = period.period(QueryDict("from=1350&to=1400"), counts)
    assert (shown.low, shown.high) == (1, 1)
    assert [bar.height for bar in shown.bars] == [9.0, 36.0, 18.0]
    assert (period.period(QueryDict(""), counts).low, period.period(QueryDict(""), counts).high) == (0, 2)


def test_the_period_narrows_the_list_and_can_be_taken_away(cast: Cast, index: Consumer, client: Client) -> None:
    cast.monument()
    cast.monument(by=cast.leyla, **SHEKI)
    index.follow()
    html = text(client, "/en/search?kind=heritage_object&from=1600&to=1800")
    assert "Sheki Khans" in html and "Arystan" not in html
    assert 'name="from"' in html and 'value="1600"' in html and "1600 – 1800" in html
    assert 'href="?kind=heritage_object"' in html
    assert html.count("<rect") == 3, "the picture counts the centuries outside of the period too"
    assert "Arystan" in text(client, "/en/search?from=1400&to=1500")
    assert '<span class="problem">' in text(client, "/en/search?from=hello")


def test_the_nearest_come_first_with_their_distance(cast: Cast, index: Consumer, client: Client) -> None:
    cast.monument()
    cast.monument(by=cast.leyla, **SHEKI)
    index.follow()
    near_sheki = text(client, "/en/search?kind=heritage_object&near=41.2,47.3")
    assert near_sheki.index("Sheki Khans") < near_sheki.index("Arystan")
    assert "8.4 km" in near_sheki and "≈ 1,7" in near_sheki
    assert '<option value="distance" selected>' in near_sheki
    far = text(client, "/en/search?kind=heritage_object&near=43.2974, 68.2710")
    assert far.index("Arystan") < far.index("Sheki Khans")
    assert '<option value="distance"' not in text(client, "/en/search?kind=heritage_object")
    named = text(client, "/en/search?kind=heritage_object&near=43.3,68.3&sort=name")
    assert '<option value="name" selected>' in named


@pytest.mark.parametrize("near", ["here", "91,0", "43.2", "%00", "nan,nan"])
def test_coordinates_that_are_none_say_so(cast: Cast, index: Consumer, client: Client, near: str) -> None:
    index.follow()
    html = text(client, f"/en/search?near={near}")
    assert '<span class="problem">' in html and '<option value="distance"' not in html


def test_a_record_leads_to_what_lies_near_at_the_precision_of_its_reader(cast: Cast, client: Client) -> None:
    record = cast.monument()
    opened = text(signed_in(cast, "aigerim"), f"/en/o/{record.pid}")
    assert "near=42.85123,68.27123" in opened
    closed = text(client, f"/en/o/{record.pid}")
    assert "search?near=" in closed and "42.85123" not in closed


def test_distances_have_no_more_digits_than_anybody_needs() -> None:
    with override("en"):
        assert [nearby.written(metres) for metres in (4, 456, 1_234, 12_345, 1_234_567)] == [
            "0 m",
            "460 m",
            "1.2 km",
            "12 km",
            "1,235 km",
        ]


def test_all_facets_are_there_with_labels(cast: Cast, index: Consumer, client: Client) -> None:
    cast.monument()
    cast.monument(by=cast.leyla, **SHEKI)
    index.follow()
    html = text(client, f"/en/search?owner={cast.reserve}")
    assert "Sheki Khans" in html and "Arystan" not in html
    assert '<span lang="az">Şəki qoruğu</span>' in html and '<span lang="kk">Түркістан музейі</span>' in html
    html = text(client, "/kk/search?language=az&language=ru")
    assert "Русский" in html and "Azərbaycanca" in html
    assert html.count(" checked") == 2


def test_an_organisation_that_is_hidden_is_no_choice(cast: Cast, index: Consumer, client: Client) -> None:
    cast.monument()
    actions.narrow(cast.dana, Record, cast.museum, ["professional"], reason="сынақ")
    index.follow()
    assert str(cast.museum) not in text(client, "/en/search?kind=heritage_object")


def saved(browser: Client, query: str, name: str = "") -> SavedSearch:
    answer = browser.post("/en/searches", {"do": "save", "query": query, "name": name})
    assert answer.status_code == 302, answer.content.decode()[:2_000]
    return SavedSearch.objects.latest("created")


def fresh(browser: Client, page: str = "/en/searches") -> list[str]:
    """What is told of new records."""
    return re.findall(r"([\w ]*\d+ new)\s*</span>", text(browser, page))


def test_a_search_is_saved_opened_renamed_and_deleted(cast: Cast, index: Consumer) -> None:
    cast.monument()
    index.follow()
    browser = signed_in(cast, "aigerim")
    assert "Save this search" in text(browser, "/en/search?q=mausoleum")
    row = saved(browser, "q=mausoleum&type=mausoleum&page=3&kind=")
    assert row.query == "q=mausoleum&type=mausoleum" and row.name
    assert row.name in text(browser, "/en/desk") and row.name in text(browser, "/en/searches")
    assert browser.get(f"/en/searches/{row.id}")["Location"] == "/en/search?q=mausoleum&type=mausoleum"
    browser.post("/en/searches", {"do": "rename", "id": str(row.id), "name": "  Кесенелер  менің "})
    assert "Кесенелер менің" in text(browser, "/en/searches")
    browser.post("/en/searches", {"do": "delete", "id": str(row.id)})
    html = text(browser, "/en/searches")
    assert "Undo" in html and not SavedSearch.objects.exists()
    again = saved(browser, row.query, "Кесенелер менің")
    assert again.query == row.query and "Undo" not in text(browser, "/en/searches")


def test_what_was_published_since_is_new_until_the_search_is_opened(cast: Cast, index: Consumer) -> None:
    cast.monument()
    index.follow()
    browser = signed_in(cast, "timur")
    row = saved(browser, "type=mausoleum", "Кесенелер")
    other = saved(browser, "type=mosque", "Мешіттер")
    assert fresh(browser) == []
    cast.monument()
    cast.monument()
    cast.monument(state="draft")
    hidden = cast.monument()
    actions.narrow(cast.aigerim, Record, hidden.id, ["professional"], reason="сынақ")
    index.follow()
    assert fresh(browser) == ["2 new"] == fresh(browser, "/en/desk")
    browser.get(f"/en/searches/{row.id}")
    assert fresh(browser) == []
    assert other.name in text(browser, "/en/searches")


def test_more_saved_searches_ask_the_database_no_more(cast: Cast, index: Consumer) -> None:
    browser = signed_in(cast, "timur")
    counts = []
    for number in range(2):
        for n in range(4):
            saved(browser, f"type=mausoleum&q=w{number}{n}&owner={cast.museum}", f"{number} {n}")
        cast.monument()
        index.follow()
        text(browser, "/en/searches")
        with CaptureQueriesContext(connection) as queries:
            text(browser, "/en/searches")
        # The labels of terms are looked at again every few seconds, whoever asks for what.
        counts.append(sum("vocab_termproposal" not in query["sql"] for query in queries.captured_queries))
    assert counts[0] == counts[1]


def test_the_searches_of_others_are_not_there(cast: Cast, index: Consumer, client: Client) -> None:
    index.follow()
    row = saved(signed_in(cast, "timur"), "q=x", "Менікі")
    other = signed_in(cast, "aigerim")
    assert other.get(f"/en/searches/{row.id}").status_code == 404
    for do in ("rename", "delete"):
        assert other.post("/en/searches", {"do": do, "id": str(row.id), "name": "y"}).status_code == 404
    assert "Менікі" not in text(other, "/en/searches")
    assert other.post("/en/searches", {"do": "delete", "id": "x"}).status_code == 404
    assert client.get("/en/searches")["Location"].startswith("/en/account/login")
    assert "Save this search" not in text(client, "/en/search?q=x")


@pytest.mark.parametrize("query", ["", "page=2", "q=" + "a" * 9_000])
def test_what_cannot_be_saved_says_why(cast: Cast, index: Consumer, query: str) -> None:
    index.follow()
    answer = signed_in(cast, "timur").post("/en/searches", {"do": "save", "query": query})
    assert answer.status_code == 422 and "cannot be saved" in answer.content.decode()


def test_no_account_has_endless_searches(cast: Cast, index: Consumer, monkeypatch: pytest.MonkeyPatch) -> None:
    index.follow()
    monkeypatch.setattr("ortaq.web.saving.MOST", 2)
    browser = signed_in(cast, "timur")
    saved(browser, "q=a"), saved(browser, "q=b")
    answer = browser.post("/en/searches", {"do": "save", "query": "q=c"})
    assert answer.status_code == 422 and SavedSearch.objects.count() == 2


def test_saved_searches_go_home_with_their_owner_and_end_with_him(cast: Cast, index: Consumer) -> None:
    index.follow()
    saved(signed_in(cast, "timur"), "q=x&type=mosque", "Мешіттер")
    rows = personal.everything(cast.users["timur"])["saved_searches"]
    assert [(row["name"], row["query"]) for row in rows] == [("Мешіттер", "q=x&type=mosque")]
    assert personal.everything(cast.users["aigerim"])["saved_searches"] == []
    leaving.erase(cast.users["timur"])
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize(
    "door", ["search", "search/points", "search/zones", "search/names", "help/records", "thesaurus"]
)
def test_an_empty_character_asks_for_nothing(cast: Cast, door: str) -> None:
    """PostgreSQL takes none."""
    client, record = signed_in(cast, "aigerim"), cast.monument()
    for asked in ("q=%00", "q=TEST-%00", "owner=%00", "near=%00", "region=%00&bbox=68,42,69,43", "under=%00"):
        assert client.get(f"/en/{door}?{asked}").status_code < 500
    assert client.get(f"/en/o/{record.pid}/merge?into=%00").status_code == 422
