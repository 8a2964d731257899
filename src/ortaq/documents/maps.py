"""Maps on paper: outlines of the countries of the node, what was found as numbered dots. Drawn from numbers only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from ortaq.engine import geo
from ortaq.web.outlines import Frame, box, outline

UNITS = 10  # of the picture in a millimetre
APART = 26  # units that a number needs for itself; one that would stand on another is left out
FREE = 0.12  # of the area, left free around the dots
LEAST = 1.5  # degrees that a map shows at least

LAND, COAST, DOT = "#f1ede4", "#a89f8e", "#a4461f"


@dataclass(frozen=True)
class Spot:
    """Where something lies, in degrees; ``exact``: a dot, otherwise a ring around the middle of an area."""

    lon: float
    lat: float
    exact: bool
    number: str = ""


def spot(geometry: dict[str, Any], exact: bool, number: str = "") -> Spot:
    lat, lon = geo.centre(geometry)
    return Spot(lon, lat, exact and geometry["type"] == "Point", number)


def picture(spots: Sequence[Spot], width: int, height: int) -> str:
    """One SVG, ``width`` by ``height`` millimetres; "" for no spots."""
    if not spots:
        return ""
    wide, high = width * UNITS, height * UNITS
    frame = Frame.around(_area(spots), wide, high)
    lands = "".join(f'<path d="{frame.path(outline(code))}"/>' for code in settings.ORTAQ_COUNTRIES if box(code))
    places = [frame.at(one.lon, one.lat) for one in spots]
    dots = "".join(_dot(x, y, one.exact) for one, (x, y) in zip(spots, places, strict=True))
    dots += "".join(_numbers(list(zip(spots, places, strict=True))))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}">'
        f'<g fill="{LAND}" stroke="{COAST}" stroke-width="2">{lands}</g>{dots}'
        f'<rect x="1" y="1" width="{wide - 2}" height="{high - 2}" fill="none" stroke="{COAST}" stroke-width="2"/>'
        "</svg>"
    )


def _area(spots: Sequence[Spot]) -> tuple[float, float, float, float]:
    """The countries for one spot, else the area of the spots with a margin."""
    if len(spots) == 1:
        around = [b for code in settings.ORTAQ_COUNTRIES if (b := box(code)) and _inside(spots[0], b)]
        if around:
            return around[0]
    west, east = min(s.lon for s in spots), max(s.lon for s in spots)
    south, north = min(s.lat for s in spots), max(s.lat for s in spots)
    free = max((east - west) * FREE, (north - south) * FREE, (LEAST - max(east - west, north - south)) / 2, 0.1)
    return west - free, south - free, east + free, north + free


def _inside(one: Spot, around: tuple[float, float, float, float]) -> bool:
    return around[0] <= one.lon <= around[2] and around[1] <= one.lat <= around[3]


def _dot(x: float, y: float, exact: bool) -> str:
    fill = DOT if exact else "#ffffff"
    return f'<circle cx="{x}" cy="{y}" r="8" fill="{fill}" stroke="{DOT}" stroke-width="4"/>'


def _numbers(spots: Sequence[tuple[Spot, tuple[float, float]]]) -> Iterator[str]:
    taken: list[tuple[float, float]] = []
    for one, (x, y) in spots:
        if one.number and all(abs(x - left) > 2 * APART or abs(y - top) > APART for left, top in taken):
            taken.append((x, y))
            yield (
                f'<text x="{x + 12}" y="{y + 8}" font-family="Inter" font-size="24" fill="#1d2529" '
                f'stroke="#ffffff" stroke-width="4" paint-order="stroke">{int(one.number)}</text>'
            )
