"""What an area touches: what a slow look at every record finds, at each reader's precision, never what is hidden."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from pyproj import Transformer
from shapely import segmentize, transform
from shapely.geometry import box, mapping, shape

from ortaq.areas import touching
from ortaq.areas.touching import INSIDE, MAYBE, MAYBE_NEAR, NEAR, Question, touched
from ortaq.engine import access, actions
from ortaq.engine.access import Reader
from ortaq.engine.models import Record
from ortaq.engine.problems import Problem
from ortaq.search.consumer import Consumer
from tests.cast import Cast

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("own_folder")]
TODAY = date(2026, 6, 1)
WEST, SOUTH = 68.2, 42.8


def square(x: float, y: float, wide: float, tall: float = 0.0) -> dict[str, Any]:
    """A polygon in WGS 84 with its south-western corner at ``x``, ``y``."""
    return dict(mapping(box(x, y, x + wide, y + (tall or wide))))


def place(geometry: dict[str, Any], precision: str = "exact") -> dict[str, Any]:
    return {"geometry": geometry, "precision": precision}


def point(x: float, y: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [x, y]}


def zone(outline: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"_id": "zonne2", "zone": "protection_zone", "outline": outline, **more}


def asked(area: dict[str, Any], reach: int = 0, as_of: date = TODAY) -> Question:
    return Question(area, reach, as_of)


def random_records(cast: Cast, chance: random.Random, many: int) -> None:
    """Points, shapes and zones in and around one degree; some exact for all, some for few, some for nobody else."""
    for number in range(many):
        x, y = WEST + chance.random() / 2, SOUTH + chance.random() / 2
        geometry = point(x, y) if number % 3 else square(x, y, chance.random() / 100)
        outline = square(x - chance.random() / 5, y - chance.random() / 20, chance.random() / 2, chance.random() / 10)
        zones = [zone(outline, valid={"from": "2020", "to": chance.choice(["2023", "2030"])})] if number % 2 else None
        record = cast.monument(place=place(geometry, chance.choice(["exact", "1km", "10km", "district"])), zones=zones)
        if number % 7 == 0:
            actions.narrow(cast.aigerim, Record, record.id, ["national:KZ"], reason="жабық")


@dataclass(frozen=True)
class Slow:
    """What a look at every record says: id -> metres, None where only a cell is known."""

    zones: dict[str, float]
    places: dict[str, float | None]


def slowly(reader: Reader, question: Question) -> Slow:
    area = shape(question.area)
    zones: dict[str, float] = {}
    places: dict[str, float | None] = {}
    rows = access.visible(reader).filter(kind="heritage_object", state="published")
    for view in access.views(reader, list(rows)):
        key = str(view.record.id)
        for row in view.data.get("zones", []):
            ended = row.get("valid", {}).get("to", "9999") < str(question.as_of.year)
            if not ended and (far := apart(area, shape(row["outline"]))) <= question.reach:
                zones[key] = far
        given = view.data.get("place", {})
        if given.get("geometry") and (far := apart(area, shape(given["geometry"]))) <= question.reach:
            sure = given["precision"] == "exact" or "place" in view.opened
            places[key] = far if sure else None
    return Slow(zones, places)


def apart(area: Any, other: Any) -> float:
    """Metres in a plane around the middle of ``other``, every line of both cut into short ones first."""
    system = f"+proj=aeqd +lat_0={other.centroid.y} +lon_0={other.centroid.x} +ellps=WGS84"
    turn = Transformer.from_crs("EPSG:4326", system, always_xy=True)
    flat = [transform(segmentize(one, 0.001), turn.transform, interleaved=False) for one in (area, other)]
    return float(flat[0].distance(flat[1]))


@pytest.mark.parametrize("name", ["stranger", "dana", "leyla"])
def test_it_is_what_a_look_at_every_record_finds(cast: Cast, index: Consumer, name: str) -> None:
    chance = random.Random(3)
    random_records(cast, chance, 28)
    index.follow()
    reader = cast.readers()[name]
    found_any = 0
    for number in range(12):
        x, y = WEST + chance.random() / 2, SOUTH + chance.random() / 2
        geometry = point(x, y) if number % 4 == 0 else square(x, y, chance.random() / 6, chance.random() / 6)
        question = asked(geometry, touching.REACHES[number % len(touching.REACHES)])
        fast, slow = touched(reader, question), slowly(reader, question)
        assert {str(zone.view.record.id): zone.metres for zone in fast.zones} == near(slow.zones)
        told = {str(one.view.record.id): one.metres for one in fast.places}
        assert told == near(slow.places)
        found_any += len(fast.places) + len(fast.zones)
    assert found_any > 10


def near(slow: dict[str, Any]) -> dict[str, Any]:
    return {key: far if far is None else pytest.approx(far, rel=1e-3, abs=0.1) for key, far in slow.items()}


def test_who_may_not_know_the_place_is_told_of_the_cell_only(cast: Cast, index: Consumer) -> None:
    record = cast.monument(zones=[zone(square(68.26, 42.84, 0.02))])
    index.follow()
    around = square(68.27, 42.85, 0.003)
    (told,) = touched(cast.stranger, asked(around)).places
    assert (told.where, told.metres) == (MAYBE, None) and told.geometry["type"] == "Polygon"
    assert touched(cast.stranger, asked(around)).zones == []
    (known,) = touched(cast.dana, asked(around)).places
    assert (known.where, known.metres, known.view.key) == (INSIDE, 0.0, record.pid)
    (within,) = touched(cast.dana, asked(around)).zones
    assert within.metres == 0 and within.shared > 0


def test_the_exact_place_moves_nothing_for_who_may_not_know_it(cast: Cast, index: Consumer) -> None:
    """Two places in one cell: whatever area is asked for, strangers get the same answer for both."""
    one = cast.monument(place=place(point(68.271234, 42.851234), "1km"))
    index.follow()
    (cell,) = [row.data["place"]["geometry"] for row in access.views(cast.stranger, [one])]
    west, south, east, north = shape(cell).bounds
    chance = random.Random(5)
    areas = [square(west + chance.uniform(-0.02, 0.02), south + chance.uniform(-0.02, 0.02), 0.002) for _n in range(30)]
    before = [answer(cast.stranger, area, 500) for area in areas]
    data = access.get(cast.aigerim, one.id).data
    data["place"] = place(point((west + 9 * east) / 10, (9 * south + north) / 10), "1km")
    actions.revise(cast.aigerim, one.id, data, base_revision=access.get(cast.aigerim, one.id).record.revision)
    index.follow()
    assert [answer(cast.stranger, area, 500) for area in areas] == before
    assert any(before) and {where for row in before for where, _far in row} == {MAYBE, MAYBE_NEAR}


def answer(reader: Reader, area: dict[str, Any], reach: int) -> list[tuple[str, float | None]]:
    found = touched(reader, asked(area, reach))
    return [(one.where, one.metres) for one in found.places]


def test_hidden_records_and_drafts_change_nothing(cast: Cast, index: Consumer) -> None:
    cast.monument(place=place(point(68.25, 42.85)))
    index.follow()
    around = square(68, 42, 1)
    before = answer(cast.stranger, around, 1_000)
    hidden = cast.monument(place=place(point(68.26, 42.86)))
    actions.narrow(cast.aigerim, Record, hidden.id, ["national:KZ"], reason="жабық")
    cast.monument(state="draft", place=place(point(68.27, 42.87)))
    index.follow()
    assert answer(cast.stranger, around, 1_000) == before == [(INSIDE, 0.0)]
    assert len(touched(cast.dana, asked(around)).places) == 2
    assert len(touched(cast.aigerim, asked(around)).places) == 2, "drafts are no part of an answer"


def test_a_zone_is_found_far_from_its_object(cast: Cast, index: Consumer) -> None:
    cast.monument(place=place(point(68.0, 42.0)), zones=[zone(square(68.5, 42.5, 0.1))])
    index.follow()
    found = touched(cast.dana, asked(square(68.55, 42.55, 0.01)))
    assert len(found.zones) == 1 and found.places == []


@pytest.mark.parametrize(("year", "state"), [(2019, None), (2020, "perhaps"), (2022, "surely"), (2024, None)])
def test_a_zone_counts_on_the_days_that_it_is_in_force(
    cast: Cast, index: Consumer, year: int, state: str | None
) -> None:
    cast.monument(zones=[zone(square(68.2, 42.8, 0.2), valid={"from": "2020", "to": "2023"})])
    index.follow()
    found = touched(cast.dana, asked(square(68.25, 42.85, 0.01), as_of=date(year, 6, 1)))
    assert [one.state for one in found.zones] == ([state] if state else [])


def test_they_come_by_how_near_they_are(cast: Cast, index: Consumer) -> None:
    far = cast.monument(place=place(point(68.3, 42.855)))
    close = cast.monument(place=place(point(68.281, 42.855)))
    within = cast.monument(place=place(point(68.275, 42.855)))
    index.follow()
    found = touched(cast.stranger, asked(square(68.27, 42.85, 0.01), 5_000)).places
    assert [one.view.record.id for one in found] == [within.id, close.id, far.id]
    assert [one.where for one in found] == [INSIDE, NEAR, NEAR]


def test_too_much_is_refused_with_what_to_do(cast: Cast, index: Consumer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(touching, "MOST", 1)
    cast.monument()
    cast.monument()
    index.follow()
    with pytest.raises(Problem, match="More than 1 records"):
        touched(cast.dana, asked(square(60, 40, 20, 10)))
