"""From other coordinate reference systems to WGS 84."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from ortaq.engine.geo.shapes import Position
from ortaq.engine.problems import Problem

if TYPE_CHECKING:
    from pyproj import CRS, Transformer

Box = tuple[float, float, float, float]
# Codes only: pyproj would also read files and pipelines from a text given to it.
CODE = re.compile(r"(?:urn:ogc:def:crs:)?([A-Za-z]{3,6}):(?:[0-9.]*:)?([A-Za-z0-9]{2,12})")
SAME = {"EPSG:4326", "OGC:CRS84"}
MARGIN = 10.0  # degrees around the area of use: one zone is often used for a whole country


def to_wgs84(points: list[Position], crs: str) -> list[Position]:
    """(longitude, latitude) of each point; infinite where the system does not reach."""
    code = normal(crs)
    if code in SAME:
        return points
    xs, ys = transformer(code).transform([x for x, _ in points], [y for _, y in points])
    return list(zip(xs, ys, strict=True))


def refuse_foreign(points: list[Position], exact: list[Position], crs: str) -> None:
    """Points, ``exact`` in WGS 84, far from where their system is used: axes exchanged or the zone left out."""
    code = normal(crs)
    if code in SAME:
        return
    area = known(code).area_of_use
    if area is None or near(exact, area.bounds):
        return
    if near(to_wgs84([(y, x) for x, y in points], crs), area.bounds):
        raise Problem(
            "geometry_swapped",
            gettext_lazy(
                "Easting and northing look swapped for %(crs)s: %(x)s, %(y)s. Give x = east first, then y = north; "
                "Soviet maps name them the other way round."
            ),
            crs=crs,
            x=points[0][0],
            y=points[0][1],
        )
    raise Problem(
        "geometry_outside_crs",
        gettext_lazy(
            "%(x)s, %(y)s lies far outside the area of %(crs)s (%(area)s). Check the reference system and whether the "
            "easting starts with the number of the zone."
        ),
        crs=crs,
        x=points[0][0],
        y=points[0][1],
        area=area.name,
    )


def near(points: list[Position], area: Box) -> bool:
    west, south, east, north = area
    span = (east - west) % 360 or 360.0
    return all(
        math.isfinite(x)
        and (x - west + MARGIN) % 360 <= min(360.0, span + 2 * MARGIN)
        and south - MARGIN <= y <= north + MARGIN
        for x, y in points
    )


def normal(crs: str) -> str:
    """AUTHORITY:CODE, also of a URN."""
    match = CODE.fullmatch(crs.strip()) if isinstance(crs, str) else None
    if match is None:
        raise unknown(crs)
    return f"{match[1].upper()}:{match[2].upper()}"


@lru_cache(maxsize=64)
def known(code: str) -> CRS:
    """The system of a code, if it can hold a place on the map."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        system = CRS.from_authority(*code.split(":"))
    except CRSError:
        raise unknown(code) from None
    if not (system.is_geographic or system.is_projected):
        raise unknown(code)
    return system


@lru_cache(maxsize=64)
def transformer(code: str) -> Transformer:
    """From a system to WGS 84, x before y, from what is installed: nothing is fetched and no datum is guessed."""
    from pyproj import Transformer
    from pyproj.exceptions import ProjError
    from pyproj.network import set_network_enabled

    set_network_enabled(False)
    try:
        return Transformer.from_crs(known(code), "EPSG:4326", always_xy=True, allow_ballpark=False)
    except ProjError:
        raise unknown(code) from None


def unknown(crs: str) -> Problem:
    return Problem(
        "crs_unknown",
        gettext_lazy(
            "The coordinate reference system “%(crs)s” is not known. Give its code, such as EPSG:4326 or EPSG:28412."
        ),
        crs=crs,
    )
