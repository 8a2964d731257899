"""The results on a map: the same records as in the list, at the reader's precision, in bounded answers."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from ortaq.engine import actions
from ortaq.engine.models import Record
from ortaq.search.consumer import Consumer
from ortaq.web import mapping
from ortaq.web.outlines import Frame
from tests.cast import Cast
from tests.web.posting import signed_in
from tests.web.test_pages import text
from tests.web.test_search_page import SHEKI

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("own_folder")]
SECRET = "68.271234"


def points(client: Client, query: str = "") -> list[dict[str, Any]]:
    answer = client.get(f"/en/search/points{query}")
    assert answer.status_code == 200
    return list(answer.json()["features"])


def records(features: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {f["properties"]["url"]: f for f in features if "url" in f["properties"]}


def test_a_closed_place_is_a_ring_in_the_middle_of_its_cell(cast: Cast, index: Consumer, client: Client) -> None:
    record = cast.monument()
    cast.monument(by=cast.leyla, **SHEKI)
    index.follow()
    found = points(client)
    by_url = records(found)
    closed = by_url[f"/en/o/{record.pid}"]
    assert closed["properties"]["near"] and closed["properties"]["title"] == "Arystan Bab Mausoleum"
    assert SECRET not in str(found)
    shapes = [f for f in found if f["geometry"]["type"] == "Polygon"]
    assert len(shapes) == 1 and shapes[0]["properties"] == {"near": True}
    palace = next(f for f in by_url.values() if "Sheki" in f["properties"]["title"])
    assert palace["geometry"]["coordinates"] == [47.2, 41.2] and not palace["properties"]["near"]
    exact = records(points(signed_in(cast, "aigerim")))[f"/en/o/{record.pid}"]
    assert exact["geometry"]["coordinates"] == [68.271234, 42.851234] and not exact["properties"]["near"]


def test_the_map_has_the_filters_of_the_list(cast: Cast, index: Consumer, client: Client) -> None:
    cast.monument()
    cast.monument(by=cast.leyla, **SHEKI)
    index.follow()
    assert len(records(points(client, "?country=AZ"))) == 1
    assert len(records(points(client, "?q=кесене"))) == 1
    assert len(records(points(client, "?bbox=40,35,50,45"))) == 1
    assert points(client, "?bbox=0,0,1,1") == []


def test_hidden_records_are_on_no_map(cast: Cast, index: Consumer, client: Client) -> None:
    record = cast.monument()
    actions.narrow(cast.aigerim, Record, record.id, ["national:KZ"], reason="жабық")
    cast.monument(state="draft")
    index.follow()
    assert points(client) == []
    assert "<circle" not in text(client, "/en/search?view=map").partition("results-map")[2]


def test_too_many_to_name_are_counted(
    cast: Cast, index: Consumer, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mapping, "NAMED", 1)
    cast.monument()
    cast.monument(by=cast.leyla, **SHEKI)
    index.follow()
    found = points(client)
    assert [f["properties"] for f in found] == [{"count": 1}, {"count": 1}]
    assert SECRET not in str(found)


@pytest.mark.parametrize("bbox", ["", "1,2,3", "a,b,c,d", "nan,0,1,1", "0,50,1,40", "-999,0,999,1", "0,0,0,0"])
def test_a_box_that_is_none_is_no_filter(cast: Cast, index: Consumer, client: Client, bbox: str) -> None:
    cast.monument()
    index.follow()
    assert client.get("/kk/search", {"view": "map", "bbox": bbox}).status_code == 200
    assert len(records(points(client, f"?bbox={bbox}"))) == (0 if bbox == "0,0,0,0" else 1)


def test_the_page_has_list_and_picture_and_keeps_the_view(cast: Cast, index: Consumer, client: Client) -> None:
    record = cast.monument()
    index.follow()
    html = text(client, "/ru/search?view=map&q=мавзолей&bbox=60,40,80,50")
    assert html.count(f'href="/ru/o/{record.pid}"') == 2
    assert 'class="point near"' in html and SECRET not in html
    assert '<input type="hidden" name="view" value="map">' in html
    assert 'name="bbox" value="60,40,80,50"' in html
    assert "dist/map/results.js" in html
    assert "dist/map" not in text(client, "/ru/search?q=мавзолей")


def test_points_that_would_touch_are_one_link_to_a_closer_view(cast: Cast, index: Consumer, client: Client) -> None:
    for _ in range(3):
        cast.monument()
    index.follow()
    html = text(client, "/en/search?view=map")
    assert 'class="cluster" href="?view=map&amp;bbox=' in html
    assert ">3<title>" in html


def test_the_list_narrows_to_the_box(cast: Cast, index: Consumer, client: Client) -> None:
    cast.monument()
    palace = cast.monument(by=cast.leyla, **SHEKI)
    index.follow()
    html = text(client, "/en/search?bbox=40,35,50,45&country=AZ&country=KZ")
    assert f"/en/o/{palace.pid}" in html and "Arystan" not in html
    assert 'href="?country=AZ&amp;country=KZ"' in html


@pytest.mark.parametrize("lang", ["kk", "az", "ru", "en"])
def test_the_base_is_named_in_the_language_of_the_page(cast: Cast, client: Client, lang: str) -> None:
    answer = client.get(f"/{lang}/map/base")
    found = answer.json()
    names = {"kk": "Қазақстан", "az": "Qazaxıstan", "ru": "Казахстан", "en": "Kazakhstan"}
    cities = {name for _lon, _lat, _people, name in found["cities"]}
    assert {"kk": "Түркістан", "az": "Türkistan", "ru": "Туркестан", "en": "Turkistan"}[lang] in cities
    assert {"kk": "Баку", "az": "Bakı", "ru": "Баку", "en": "Baku"}[lang] in cities
    assert found["names"]["398"] == names[lang] and found["own"] == ["398", "031"]
    assert set(found["boxes"]) == {"KZ", "AZ"} and found["atlas"].endswith("/dist/map/atlas.json")
    assert answer["Cache-Control"] == "private, max-age=3600"


@pytest.mark.parametrize("places", [[(43.0, 68.0)], [(43.0, 68.0), (41.0, 47.0)], [(84.0, 179.9), (-84.0, -179.9)]])
def test_a_box_holds_its_points_with_room(places: list[tuple[float, float]]) -> None:
    west, south, east, north = box = mapping._around([mapping.Cell(1, *place) for place in places], mapping.LEAST)
    assert north - south >= mapping.LEAST and -180 <= west < east <= 180
    frame = Frame.around(box, *mapping.PICTURE)
    for lat, lon in places:
        x, y = frame.at(lon, lat)
        assert 0 < x < mapping.PICTURE[0] and 0 < y < mapping.PICTURE[1]
