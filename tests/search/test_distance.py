"""Sorting by distance against a count of every distance: any page, any state of crowding, at the reader's precision."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from math import acos, cos, degrees, radians, sin
from pathlib import Path
from typing import Any

import pytest

from ortaq.search import distance
from ortaq.search.distance import metres
from ortaq.search.index import IndexReader, IndexWriter
from ortaq.search.query import Query
from ortaq.search.schema import Document

SCALE = int(os.environ.get("ORTAQ_TEST_SCALE", "1"))
EVERYBODY = Query(tokens=frozenset({"public"}), sort="distance", limit=200, facets=())
OWNER = frozenset({"public", "org:x"})

Places = dict[str, tuple[float, float] | None]


def document(thing: str, at: tuple[float, float] | None, **values: Any) -> Document:
    given: dict[str, Any] = {"key": thing, "thing": thing, "variant": "open", "tokens": ["public"], "part_tokens": []}
    place = {"lat": at[0], "lon": at[1]} if at else {}
    return Document(**{**given, "kind": "film", **place, **values})


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[IndexWriter]:
    with IndexWriter(tmp_path) as opened:
        yield opened


def found(folder: Path, query: Query) -> list[str]:
    return [hit.thing for hit in IndexReader(folder).search(query).hits]


def angle(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The angle between two places by another formula than that of the search."""
    (a, b), (c, d) = [(radians(lat), radians(lon)) for lat, lon in (one, other)]
    return acos(max(-1.0, min(1.0, sin(a) * sin(c) + cos(a) * cos(c) * cos(b - d))))


def in_order(places: Places, near: tuple[float, float], listed: list[str]) -> None:
    """``listed`` is everything, the nearest first, what has no place at the end, and equals by id."""
    assert sorted(listed) == sorted(places)
    here = [thing for thing in listed if places[thing]]
    assert listed[len(here) :] == sorted(thing for thing, at in places.items() if at is None)
    far = [angle(near, at) for thing in here if (at := places[thing])]
    assert all(later >= earlier - 1e-7 for earlier, later in pairwise(far))
    for one, other in pairwise(here):
        assert places[one] != places[other] or one < other, "equals come by id"


def scattered(chance: random.Random, many: int) -> Places:
    """All over the earth, some crowded around one town, some in the same cell, some nowhere."""
    town, cell = (43.24, 76.89), (42.5, 68.5)
    found: Places = {}
    for number in range(many):
        world = degrees(chance.uniform(-1, 1)) * 1.5, chance.uniform(-180, 180)
        near_town = round(town[0] + chance.gauss(0, 0.02), 6), round(town[1] + chance.gauss(0, 0.02), 6)
        at = chance.choice([None, cell, cell, near_town, near_town, near_town, world])
        found[f"{chance.getrandbits(48):012x}-{number}"] = (round(at[0], 6), round(at[1], 6)) if at else None
    return found


@pytest.mark.parametrize("seed", range(6 * SCALE))
@pytest.mark.parametrize("few", [3, 400])
def test_the_nearest_come_first(
    tmp_path: Path, writer: IndexWriter, monkeypatch: pytest.MonkeyPatch, seed: int, few: int
) -> None:
    monkeypatch.setattr(distance, "FEW", few)
    chance = random.Random(seed)
    places = scattered(chance, 180)
    rows = [document(thing, at) for thing, at in places.items()]
    for part in range(3):  # so that the index has several segments
        writer.put(rows[part::3], [], part + 1)
    nears = [(43.24, 76.89), (42.5, 68.5), (89.9, 12.0), (-89.0, -170.0), (10.0, 179.99), (10.0, -179.99), (0.0, 0.0)]
    for near in nears:
        listed = found(tmp_path, replace(EVERYBODY, near=near))
        in_order(places, near, listed)
        size = chance.randint(7, 40)
        pages = [found(tmp_path, replace(EVERYBODY, near=near, offset=o, limit=size)) for o in range(0, 200, size)]
        assert [thing for page in pages for thing in page] == listed, "pages neither overlap nor leave anything out"


def test_filters_hold_and_the_count_is_that_of_all(tmp_path: Path, writer: IndexWriter) -> None:
    writer.put(
        [
            document("a", (43.0, 68.0), kind="film"),
            document("b", (43.1, 68.0), kind="book"),
            document("c", (50.0, 68.0), kind="book"),
            document("d", None, kind="book"),
        ],
        [],
        1,
    )
    query = replace(EVERYBODY, near=(43.0, 68.0), kind=["book"], limit=2)
    page = IndexReader(tmp_path).search(query)
    assert (page.count, [hit.thing for hit in page.hits]) == (3, ["b", "c"])
    assert found(tmp_path, replace(query, offset=2)) == ["d"]
    assert found(tmp_path, replace(query, offset=3)) == []
    assert found(tmp_path, replace(query, bbox=(60, 49, 70, 51))) == ["c"]


def test_a_closed_place_sorts_where_its_reader_may_know_it(tmp_path: Path, writer: IndexWriter) -> None:
    both: dict[str, Any] = {"part_tokens": ["org:x"]}
    writer.put(
        [
            document("closed", (42.5, 68.5), **both),
            document("closed", (42.9, 68.9), key="closed+place", variant="exact", **both),
            document("open", (42.7, 68.7)),
        ],
        [],
        1,
    )
    query = replace(EVERYBODY, near=(42.9, 68.9))
    assert found(tmp_path, query) == ["open", "closed"]
    assert found(tmp_path, replace(query, tokens=OWNER)) == ["closed", "open"]


def test_without_a_place_to_measure_from_the_order_is_another(tmp_path: Path, writer: IndexWriter) -> None:
    writer.put([document("old", (42.0, 68.0), updated=1), document("new", None, updated=2)], [], 1)
    assert found(tmp_path, EVERYBODY) == ["new", "old"]


def test_metres_are_those_of_the_earth() -> None:
    assert metres((0.0, 0.0), 0.0, 1.0) == pytest.approx(111_195, rel=1e-4)
    assert metres((43.0, 179.9), 43.0, -179.9) == pytest.approx(16_264, rel=1e-3)
    assert metres((90.0, 0.0), -90.0, 0.0) == pytest.approx(20_015_115, rel=1e-4)


def test_few_questions_answer_a_page(tmp_path: Path, writer: IndexWriter, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crowd far away is counted and never read."""
    chance = random.Random(1)
    rows = [document(f"{n:05}", (chance.uniform(50, 54), chance.uniform(60, 70))) for n in range(3_000)]
    things = [f"near {n:02}" for n in range(20)]
    writer.put([*rows, *(document(thing, (10.0 + n / 100, 20.0)) for n, thing in enumerate(things))], [], 1)
    read: list[int] = []
    real = distance._by_id

    def noted(*args: Any) -> Iterator[Any]:
        for one in real(*args):
            read.append(1)
            yield one

    monkeypatch.setattr(distance, "_by_id", noted)
    assert found(tmp_path, replace(EVERYBODY, near=(10.0, 20.0), limit=20)) == things
    assert len(read) == 20
