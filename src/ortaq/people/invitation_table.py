"""A table of people to invite: checked row by row, and nothing is written while a row is wrong."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from ortaq.engine.models import Record
from ortaq.engine.problems import Problem, Problems
from ortaq.imports.report import RowError
from ortaq.people.actors import Member
from ortaq.people.invitations import Wanted, understand

COLUMNS = ("email", "role", "region", "language", "until")
LARGEST, MOST_ROWS = 1_000_000, 500  # bytes, rows


@dataclass
class Table:
    """What a file asks for. ``text`` is what was read, so that the confirmed table is the one that was shown."""

    text: str
    wanted: list[Wanted] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)


def decode(data: bytes) -> str:
    """The file as text, UTF-8 with or without its mark. Raises Problem."""
    if len(data) > LARGEST:
        raise Problem("file", _("The file is too large: at most %(limit)s rows fit."), path=("file",), limit=MOST_ROWS)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Problem("file", _("The file is not in UTF-8. Save it as “CSV UTF-8”."), path=("file",)) from None
    if not text.strip() or "\0" in text:
        raise Problem("file", _("The file is not a table. Choose a CSV file."), path=("file",))
    return text


def read(giver: Member, organisation: Record, text: str) -> Table:
    """Every row understood or refused with column, value and what to do. Raises Problem for the file as a whole."""
    separator = ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        message = _("The file cannot be read: %(error)s. Look for a quotation mark that is not closed.")
        raise Problem("file", message, path=("file",), error=str(error)) from error
    names = [cell.strip().lower() for cell in rows[0]]
    _columns(names)
    table, seen = Table(text), set[tuple[str, str, str]]()
    filled = [(n, row) for n, row in enumerate(rows[1:], start=2) if any(cell.strip() for cell in row)]
    if not 0 < len(filled) <= MOST_ROWS:
        message = _("The file needs one to %(limit)s rows below the names of the columns.")
        raise Problem("file", message, path=("file",), limit=MOST_ROWS)
    for number, row in filled:
        _row(table, seen, number, dict(zip(names, row, strict=False)), giver, organisation)
    return table


def _columns(names: list[str]) -> None:
    if "email" in names and "role" in names and set(names) <= {*COLUMNS, ""} and len(set(names)) == len(names):
        return
    message = _("The first row must name the columns email and role; it may name region, language and until.")
    raise Problem("column", message, path=("file",))


def _row(
    table: Table,
    seen: set[tuple[str, str, str]],
    number: int,
    cells: dict[str, str],
    giver: Member,
    organisation: Record,
) -> None:
    try:
        wanted = understand(giver, organisation, cells)
        key = (wanted.email, wanted.role, wanted.region)
        if key in seen:
            raise Problems([Problem("twice", _("The same address and role stand in an earlier row."), path=("email",))])
    except Problems as wrong:
        for problem in wrong.problems:
            column = str(problem.path[0]) if problem.path else ""
            table.errors.append(RowError(number, column, cells.get(column, "").strip()[:80], problem.text))
        return
    seen.add(key)
    table.wanted.append(wanted)
