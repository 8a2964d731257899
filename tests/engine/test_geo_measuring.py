"""Distances and sizes on the ellipsoid, against slow references that share no code with them."""

from __future__ import annotations

import random

import pytest
from pyproj import Geod, Transformer
from shapely import box, segmentize, transform
from shapely.geometry import LineString, Point, Polygon

from ortaq.engine.geo import measuring

EARTH = Geod(ellps="WGS84")


def slowly(one: object, other: object) -> float:
    """Both shapes in a plane whose middle is the second one: distances from there are those on the earth."""
    middle = other.centroid  # type: ignore[attr-defined]
    system = f"+proj=aeqd +lat_0={middle.y} +lon_0={middle.x} +ellps=WGS84"
    turn = Transformer.from_crs("EPSG:4326", system, always_xy=True)

    def plane(shape: object) -> object:
        return transform(segmentize(shape, 0.0005), turn.transform, interleaved=False)

    return float(plane(one).distance(plane(other)))  # type: ignore[attr-defined]


@pytest.mark.parametrize("latitude", [0.0, 43.0, 55.0, -60.0])
def test_distances_are_those_of_the_slow_way(latitude: float) -> None:
    chance = random.Random(7)
    for _try in range(40):
        west, south = 68 + chance.random(), latitude + chance.random()
        area = box(west, south, west + chance.random() / 4, south + chance.random() / 4)
        x, y = west + chance.uniform(-0.3, 0.5), south + chance.uniform(-0.3, 0.5)
        small = Polygon([(x, y), (x + 0.002, y + 0.001), (x + 0.001, y + 0.003)])
        for other in (Point(x, y), small, LineString([(x, y), (x + 0.004, y - 0.002)])):
            found = measuring.metres(area, other)
            assert found == pytest.approx(slowly(area, other), rel=2e-4, abs=0.05)


def test_shapes_that_meet_are_no_way_apart() -> None:
    assert measuring.metres(box(0, 0, 1, 1), Point(0.5, 0.5)) == 0.0
    assert measuring.metres(box(0, 0, 1, 1), box(1, 1, 2, 2)) == 0.0


def test_a_point_is_as_far_as_the_geodesic_says() -> None:
    assert measuring.metres(Point(68, 43), Point(68, 44)) == pytest.approx(EARTH.inv(68, 43, 68, 44)[2])


@pytest.mark.parametrize("reach", [0, 1, 100, 5_000])
@pytest.mark.parametrize("latitude", [0, 43, -79, 85])
def test_the_wider_box_holds_whatever_is_within_reach(reach: int, latitude: int) -> None:
    west, south, east, north = measuring.widened((68, latitude, 69, latitude + 1), reach)
    for azimuth in range(0, 360, 5):
        for corner in ((68, latitude), (69, latitude), (68, latitude + 1), (69, latitude + 1)):
            lon, lat, _back = EARTH.fwd(*corner, azimuth, reach)
            assert west - 1e-9 <= lon <= east + 1e-9 and south - 1e-9 <= lat <= north + 1e-9


def test_sizes() -> None:
    assert measuring.square_metres(Point(1, 1)) == 0.0
    around = box(68, 43, 68.01, 43.01)
    wide, tall = EARTH.inv(68, 43.005, 68.01, 43.005)[2], EARTH.inv(68, 43, 68, 43.01)[2]
    assert measuring.square_metres(around) == pytest.approx(wide * tall, rel=1e-4)
