"""What a file of tiles can tell, whatever its form."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from ortaq.engine.problems import Problem

DEEPEST = 22  # zoom
LONGEST = 300  # characters of an attribution
MOST_LAYERS = 200
WORLD = (-180.0, -85.0511, 180.0, 85.0511)
TAG = re.compile(r"<[^>]*>")

Tile = tuple[int, int, int]  # zoom, column from the west, row from the north


@dataclass(frozen=True)
class About:
    """``layers`` are the names of the layers of every tile; ``box`` is west, south, east, north."""

    zooms: tuple[int, int]
    box: tuple[float, float, float, float]
    layers: tuple[str, ...]
    attribution: str


class Source(Protocol):
    """An open file. ``tile`` gives a tile as it is stored, None where there is none."""

    def about(self) -> About: ...
    def tile(self, at: Tile) -> bytes | None: ...
    def sample(self) -> bytes | None: ...
    def close(self) -> None: ...


def broken(why: Any) -> Problem:
    return Problem("tiles_file", _("This file of tiles cannot be used: %(why)s"), why=why)


def checked(zooms: tuple[Any, Any], box: Any, described: Any, attribution: Any) -> About:
    """Raises Problem for what a map could not show."""
    try:
        first, last = int(zooms[0]), int(zooms[1])
        west, south, east, north = (float(side) for side in box)
    except (TypeError, ValueError):
        raise broken(_("its zoom levels or bounds are not given.")) from None
    if not 0 <= first <= last <= DEEPEST:
        raise broken(_("its zoom levels are out of order."))
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise broken(_("its bounds are not on the earth."))
    return About((first, last), (west, south, east, north), layers(described), plain(attribution))


def layers(described: Any) -> tuple[str, ...]:
    """The names in ``vector_layers``, which both forms keep as JSON."""
    rows = described.get("vector_layers") if isinstance(described, dict) else None
    named = [row.get("id") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    found = tuple(name for name in named if isinstance(name, str) and name)
    if not 0 < len(found) <= MOST_LAYERS:
        raise broken(_("it does not say which layers its tiles have (vector_layers)."))
    return found


def parsed(text: Any) -> Any:
    """JSON, or None for what is none."""
    try:
        return json.loads(text or "")
    except (ValueError, TypeError, RecursionError):
        return None


def plain(text: Any) -> str:
    """An attribution without markup."""
    return " ".join(TAG.sub(" ", str(text or "")).split())[:LONGEST]
