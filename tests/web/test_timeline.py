"""The dated statements of a record over time, and what held on a day that somebody asks for."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from ortaq.engine import access
from ortaq.engine.outputs.timeline import WIDTH, timeline
from tests.cast import Cast
from tests.web.posting import said, signed_in

pytestmark = pytest.mark.django_db(databases="__all__")
ZONE = {"type": "Polygon", "coordinates": [[[68.2, 42.8], [68.3, 42.8], [68.3, 42.9], [68.2, 42.8]]]}
DATED: dict[str, Any] = {
    "protection": [
        {"_id": "prone2", "category": "kz_local", "valid": {"from": "1982-03-01", "to": "2010-06-30"}},
        {"_id": "prtwo2", "category": "kz_republican", "valid": {"from": "2010-07-01"}},
    ],
    "register": [{"_id": "regne2", "list": "Үлгі тізім", "number": "245-1", "valid": {"from": "1982"}}],
    "zones": [{"_id": "zonne2", "zone": "territory", "outline": ZONE, "valid": {"from": "1990"}}],
    "use": [{"_id": "usene2", "use": "worship", "valid": {"from": "-0499", "to": "1920?"}}],
    "condition": [
        {"_id": "cndne2", "date": "2005", "grade": "unsatisfactory", "source": {"text": "Акт", "certainty": "V"}}
    ],
    "threats": [{"_id": "thrne2", "threat": "damp"}],
}


def part(html: str) -> str:
    return html.partition('<section id="timeline">')[2].partition("</section>")[0]


@pytest.mark.parametrize(
    ("lang", "name"),
    [("kk", "Қорғау мәртебесі"), ("az", "Mühafizə statusu"), ("ru", "Охранный статус"), ("en", "Condition")],
)
def test_the_page_draws_what_is_dated(cast: Cast, client: Client, lang: str, name: str) -> None:
    record = cast.monument(**DATED)
    whole = said(client.get(f"/{lang}/o/{record.pid}"))
    shown = part(whole)
    assert f"<h3>{name}</h3>" in shown
    assert shown.count('<svg class="bar"') == 5, "the names stand elsewhere, a threat without a day has no lane"
    assert "style=" not in shown
    assert "245-1" in whole and "245-1" not in shown, "the act stands with the status, and once"


def test_a_closed_zone_is_in_no_strangers_timeline(cast: Cast, client: Client) -> None:
    record = cast.monument(**DATED)
    assert "Protection zones" not in part(said(client.get(f"/en/o/{record.pid}")))
    assert "Protection zones" in part(said(signed_in(cast, "dana").get(f"/en/o/{record.pid}")))


@pytest.mark.parametrize(
    ("day", "held", "not_held"),
    [
        ("1995-01-01", "local significance", "republican significance"),
        ("2020-01-01", "republican significance", "local significance"),
    ],
)
def test_what_held_on_a_day_is_marked(cast: Cast, client: Client, day: str, held: str, not_held: str) -> None:
    record = cast.monument(**DATED)
    html = said(client.get(f"/en/o/{record.pid}?as_of={day}"))
    lines = {
        text: li
        for li in re.findall(r"<li class=.*?</li>", part(html), re.S)
        for text in (held, not_held)
        if text in li
    }
    assert "applied then" in lines[held] and "applied then" not in lines[not_held]
    assert "is marked below" in html
    assert "is marked below" not in said(client.get(f"/en/o/{record.pid}"))


def test_uncertain_and_past_days_are_said_so(cast: Cast) -> None:
    view = access.get(cast.stranger, cast.monument(**DATED).id)
    drawn = {lane.name: lane.bars for lane in timeline(view, "en", lambda v, _lang: v.key, date(1982, 6, 1)).lanes}
    assert drawn["register"][0].state == "perhaps"
    assert drawn["use"][0].state == "not"
    assert drawn["condition"][0].state == "not"
    later = timeline(view, "en", lambda v, _lang: v.key, date(2006, 1, 1))
    assert next(lane for lane in later.lanes if lane.name == "condition").bars[0].state == "stated"


def test_everything_lies_on_the_axis(cast: Cast) -> None:
    view = access.get(cast.dana, cast.monument(**DATED).id)
    found = timeline(view, "ru", lambda v, _lang: v.key)
    for lane in found.lanes:
        for bar in lane.bars:
            for left, width in filter(None, (bar.perhaps, bar.sure)):
                assert 0 <= left <= left + width <= WIDTH + 4
    assert all(0 <= x <= WIDTH for x, _year in found.ticks) and len(found.ticks) > 2
    assert any("до н" in year for _x, year in found.ticks)


@pytest.mark.parametrize("wrong", ["1995", "x", "1995-13-01", "19950101", "1995-02-30", "١٩٩٥-٠١-٠١"])
def test_what_is_no_day_is_no_page(cast: Cast, client: Client, wrong: str) -> None:
    record = cast.monument()
    assert client.get(f"/en/o/{record.pid}?as_of={wrong}").status_code == 404
