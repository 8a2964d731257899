"""The nearest first: cells of the earth are opened in the order of the least distance that anything in them may have.

The index cannot sort by distance, but it counts by cell quickly. A cell with many records is cut into 256, one with
few is read; what is nearer than every cell that is still closed comes next. Each record lies where its reader may
know that it lies. Records at the same distance come by id, those without a place after all others, by id too.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heapify, heappop, heappush
from itertools import islice
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from ortaq.search.query import Query, between
from ortaq.search.schema import MICRO

if TYPE_CHECKING:
    import tantivy

    Place = tuple[float, float]

RADIUS = 6_371_008.8  # metres: the mean of the earth
BITS = 4  # a cell has 2^4 × 2^4 others in it
WIDEST = 1 << 24  # microdegrees: 16.8 degrees
FEW = 400  # records of a cell that are read at once
SURELY = 1 - 1e-9  # of a least distance, so that rounding never puts a cell behind what is in it


class Step(NamedTuple):
    """A record, or a cell (``thing`` is ""), in the order in which they are taken."""

    reach: float
    thing: str
    south: int = 0
    west: int = 0
    size: int = 0
    held: int = 0


def nearest_first(searcher: tantivy.Searcher, asked: tantivy.Query, query: Query) -> list[str]:
    """The things of one page."""
    assert query.near is not None
    offset, limit = query.window
    placed = list(islice(_placed(searcher, asked, query.near, offset + limit), offset + limit))
    page = placed[offset:]
    return page + _unplaced(searcher, asked, limit - len(page), max(0, offset - len(placed)))


def metres(near: Place, lat: float, lon: float) -> float:
    """Along the surface of the earth as a sphere, which is right to half a percent."""
    return 2 * RADIUS * asin(min(1.0, sqrt(_haversine(near, lat - near[0], lon - near[1], cos(radians(lat))))))


def _haversine(near: Place, north: float, east: float, narrowing: float) -> float:
    return float(sin(radians(north) / 2) ** 2 + cos(radians(near[0])) * narrowing * sin(radians(east) / 2) ** 2)


def _placed(searcher: tantivy.Searcher, asked: tantivy.Query, near: Place, most: int) -> Iterator[str]:
    """All that have a place; ``most`` is how many of them will be taken."""
    heap = [_cell(near, *found) for found in _cells(searcher, asked, WIDEST)]
    heapify(heap)
    while heap:
        step = heappop(heap)
        if step.thing:
            yield step.thing
        elif step.held <= FEW or step.size == 1:
            held = min(step.held, most) if step.size == 1 else step.held  # all at one place come by id: no need of more
            for thing, lat, lon in _read(searcher, _inside(asked, step), held):
                heappush(heap, Step(_haversine(near, lat - near[0], lon - near[1], cos(radians(lat))), thing))
        else:
            for found in _cells(searcher, _inside(asked, step), step.size >> BITS):
                heappush(heap, _cell(near, *found))


def _cell(near: Place, south: int, west: int, size: int, count: int) -> Step:
    """With a distance that nothing in the cell is nearer than."""
    low, high = south / MICRO, (south + size - 1) / MICRO
    half = (size - 1) / 2 / MICRO
    across = abs((west / MICRO + half - near[1] + 180) % 360 - 180)
    north = max(low - near[0], near[0] - high, 0.0)
    narrowing = max(0.0, cos(radians(min(90.0, max(abs(low), abs(high))))))
    reach = _haversine(near, north, max(0.0, across - half), narrowing)
    return Step(reach * SURELY, "", south, west, size, count)


def _cells(searcher: tantivy.Searcher, asked: tantivy.Query, size: int) -> Iterator[tuple[int, int, int, int]]:
    """(south, west, size, count) of every cell of one size in which something lies."""
    rows = {"rows": {"histogram": {"field": "lat", "interval": size, "min_doc_count": 1}}}
    columns = {"columns": {"histogram": {"field": "lon", "interval": size, "min_doc_count": 1}, "aggs": rows}}
    answer: dict[str, Any] = searcher.aggregate(asked, columns)
    for column in answer["columns"]["buckets"]:
        for row in column["rows"]["buckets"]:
            yield int(row["key"]), int(column["key"]), size, int(row["doc_count"])


def _inside(asked: tantivy.Query, cell: Step) -> tantivy.Query:
    from tantivy import Occur
    from tantivy import Query as Q

    latitude = between("lat", cell.south, cell.south + cell.size - 1)
    longitude = between("lon", cell.west, cell.west + cell.size - 1)
    return Q.boolean_query([(Occur.Must, part) for part in (asked, latitude, longitude)])


def _read(searcher: tantivy.Searcher, asked: tantivy.Query, most: int) -> Iterator[tuple[str, float, float]]:
    """(thing, latitude, longitude), the first by id: more than a few are read only where all lie in one place."""
    for document in _by_id(searcher, asked, most):
        lat, lon = (int(document.get_first(name) or 0) / MICRO for name in ("lat", "lon"))
        yield str(document.get_first("thing")), lat, lon


def _unplaced(searcher: tantivy.Searcher, asked: tantivy.Query, most: int, offset: int) -> list[str]:
    from tantivy import Occur
    from tantivy import Query as Q

    nowhere = Q.boolean_query([(Occur.Must, asked), (Occur.MustNot, Q.exists_query("lat"))])
    return [str(document.get_first("thing")) for document in _by_id(searcher, nowhere, most, offset)]


def _by_id(searcher: tantivy.Searcher, asked: tantivy.Query, most: int, offset: int = 0) -> Iterator[tantivy.Document]:
    from tantivy import Order

    if most < 1:
        return
    hits = searcher.search(asked, most, offset=offset, order_by_field="thing", order=Order.Asc).hits
    yield from (searcher.doc(address) for _value, address in hits)
