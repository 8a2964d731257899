"""Protection zones on the map of the results: under the filters and rights of the list, as of a day, bounded."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from shapely.geometry import Point, mapping, shape

from ortaq.areas import drawing, zones
from ortaq.engine import actions
from ortaq.engine.models import Record
from ortaq.search.consumer import Consumer
from tests.areas.test_touching import place, point, square, zone
from tests.cast import Cast
from tests.web.posting import said, signed_in

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("own_folder")]
BOX = "bbox=68,42,70,44"


def shown(client: Client, query: str = BOX) -> list[dict[str, Any]]:
    answer = client.get(f"/en/search/zones?{query}")
    assert answer.status_code == 200
    return list(answer.json()["features"])


def test_who_may_know_them_sees_zones_and_nobody_else(cast: Cast, index: Consumer, client: Client) -> None:
    record = cast.monument(zones=[zone(square(68.2, 42.8, 0.1), valid={"from": "2010"})])
    cast.monument()
    index.follow()
    (found,) = shown(signed_in(cast, "dana"))
    assert shape(found["geometry"]).equals(shape(square(68.2, 42.8, 0.1)))
    told = found["properties"]
    assert told["zone"] == "protection zone" and told["kind"] == drawing.kind_of("protection_zone")
    assert told["url"] == f"/en/o/{record.pid}" and told["when"] == "2010 – …" and told["perhaps"] is False
    assert shown(client) == shown(signed_in(cast, "leyla")) == []


def test_a_part_that_is_opened_to_all_shows_its_zones_to_all(cast: Cast, index: Consumer, client: Client) -> None:
    record = cast.monument(zones=[zone(square(68.2, 42.8, 0.1))])
    asked = actions.request_widening(cast.aigerim, record.id, "place", ["public"], reason="ашық")
    actions.confirm(cast.bolat, asked.id)
    index.follow()
    assert len(shown(client)) == 1


def test_hidden_records_show_no_zones(cast: Cast, index: Consumer) -> None:
    record = cast.monument(zones=[zone(square(68.2, 42.8, 0.1))])
    actions.narrow(cast.aigerim, Record, record.id, [f"org:{cast.museum}"], reason="жабық")
    index.follow()
    assert shown(signed_in(cast, "leyla")) == shown(signed_in(cast, "murad")) == []
    assert len(shown(signed_in(cast, "aigerim"))) == 1


@pytest.mark.parametrize(("day", "count"), [("2005-01-01", 0), ("2015-01-01", 1), ("2021-01-01", 0)])
def test_zones_are_those_of_the_day(cast: Cast, index: Consumer, day: str, count: int) -> None:
    cast.monument(zones=[zone(square(68.2, 42.8, 0.1), valid={"from": "2010", "to": "2020"})])
    index.follow()
    assert len(shown(signed_in(cast, "dana"), f"{BOX}&as_of={day}")) == count


def test_zones_follow_the_filters_of_the_list(cast: Cast, index: Consumer) -> None:
    cast.monument(zones=[zone(square(68.2, 42.8, 0.1))])
    index.follow()
    client = signed_in(cast, "dana")
    assert len(shown(client, f"{BOX}&type=mausoleum&q=кесене")) == 1
    assert shown(client, f"{BOX}&type=palace") == shown(client, f"{BOX}&q=сарай") == []


def test_a_zone_in_view_is_shown_though_its_object_is_not(cast: Cast, index: Consumer) -> None:
    cast.monument(place=place(point(67.0, 41.0)), zones=[zone(square(68.2, 42.8, 0.1))])
    index.follow()
    assert len(shown(signed_in(cast, "dana"))) == 1
    assert shown(signed_in(cast, "dana"), "bbox=66.9,40.9,67.1,41.1&q=nothing") == []


@pytest.mark.parametrize("query", ["", "bbox=60,40,80,50", "bbox=70,42,68,44", "bbox=x", "bbox=68,42,68,44"])
def test_from_too_far_away_there_are_none(cast: Cast, index: Consumer, query: str) -> None:
    cast.monument(zones=[zone(square(68.2, 42.8, 0.1))])
    index.follow()
    assert shown(signed_in(cast, "dana"), query) == []


def test_a_day_that_is_none_is_not_found(cast: Cast, client: Client) -> None:
    assert client.get(f"/en/search/zones?{BOX}&as_of=soon").status_code == 404


def test_more_than_are_shown_is_said(cast: Cast, index: Consumer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zones, "MOST", 1)
    for _n in range(2):
        cast.monument(zones=[zone(square(68.2, 42.8, 0.1))])
    index.follow()
    answer = signed_in(cast, "dana").get(f"/en/search/zones?{BOX}").json()
    assert len(answer["features"]) == 1 and answer["more"] is True


def test_an_outline_of_very_many_corners_is_sent_lighter(cast: Cast, index: Consumer) -> None:
    round_ = Point(68.5, 43).buffer(0.1, quad_segs=1_000)
    cast.monument(zones=[zone(dict(mapping(round_)))])
    index.follow()
    (found,) = shown(signed_in(cast, "dana"), "bbox=68.3,42.8,68.7,43.2")
    sent = shape(found["geometry"])
    assert len(sent.exterior.coords) < 200 and sent.symmetric_difference(round_).area < round_.area / 50


@pytest.mark.parametrize("lang", ["kk", "az", "ru", "en"])
def test_the_legend_names_every_kind_of_zone(cast: Cast, index: Consumer, client: Client, lang: str) -> None:
    index.follow()
    html = said(client.get(f"/{lang}/search?view=map"))
    assert html.count("data-zone=") == len(drawing.KINDS) - 1
    assert html.count("<pattern ") == len(drawing.KINDS)
    assert {"kk": "буферлік аймақ", "az": "bufer zona", "ru": "буферная зона", "en": "buffer zone"}[lang] in html
