"""Where the results are measured from: a place of a record, the middle of a map, coordinates that somebody types."""

from __future__ import annotations

from babel.units import format_unit
from django.utils.translation import gettext as _

from ortaq.engine import geo
from ortaq.engine.access import View
from ortaq.engine.geo.written import from_pair
from ortaq.engine.outputs.geojson import exact, place_of
from ortaq.engine.problems import Problem
from ortaq.search.distance import metres
from ortaq.web.reading import lang

NEAR = "near"
LONGEST = 100  # characters of coordinates as somebody writes them
LOCALES = {"en": "en_GB"}

Place = tuple[float, float]


def read(text: str) -> tuple[Place | None, str]:
    """(latitude, longitude) of coordinates in any form that people write, and what is wrong with them."""
    text = text.strip()[:LONGEST]
    if not text:
        return None, ""
    try:
        lat, lon = from_pair(text)
    except Problem as problem:
        return None, str(problem.text)
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return None, _("“%(text)s” is outside the world: latitudes go to 90, longitudes to 180.") % {"text": text}
    return (lat, lon), ""


def told(text: str) -> str:
    """Where the results are measured from, in words, "" for nowhere."""
    place, _problem = read(text)
    return _("Nearest to %(place)s") % {"place": geo.to_dms(*place, lang())} if place else ""


def away(near: Place | None, view: View) -> str:
    """How far the record lies from ``near`` at its reader's precision, "" without a place."""
    place = place_of(view) if near else None
    if near is None or not place or not place.get("geometry"):
        return ""
    return ("" if exact(view) else "≈ ") + written(metres(near, *geo.centre(place["geometry"])))


def written(distance: float) -> str:
    """Metres up to a kilometre, then kilometres, with no more digits than anybody needs."""
    locale = LOCALES.get(lang(), lang())
    if distance < 1_000:
        return format_unit(round(distance, -1), "length-meter", "short", format="#,##0", locale=locale)
    shape = "#,##0.0" if distance < 10_000 else "#,##0"
    return format_unit(distance / 1_000, "length-kilometer", "short", format=shape, locale=locale)
