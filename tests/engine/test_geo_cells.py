"""Map cells that a geometry touches."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ortaq.engine.geo import quadkeys

YASAWI = {"type": "Point", "coordinates": [68.271, 43.2974]}


def square(west: float, south: float, size: float) -> dict[str, Any]:
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def degrees(least: float, most: float) -> st.SearchStrategy[float]:
    """Numbers as clean geometries have them."""
    return st.floats(least, most).map(lambda n: round(n, 7))


def test_a_point_has_one_cell_a_zoom_each_within_the_one_before() -> None:
    keys = quadkeys(YASAWI, range(0, 8))
    assert keys == ["", "1", "12", "121", "1213", "12132", "121322", "1213220"]


@pytest.mark.parametrize(
    ("place", "key"),
    [((-180, 90), "00"), ((179.9, 89.9), "11"), ((180, 90), "11"), ((-180, -90), "22"), ((180, -90), "33")],
)
def test_corners_of_the_earth(place: tuple[float, float], key: str) -> None:
    assert quadkeys({"type": "Point", "coordinates": list(place)}, range(2, 3)) == [key]


def test_an_area_has_all_the_cells_it_touches() -> None:
    assert quadkeys(square(-10, -10, 20), range(0, 3)) == ["", "0", "1", "2", "3", "03", "12", "21", "30"]
    assert quadkeys(square(10, 10, 20), range(1, 3)) == ["1", "12"]


def test_a_ring_has_no_cells_in_its_hole() -> None:
    ring, hole = square(10, 10, 60)["coordinates"][0], square(12, 12, 56)["coordinates"][0]
    whole = quadkeys({"type": "Polygon", "coordinates": [ring]}, range(6, 7), 1000)
    holed = quadkeys({"type": "Polygon", "coordinates": [ring, hole]}, range(6, 7), 1000)
    assert set(holed) < set(whole)


def test_a_box_has_the_cells_of_the_same_area_drawn_with_more_points() -> None:
    box = square(60.1, 40.1, 4)
    ring = box["coordinates"][0]
    more = {"type": "Polygon", "coordinates": [[ring[0], [62.1, 40.1], *ring[1:]]]}
    for limit in (16, 1000):
        assert quadkeys(box, range(0, 12), limit) == quadkeys(more, range(0, 12), limit)


def test_many_cells_give_way_to_the_one_of_the_centre() -> None:
    keys = quadkeys(square(60.1, 40.1, 4), range(0, 19), 16)
    per_zoom = [sum(len(key) == zoom for key in keys) for zoom in range(19)]
    assert max(per_zoom) <= 16 and per_zoom[-5:] == [1] * 5
    deepest = max(keys, key=len)
    middle = {"type": "Point", "coordinates": [62.1, 42.1]}
    assert quadkeys(middle, range(18, 19)) == [deepest]


def test_points_beyond_the_limit_give_way_too() -> None:
    many = {"type": "MultiPoint", "coordinates": [[n, 0.1] for n in range(-100, 100)]}
    assert len(quadkeys(many, range(10, 11))) == 1
    assert len(quadkeys(many, range(2, 3))) == 4


def test_no_zoom_gives_no_cell() -> None:
    assert quadkeys(YASAWI, range(0)) == [] and quadkeys(square(1, 1, 1), range(0)) == []


@settings(deadline=None, max_examples=40)
@given(degrees(-179, 170), degrees(-80, 70), degrees(0.001, 9), st.floats(0, 1), st.floats(0, 1))
def test_the_cells_of_an_area_hold_those_of_its_points(
    west: float, south: float, size: float, across: float, up: float
) -> None:
    place = [round(west + across * size, 7), round(south + up * size, 7)]
    held = {"type": "Point", "coordinates": place}
    zooms = range(0, 9)
    assert set(quadkeys(held, zooms)) <= set(quadkeys(square(west, south, size), zooms, 100_000))


def test_points_and_public_forms_do_not_load_the_geometry_libraries() -> None:
    code = (
        "import sys; from ortaq.engine.geo import centre, parse, public_form, quadkeys, to_dms; "
        "p = parse('43.2974, 68.2710'); form = public_form(p, '10km')['geometry']; centre(form); "
        "quadkeys(p, range(18)); to_dms(1, 2, 'kk'); "
        "sys.exit(' '.join({'shapely', 'pyproj', 'numpy'} & set(sys.modules)) or 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": ":".join(sys.path)})
