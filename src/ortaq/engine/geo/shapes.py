"""What all of ``geo`` needs to know of a GeoJSON geometry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Geometry = dict[str, Any]
Position = tuple[float, float]

# How many lists lie around a position in ``coordinates``.
DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
DIGITS = 7  # decimals of a degree: about 1 cm


def flat(coordinates: Any, depth: int) -> Iterator[Position]:
    """Every position below ``depth`` lists, in order, without its altitude."""
    if depth == 0:
        yield coordinates[0], coordinates[1]
        return
    for part in coordinates:
        yield from flat(part, depth - 1)


def positions(geometry: Geometry) -> Iterator[Position]:
    """Every (longitude, latitude) of a geometry."""
    return flat(geometry["coordinates"], DEPTH[geometry["type"]])


def parts(geometry: Geometry) -> list[Geometry]:
    """The single points, lines or polygons that a geometry is made of."""
    kind: str = geometry["type"]
    if not kind.startswith("Multi"):
        return [geometry]
    return [{"type": kind.removeprefix("Multi"), "coordinates": part} for part in geometry["coordinates"]]


def bbox(geometry: Geometry) -> tuple[float, float, float, float]:
    """(west, south, east, north) in degrees."""
    west = south = float("inf")
    east = north = float("-inf")
    for x, y in positions(geometry):
        west, east = min(west, x), max(east, x)
        south, north = min(south, y), max(north, y)
    return west, south, east, north


def is_box(geometry: Geometry) -> bool:
    """Whether the geometry is a rectangle along meridians and parallels, as public cells are."""
    if geometry["type"] != "Polygon" or len(geometry["coordinates"]) != 1 or len(geometry["coordinates"][0]) != 5:
        return False
    west, south, east, north = bbox(geometry)
    corners = {(x, y) for x, y in positions(geometry)}
    return corners == {(west, south), (east, south), (east, north), (west, north)}


def centre(geometry: Geometry) -> Position:
    """(latitude, longitude) of one point that stands for the geometry: the middle of a box, else a point on it."""
    if geometry["type"] == "Point":
        x, y = next(positions(geometry))
    elif is_box(geometry):
        west, south, east, north = bbox(geometry)
        x, y = (west + east) / 2, (south + north) / 2
    else:
        from shapely import point_on_surface
        from shapely.geometry import shape

        point = point_on_surface(shape(geometry))
        x, y = float(point.x), float(point.y)
    return round(y, DIGITS) + 0.0, round(x, DIGITS) + 0.0
