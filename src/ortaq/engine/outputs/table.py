"""Records as a table: one row a record, one column for each scalar field and language, groups joined in one cell."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from ortaq.engine import geo
from ortaq.engine.access import View
from ortaq.engine.fields.base import Context, Field, Piece
from ortaq.engine.fields.group import Group
from ortaq.engine.fields.place import Place
from ortaq.engine.fields.text import Text
from ortaq.engine.kinds import Kind
from ortaq.engine.labels import LANGUAGES

FIXED = ("pid", "state", "updated", *(f"title_{lang}" for lang in LANGUAGES))
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that starts so is a formula to a spreadsheet program
BETWEEN_OCCURRENCES, BETWEEN_FIELDS = " | ", ", "


def columns(kind: type[Kind]) -> list[str]:
    """The header: the fixed columns, then the fields in the order of the kind."""
    return [*FIXED, *(name for field in kind.fields for name in _names(field))]


def row(kind: type[Kind], view: View, lang: str) -> list[str]:
    """The cells of one record as its reader sees it; terms, dates and numbers are written in ``lang``."""
    context = Context(lang=lang, names={id_: _named(target) for id_, target in view.names.items()})
    fixed = [view.record.pid or "", view.record.state, view.record.updated.isoformat()]
    fixed += [view.title.get(code, "") for code in LANGUAGES]
    return [*fixed, *(cell for field in kind.fields for cell in _cells(field, view.data.get(field.name), context))]


def write(kind: type[Kind], views: Iterable[View], lang: str, out: TextIO) -> int:
    """CSV with a header for ``views``; returns how many. Cells that a spreadsheet would run are quoted."""
    writer = csv.writer(out)
    writer.writerow(columns(kind))
    count = 0
    for view in views:
        writer.writerow([quoted(cell) for cell in row(kind, view, lang)])
        count += 1
    return count


def quoted(cell: str) -> str:
    """``cell`` so that a spreadsheet program shows it and never runs it; a plain negative number stays one."""
    if cell.startswith(FORMULA) and not _number(cell):
        return f"'{cell}"
    return cell


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return cell[1:2].isdigit()


def _names(field: Field) -> Iterator[str]:
    if isinstance(field, Text):
        yield from (f"{field.name}_{lang}" for lang in LANGUAGES)
    elif isinstance(field, Place):
        yield from (f"{field.name}_{part}" for part in ("lat", "lon", "precision", "geometry"))
    else:
        yield field.name


def _cells(field: Field, value: Any, context: Context) -> Iterator[str]:
    if isinstance(field, Text):
        yield from ((value or {}).get(lang, {}).get("text", "") for lang in LANGUAGES)
    elif isinstance(field, Place):
        yield from _place(value)
    elif value is None:
        yield ""
    elif isinstance(field, Group):
        occurrences = (_occurrence(field, given, context) for given in value)
        yield BETWEEN_OCCURRENCES.join(text for text in occurrences if text)
    else:
        yield _text(field, value, context)


def _occurrence(group: Group, given: dict[str, Any], context: Context) -> str:
    """The fields of one occurrence, each with its code so that a program can take them apart."""
    found = ((f.name, _text(f, given[f.name], context)) for f in group.fields if given.get(f.name) is not None)
    return BETWEEN_FIELDS.join(f"{name}: {text}" for name, text in found if text)


def _text(field: Field, value: Any, context: Context) -> str:
    """A value in one cell; terms keep their codes, which import again."""
    if isinstance(value, str | int):
        return str(value) if not isinstance(value, bool) else ("yes" if value else "no")
    if isinstance(value, list) and all(isinstance(code, str) for code in value):
        return "; ".join(value)
    pieces = [piece for piece in field.show(value, context) if isinstance(piece, Piece)]
    return "; ".join(f"{p.text} ({p.note})" if p.note else p.text for p in pieces if p.text)


def _place(value: dict[str, Any] | None) -> Iterator[str]:
    """Latitude and longitude only of a point: a cell of the public grid has no middle that means anything."""
    geometry = (value or {}).get("geometry") or {}
    point = geometry.get("type") == "Point"
    lat, lon = geo.centre(geometry) if point else ("", "")
    yield from (str(lat), str(lon), (value or {}).get("precision", ""))
    yield json.dumps(geometry, separators=(",", ":")) if geometry and not point else ""


def _named(view: View) -> tuple[str, str, str]:
    lang = next((code for code in LANGUAGES if view.title.get(code)), "")
    return lang, view.title.get(lang, ""), view.key
