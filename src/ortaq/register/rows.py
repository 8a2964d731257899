"""A line of the extract in the reader's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ortaq.engine import terms
from ortaq.engine.access import View
from ortaq.engine.dates.holding import PERHAPS, day_of
from ortaq.engine.fields import Field, Group
from ortaq.engine.fields.base import Context, Piece
from ortaq.engine.fields.common import NAME
from ortaq.engine.fields.source import CERTAINTIES
from ortaq.engine.fields.state import ACT
from ortaq.engine.fields.unit import UNITS
from ortaq.engine.outputs.page import Address, context_of, statements, title_of
from ortaq.register.extract import Extract, Line, path
from ortaq.register.sheet import SINCE, Cell
from ortaq.register.standing import ENTRIES, STATUS, entries, standing, statuses

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
HEADINGS = {  # the columns of the files, with their width in characters
    "pid": 12,
    "number": 12,
    "list": 30,
    "name": 36,
    "official_name": 36,
    "category": 26,
    "act": 36,
    "since": 24,
    "country": 14,
    "region": 24,
    "unit": 32,
    "dating": 24,
    "held": 14,
    "certainty": 16,
}


@dataclass(frozen=True)
class Row:
    """``cells`` by the names of ``HEADINGS``; ``group`` on the first row of a region: its name and how many."""

    view: View
    title: Piece
    cells: dict[str, list[Piece]]
    url: str
    group: tuple[str, int] | None = None
    perhaps: bool = False
    since: date | None = None

    def typed(self) -> list[Cell]:
        """The cells of one line of a table file; a period that is only a first day counts as that day."""
        texts = {name: "; ".join(piece.text for piece in self.cells[name]) for name in HEADINGS}
        days = {"since": self.since}
        return [Cell(text, days.get(name), SINCE) for name, text in texts.items()]


def headings() -> dict[str, str]:
    return {
        "pid": _("Permanent number"),
        "number": _("Number in the list"),
        "list": _("List"),
        "name": str(NAME),
        "official_name": _("Official name"),
        "category": _("Category"),
        "act": str(ACT),
        "since": _("Valid"),
        "country": _("Country"),
        "region": _("Region"),
        "unit": _("Administrative unit on that day"),
        "dating": _("Dating"),
        "held": _("On that day"),
        "certainty": _("Certainty"),
    }


def rows(found: Extract, read: Iterable[tuple[Line, View]], lang: str, address: Address) -> Iterator[Row]:
    """Rows with the heading of each region before its first; of a page the heading is said again at its top."""
    at: tuple[str, str] | None = None
    context, known = Context(lang=lang), None
    for line, view in read:
        if view.names is not known:  # one batch has the names of all its links in common
            context, known = context_of(view, lang, address), view.names
        here = (line.country, line.region)
        group = None if here == at else (terms.label(UNITS, line.region, lang), found.regions[here])
        at = here
        yield _row(line, view, found.question.as_of, context, address, group)


def _row(line: Line, view: View, as_of: date, context: Context, address: Address, group: tuple[str, int] | None) -> Row:
    lang, today = context.lang, day_of(date.today())
    stood = standing(statuses(view.data, line.country, today), entries(view.data, today), day_of(as_of))
    status = view.data[STATUS][stood.status.row] if stood and stood.status else {}
    listed = [view.data[ENTRIES][entry.row] for entry in stood.entries] if stood else []
    title = title_of(view, lang)
    said = [status, *listed]
    units = [Piece(terms.label(UNITS, code, lang)) for code in reversed(path(view.record.region, as_of.isoformat()))]
    cells = {
        "pid": [Piece(view.record.pid or "")],
        "number": _texts(listed, "number"),
        "list": _texts(listed, "list"),
        "name": [title],
        "official_name": _official(view),
        "category": _shown(view, STATUS, "category", [status], context),
        "act": _shown(view, STATUS, "act", [status], context) or _shown(view, ENTRIES, "act", listed, context),
        "since": _shown(view, STATUS, "valid", [status], context) or _shown(view, ENTRIES, "valid", listed, context),
        "country": [Piece(terms.label(UNITS, line.country.lower(), lang))],
        "region": [Piece(terms.label(UNITS, line.region, lang))],
        "unit": units[:-2] or units[:1],
        "dating": _dating(view, context),
        "held": [Piece(_("perhaps") if line.state == PERHAPS else _("applied"))],
        "certainty": _certainty(said, lang),
    }
    since = _first_day([status]) if status.get("valid") else _first_day(listed)
    return Row(view, title, cells, address(view, lang), group, line.state == PERHAPS, since)


def _first_day(given: Iterable[dict[str, Any]]) -> date | None:
    """The day of what is said only to hold from one day on."""
    periods = [row["valid"] for row in given if row.get("valid")]
    alike = periods[:1] if all(period == periods[0] for period in periods) else []
    return next(
        (date.fromisoformat(p["from"]) for p in alike if list(p) == ["from"] and DAY.fullmatch(p["from"])), None
    )


def _texts(given: Iterable[dict[str, Any]], name: str) -> list[Piece]:
    return [Piece(text) for text in dict.fromkeys(row[name] for row in given if row.get(name))]


def _official(view: View) -> list[Piece]:
    given = view.data.get(view.kind.title, []) if view.kind else []
    names = [row["name"] for row in given if row.get("kind") == "official" and row.get("name")]
    return [Piece(name["text"], name.get("lang", "")) for name in names]


def _shown(view: View, group: str, name: str, given: Iterable[dict[str, Any]], context: Context) -> list[Piece]:
    of = _inner(view, group, name)
    found = [piece for row in given if of and row.get(name) for piece in of.show(row[name], context)]
    return list(dict.fromkeys(piece for piece in found if isinstance(piece, Piece)))


def _inner(view: View, group: str, name: str) -> Field | None:
    of = view.kind.field(group) if view.kind else None
    return next((f for f in of.fields if f.name == name), None) if isinstance(of, Group) else None


def _dating(view: View, context: Context) -> list[Piece]:
    of = view.kind.field("dating") if view.kind else None
    said = statements(of, view.data["dating"], context) if of and view.data.get("dating") else []
    return [piece for statement in said for piece in statement.value[:1]]


def _certainty(given: Iterable[dict[str, Any]], lang: str) -> list[Piece]:
    """How sure the sources of what is said here are, the least sure last."""
    codes = {row.get("source", {}).get("certainty") for row in given}
    return [Piece(label.at(lang), lang) for code, label in CERTAINTIES.items() if code in codes]
