"""Maps: what they stand on, and the results of a search on them, never finer than the reader may know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe

from ortaq.areas.zones import legend, patterns
from ortaq.engine import geo
from ortaq.engine.access import Reader, View
from ortaq.engine.fields.base import Piece
from ortaq.engine.fields.country import country_name
from ortaq.engine.fields.place import approximate
from ortaq.engine.outputs.geojson import exact, place_of
from ortaq.engine.outputs.page import title_of
from ortaq.engine.problems import Problem
from ortaq.search.access import grid, placed
from ortaq.search.grid import Cell, step
from ortaq.search.query import Query
from ortaq.tiles import kept
from ortaq.tiles.kept import Kept
from ortaq.web import cities, outlines
from ortaq.web.finding import Box, asked, found, link
from ortaq.web.outlines import Frame
from ortaq.web.reading import address, lang, reader

ATLAS = "dist/map/atlas.json"
WORLD: Box = (-180.0, -85.0, 180.0, 85.0)
NAMED = 100  # records of a view that are named one by one; of more only the number in each cell is told
ACROSS = 24  # cells from west to east of a view at least
AROUND = 200  # cells around the earth that tell where the results lie
CORNERS = 500  # of a shape that is drawn; a larger one is a point
LEAST, CLOSEST = 2.0, 0.3  # degrees of the height of a first map, and of a closer one, even around a single point
PICTURE = (440, 330)
APART = 24.0  # units of the picture: points nearer to each other are one


@dataclass(frozen=True)
class Spot:
    """One record on a map; ``near``: the place is approximate, the middle of a larger area or a point in doubt."""

    lat: float
    lon: float
    title: Piece
    url: str
    near: bool
    shape: dict[str, Any] | None


@dataclass(frozen=True)
class Mark:
    """A point of the picture that the server draws: a record, or several behind one link to a closer view."""

    x: float
    y: float
    count: int
    url: str
    title: Piece | None
    near: bool


def base(lang: str) -> dict[str, Any]:
    """``{"atlas", "names", "own", "boxes", "tiles"}``: the file with the outlines, names by number of ISO 3166-1, the
    numbers of the countries that the node names, by letters the box around each of them, their cities, and the tiles
    of the node."""
    own = boxes()
    return {
        "atlas": static(ATLAS),
        "names": {number: country_name(code, lang) for number, code in outlines.numbers().items()},
        "own": [outlines.number_of(code) for code in own],
        "boxes": own,
        "cities": cities.named(settings.ORTAQ_COUNTRIES, lang),
        "tiles": [one for one in map(_tiles, kept.every()) if one],
    }


def _tiles(file: Kept) -> dict[str, Any] | None:
    """What the map needs to draw a file of tiles; None for one that was damaged since it was added."""
    try:
        about = file.about()
    except Problem:
        return None
    address = reverse("tile", args=(file.name, 0, 0, 0)).removesuffix("0/0/0")
    return {
        "name": file.name,
        "url": f"{address}{{z}}/{{x}}/{{y}}?{file.version}",
        "zooms": about.zooms,
        "box": about.box,
        "layers": about.layers,
        "attribution": about.attribution,
    }


def boxes() -> dict[str, Box]:
    return {code: box for code in settings.ORTAQ_COUNTRIES if (box := outlines.box(code))}


def points(request: HttpRequest) -> dict[str, Any]:
    """A GeoJSON collection of what lies in the box of the address: records, or the numbers in the cells of a grid.

    Records come through the gate of the engine, numbers from the index under the reader's tokens, as the counts of
    the filters do.
    """
    query, _page = asked(request)
    spots, cells = within(reader(request), query, query.bbox or WORLD)
    features = [feature for spot in spots for feature in _features(spot)]
    features += [_point(cell.lon, cell.lat, {"count": cell.count}) for cell in cells]
    return {"type": "FeatureCollection", "features": features}


def within(who: Reader, query: Query, box: Box) -> tuple[list[Spot], list[Cell]]:
    """Either the records of a box, or where there are too many the cells of it."""
    west, _south, east, _north = box
    query = replace(query, bbox=box, offset=0, limit=NAMED, facets=())
    cells = grid(who, query, step((east - west) % 360 or 360.0, ACROSS))
    if sum(cell.count for cell in cells) > NAMED:
        return [], cells
    return [spot for view in placed(who, query) if (spot := _spot(view))], []


def page(request: HttpRequest) -> dict[str, Any]:
    """The context of the search page with a map: the list and its filters, and a picture for who has no script."""
    query, _page = asked(request)
    who, shown = reader(request), query.bbox
    if shown is None or shown[0] >= shown[2] or shown[1] == shown[3]:
        shown = _around(grid(who, query, step(360.0, AROUND)), LEAST)
    asks = link(request.GET, {"bbox": None, "view": None, "sort": None})
    spots, cells = within(who, query, shown)
    zones = {"legend": legend(), "patterns": mark_safe(patterns())}  # made of numbers only
    around = {"box": ",".join(f"{side:.5f}" for side in shown), "asks": asks}
    return found(request) | {"map": picture(request, shown, spots, cells) | around | zones}


def picture(request: HttpRequest, box: Box, spots: list[Spot], cells: list[Cell]) -> dict[str, Any]:
    """``{"lands", "marks", "width", "height"}`` in units of the picture; marks that would touch are one."""
    width, height = PICTURE
    frame = Frame.around(box, width, height)
    groups: list[tuple[float, float, list[Spot | Cell]]] = []
    places: list[Spot | Cell] = [*spots, *cells]
    for one in places:
        x, y = frame.at(one.lon, one.lat)
        beside = next((g for g in groups if (g[0] - x) ** 2 + (g[1] - y) ** 2 < APART**2), None)
        if beside:
            beside[2].append(one)
        else:
            groups.append((x, y, [one]))
    return {
        "lands": [frame.path(outlines.outline(country)) for country in boxes()],
        "marks": [_mark(request, *group) for group in groups],
        "width": width,
        "height": height,
    }


def _mark(request: HttpRequest, x: float, y: float, of: list[Spot | Cell]) -> Mark:
    first = of[0]
    if len(of) == 1 and isinstance(first, Spot):
        return Mark(x, y, 1, first.url, first.title, first.near)
    count = sum(one.count if isinstance(one, Cell) else 1 for one in of)
    closer = ",".join(f"{side:.4f}" for side in _around(of, CLOSEST))
    return Mark(x, y, count, link(request.GET, {"bbox": closer}), None, False)


def _around(of: list[Cell] | list[Spot | Cell], least: float) -> Box:
    """A box around places with room at its sides; around the node's countries where there are none."""
    if not of:
        known = list(boxes().values()) or [WORLD]
        return min(b[0] for b in known), min(b[1] for b in known), max(b[2] for b in known), max(b[3] for b in known)
    west, east = min(one.lon for one in of), max(one.lon for one in of)
    south, north = min(one.lat for one in of), max(one.lat for one in of)
    room = max(max(north - south, (east - west) / 2) * 0.2, (least - (north - south)) / 2)
    return max(west - room, -180.0), max(south - room, -85.0), min(east + room, 180.0), min(north + room, 85.0)


def _spot(view: View) -> Spot | None:
    place = place_of(view) or {}
    geometry = place.get("geometry")
    if not geometry:
        return None
    lat, lon = geo.centre(geometry)
    corners = sum(1 for _ in geo.positions(geometry))
    shape = geometry if geometry["type"] != "Point" and corners <= CORNERS else None
    return Spot(lat, lon, title_of(view, lang()), address(view), not exact(view) or approximate(place), shape)


def _features(spot: Spot) -> Iterator[dict[str, Any]]:
    told = {"count": 1, "title": spot.title.text, "lang": spot.title.lang, "url": spot.url, "near": spot.near}
    told |= {} if spot.near else {"lat": spot.lat, "lon": spot.lon}
    yield _point(spot.lon, spot.lat, told)
    if spot.shape:
        yield {"type": "Feature", "geometry": spot.shape, "properties": {"near": spot.near}}


def _point(lon: float, lat: float, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": properties}
