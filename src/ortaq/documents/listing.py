"""A search result on paper: a map of what was found, and a table with a row for each record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from ortaq.documents import maps
from ortaq.documents.paper import Block, Grid, Line, Paper, Picture, Run, runs
from ortaq.engine.access import View
from ortaq.engine.fields.base import Piece
from ortaq.engine.outputs.geojson import exact, place_of
from ortaq.engine.outputs.page import title_of
from ortaq.web.context import node_name
from ortaq.web.finding import hit
from ortaq.web.reading import lang

MAP = (174, 105)  # millimetres
SHARES = [2, 6, 13, 8, 8]


def paper(views: Sequence[View], about: list[tuple[str, str]], stamp: datetime) -> Paper:
    """``about``: what was asked, by whom it is told and as of when. The numbers on the map are those of the rows."""
    spots = [
        maps.spot(place["geometry"], exact(view), str(number))
        for number, view in enumerate(views, start=1)
        if (place := place_of(view)) and place.get("geometry")
    ]
    svg = maps.picture(spots, *MAP)
    blocks = [Block("", picture=Picture(svg, *MAP, _("Map of the records of this list")))] if svg else []
    if any(not spot.exact for spot in spots):
        told = _("A filled dot is a place, a ring the middle of an area: the exact place is closed or not known.")
        blocks.append(Block("", [Line([Run(told, soft=True)])]))
    if svg.count("<text") < len(spots):
        told = _("Where dots lie close together, only one of their numbers is written.")
        blocks.append(Block("", [Line([Run(told, soft=True)])]))
    head = [_("No."), _("Permanent number"), _("Name"), _("Place"), _("Dating and type")]
    rows = [row(number, view) for number, view in enumerate(views, start=1)]
    return Paper(
        form="list",
        lang=lang(),
        title=Run(_("List of records")),
        stamp=stamp,
        author=node_name(),
        about=[Line([Run(text)], label=label) for label, text in about],
        blocks=[*blocks, Block("", grid=Grid(head, rows, SHARES))],
        foot=[node_name()],
    )


def plain(piece: Piece) -> Piece:
    """Without the remark beside it: a row is no place for remarks."""
    return replace(piece, note="")


def row(number: int, view: View) -> list[list[Run]]:
    """The row has what the list of results on the screen has."""
    title, said = title_of(view, lang()), hit(view, [])
    marks = [Run(" · ", soft=True), *runs([piece for _code, piece in said.marks])] if said.marks else []
    where, *rest = said.facts or [[]]
    others = [piece for pieces in rest for piece in pieces]
    return [
        [Run(str(number))],
        [Run(view.record.pid or "")],
        [Run(title.text, title.lang), *marks],
        runs(map(plain, where)),
        runs(map(plain, others)),
    ]
