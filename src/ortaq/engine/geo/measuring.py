"""How far things lie from each other on the earth, and how large they are, on the ellipsoid of WGS 84."""

from __future__ import annotations

from functools import lru_cache
from math import cos, radians
from typing import TYPE_CHECKING, Any

from ortaq.engine.geo.shapes import Geometry

if TYPE_CHECKING:
    from pyproj import Geod

ROUNDS = 3  # a place is sought anew in the scale of where it was found; after the second nothing moves
LEAST_LATITUDE = 110_500.0  # metres of a degree of latitude, at the equator, where it is shortest
LEAST_LONGITUDE = 111_300.0  # metres of a degree of longitude at the equator
FLATTEST = 0.01  # of that length, close to the poles


@lru_cache(maxsize=1)
def ellipsoid() -> Geod:
    from pyproj import Geod

    return Geod(ellps="WGS84")


def form(geometry: Geometry) -> Any:
    """The shape that shapely reckons with, prepared to be asked often."""
    from shapely import prepare
    from shapely.geometry import shape

    found = shape(geometry)
    prepare(found)
    return found


def metres(one: Any, other: Any) -> float:
    """Geodesic metres between the nearest points of two shapes, 0 where they meet.

    The nearest points are sought in a plane whose scale is right where ``other`` lies, and again where they were
    found. Nothing is measured across 180°.
    """
    if one.intersects(other):
        return 0.0
    latitude = other.centroid.y
    near = far = (0.0, 0.0)
    for _round in range(ROUNDS):
        near, far = _nearest(one, other, squeeze(latitude))
        latitude = (near[1] + far[1]) / 2
    return float(ellipsoid().inv(*near, *far)[2])


def _nearest(one: Any, other: Any, scale: float) -> tuple[tuple[float, float], tuple[float, float]]:
    from shapely import transform
    from shapely.ops import nearest_points

    pair = nearest_points(*(transform(part, lambda at: at * (scale, 1.0)) for part in (one, other)))
    near, far = ((point.x / scale, point.y) for point in pair)
    return near, far


def squeeze(latitude: float) -> float:
    """How long a degree of longitude is beside one of latitude."""
    return max(cos(radians(latitude)), FLATTEST)


def square_metres(area: Any) -> float:
    """The size of an area on the ellipsoid, 0 for lines and points."""
    return abs(float(ellipsoid().geometry_area_perimeter(area)[0])) if area.area else 0.0


def widened(box: tuple[float, float, float, float], reach: float) -> tuple[float, float, float, float]:
    """A box that holds everything within ``reach`` metres of ``box``, and a little more."""
    west, south, east, north = box
    tall = reach / LEAST_LATITUDE
    south, north = max(south - tall, -90.0), min(north + tall, 90.0)
    wide = reach / (LEAST_LONGITUDE * squeeze(max(abs(south), abs(north))))
    return max(west - wide, -180.0), south, min(east + wide, 180.0), north
