"""Geometries as people and files give them: cleaned, or refused with what is wrong."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import Polygon, shape

from ortaq.engine.geo import clean, cleaning
from ortaq.engine.problems import Problem

SQUARE = [[68.0, 43.0], [68.0, 44.0], [69.0, 44.0], [69.0, 43.0], [68.0, 43.0]]
HOLE = [[68.4, 43.4], [68.6, 43.4], [68.6, 43.6], [68.4, 43.6], [68.4, 43.4]]


def point(x: Any, y: Any) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [x, y]}


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def signed_area(ring: list[list[float]]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def refused(geometry: Any, crs: str = "EPSG:4326", country: str | None = None) -> Problem:
    with pytest.raises(Problem) as caught:
        clean(geometry, crs, country)
    problem = caught.value
    msgid = problem.message.__reduce__()[1][1][0]
    assert set(re.findall(r"%\((\w+)\)s", msgid)) == set(problem.params), "the sentence and its parameters differ"
    return problem


def test_a_point_is_rounded_to_a_centimetre_and_loses_its_altitude() -> None:
    assert clean(point(68.27100000049, 43.2974)) == point(68.271, 43.2974)
    assert clean({"type": "Point", "coordinates": (68, 43, 320.5)}) == point(68.0, 43.0)
    assert str(clean(point(-0.00000001, 1))["coordinates"]) == "[0.0, 1.0]"


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "MultiPoint", "coordinates": [[68.0, 43.0], [68.0, 43.0], [49.8, 40.4]]},
        {"type": "LineString", "coordinates": [[68.0, 43.0], [68.5, 43.5]]},
        {"type": "MultiLineString", "coordinates": [[[68.0, 43.0], [68.5, 43.5]], [[1.0, 2.0], [3.0, 4.0]]]},
    ],
)
def test_points_and_lines_stay_as_they_are(geometry: dict[str, Any]) -> None:
    assert clean(geometry) == geometry


def test_rings_are_closed_and_turned_by_the_right_hand_rule() -> None:
    found = clean(polygon(SQUARE[:-1], HOLE[:-1]))
    outer, hole = found["coordinates"]
    assert outer[0] == outer[-1] and hole[0] == hole[-1]
    assert signed_area(outer) == pytest.approx(1) and signed_area(hole) == pytest.approx(-0.04)
    several = clean({"type": "MultiPolygon", "coordinates": [[SQUARE, HOLE], [[[1, 1], [1, 2], [2, 2]]]]})
    assert [[signed_area(ring) > 0 for ring in part] for part in several["coordinates"]] == [[True, False], [True]]


def test_points_that_repeat_the_one_before_are_dropped() -> None:
    line = {"type": "LineString", "coordinates": [[1, 1], [1, 1.00000000001], [2, 2]]}
    assert clean(line)["coordinates"] == [[1.0, 1.0], [2.0, 2.0]]


def test_an_area_with_very_many_vertices_is_kept_whole() -> None:
    circle = [[68 + math.cos(n / 8000), 43 + math.sin(n / 8000)] for n in range(50_000)]
    assert len(clean(polygon(circle))["coordinates"][0]) == 50_001


def test_an_area_that_crosses_itself_only_by_rounding_is_mended() -> None:
    thin = polygon([[0, 0], [1, 0.00000004], [2, 0.00000012], [3, 0.5], [1, 0.000000041], [0, 0.3]])
    assert Polygon(thin["coordinates"][0]).is_valid
    assert not Polygon([[round(n, 7) for n in place] for place in thin["coordinates"][0]]).is_valid
    found = clean(thin)
    assert shape(found).is_valid and shape(found).area == pytest.approx(Polygon(thin["coordinates"][0]).area, abs=1e-6)
    assert clean(found) == found


def test_an_area_thinner_than_the_rounding_is_refused() -> None:
    assert refused(polygon([[0, 0], [1, 0.00000001], [2, 0]])).code in ("geometry_too_thin", "geometry_too_few_points")


def test_gauss_kruger_coordinates_become_wgs_84() -> None:
    """The expected place was calculated apart: series on Krassowsky's ellipsoid, then GOST's seven parameters."""
    longitude, latitude = clean(point(12_500_000, 4_800_000), "EPSG:28412", "KZ")["coordinates"]
    assert (latitude, longitude) == pytest.approx((43.335026, 68.999243), abs=5e-5)
    longitude, latitude = clean(point(12_400_000, 4_790_000), "urn:ogc:def:crs:EPSG::28412")["coordinates"]
    assert (latitude, longitude) == pytest.approx((43.238378, 67.768096), abs=5e-5)


def test_utm_coordinates_become_wgs_84() -> None:
    assert clean(point(500_000, 0), "EPSG:32642")["coordinates"] == pytest.approx([69, 0])
    ring = [[500_000, 4_800_000], [501_000, 4_800_000], [501_000, 4_801_000]]
    assert shape(clean(polygon(ring), " epsg:32642 ")).is_valid


@pytest.mark.parametrize(
    ("geometry", "code"),
    [
        (None, "geometry_not_geojson"),
        ([68, 43], "geometry_not_geojson"),
        ("POINT (68 43)", "geometry_not_geojson"),
        ({"type": 5, "coordinates": []}, "geometry_not_geojson"),
        ({"type": "GeometryCollection", "geometries": []}, "geometry_type"),
        ({"type": "Feature", "geometry": None}, "geometry_type"),
        ({"type": "Point"}, "geometry_coordinates"),
        ({"type": "Point", "coordinates": "68,43"}, "geometry_coordinates"),
        ({"type": "Point", "coordinates": {"x": 1}}, "geometry_coordinates"),
        ({"type": "Point", "coordinates": [68]}, "geometry_coordinates"),
        ({"type": "Point", "coordinates": [[68, 43]]}, "geometry_coordinates"),
        ({"type": "Polygon", "coordinates": [68, 43]}, "geometry_coordinates"),
        (point("68", "43"), "geometry_coordinates"),
        (point(True, 43), "geometry_coordinates"),
        (point(None, 43), "geometry_coordinates"),
        ({"type": "Point", "coordinates": []}, "geometry_empty"),
        ({"type": "MultiPolygon", "coordinates": [[]]}, "geometry_empty"),
        (point(math.nan, 43), "geometry_not_finite"),
        (point(68, -math.inf), "geometry_not_finite"),
        (point(10**400, 43), "geometry_not_finite"),
        (point(181, 95), "geometry_out_of_range"),
        (point(120, -100), "geometry_out_of_range"),
        (point(43, 120), "geometry_swapped"),
        ({"type": "LineString", "coordinates": [[1, 1], [1, 1.000000001]]}, "geometry_too_few_points"),
        (polygon([[1, 1], [2, 2], [1, 1]]), "geometry_too_few_points"),
        (polygon([[0, 0], [2, 2], [2, 0], [0, 2]]), "geometry_self_crossing"),
        (polygon([[0, 0], [1, 1], [2, 2]]), "geometry_self_crossing"),
        (polygon(SQUARE, [[1, 1], [2, 1], [2, 2]]), "geometry_holes"),
        ({"type": "MultiPolygon", "coordinates": [[SQUARE], [HOLE]]}, "geometry_holes"),
        ({"type": "MultiPolygon", "coordinates": [[SQUARE], [SQUARE]]}, "geometry_self_crossing"),
    ],
)
def test_what_is_wrong_is_named(geometry: Any, code: str) -> None:
    assert refused(geometry).code == code


def test_a_crossing_is_shown_on_the_map() -> None:
    bow = polygon([[68, 43], [70, 45], [70, 43], [68, 45]])
    assert refused(bow).params["near"] == "44.00000, 69.00000"


def test_more_vertices_than_any_monument_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "MOST_VERTICES", 4)
    assert clean(polygon(SQUARE[:-1]))
    assert refused(polygon(SQUARE)).code == "geometry_too_large"


@pytest.mark.parametrize("crs", ["", "EPSG", "EPSG:999999", "lat/lon", "+init=/etc/hostname", "EPSG:5773", "EPSG:4978"])
def test_an_unknown_reference_system_is_refused(crs: str) -> None:
    assert refused(point(1, 1), crs).code == "crs_unknown"


@pytest.mark.parametrize(("country", "x", "y"), [("KZ", 43.2974, 68.271), ("AZ", 40.3666, 49.8333)])
def test_latitude_before_longitude_is_noticed_where_the_country_tells(country: str, x: float, y: float) -> None:
    assert refused(point(x, y), country=country).code == "geometry_swapped"
    assert clean(point(y, x), country=country) == point(y, x)
    assert clean(point(x, y)) == point(x, y)


def test_a_place_abroad_is_no_mistake() -> None:
    assert clean(point(31.26, 30.05), country="KZ") == point(31.26, 30.05)


def test_northing_before_easting_and_a_missing_zone_number_are_noticed() -> None:
    assert refused(point(4_800_000, 12_500_000), "EPSG:28412").code == "geometry_swapped"
    assert refused(point(500_000, 4_800_000), "EPSG:28412").code == "geometry_outside_crs"
    assert refused(point(1e30, 1e300), "EPSG:32642").code in ("geometry_outside_crs", "geometry_out_of_range")


coordinate = st.tuples(st.floats(-180, 180), st.floats(-90, 90)).map(list)
stars = st.builds(
    lambda x, y, radii: [
        [x + r * math.cos(2 * math.pi * n / len(radii)), y + r * math.sin(2 * math.pi * n / len(radii))]
        for n, r in enumerate(radii)
    ],
    st.floats(-150, 150),
    st.floats(-60, 60),
    st.lists(st.floats(0.000001, 20), min_size=3, max_size=12),
)
geometries = st.one_of(
    st.builds(lambda c: {"type": "Point", "coordinates": c}, coordinate),
    st.builds(lambda c: {"type": "MultiPoint", "coordinates": c}, st.lists(coordinate, min_size=1, max_size=5)),
    st.builds(lambda c: {"type": "LineString", "coordinates": c}, st.lists(coordinate, min_size=2, max_size=5)),
    st.builds(polygon, stars),
    st.builds(lambda rings: {"type": "MultiPolygon", "coordinates": [[r] for r in rings]}, st.lists(stars, max_size=3)),
)


@settings(deadline=None)
@given(geometries)
def test_cleaning_twice_changes_nothing(geometry: dict[str, Any]) -> None:
    try:
        once = clean(geometry)
    except Problem:
        return
    assert clean(once) == once
    assert shape(once).is_valid
