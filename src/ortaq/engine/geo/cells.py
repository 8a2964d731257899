"""Map cells: quadkeys of the web Mercator tiles that a geometry touches."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import islice

from ortaq.engine.geo.shapes import Geometry, bbox, centre, is_box, positions

Tile = tuple[int, int]  # column from the west, row from the north
LIMIT_LATITUDE = 85.0511287798066  # where the square of web Mercator ends


def quadkeys(geometry: Geometry, zooms: range, limit: int = 64) -> list[str]:
    """The cells a clean geometry touches at each zoom, sorted; only that of its centre where they exceed ``limit``.

    Zoom 0 is the whole earth and has the key "".
    """
    latitude, longitude = centre(geometry)
    middle = (longitude, latitude)
    deepest = max(zooms, default=-1)
    if geometry["type"] in ("Point", "MultiPoint"):
        touched = spots(geometry, deepest)
    else:
        touched = blocks(geometry, deepest, limit) if is_box(geometry) else areas(geometry, deepest, limit)
    keys: set[str] = set()
    for zoom in zooms:
        tiles = touched[zoom]
        chosen = tiles if len(tiles) <= limit else {tile_at(middle, zoom)}
        keys.update(quadkey(tile, zoom) for tile in chosen)
    return sorted(keys, key=lambda key: (len(key), key))


def spots(geometry: Geometry, deepest: int) -> list[set[Tile]]:
    """Per zoom the cells of single points."""
    places = list(positions(geometry))
    return [{tile_at(place, zoom) for place in places} for zoom in range(deepest + 1)]


def blocks(geometry: Geometry, deepest: int, limit: int) -> list[set[Tile]]:
    """Per zoom the cells of a box, or enough to show that they exceed ``limit``: public places are boxes, and many."""
    west, south, east, north = bbox(geometry)
    levels: list[set[Tile]] = []
    for zoom in range(deepest + 1):
        (left, top), (right, bottom) = tile_at((west, north), zoom), tile_at((east, south), zoom)
        tiles = ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))
        levels.append(set(islice(tiles, limit + 1)))
    return levels


def areas(geometry: Geometry, deepest: int, limit: int) -> list[set[Tile]]:
    """Per zoom the cells that lines or areas touch.

    A cell that is touched has a touched quarter, so a zoom past the limit is never followed by one within it.
    """
    touches = toucher(geometry)
    levels: list[set[Tile]] = [{(0, 0)}] if deepest >= 0 else []
    while len(levels) <= deepest:
        above, zoom = levels[-1], len(levels)
        if len(above) > limit:
            levels.append(above)
            continue
        quarters = {(2 * x + right, 2 * y + down) for x, y in above for right in (0, 1) for down in (0, 1)}
        levels.append({tile for tile in quarters if touches(tile, zoom)})
    return levels


def toucher(geometry: Geometry) -> Callable[[Tile, int], bool]:
    """A test whether a cell of a zoom touches the geometry."""
    from shapely import box, prepare
    from shapely.geometry import shape

    form = shape(geometry)
    prepare(form)

    def touches(tile: Tile, zoom: int) -> bool:
        return bool(form.intersects(box(*tile_box(tile, zoom))))

    return touches


def tile_at(place: tuple[float, float], zoom: int) -> Tile:
    """The cell of a (longitude, latitude)."""
    size = 1 << zoom
    latitude = math.radians(max(-LIMIT_LATITUDE, min(LIMIT_LATITUDE, place[1])))
    x = (place[0] + 180) / 360 * size
    y = (1 - math.asinh(math.tan(latitude)) / math.pi) / 2 * size
    return max(0, min(size - 1, math.floor(x))), max(0, min(size - 1, math.floor(y)))


def tile_box(tile: Tile, zoom: int) -> tuple[float, float, float, float]:
    """(west, south, east, north) of a cell; the outermost rows reach to the poles, which Mercator leaves out."""
    size, (x, y) = 1 << zoom, tile

    def parallel(row: int) -> float:
        if row in (0, size):
            return 90.0 if row == 0 else -90.0
        return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / size))))

    return x / size * 360 - 180, parallel(y + 1), (x + 1) / size * 360 - 180, parallel(y)


def quadkey(tile: Tile, zoom: int) -> str:
    """One digit 0–3 a zoom: west or east, north or south quarter."""
    x, y = tile
    return "".join(str((x >> bit & 1) + 2 * (y >> bit & 1)) for bit in range(zoom - 1, -1, -1))
