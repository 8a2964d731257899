"""The home page: what there is, where it lies, what changed last; as much of it as the reader may see."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from ortaq.engine import access
from ortaq.engine.access import PUBLIC
from ortaq.engine.fields.base import Piece
from ortaq.engine.kinds import KINDS
from ortaq.engine.labels import pick
from ortaq.engine.traced import PUBLISHED
from ortaq.search.access import search
from ortaq.search.query import Query
from ortaq.web import mine
from ortaq.web.finding import hit, label
from ortaq.web.outlines import Frame, box, outline
from ortaq.web.reading import lang, reader
from ortaq.web.writing import acting

NEW = 6
DOTS = 400  # objects on the map of the home page; more would be a smear
WIDTH = 880
MARGIN = 0.02  # of the width of the map, free around the countries

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
        "map": picture(),
    }


def picture() -> dict[str, Any]:
    """The countries that the node names and the objects in them: ``{"lands", "dots", "width", "height"}``, or {}."""
    boxes = [found for country in settings.ORTAQ_COUNTRIES if (found := box(country))]
    if not boxes:
        return {}
    west, south = (min(b[n] for b in boxes) for n in (0, 1))
    east, north = (max(b[n] for b in boxes) for n in (2, 3))
    free = (east - west) * MARGIN
    west, south, east, north = west - free, south - free, east + free, north + free
    frame = Frame.around((west, south, east, north), WIDTH)
    return {
        "lands": [frame.path(outline(country)) for country in settings.ORTAQ_COUNTRIES],
        "dots": dots(frame, (west, south, east, north)),
        "width": WIDTH,
        "height": ceil(frame.at(east, south)[1]),
    }


def dots(frame: Frame, area: tuple[float, float, float, float]) -> list[Dot]:
    """Published objects at the place that everybody sees: the middle of the public cell where the point is closed."""
    west, south, east, north = area
    placed = [kind.slug for kind in KINDS.values() if kind.on_map]
    rows = access.visible(PUBLIC).filter(state=PUBLISHED, kind__in=placed)
    rows = rows.filter(lat__range=(south, north), lon__range=(west, east))
    found = []
    for pid, title, lat, lon in rows.values_list("pid", "title", "lat", "lon")[:DOTS]:
        code, text = pick(title, lang())
        if pid and text and lat is not None and lon is not None:
            found.append(Dot(*frame.at(lon, lat), pid, Piece(text, code)))
    return found
