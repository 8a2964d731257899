"""The zones and objects that an area touches: found by the index under the reader's tokens, read through the gate
and measured at his precision. A place that he knows only by its cell is never measured."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from ortaq.engine import access, geo
from ortaq.engine.access import Reader, View
from ortaq.engine.dates.holding import NOT, day_of, held
from ortaq.engine.fields import Group, Zone
from ortaq.engine.geo import measuring
from ortaq.engine.geo.shapes import Geometry
from ortaq.engine.kinds import KINDS, Kind
from ortaq.engine.outputs.geojson import exact, place_of
from ortaq.engine.problems import Problem
from ortaq.engine.traced import PUBLISHED
from ortaq.search import whole
from ortaq.search.query import Query

Box = tuple[float, float, float, float]  # west, south, east, north

REACHES = (0, 100, 500, 1_000, 5_000)  # metres around the area that are looked at too
MOST = 500  # records in one answer
INSIDE, CROSSES, NEAR, MAYBE, MAYBE_NEAR = "inside", "crosses", "near", "maybe", "maybe_near"
ORDER = (INSIDE, CROSSES, NEAR, MAYBE, MAYBE_NEAR)


@dataclass(frozen=True)
class Question:
    """Zones and statuses count as they stood on ``as_of``; ``reach`` are metres around the area."""

    area: Geometry
    reach: int
    as_of: date


@dataclass(frozen=True)
class TouchedZone:
    """One protection zone: ``row`` of ``group`` in ``view``, ``metres`` away, ``shared`` square metres of the area."""

    view: View
    group: Group
    row: dict[str, Any]
    outline: Geometry
    state: str  # surely or perhaps in force on the day
    metres: float
    shared: float


@dataclass(frozen=True)
class TouchedPlace:
    """One object; ``metres`` only where its place is exact, and not 0 only where it is ``NEAR``."""

    view: View
    geometry: Geometry
    where: str
    metres: float | None


@dataclass(frozen=True)
class Touched:
    zones: list[TouchedZone]
    places: list[TouchedPlace]


def touched(reader: Reader, question: Question) -> Touched:
    """What ``reader`` may know of an area. Raises Problem for one that holds too much to be read."""
    area = measuring.form(question.area)
    zones: list[TouchedZone] = []
    places: list[TouchedPlace] = []
    around = measuring.widened(geo.bbox(question.area), question.reach)
    count, views = within(reader, Query(kind=list(kinds()), filters={"state": [PUBLISHED]}), around, MOST)
    if count > MOST:
        message = _("More than %(most)s records lie in or around this area. Draw a smaller one, or look less far.")
        raise Problem("area_full", message, most=MOST)
    for view in views:
        zones += _zones(view, area, question)
        place = _place(view, area, question.reach)
        places += [place] if place else []
    zones.sort(key=lambda zone: (zone.metres, -zone.shared, zone.view.key))
    places.sort(key=lambda place: (ORDER.index(place.where), place.metres or 0.0, place.view.key))
    return Touched(zones, places)


def within(reader: Reader, query: Query, around: Box, most: int) -> tuple[int, list[View]]:
    """How many records of ``query`` reach into a box with their place or a zone, and ``most`` of them."""
    count, ids = whole.ids(reader, replace(query, touching=around), most)
    rows = access.visible(reader).filter(id__in=ids).order_by("id")
    return count, [view for view in access.views(reader, list(rows)) if known(view)]


@cache
def kinds() -> tuple[str, ...]:
    """What is looked for: the kinds that are on the map."""
    return tuple(slug for slug, kind in KINDS.items() if kind.on_map)


def known(view: View) -> bool:
    return view.kind is not None and view.record.kind_version <= view.kind.version


def outlines(view: View) -> Iterator[tuple[Group, dict[str, Any], Geometry]]:
    """Every zone of a record that has an outline, as far as the reader may see it."""
    for group, name in zoned(view.kind) if view.kind else ():
        for row in view.data.get(group.name) or ():
            if row.get(name):
                yield group, row, row[name]


def zoned(kind: type[Kind]) -> list[tuple[Group, str]]:
    """The groups of a kind that hold zones, each with the name of the field of the outline."""
    groups = [of for of in kind.fields if isinstance(of, Group)]
    return [(of, inner.name) for of in groups for inner in of.fields if isinstance(inner, Zone)]


def _zones(view: View, area: Any, question: Question) -> Iterator[TouchedZone]:
    today = day_of(date.today())
    for group, row, outline in outlines(view):
        state = held(row.get("valid"), today).on(day_of(question.as_of))
        if state == NOT:
            continue
        form = measuring.form(outline)
        away = measuring.metres(area, form)
        if away <= question.reach:
            shared = 0.0 if away else measuring.square_metres(area.intersection(form))
            yield TouchedZone(view, group, row, outline, state, away, shared)


def _place(view: View, area: Any, reach: int) -> TouchedPlace | None:
    geometry = (place_of(view) or {}).get("geometry")
    if not geometry:
        return None
    form, sure = measuring.form(geometry), exact(view)
    away = measuring.metres(area, form)
    if away > reach:
        return None
    if not sure:
        return TouchedPlace(view, geometry, MAYBE_NEAR if away else MAYBE, None)
    if away:
        return TouchedPlace(view, geometry, NEAR, away)
    return TouchedPlace(view, geometry, INSIDE if area.covers(form) else CROSSES, 0.0)
