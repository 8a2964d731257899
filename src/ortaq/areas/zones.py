"""The protection zones in view of a map: those of the records that the list beside it holds, as of a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from ortaq.areas import drawing
from ortaq.areas.touching import Box, outlines, within
from ortaq.engine import geo, terms
from ortaq.engine.access import View
from ortaq.engine.dates.holding import NOT, PERHAPS, day_of, held
from ortaq.engine.fields import Group, Term
from ortaq.engine.geo.shapes import Geometry
from ortaq.engine.outputs.arranged import pieces
from ortaq.engine.outputs.page import context_of, title_of
from ortaq.search.documents import YES, ZONED
from ortaq.web import finding
from ortaq.web.reading import address, day, lang, reader

WIDEST = 4.0  # degrees of longitude of a view in which zones are shown; from farther away they would be specks
MOST = 200  # records whose zones are shown at once
CORNERS = 1_000  # of an outline that is sent as it is
PIXELS = 1_000  # of a view: a corner that moves a line by less is left out of a larger one
VOCABULARY = "zone"


def zones(request: HttpRequest) -> dict[str, Any]:
    """A GeoJSON collection under the filters and rights of the list; ``more``: not all are in it."""
    query, _page = finding.asked(request)
    box, as_of = query.bbox, day(request) or date.today()
    if box is None or not 0 < box[2] - box[0] <= WIDEST:
        return {"type": "FeatureCollection", "features": [], "more": False}
    asked = replace(query, bbox=None, filters={**query.filters, ZONED: [YES]})
    count, views = within(reader(request), asked, box, MOST)
    features = [feature for view in views for feature in _features(view, box, as_of)]
    return {"type": "FeatureCollection", "features": features, "more": count > MOST}


def _features(view: View, box: Box, as_of: date) -> Iterator[dict[str, Any]]:
    today, title = day_of(date.today()), title_of(view, lang())
    told = {"title": title.text, "lang": title.lang, "url": address(view)}
    for group, row, outline in outlines(view):
        state = held(row.get("valid"), today).on(day_of(as_of))
        if state != NOT:
            said = told | _said(view, group, row) | {"perhaps": state == PERHAPS}
            yield {"type": "Feature", "geometry": _lighter(outline, box), "properties": said}


def _said(view: View, group: Group, row: dict[str, Any]) -> dict[str, Any]:
    context = context_of(view, lang(), address)
    term = next((of for of in group.fields if isinstance(of, Term)), None)
    code = str(row.get(term.name, "")) if term else ""
    when = next((of for of in group.fields if of.name == "valid" and row.get("valid")), None)
    return {
        "kind": drawing.kind_of(code),
        "zone": terms.label(VOCABULARY, code, lang()) if code else _("Zone of a kind that is not given"),
        "when": "".join(piece.text for piece in pieces(when, row["valid"], context)) if when else "",
    }


def _lighter(outline: Geometry, box: Box) -> Geometry:
    """An outline of very many corners without those that nobody would see."""
    if sum(1 for _at in geo.positions(outline)) <= CORNERS:
        return outline
    from shapely.geometry import mapping, shape

    return dict(mapping(shape(outline).simplify((box[2] - box[0]) / PIXELS)))


def legend() -> list[tuple[int, str]]:
    """(number of the hatching, name) of every kind of zone; those that no hatching is made for share the last."""
    named = [
        (drawing.kind_of(term.code), terms.label(VOCABULARY, term.code, lang()))
        for term in terms.source().terms(VOCABULARY)
    ]
    return sorted(pair for pair in named if drawing.KINDS[pair[0]])


def patterns() -> str:
    """The hatchings as definitions of an SVG."""
    return "".join(drawing.pattern(number) for number in range(len(drawing.KINDS)))
