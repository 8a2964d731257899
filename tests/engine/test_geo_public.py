"""The public form of a place betrays the cells that it touches and nothing more."""

from __future__ import annotations

import json
import math
import random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ortaq.engine.geo import bbox, centre, clean, public_form
from ortaq.engine.problems import Problem

KM = 111.195
longitudes = st.floats(-180, 180).map(lambda n: round(n, 7) + 0.0)
latitudes = st.floats(-90, 90).map(lambda n: round(n, 7) + 0.0)
places = st.tuples(longitudes, latitudes)
grids = st.sampled_from(["1km", "10km"])
lists = st.lists(places, min_size=1, max_size=6)


def point(x: float, y: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [x, y]}


def line(found: list[tuple[float, float]]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [list(place) for place in found]}


def cell(geometry: dict[str, Any], precision: str) -> dict[str, Any]:
    form = public_form(geometry, precision)
    assert form is not None and form["precision"] == precision
    return dict(form["geometry"])


def inside(box: tuple[float, float, float, float], across: float, up: float) -> tuple[float, float]:
    """A place of the half-open box; ``across`` and ``up`` go from 0 to 1."""
    west, south, east, north = box
    x, y = west + across * (east - west), south + up * (north - south)
    return min(x, math.nextafter(east, west)), min(y, math.nextafter(north, south))


@settings(deadline=None)
@given(places, grids, st.floats(0, 1), st.floats(0, 1))
def test_two_points_anywhere_in_one_cell_look_the_same(place: Any, grid: str, across: float, up: float) -> None:
    first = cell(point(*place), grid)
    assert cell(point(*inside(bbox(first), across, up)), grid) == first


@settings(deadline=None)
@given(lists, grids, st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=4))
def test_shapes_that_touch_the_same_outer_cells_look_the_same(found: Any, grid: str, others: Any) -> None:
    block = cell(line(found), grid)
    assume(block["type"] == "Polygon")
    box = bbox(block)
    corners = [(box[0], box[1]), inside(box, 1, 1)]
    assert cell(line(corners + [inside(box, *other) for other in others]), grid) == block


@settings(deadline=None)
@given(lists, grids)
def test_the_public_form_holds_the_geometry(found: Any, grid: str) -> None:
    west, south, east, north = bbox(cell(line(found), grid))
    assert all(west <= x <= east and south <= y <= north for x, y in found)


@settings(deadline=None)
@given(lists, grids)
def test_the_public_form_of_the_public_form_is_itself(found: Any, grid: str) -> None:
    block = cell(line(found), grid)
    assert cell(block, grid) == block
    assert clean(block) == block


@settings(deadline=None)
@given(lists, grids)
def test_no_number_has_more_digits_than_a_grid_line(found: Any, grid: str) -> None:
    text = json.dumps(public_form(line(found), grid), allow_nan=False)
    for number in text.replace("[", " ").replace("]", " ").replace(",", " ").split():
        if number[-1].isdigit():
            assert len(number.partition(".")[2]) <= 5


@settings(deadline=None)
@given(st.tuples(longitudes, st.floats(-85, 85)), st.sampled_from([("1km", 1), ("10km", 10)]))
def test_cells_are_about_square_and_never_smaller_than_they_say(place: Any, grid: tuple[str, int]) -> None:
    west, south, east, north = bbox(cell(point(*place), grid[0]))
    height = (north - south) * KM
    width = (east - west) * KM * math.cos(math.radians((south + north) / 2))
    assert height == pytest.approx(grid[1], rel=0.002)
    assert 0.998 * grid[1] <= width <= 1.2 * grid[1]


@settings(deadline=None)
@given(places, grids)
def test_cells_of_neighbours_do_not_overlap(place: Any, grid: str) -> None:
    west, south, east, north = bbox(cell(point(*place), grid))
    for x, y in ((east, south), (west, north), (east, north)):
        if x >= 180 or y >= 90:
            continue
        other = bbox(cell(point(x, y), grid))
        assert other[0] >= east or other[1] >= north


