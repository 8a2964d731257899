"""The home page: what there is, where it lies, what changed last; as much of it as the reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians
from typing import Any

from django.http import HttpRequest

from ortaq.engine import access
from ortaq.engine.access import PUBLIC
from ortaq.engine.fields.base import Piece
from ortaq.engine.labels import pick
from ortaq.engine.traced import PUBLISHED
from ortaq.search.access import search
from ortaq.search.query import Query
from ortaq.vocab.places import places
from ortaq.web import mine
from ortaq.web.finding import hit, label
from ortaq.web.reading import lang, reader
from ortaq.web.writing import acting

NEW = 6
DOTS = 400  # objects on the map of the home page; more would be a smear
WEST, EAST, SOUTH, NORTH = 44.0, 88.0, 38.0, 56.0  # the frame of the map, degrees
WIDTH = 880
SQUEEZE = cos(radians((SOUTH + NORTH) / 2))
HEIGHT = round(WIDTH * (NORTH - SOUTH) / (EAST - WEST) / SQUEEZE)

EXAMPLES = (("kk", "кесене"), ("az", "türbə"), ("ru", "мавзолей"), ("en", "mausoleum"))


@dataclass(frozen=True)
class Dot:
    """A record on the map, in units of its picture."""

    x: float
    y: float
    key: str
    title: Piece


def home(request: HttpRequest) -> dict[str, Any]:
    results = search(reader(request), Query(lang=lang(), sort="updated", limit=NEW, facets=("kind", "country")))
    counts = {
        name: [(value, label(name, value), count) for value, count in results.facets.get(name, [])]
        for name in ("kind", "country")
    }
    who = reader(request)
    return (mine.page(acting(request), request.user) if who.id else {}) | {
        "latest": [hit(view, []) for view in results.views],
        "counts": counts,
        "count": results.count,
        "examples": EXAMPLES,
        "dots": dots(),
        "settled": settled(),
        "frame": (WIDTH, HEIGHT),
    }


def dots() -> list[Dot]:
    """Published objects at the place that everybody sees: the middle of the public cell where the point is closed."""
    rows = access.visible(PUBLIC).filter(state=PUBLISHED, lat__range=(SOUTH, NORTH), lon__range=(WEST, EAST))
    found = []
    for pid, title, lat, lon in rows.values_list("pid", "title", "lat", "lon")[:DOTS]:
        code, text = pick(title, lang())
        if pid and text and lat is not None and lon is not None:
            found.append(Dot(*_on_map(lat, lon), pid, Piece(text, code)))
    return found


@lru_cache(maxsize=1)
def settled() -> list[tuple[float, float]]:
    """The middles of districts and towns: they draw the two countries where no outline is at hand."""
    known = {(p.lat, p.lon) for p in places() if p.parent and p.lat is not None and p.lon is not None}
    inside = [(lat, lon) for lat, lon in known if SOUTH <= lat <= NORTH and WEST <= lon <= EAST]
    return sorted(_on_map(lat, lon) for lat, lon in inside)


def _on_map(lat: float, lon: float) -> tuple[float, float]:
    return round((lon - WEST) / (EAST - WEST) * WIDTH, 1), round((NORTH - lat) / (NORTH - SOUTH) * HEIGHT, 1)
