"""An area as people give it: drawn, typed, pasted, or as a GeoJSON or KML file. Bounded before it is read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

from django.utils.translation import gettext_lazy as _

from ortaq.engine import geo
from ortaq.engine.geo.shapes import Geometry
from ortaq.engine.geo.written import unwrapped
from ortaq.engine.problems import Problem

LARGEST = 3_000_000  # bytes of a file, characters of a text
MOST_SHAPES = 2_000
MOST_CORNERS = 20_000
COMMAS = 4  # of a text for each corner at most: what has more is not taken apart at all
MEETINGS = 10  # of a side with other sides at most, on the average: two combs laid across each other meet in millions
AT_ONCE = 100  # sides that are looked at together
DRAWABLE = 2_000  # corners that a map in a form takes over
DEEPEST = 20  # collections within collections
BOUNDARIES = ("outerBoundaryIs", "innerBoundaryIs")
DECLARES = re.compile(r"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
PACKED = b"PK"


def read(text: str, crs: str = "") -> Geometry:
    """The one clean geometry of a text; several shapes of one sort become one. Raises Problem."""
    text = text.strip().removeprefix("\ufeff")
    if not text:
        raise missing()
    if len(text) > LARGEST or text.count(",") > COMMAS * MOST_CORNERS:
        raise too_large()
    shapes, corners = [], 0
    for shape in _shapes(text):
        shapes.append(geo.clean(shape, crs or "EPSG:4326"))
        corners += sum(1 for _at in geo.positions(shapes[-1]))
        if len(shapes) > MOST_SHAPES or corners > MOST_CORNERS:
            raise too_large()
    return joined(shapes)


def read_file(content: bytes) -> Geometry:
    """The same of a file: GeoJSON or KML, told apart by what is in it. Raises Problem."""
    if len(content) > LARGEST:
        raise too_large()
    if content.startswith(PACKED):
        raise Problem("area_packed", _("This file is packed. Unpack it and choose the GeoJSON or KML file in it."))
    try:
        return read(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _unreadable() from None


def missing() -> Problem:
    return Problem("area_missing", _("Draw an area, write coordinates or choose a file."))


def too_large() -> Problem:
    message = _("This is too large: at most %(shapes)s shapes with %(corners)s corners, and 3 MB. Simplify it.")
    return Problem("area_large", message, shapes=MOST_SHAPES, corners=MOST_CORNERS)


def _unreadable() -> Problem:
    return Problem("area_file", _("This file cannot be read. Choose a GeoJSON or KML file in UTF-8."))


def _shapes(text: str) -> Iterator[Geometry]:
    if text.startswith("<"):
        return _placemarks(text)
    if text.startswith(("{", "[")):
        return _features(_loaded(text), DEEPEST)
    return iter([geo.parse(text)])


def _loaded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise _unreadable() from None


def _features(found: Any, deeper: int) -> Iterator[Geometry]:
    """The single geometries of features and collections of them, each still unchecked."""
    if not isinstance(found, dict) or not deeper:
        raise _unreadable()
    several = found.get("features") if found.get("type") == "FeatureCollection" else None
    several = found.get("geometries") if found.get("type") == "GeometryCollection" else several
    if several is None and found.get("type") == "Feature":
        several = [found["geometry"]] if found.get("geometry") else []
    if several is None:
        yield unwrapped(found)
        return
    if "crs" in found:
        unwrapped({"crs": found["crs"]})
    if not isinstance(several, list):
        raise _unreadable()
    for one in several:
        yield from _features(one, deeper - 1)


def _placemarks(text: str) -> Iterator[Geometry]:
    """Points, lines and areas of a KML file; what it declares beside them is never followed."""
    if DECLARES.search(text):
        raise _unreadable()
    try:
        root = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError):
        raise _unreadable() from None
    for element in root.iter():
        sort = _name(element)
        if sort == "Polygon":
            rings = [ring for side in BOUNDARIES for ring in _below(element, side, "LinearRing")]
            yield {"type": sort, "coordinates": [_line(ring) for ring in rings]}
        elif sort == "LineString":
            yield {"type": sort, "coordinates": _line(element)}
        elif sort == "Point":
            yield {"type": sort, "coordinates": _line(element)[0]}


def _name(element: ElementTree.Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _below(element: ElementTree.Element, *path: str) -> list[ElementTree.Element]:
    """What lies at the end of a path of names: only children are looked at, however much is nested in them."""
    found = [element]
    for name in path:
        found = [child for parent in found for child in parent if _name(child) == name]
    return found


def _line(element: ElementTree.Element) -> list[list[float]]:
    """Longitude and latitude of each corner; altitudes are left out."""
    given = next((one.text for one in _below(element, "coordinates")), None) or ""
    try:
        found = [[float(number) for number in corner.split(",")[:2]] for corner in given.split()]
    except ValueError:
        raise _unreadable() from None
    if not found:
        raise _unreadable()
    return found


def joined(shapes: list[Geometry]) -> Geometry:
    """One geometry of several clean ones of the same sort; areas that overlap become one area."""
    if not shapes:
        raise Problem("area_empty", _("There is no shape in this. Draw an area, write coordinates or choose a file."))
    if len(shapes) == 1:
        return shapes[0]
    sorts = {shape["type"].removeprefix("Multi") for shape in shapes}
    if len(sorts) > 1:
        message = _("This holds areas, lines and points together. Leave only one sort of them in it.")
        raise Problem("area_mixed", message)
    sort = sorts.pop()
    if sort == "Polygon":
        return _united(shapes)
    parts = [part for one in shapes for part in _parts(one)]
    return geo.clean({"type": f"Multi{sort}", "coordinates": parts})


def _united(areas: list[Geometry]) -> Geometry:
    from shapely import union_all
    from shapely.geometry import mapping, shape

    forms = [shape(one) for one in areas]
    if _tangled(forms):
        raise too_large()
    found = dict(mapping(union_all(forms)))
    if sum(1 for _at in geo.positions(found)) > MOST_CORNERS:
        raise too_large()
    return geo.clean(found)


def _tangled(forms: Sequence[Any]) -> bool:
    """Whether their boundaries meet so often that they can hardly be united."""
    from shapely import STRtree, get_parts, get_rings, linestrings

    sides = linestrings([side for ring in get_rings(get_parts(forms)) for side in pairwise(ring.coords)])
    tree, met = STRtree(sides), 0
    for start in range(0, len(sides), AT_ONCE):
        met += tree.query(sides[start : start + AT_ONCE], predicate="intersects").shape[1]
        if met > MEETINGS * len(sides):
            return True
    return False


def _parts(shape: Geometry) -> list[Any]:
    return list(shape["coordinates"]) if shape["type"].startswith("Multi") else [shape["coordinates"]]


def written(geometry: Geometry) -> str:
    """The text that gives the same area again: a point as latitude and longitude, the rest as GeoJSON."""
    if geometry["type"] == "Point":
        lon, lat = geometry["coordinates"]
        return f"{lat}, {lon}"
    return json.dumps(geometry, separators=(",", ":"))
