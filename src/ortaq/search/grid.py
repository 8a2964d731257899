"""Where the things that match lie, counted by cell: what a map shows of more records than it can name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ortaq.search.query import Query, compiled, nearest
from ortaq.search.schema import MICRO

if TYPE_CHECKING:
    import tantivy

WHOLE = 360 * MICRO  # microdegrees around the earth
FINEST = 24  # halvings of it: a cell of about two metres


@dataclass(frozen=True)
class Cell:
    """``count`` records of one cell, in the middle of their places in degrees."""

    count: int
    lat: float
    lon: float


def step(width: float, across: int) -> int:
    """Microdegrees of a cell, so that at least ``across`` of them fit into ``width`` degrees.

    Halves of the whole earth: the cells of two views are the same or halves of each other, and do not jump.
    """
    halvings = 0
    while halvings < FINEST and (WHOLE >> halvings) * across > width * MICRO:
        halvings += 1
    return WHOLE >> halvings


def cells(searcher: tantivy.Searcher, query: Query, size: int) -> list[Cell]:
    """The cells, ``size`` microdegrees wide and high, of all that match and have a place."""
    found = list(_counted(searcher, compiled(query), size))
    if found or not query.text.strip() or searcher.search(compiled(query), 1).hits:
        return found
    near = nearest(query)
    return [] if near is None else list(_counted(searcher, near, size))


def _counted(searcher: tantivy.Searcher, asked: tantivy.Query, size: int) -> Iterator[Cell]:
    middle = {name: {"avg": {"field": name}} for name in ("lat", "lon")}
    rows = {"rows": {"histogram": _every("lat", size), "aggs": middle}}
    answer: dict[str, Any] = searcher.aggregate(asked, {"columns": {"histogram": _every("lon", size), "aggs": rows}})
    for column in answer["columns"]["buckets"]:
        for row in column["rows"]["buckets"]:
            lat, lon = (row[name]["value"] / MICRO for name in ("lat", "lon"))
            yield Cell(int(row["doc_count"]), round(lat, 6), round(lon, 6))


def _every(field: str, size: int) -> dict[str, Any]:
    return {"field": field, "interval": size, "min_doc_count": 1}
