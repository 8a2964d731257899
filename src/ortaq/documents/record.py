"""One record as a paper: the card of what stands in state lists, every field in its order of any other kind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from ortaq.documents import codes, maps
from ortaq.documents.paper import Block, Grid, Line, Paper, Picture, Plate, Run, runs
from ortaq.engine.access import Reader, View
from ortaq.engine.fields import Group, Place, Text
from ortaq.engine.fields.base import Context, Field, Piece
from ortaq.engine.outputs.arranged import table
from ortaq.engine.outputs.page import (
    Located,
    Statement,
    context_of,
    located,
    readers,
    statements,
    title_of,
)
from ortaq.engine.traced import PUBLISHED
from ortaq.register import card
from ortaq.register.standing import listed
from ortaq.web.context import node_name
from ortaq.web.reading import address, known, lang
from ortaq.web.templatetags.ortaq import day

WIDEST = 5  # columns of a table on paper; rows of a wider one stand below each other
NAMES = 6
MAP = (76, 44)  # millimetres
BLANK = 2


def paper(reader: Reader, view: View, permanent: str) -> Paper:
    """The whole record as this reader sees it, in the active language."""
    title, record = title_of(view, lang()), view.record
    is_card = known(view) and listed(view.kind)
    said = card.card(reader, view, permanent) if is_card else {}
    blocks = list(_card(view, said["places"])) if is_card else list(_fields(view))
    kind = _("Record card") if is_card else str(view.kind.label) if view.kind else record.kind
    values = {"node": node_name(), "number": record.revision, "day": day(record.updated)}
    foot = [_("%(node)s, revision %(number)s, %(day)s") % values]
    if said.get("digest"):
        foot.append(" ".join((_("Digest of the log entry:"), said["digest"])))
    return Paper(
        form="record",
        lang=lang(),
        title=Run(title.text, title.lang),
        stamp=record.updated,
        author=node_name(),
        kicker=" · ".join(filter(None, (kind, record.pid))),
        names=[Run(text, code) for code, text in view.title.items() if code != title.lang][:NAMES],
        notice="" if record.state == PUBLISHED else _("This record is not published."),
        blocks=blocks,
        foot=foot,
        address=permanent,
        qr=codes.svg(permanent),
    )


def plate(view: View, permanent: str) -> Plate:
    title = title_of(view, lang())
    names = [Run(text, code) for code, text in view.title.items() if code != title.lang][:3]
    return Plate(Run(title.text, title.lang), names, view.record.pid or "", permanent, codes.svg(permanent))


def plates(views: list[View], addresses: list[str], stamp: Any) -> Paper:
    made = [plate(view, to) for view, to in zip(views, addresses, strict=True)]
    title = Run(_("QR plates"))
    return Paper(form="plates", lang=lang(), title=title, stamp=stamp, author=node_name(), plates=made)


def _picture(place: Located | None) -> Picture | None:
    if place is None or place.geometry is None:
        return None
    svg = maps.picture([maps.spot(place.geometry, place.exact)], *MAP)
    return Picture(svg, *MAP, _("Where it lies"))


def _card(view: View, places: list[card.Heading]) -> Iterator[Block]:
    """The headings of the card; one that holds several fields says which is which."""
    for heading in places:
        lines: list[Line] = []
        for part in heading.parts:
            said = list(_part(part))
            several = len(heading.parts) > 1 and str(part.label) != str(heading.label)
            lines += [Line([], label=str(part.label)), *said] if several and said else said
        drawn = _picture(next((part.located for part in heading.parts if part.located), None))
        yield Block(str(heading.label), lines, picture=drawn, blank=0 if lines else BLANK)


def _part(part: card.Part) -> Iterator[Line]:
    if part.closed:
        yield _closed(str(part.label), part.closed)
    elif part.located:
        yield from _located(part.located)
    else:
        yield from _statements(part.statements)


def _closed(label: str, who: list[str]) -> Line:
    said = _("%(label)s: closed. May be seen by: %(readers)s") % {"label": label, "readers": "; ".join(who)}
    return Line([Run(said, soft=True)])


def _located(place: Located) -> Iterator[Line]:
    if place.written:
        yield Line([Run(place.written)])
    yield Line([Run(" · ".join(filter(None, (place.precision, place.certainty))))], small=True)


def _statements(found: list[Statement]) -> Iterator[Line]:
    for one in found:
        when = [Run(" · ", soft=True), *runs(one.when)] if one.when else []
        ended = [Run(" · ", soft=True), Run(_("ended"), soft=True)] if one.ended else []
        long = len(one.value) == 1 and "\n" in one.value[0].text
        *before, last = _prose(one.value[0]) if long else [Line(runs(one.value))]
        yield from before
        yield Line([*last.runs, *when, *ended])
        for label, pieces in one.basis:
            yield Line(runs(pieces), label=str(label), small=True)


def _fields(view: View) -> Iterator[Block]:
    """Every field that says something, then the parts that are closed to this reader."""
    kind = view.kind
    if kind is None or not known(view):
        said = json.dumps(view.data, ensure_ascii=False, indent=1)
        yield Block(_("As received"), [Line([Run(text)]) for text in said.split("\n")])
        return
    context = context_of(view, lang(), address)
    for of in kind.fields:
        if of.name != kind.title and view.data.get(of.name) is not None:
            yield from _field(view, of, view.data[of.name], context)
    for name in sorted(view.closed):
        audience = view.record.part_audiences.get(name, [])
        label = kind.parts[name].label.at(lang()) if name in kind.parts else name
        yield Block(label, [_closed(label, readers(audience, lang()))])


def _field(view: View, of: Field, value: Any, context: Context) -> Iterator[Block]:
    label = str(of.label)
    if isinstance(of, Place):
        place = located(value, lang(), of.part in view.opened)
        yield Block(label, list(_located(place)), picture=_picture(place))
    elif isinstance(of, Group) and of.table:
        yield from _table(label, of, value, context)
    elif isinstance(of, Text):
        pieces = [piece for one in statements(of, value, context) for piece in one.value]
        yield Block(label, [line for piece in pieces for line in _prose(piece)])
    else:
        lines = list(_statements(statements(of, value, context)))
        if lines:
            yield Block(label, lines)


def _prose(piece: Piece) -> Iterator[Line]:
    """A text by its paragraphs; the last one says when a machine wrote it."""
    *first, last = [text for text in piece.text.split("\n") if text.strip()] or [""]
    yield from (Line([Run(text, piece.lang)]) for text in first)
    yield Line(runs([replace(piece, text=last)]))


def _table(label: str, group: Group, value: list[dict[str, Any]], context: Context) -> Iterator[Block]:
    shown = table(group, value, context)
    if not shown.rows:
        return
    if len(shown.head) <= WIDEST:
        rows = [[runs(pieces) for _label, pieces in row] for row in shown.rows]
        yield Block(label, grid=Grid([str(name) for name in shown.head], rows))
        return
    lines = []
    for row in shown.rows:
        filled = [(str(name), runs(pieces)) for name, pieces in row if pieces]
        lines += [Line(filled[0][1])] + [Line(said, label=name, small=True) for name, said in filled[1:]]
    yield Block(label, lines)
