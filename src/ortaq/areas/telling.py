"""What was found in words of the reader's language: the rows of page and paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from ortaq.areas.touching import CROSSES, INSIDE, MAYBE, MAYBE_NEAR, NEAR, Question, Touched, TouchedPlace, TouchedZone
from ortaq.engine import geo
from ortaq.engine.access import View
from ortaq.engine.dates.holding import NOT, PERHAPS, day_of, held
from ortaq.engine.fields import Agent, Group, Link, Term, Text
from ortaq.engine.fields.base import Context, Piece
from ortaq.engine.fields.place import PRECISIONS
from ortaq.engine.geo import measuring
from ortaq.engine.outputs.arranged import pieces
from ortaq.engine.outputs.geojson import place_of
from ortaq.engine.outputs.page import STATUS, context_of, title_of
from ortaq.web.reading import address, lang

KILOMETRE, HECTARE, SQUARE_KILOMETRE = 1_000, 10_000, 1_000_000


@dataclass(frozen=True)
class Row:
    """A zone or an object: what it is, since when, by which acts, and how it lies to the area."""

    number: int
    view: View
    title: Piece
    url: str
    code: str
    what: list[Piece]
    when: list[Piece]
    acts: list[Piece]
    more: list[Piece]
    relation: str
    perhaps: bool = False


def zones(found: Touched) -> list[Row]:
    return [_zone(number, zone) for number, zone in enumerate(found.zones, start=1)]


def places(found: Touched, question: Question) -> list[Row]:
    """Numbered as on the picture; those of which only the cell is known stand at the end."""
    return [_place(number, place, question.as_of) for number, place in enumerate(found.places, start=1)]


def _zone(number: int, zone: TouchedZone) -> Row:
    context = context_of(zone.view, lang(), address)
    term = next((of for of in zone.group.fields if isinstance(of, Term)), None)
    return Row(
        number=number,
        view=zone.view,
        title=title_of(zone.view, lang()),
        url=address(zone.view),
        code=str(zone.row.get(term.name, "")) if term else "",
        what=_shown(zone.group, zone.row, Term, context),
        when=_when(zone.group, zone.row, context),
        acts=_acts(zone.group, zone.row, context),
        more=[*_shown(zone.group, zone.row, Text, context), *_shown(zone.group, zone.row, Agent, context)],
        relation=_zone_lies(zone),
        perhaps=zone.state == PERHAPS,
    )


def _place(number: int, place: TouchedPlace, as_of: date) -> Row:
    view = place.view
    context = context_of(view, lang(), address)
    said = list(_statuses(view, as_of))
    return Row(
        number=number,
        view=view,
        title=title_of(view, lang()),
        url=address(view),
        code=place.where,
        what=[piece for group, row in said for piece in _status(group, row, context)],
        when=[],
        acts=[piece for group, row in said for piece in _acts(group, row, context)],
        more=[Piece(str(view.kind.label))] if view.kind else [],
        relation=_place_lies(place),
    )


def _statuses(view: View, as_of: date) -> Iterable[tuple[Group, dict[str, Any]]]:
    """The statements of protection that held on the day, surely or perhaps."""
    today = day_of(date.today())
    for of in view.kind.fields if view.kind else ():
        if isinstance(of, Group) and any(inner.facet == STATUS for inner in of.fields):
            for row in view.data.get(of.name) or ():
                if held(row.get("valid"), today).on(day_of(as_of)) != NOT:
                    yield of, row


def _status(group: Group, row: dict[str, Any], context: Context) -> list[Piece]:
    fields = [of for of in group.fields if of.facet == STATUS and row.get(of.name)]
    return [piece for of in fields for piece in pieces(of, row[of.name], context)]


def _shown(group: Group, row: dict[str, Any], sort: type, context: Context) -> list[Piece]:
    fields = [of for of in group.fields if isinstance(of, sort) and row.get(of.name)]
    return [piece for of in fields for piece in pieces(of, row[of.name], context)]


def _acts(group: Group, row: dict[str, Any], context: Context) -> list[Piece]:
    fields = [of for of in group.fields if isinstance(of, Link) and not isinstance(of, Agent) and row.get(of.name)]
    return [piece for of in fields for piece in pieces(of, row[of.name], context)]


def _when(group: Group, row: dict[str, Any], context: Context) -> list[Piece]:
    of = next((of for of in group.fields if of.name == "valid"), None)
    return pieces(of, row["valid"], context) if of and row.get("valid") else []


def _zone_lies(zone: TouchedZone) -> str:
    if zone.metres:
        return away(zone.metres)
    return _("touches: %(size)s in common") % {"size": size(zone.shared)} if zone.shared else _("touches")


def _place_lies(place: TouchedPlace) -> str:
    value = place_of(place.view) or {}
    if place.where == NEAR and place.metres is not None:
        accuracy = str(value.get("accuracy_m") or "")
        return away(place.metres) + (f" (± {accuracy} " + _("m") + ")" if accuracy else "")
    known = PRECISIONS[value["precision"]].at(lang())
    return {
        INSIDE: _("in the area"),
        CROSSES: _("partly in the area"),
        MAYBE: _("perhaps in the area: its place is known %(precision)s") % {"precision": known},
        MAYBE_NEAR: _("perhaps near the area: its place is known %(precision)s") % {"precision": known},
    }[place.where]


def away(metres: float) -> str:
    return _("%(distance)s away") % {"distance": distance(metres)}


def distance(metres: float) -> str:
    """``350 m`` or ``1.2 km``, in the reader's way of writing numbers."""
    if metres < KILOMETRE:
        return " ".join((number(max(1, round(metres))), _("m")))
    return " ".join((number(round(metres / KILOMETRE, 1)), _("km")))


def size(square_metres: float) -> str:
    if square_metres < HECTARE:
        return " ".join((number(round(square_metres)), _("m²")))
    if square_metres < SQUARE_KILOMETRE:
        return " ".join((number(round(square_metres / HECTARE, 2)), _("ha")))
    return " ".join((number(round(square_metres / SQUARE_KILOMETRE, 2)), _("km²")))


def number(value: float) -> str:
    return str(format_decimal(value, locale={"en": "en_GB"}.get(lang(), lang())))


def about(question: Question) -> dict[str, str]:
    """The area itself: where its middle is, how large it is, how far around it was looked."""
    lat, lon = geo.centre(question.area)
    area = measuring.square_metres(measuring.form(question.area))
    return {
        "middle": f"{geo.to_dms(lat, lon, lang())} ({lat:.5f}, {lon:.5f})",
        "size": size(area) if area else "",
        "reach": distance(question.reach) if question.reach else "",
    }
