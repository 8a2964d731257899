"""An area with what it touches, one picture for page and paper. Zones differ by hatching, not by colour alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log10

from django.conf import settings

from ortaq.areas.touching import NEAR, Box, Question, Touched, TouchedPlace
from ortaq.engine import geo
from ortaq.engine.geo import measuring
from ortaq.engine.geo.shapes import DEPTH, Geometry
from ortaq.web.outlines import Frame, Ring, box, outline

WIDTH, HEIGHT = 1740, 900  # units, a tenth of a millimetre on paper
FREE = 0.15  # of the area, left free around it
LEAST = 0.004  # degrees that a picture shows at least
SCALE = 0.22  # of the width that the bar of the scale may take
CORNERS = 4_000  # of a shape that are drawn
KINDS = (  # the zones of the vocabulary in the order of their hatchings; any other has the last
    "territory",
    "protection_zone",
    "building_regulation",
    "landscape_zone",
    "reserve",
    "arch_reserve",
    "wh_property",
    "wh_buffer",
    "",
)
# What is drawn on a tile of 24 units, for each of KINDS.
HATCHES = (
    "M0 6H24M0 18H24M6 0V24M18 0V24",
    "M-2 26L26 -2M-2 14L14 -2M10 26L26 10",
    "M-2 -2L26 26M10 -2L26 14M-2 10L14 26",
    "M5 6h3M17 18h3",
    "M0 12H24",
    "M12 0V24",
    "M0 12H24M12 0V24",
    "M0 4h10M12 16h10",
    "M11 12h3",
)
DASHES = ("", "", "18 8", "4 8", "", "", "", "18 8 4 8", "6 6")
PAPER_STYLE = (
    ".sea{fill:#fff}.land{fill:#f6f3ec;stroke:#a89f8e;stroke-width:2}"
    ".reach{fill:none;stroke:#56626a;stroke-width:3;stroke-dasharray:8 10}"
    ".area{fill:#a4461f;fill-opacity:.12;stroke:#a4461f;stroke-width:6}.line{fill:none}"
    ".zone{stroke:#0e6e73;stroke-width:4}.hatch{fill:none;stroke:#0e6e73;stroke-width:1.6}"
    ".place{fill:#0e6e73;fill-opacity:.2;stroke:#0e6e73;stroke-width:4}"
    ".dot{fill:#0e6e73;stroke:#fff;stroke-width:4}.ring{fill:#fff;stroke:#0e6e73;stroke-width:6}"
    ".cell{fill:none;stroke:#0e6e73;stroke-width:3;stroke-dasharray:4 8}"
    ".number{font-family:Inter;font-size:30px;fill:#1d2529;stroke:#fff;stroke-width:6;paint-order:stroke}"
    ".bar{stroke:#1d2529;stroke-width:4;fill:none}"
)


def kind_of(code: str) -> int:
    """The number of the hatching of a zone."""
    return KINDS.index(code) if code in KINDS else len(KINDS) - 1


def picture(question: Question, found: Touched, codes: Sequence[str], style: str = "") -> tuple[str, int]:
    """(SVG, metres of the bar in its corner); ``codes`` are the kinds of the zones in their order.

    Nothing is written on it but numbers.
    """
    around = _box(question, found.places)
    frame = Frame.around(around, WIDTH, HEIGHT)
    length, metres = _scale(frame, (around[1] + around[3]) / 2)
    used = sorted({kind_of(code) for code in codes})
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">',
        f"<style>{style}</style>" if style else "",
        f"<defs>{''.join(pattern(number) for number in used)}</defs>",
        f'<rect class="sea" width="{WIDTH}" height="{HEIGHT}"/>',
        *(f'<path class="land" d="{frame.path(outline(code))}"/>' for code in settings.ORTAQ_COUNTRIES if box(code)),
        *_zones(frame, found, codes),
        _shape(frame, question.area, "area"),
        *_places(frame, found.places),
        f'<path class="bar" d="M40 {HEIGHT - 56}v16h{length}v-16"/>' if length else "",
        "</svg>",
    ]
    return "".join(parts), metres


def pattern(number: int) -> str:
    return (
        f'<pattern id="zone{number}" width="24" height="24" patternUnits="userSpaceOnUse">'
        f'<path class="hatch" d="{HATCHES[number]}"/></pattern>'
    )


def _box(question: Question, places: Sequence[TouchedPlace]) -> Box:
    """Around the area and what lies near it; a zone or a cell may reach beyond the picture."""
    boxes = [geo.bbox(question.area), *(geo.bbox(place.geometry) for place in places if place.where == NEAR)]
    west, south = (min(box_[side] for box_ in boxes) for side in (0, 1))
    east, north = (max(box_[side] for box_ in boxes) for side in (2, 3))
    free = max((east - west) * FREE, (north - south) * FREE, (LEAST - max(east - west, north - south)) / 2)
    return max(west - free, -180.0), max(south - free, -89.0), min(east + free, 180.0), min(north + free, 89.0)


def _scale(frame: Frame, latitude: float) -> tuple[int, int]:
    """The length of the bar in units, and what it stands for: 1, 2 or 5 of some size."""
    middle = (frame.west, latitude, frame.west + frame.across, latitude)
    across = float(measuring.ellipsoid().inv(*middle)[2]) if frame.across < 180 else 0.0
    most = across * SCALE
    if most < 1:
        return 0, 0
    size = 10 ** int(log10(most))
    metres = next(step * size for step in (5, 2, 1) if step * size <= most)
    return round(metres / across * WIDTH), metres


def _zones(frame: Frame, found: Touched, codes: Sequence[str]) -> Iterator[str]:
    for zone, code in zip(found.zones, codes, strict=True):
        number = kind_of(code)
        dash = f' stroke-dasharray="{DASHES[number]}"' if DASHES[number] else ""
        yield f'<path class="zone" fill="url(#zone{number})"{dash} d="{frame.path(_rings(zone.outline))}"/>'


def _places(frame: Frame, places: Sequence[TouchedPlace]) -> Iterator[str]:
    """Shapes and cells below, dots and rings above them, each with the number that it has in the list."""
    for place in places:
        if place.geometry["type"] != "Point":
            yield _shape(frame, place.geometry, "cell" if place.metres is None else "place")
    for number, place in enumerate(places, start=1):
        lat, lon = geo.centre(place.geometry)
        x, y = frame.at(lon, lat)
        if 0 <= x <= WIDTH and 0 <= y <= HEIGHT:
            sort = "ring" if place.metres is None else "dot near" if place.where == NEAR else "dot"
            yield f'<circle class="{sort}" cx="{x}" cy="{y}" r="12"/>'
            yield f'<text class="number" x="{x + 18}" y="{y + 10}">{number}</text>'


def _shape(frame: Frame, geometry: Geometry, name: str) -> str:
    if geometry["type"].endswith("Point"):
        spots = (frame.at(*at) for at in geo.positions(geometry))
        return "".join(f'<circle class="{name}" cx="{x}" cy="{y}" r="14"/>' for x, y in spots)
    path = frame.path(_rings(geometry))
    if geometry["type"].endswith("LineString"):
        return f'<path class="{name} line" d="{path.replace("Z", "")}"/>'
    return f'<path class="{name}" d="{path}"/>'


def _rings(geometry: Geometry) -> list[Ring]:
    """The lines of a shape; of one with very many corners every so many are drawn."""
    lines = [geometry["coordinates"]]
    for _depth in range(DEPTH[geometry["type"]] - 1):
        lines = [line for part in lines for line in part]
    every = max(1, sum(map(len, lines)) // CORNERS)
    return [[(corner[0], corner[1]) for corner in line[::every]] for line in lines]
