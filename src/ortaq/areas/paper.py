"""What lies in an area as a paper: the same rows as on the page."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.utils.translation import gettext as _

from ortaq.areas import drawing, telling
from ortaq.areas.telling import Row
from ortaq.areas.touching import MAYBE, MAYBE_NEAR, Question, Touched
from ortaq.documents.paper import Block, Grid, Line, Paper, Picture, Run, runs
from ortaq.engine.fields.base import Piece
from ortaq.web.context import node_name
from ortaq.web.reading import lang
from ortaq.web.templatetags.ortaq import on_day

MAP = (174, 90)  # millimetres
ZONE_SHARES, PLACE_SHARES = [1, 5, 7, 4, 6, 5], [1, 8, 6, 7, 5]


def paper(found: Touched, question: Question) -> Paper:
    """Stamped with the last change of what is on it, so that the same data give the same bytes."""
    stamp = _stamp(found, question)
    zones, places = telling.zones(found), telling.places(found, question)
    sure = [row for row in places if row.code not in (MAYBE, MAYBE_NEAR)]
    perhaps = [row for row in places if row.code in (MAYBE, MAYBE_NEAR)]
    svg, bar = drawing.picture(question, found, [row.code for row in zones], drawing.PAPER_STYLE)
    shown = [Block("", picture=Picture(svg, *MAP, _("Map of the area with its zones and objects")))]
    if bar:
        words = _("The bar in the corner is %(distance)s long.") % {"distance": telling.distance(bar)}
        shown.append(Block("", [Line([Run(words, soft=True)])]))
    return Paper(
        form="list",
        lang=lang(),
        title=Run(_("What lies in an area")),
        stamp=stamp,
        author=node_name(),
        about=_about(question),
        blocks=[*shown, _zones(zones), _places(_("Objects"), sure), *([_perhaps(perhaps)] if perhaps else [])],
        foot=[node_name(), limits()],
    )


def limits() -> str:
    return _("This tells what its reader may see. What is closed to him is not in it, and it is no permit.")


def _stamp(found: Touched, question: Question) -> datetime:
    views = [*(zone.view for zone in found.zones), *(place.view for place in found.places)]
    asked = datetime.combine(question.as_of, time(), UTC)
    return max((view.record.updated for view in views), default=asked)


def _about(question: Question) -> list[Line]:
    told = telling.about(question)
    said = [
        (_("Middle of the area"), told["middle"]),
        (_("Size"), told["size"]),
        (_("Looked around it"), told["reach"]),
        (_("As of"), on_day(question.as_of)),
        (_("Node"), node_name()),
    ]
    return [Line([Run(text)], label=label) for label, text in said if text]


def _zones(rows: list[Row]) -> Block:
    if not rows:
        return Block(_("Protection zones"), [Line([Run(_("None that you may see."), soft=True)])])
    head = [_("No."), _("Zone"), _("Object"), _("In force"), _("Act"), _("How it lies")]
    cells = [
        [
            [Run(str(row.number))],
            [*runs(row.what), *_soft(row.more)],
            [Run(row.title.text, row.title.lang), Run(f" {row.view.key}", soft=True)],
            [*runs(row.when), *([Run(f" ({_('perhaps')})", soft=True)] if row.perhaps else [])],
            runs(row.acts),
            [Run(row.relation)],
        ]
        for row in rows
    ]
    return Block(_("Protection zones"), grid=Grid(head, cells, ZONE_SHARES))


def _soft(pieces: list[Piece]) -> list[Run]:
    return [Run(f" · {piece.text}", piece.lang, soft=True) for piece in pieces]


def _places(label: str, rows: list[Row]) -> Block:
    if not rows:
        return Block(label, [Line([Run(_("None that you may see."), soft=True)])])
    head = [_("No."), _("Name"), _("Status"), _("Act"), _("How it lies")]
    cells = [
        [
            [Run(str(row.number))],
            [Run(row.title.text, row.title.lang), Run(f" {row.view.key}", soft=True)],
            runs(row.what),
            runs(row.acts),
            [Run(row.relation)],
        ]
        for row in rows
    ]
    return Block(label, grid=Grid(head, cells, PLACE_SHARES))


def _perhaps(rows: list[Row]) -> Block:
    block = _places(_("Perhaps in the area"), rows)
    told = _("The exact place of these is closed or not known: only the cell of the map is compared.")
    return Block(block.label, [Line([Run(told, soft=True)])], grid=block.grid)
