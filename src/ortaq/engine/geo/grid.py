"""The public form of a place: what readers without the right to the exact one get.

A fixed grid covers the earth, the same on every node and for ever. Rows are 1 or 10 km high,
counted from the equator; each row is cut into equal columns about as wide, counted from 180° west.
A cell holds its southern and western edge and not the other two. The public form is the smallest block of whole
cells that holds the envelope of the geometry; there is no noise, so that asking again tells nothing new.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from django.utils.translation import gettext_lazy

from ortaq.engine.geo.shapes import Geometry, bbox, parts
from ortaq.engine.problems import Problem

PRECISIONS = ("exact", "1km", "10km", "district", "none")
KILOMETRES = {"1km": 1, "10km": 10}
KM_PER_DEGREE = 111.195  # on a sphere of 6,371 km
LINE_DIGITS = 5  # decimals of a degree of a grid line: about 1 m, so a cell shows its own name and no more

Box = tuple[float, float, float, float]
Line = Callable[[int], float]


def public_form(geometry: Geometry | None, precision: str) -> Geometry | None:
    """What all may know of a clean geometry: ``{"precision": …}``, with ``"geometry"`` unless district or none.

    It depends on nothing but the precision and the cells that the envelope touches.
    """
    if precision not in PRECISIONS:
        raise Problem(
            "precision_unknown",
            gettext_lazy("The precision “%(value)s” is not known. Choose one of: %(known)s."),
            value=precision,
            known=", ".join(PRECISIONS),
        )
    if geometry is None:
        return None
    if precision == "exact":
        return {"precision": precision, "geometry": geometry}
    if precision not in KILOMETRES:
        return {"precision": precision}
    rings = [[ring(cells(box, KILOMETRES[precision]))] for box in envelopes(geometry)]
    if len(rings) == 1:
        return {"precision": precision, "geometry": {"type": "Polygon", "coordinates": rings[0]}}
    return {"precision": precision, "geometry": {"type": "MultiPolygon", "coordinates": rings}}


def envelopes(geometry: Geometry) -> list[Box]:
    """The envelope; two of equal height for what RFC 7946 cuts at 180°, which one box would stretch round the earth."""
    west, south, east, north = bbox(geometry)
    if (west, east) != (-180.0, 180.0):
        return [(west, south, east, north)]
    boxes = [bbox(part) for part in parts(geometry)]
    if any(box[0] < 0 < box[2] for box in boxes):
        return [(west, south, east, north)]
    left = max(box[2] for box in boxes if box[2] <= 0)
    right = min(box[0] for box in boxes if box[0] >= 0)
    return [(right, south, 180.0, north), (-180.0, south, left, north)]


def cells(box: Box, km: int) -> Box:
    """The smallest block of whole cells around ``box``.

    Columns are those of the row farthest from the equator that the box touches, so that the block of a block is itself.
    """
    west, south, east, north = box
    step = km / KM_PER_DEGREE

    def row_line(row: int) -> float:
        return min(90.0, max(-90.0, round(row * step, LINE_DIGITS)))

    low, high = touched(south, north, row_line, step, 0.0, (-90.0, 90.0))
    count = min(columns(low, step), columns(high, step))

    def column_line(column: int) -> float:
        return round(-180 + 360 * column / count, LINE_DIGITS)

    first, last = touched(west, east, column_line, 360 / count, -180.0, (-180.0, 180.0))
    return column_line(first), row_line(low), column_line(last + 1), row_line(high + 1)


def columns(row: int, step: float) -> int:
    """Into how many columns a row is cut: as many as fit with at least the row's height each, at its middle."""
    middle = min(90.0, abs((row + 0.5) * step))
    return max(1, math.floor(360 * math.cos(math.radians(middle)) / step))


def touched(
    low: float, high: float, line: Line, step: float, origin: float, ends: tuple[float, float]
) -> tuple[int, int]:
    """First and last interval between grid lines that ``low`` … ``high`` touches; its upper end may lie on a line."""
    first = interval(low, line, step, origin)
    if line(first) >= ends[1]:
        first -= 1  # the northern pole and 180° east belong to the last interval
    last = interval(high, line, step, origin)
    if line(last) >= high:
        last -= 1
    return first, max(first, last)


def interval(value: float, line: Line, step: float, origin: float) -> int:
    """The interval with line(n) ≤ value < line(n + 1); division alone errs beside the rounded lines."""
    number = math.floor((value - origin) / step)
    while line(number) > value:
        number -= 1
    while line(number + 1) <= value and line(number + 1) > line(number):
        number += 1
    return number


def ring(box: Box) -> list[list[float]]:
    """The outline of a box, counter-clockwise from the south-west."""
    west, south, east, north = (value + 0.0 for value in box)
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]
