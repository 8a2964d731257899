"""From what people and files give as a geometry to one that every output can rely on."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy

from ortaq.engine.geo.crs import Box, refuse_foreign, to_wgs84
from ortaq.engine.geo.shapes import DEPTH, DIGITS, Geometry, Position, flat
from ortaq.engine.problems import Problem

MOST_VERTICES = 1_000_000
WORLD: Box = (-180.0, -90.0, 180.0, 90.0)
# Generous, with sea and neighbours: they only tell exchanged latitude and longitude from right ones.
COUNTRIES: dict[str, Box] = {"KZ": (46.0, 40.0, 88.0, 56.0), "AZ": (44.5, 38.0, 52.0, 42.5)}
FEWEST = {"LineString": 2, "MultiLineString": 2, "Polygon": 3, "MultiPolygon": 3}


def clean(geometry: Any, crs: str = "EPSG:4326", country: str | None = None) -> Geometry:
    """A valid RFC 7946 geometry in WGS 84: longitude before latitude, 7 decimals, rings closed, outer ones leftwards.

    ``crs`` is a code such as EPSG:28412, its coordinates given as (x = east, y = north); altitudes are dropped.
    With ``country`` (KZ, AZ) exchanged axes are noticed. Raises :class:`Problem`.
    """
    kind = checked_type(geometry)
    depth = DEPTH[kind]
    given = geometry.get("coordinates")
    coordinates = positions_of(given, depth, iter(range(MOST_VERTICES)))
    if kind.endswith("Polygon"):
        coordinates = on_rings(coordinates, depth, closed)
    found = list(flat(coordinates, depth))
    exact = to_wgs84(found, crs)
    refuse_wrong_places(exact, found, crs, country)
    rounded = [(round(x, DIGITS) + 0.0, round(y, DIGITS) + 0.0) for x, y in exact]
    if kind in FEWEST:
        refuse_too_few(coordinates, depth, kind, rounded)
    if not kind.endswith("Polygon"):
        lists = refilled(coordinates, depth, iter(rounded))
        return {"type": kind, "coordinates": lists if depth == 0 else on_lines(lists, kind)}
    return valid_area(kind, refilled(coordinates, depth, iter(rounded)), refilled(coordinates, depth, iter(exact)))


def checked_type(geometry: Any) -> str:
    """The type of a GeoJSON geometry that a place can have."""
    if not isinstance(geometry, dict) or not isinstance(geometry.get("type"), str):
        raise Problem(
            "geometry_not_geojson",
            gettext_lazy("This is not a GeoJSON geometry. Give “type” and “coordinates”, as in %(example)s."),
            example='{"type": "Point", "coordinates": [68.271, 43.2974]}',
        )
    kind: str = geometry["type"]
    if kind not in DEPTH:
        raise Problem(
            "geometry_type",
            gettext_lazy("A place cannot be a “%(type)s”. Give one geometry of these types: %(known)s."),
            type=kind,
            known=", ".join(DEPTH),
        )
    return kind


def positions_of(value: Any, depth: int, room: Iterator[int]) -> Any:
    """``value`` as lists of (x, y), each thing in it checked; ``room`` ends where there are too many."""
    if not isinstance(value, list | tuple):
        raise malformed(value)
    if not value:
        raise Problem("geometry_empty", gettext_lazy("The geometry has no coordinates. Draw it or remove the place."))
    if depth:
        return [positions_of(part, depth - 1, room) for part in value]
    if next(room, None) is None:
        raise Problem(
            "geometry_too_large",
            gettext_lazy("The geometry has more than %(most)s points. Simplify it or divide it among several records."),
            most=MOST_VERTICES,
        )
    if not 2 <= len(value) <= 4 or any(isinstance(n, bool) or not isinstance(n, int | float) for n in value):
        raise malformed(value)
    try:
        x, y = float(value[0]), float(value[1])
    except OverflowError:
        x = y = math.inf
    if not (math.isfinite(x) and math.isfinite(y)):
        raise Problem(
            "geometry_not_finite",
            gettext_lazy("The coordinate %(value)s is not a finite number. Correct it."),
            value=value,
        )
    return x, y


def malformed(value: Any) -> Problem:
    return Problem(
        "geometry_coordinates",
        gettext_lazy(
            "“%(value)s” is not a coordinate pair where one is due. Write [longitude, latitude], both numbers."
        ),
        value=value,
    )


def on_rings(coordinates: Any, depth: int, change: Callable[[list[Position]], list[Position]]) -> Any:
    """The same nesting with every list of positions changed."""
    return change(coordinates) if depth == 1 else [on_rings(part, depth - 1, change) for part in coordinates]


def on_lines(lists: Any, kind: str) -> Any:
    """Lines without points that lie on the one before; single points as they are."""
    return lists if kind == "MultiPoint" else on_rings(lists, DEPTH[kind], thinned)


def thinned(points: list[Position]) -> list[Position]:
    return points[:1] + [after for before, after in pairwise(points) if after != before]


def closed(points: list[Position]) -> list[Position]:
    return points if points[0] == points[-1] else [*points, points[0]]


def refilled(coordinates: Any, depth: int, source: Iterator[Position]) -> Any:
    """The nesting of ``coordinates`` filled with the positions of ``source``, as lists."""
    return list(next(source)) if depth == 0 else [refilled(part, depth - 1, source) for part in coordinates]


def refuse_too_few(coordinates: Any, depth: int, kind: str, rounded: list[Position]) -> None:
    """Each line needs two different points and each ring three, after rounding to about a centimetre."""
    fewest, source = FEWEST[kind], iter(rounded)
    for line in lines(coordinates, depth):
        if len({next(source) for _ in line}) < fewest:
            raise Problem(
                "geometry_too_few_points",
                gettext_lazy(
                    "A line needs two different points and a boundary three; here one needs %(needed)s. Add points."
                ),
                needed=fewest,
            )


def lines(coordinates: Any, depth: int) -> Iterator[list[Position]]:
    if depth == 1:
        yield coordinates
        return
    for part in coordinates:
        yield from lines(part, depth - 1)


def refuse_wrong_places(exact: list[Position], given: list[Position], crs: str, country: str | None) -> None:
    """Coordinates off the earth, or such as fit only when latitude and longitude change places."""
    box = envelope(exact)
    if not all(map(math.isfinite, box)) or not within(box, WORLD):
        if within(exchanged(box), WORLD) and envelope(given) == box:
            raise swapped(exact[0])
        refuse_foreign(given, exact, crs)
        outside = next((p for p in exact if not within((*p, *p), WORLD)), exact[0])
        raise Problem(
            "geometry_out_of_range",
            gettext_lazy(
                "Longitude %(longitude)s, latitude %(latitude)s is not on the earth. Longitudes go from -180 to 180, "
                "latitudes from -90 to 90; check the coordinates and the reference system."
            ),
            longitude=outside[0],
            latitude=outside[1],
        )
    refuse_foreign(given, exact, crs)
    land = COUNTRIES.get(country or "")
    if land and apart(box, land) and within(exchanged(box), land):
        raise swapped(exact[0])


def swapped(place: Position) -> Problem:
    return Problem(
        "geometry_swapped",
        gettext_lazy(
            "Latitude and longitude look swapped: longitude %(longitude)s, latitude %(latitude)s. GeoJSON puts "
            "longitude first; typed pairs put latitude first."
        ),
        longitude=place[0],
        latitude=place[1],
    )


def envelope(points: list[Position]) -> Box:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def exchanged(box: Box) -> Box:
    return box[1], box[0], box[3], box[2]


def within(box: Box, land: Box) -> bool:
    return land[0] <= box[0] and land[1] <= box[1] and box[2] <= land[2] and box[3] <= land[3]


def apart(box: Box, land: Box) -> bool:
    return box[2] < land[0] or land[2] < box[0] or box[3] < land[1] or land[3] < box[1]


def valid_area(kind: str, rounded: Any, exact: Any) -> Geometry:
    """The rounded polygons, oriented; where only the rounding made them cross, the nearest valid ones."""
    import shapely
    from shapely.geometry import mapping, shape
    from shapely.validation import explain_validity

    form = shape({"type": kind, "coordinates": on_rings(rounded, DEPTH[kind], thinned)})
    if not form.is_valid:
        original = shape({"type": kind, "coordinates": exact})
        if not original.is_valid:
            raise crossing(explain_validity(original))
        form = shapely.set_precision(original, 10.0**-DIGITS)
        if form.is_empty or form.geom_type not in ("Polygon", "MultiPolygon"):
            raise Problem(
                "geometry_too_thin",
                gettext_lazy("The area is thinner than a centimetre. Draw it wider, or as a line or a point."),
            )
    area = mapping(shapely.orient_polygons(form))
    depth = DEPTH[area["type"]]
    fine = iter([(round(x, DIGITS) + 0.0, round(y, DIGITS) + 0.0) for x, y in flat(area["coordinates"], depth)])
    return {"type": area["type"], "coordinates": refilled(area["coordinates"], depth, fine)}


def crossing(reason: str) -> Problem:
    """What shapely found, as a sentence; it names the fault and the point, as in ``Self-intersection[68.2 43.1]``."""
    match = re.fullmatch(r"(.*?)\[(\S+) (\S+)\]", reason)
    fault, near = (match[1], f"{float(match[3]):.5f}, {float(match[2]):.5f}") if match else (reason, "?")
    if fault in ("Self-intersection", "Ring Self-intersection"):
        return Problem(
            "geometry_self_crossing",
            gettext_lazy(
                "The boundary crosses or touches itself, or overlaps another one, near latitude, longitude %(near)s. "
                "Move the points there so that it does not."
            ),
            near=near,
        )
    if fault in ("Hole lies outside shell", "Holes are nested", "Nested shells", "Interior is disconnected"):
        return Problem(
            "geometry_holes",
            gettext_lazy(
                "The parts of the area do not fit together near latitude, longitude %(near)s. Holes must lie inside "
                "their boundary, must not overlap and must not cut it in two; parts must not lie inside each other."
            ),
            near=near,
        )
    return Problem(
        "geometry_invalid",
        gettext_lazy("The area is not valid near latitude, longitude %(near)s: %(reason)s. Draw that part again."),
        near=near,
        reason=fault,
    )
