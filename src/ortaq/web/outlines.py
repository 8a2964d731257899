"""Outlines of countries as paths for SVG, from the files that the front-end build simplifies."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from pathlib import Path

from babel.core import get_global

FOLDER = Path(__file__).resolve().parent / "static" / "dist" / "outlines"
MARGIN = 0.04  # of the width, left free around a country

Ring = list[tuple[float, float]]  # longitude, latitude in degrees


@dataclass(frozen=True)
class Frame:
    """A picture of a box of the earth, ``width`` units wide; longitudes are narrowed as at its middle latitude."""

    west: float
    north: float
    across: float  # degrees of longitude
    width: float
    squeeze: float

    @classmethod
    def around(cls, box: tuple[float, float, float, float], width: float, height: float | None = None) -> Frame:
        """The box (west, south, east, north) in the middle of a picture; without ``height`` as high as it needs."""
        west, south, east, north = box
        squeeze = max(cos(radians((south + north) / 2)), 0.1)
        across = east - west
        if height is not None:
            across = max(across, (north - south) * width / height / squeeze)
            tall = across * squeeze * height / width
            return cls((west + east - across) / 2, (south + north + tall) / 2, across, width, squeeze)
        return cls(west, north, across, width, squeeze)

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a place lies in the picture, in its units from the upper left corner."""
        scale = self.width / self.across
        return round((lon - self.west) * scale, 1), round((self.north - lat) * scale / self.squeeze, 1)

    def path(self, rings: list[Ring]) -> str:
        """The ``d`` of a path."""
        lines = ("L".join("{:g} {:g}".format(*self.at(*point)) for point in ring) for ring in rings)
        return "".join(f"M{line}Z" for line in lines)


@cache
def outline(country: str) -> list[Ring]:
    """Rings of a country (ISO 3166-1 alpha-2); none when unknown."""
    file = FOLDER / f"{number_of(country)}.json"
    rings = json.loads(file.read_text()) if file.is_file() else []
    return [[(lon / 100, lat / 100) for lon, lat in ring] for ring in rings]


@cache
def box(country: str) -> tuple[float, float, float, float] | None:
    """West, south, east, north of a country with a margin; None when it is unknown."""
    points = [point for ring in outline(country) for point in ring]
    if not points:
        return None
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    free = (east - west) * MARGIN
    return west - free, south - free, east + free, north + free


@cache
def numbers() -> dict[str, str]:
    """The country of each number of ISO 3166-1, as CLDR keeps them among the aliases of its letters; ICU would know
    them too, but takes tens of megabytes of every web process."""
    aliases = get_global("territory_aliases")
    return {number: codes[0] for number, codes in aliases.items() if number.isdigit() and len(codes) == 1}


@cache
def number_of(country: str) -> str:
    """The number of a country in ISO 3166-1, "" when unknown."""
    return next((number for number, code in numbers().items() if code == country), "")