def test_the_grid_never_moves() -> None:
    """These lines are written into public bodies and signed: a change here would show every place anew."""
    assert bbox(cell(point(68.271, 43.2974), "10km")) == (68.15654, 43.25734, 68.28012, 43.34727)
    assert bbox(cell(point(68.271, 43.2974), "1km")) == (68.26691, 43.29331, 68.27927, 43.30231)
    assert bbox(cell(point(49.8333, 40.3666), "10km")) == (49.73451, 40.28958, 49.85251, 40.37951)


def test_an_area_is_covered_by_whole_cells_of_its_row_farthest_from_the_equator() -> None:
    area = {"type": "Polygon", "coordinates": [[[68, 43], [69, 43], [69, 44], [68, 43]]]}
    west, south, east, north = bbox(cell(area, "10km"))
    assert (south, north) == (bbox(cell(point(68, 43), "10km"))[1], bbox(cell(point(69, 44), "10km"))[3])
    assert (west, east) == (bbox(cell(point(68, 44), "10km"))[0], bbox(cell(point(69, 44), "10km"))[2])


def test_an_edge_on_a_grid_line_does_not_touch_the_next_cell_and_a_point_there_does() -> None:
    box = bbox(cell(point(68.271, 43.2974), "10km"))
    assert cell(line([(box[0], box[1]), (box[2], box[3])]), "10km") == cell(point(box[0], box[1]), "10km")
    assert bbox(cell(point(box[2], box[1]), "10km"))[0] == box[2]


@pytest.mark.parametrize("y", [90, -90, 89.99999])
@pytest.mark.parametrize("x", [180, -180, 0])
def test_the_ends_of_the_earth_have_cells(x: float, y: float) -> None:
    west, south, east, north = bbox(cell(point(x, y), "1km"))
    assert -180 <= west <= x <= east <= 180 and -90 <= south <= y <= north <= 90
    assert west < east and south < north


def test_what_is_cut_at_180_degrees_does_not_stretch_round_the_earth() -> None:
    chukotka = {"type": "MultiPoint", "coordinates": [[180, 66], [179.9, 66.5], [-180, 66], [-179.9, 66.2]]}
    block = cell(chukotka, "10km")
    assert block["type"] == "MultiPolygon"
    assert [bbox({"type": "Polygon", "coordinates": part})[0] > 179 for part in block["coordinates"]] == [True, False]
    assert cell(block, "10km") == block
    wide = cell(line([(-180, 66), (180, 66)]), "10km")
    assert bbox(wide)[::2] == (-180, 180)


def test_the_other_precisions() -> None:
    place = point(68.271, 43.2974)
    assert public_form(place, "exact") == {"precision": "exact", "geometry": place}
    assert public_form(place, "district") == {"precision": "district"}
    assert public_form(place, "none") == {"precision": "none"}
    assert public_form(None, "10km") is None
    for geometry in (place, None):
        with pytest.raises(Problem) as caught:
            public_form(geometry, "5km")
        assert caught.value.code == "precision_unknown"


def test_repeating_the_question_tells_nothing_new() -> None:
    chance = random.Random(1)
    box = bbox(cell(point(75.535, 43.803), "10km"))
    answers = {
        json.dumps(public_form(point(*inside(box, chance.random(), chance.random())), "10km")) for _ in range(500)
    }
    assert len(answers) == 1


def test_the_centre_of_a_cell_is_its_middle_and_of_a_shape_lies_on_it() -> None:
    block = cell(point(68.271, 43.2974), "10km")
    assert centre(block) == (43.302305, 68.21833)
    assert centre(point(68.271, 43.2974)) == (43.2974, 68.271)
    latitude, longitude = centre(line([(0, 0), (2, 2), (4, 0)]))
    assert (longitude, latitude) in [(0, 0), (2, 2), (4, 0)]
    ring = [[0, 0], [4, 0], [4, 4], [3, 4], [3, 1], [0, 1], [0, 0]]
    latitude, longitude = centre({"type": "Polygon", "coordinates": [ring]})
    assert longitude >= 3 or latitude <= 1
