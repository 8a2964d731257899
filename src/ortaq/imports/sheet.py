"""Tables as people send them, .csv and .xlsx: one header row, then rows of text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from ortaq.engine.problems import Problem
from ortaq.imports.encoding import decode

LARGEST_CELL = 16_000_000  # characters; what a field takes is checked later and said row by row
LARGEST_FILE = 1 << 29
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
QUOTED_FORMULA = re.compile(r"'(?=[=+\-@\t\r])")  # as our own export writes such cells


@dataclass(frozen=True)
class Row:
    """One row: ``number`` as a spreadsheet program shows it, cells by column; ``extra`` stands beyond the header."""

    number: int
    cells: dict[str, str]
    extra: str = ""


@dataclass(frozen=True)
class Sheet:
    """``columns`` in file order, and what was assumed about the file."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[int, Sequence[str]]] = field(repr=False)
    encoding: str = ""
    separator: str = ""

    def __iter__(self) -> Iterator[Row]:
        """The rows that are not empty."""
        width = len(self.columns)
        for number, values in self.rows:
            if any(values):
                cells = {name: values[i] if i < len(values) else "" for i, name in enumerate(self.columns) if name}
                yield Row(number, cells, next(filter(None, values[width:]), ""))


def read(path: Path, *, sheet: str = "", encoding: str = "") -> Sheet:
    """The table in ``path``; ``sheet`` and ``encoding`` when the mapping names them. Raises Problem."""
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".tsv", ".txt", ".xlsx"):
        raise Problem("file", _("“%(name)s” is neither .csv nor .xlsx. Save the table as one of them."), name=path.name)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Problem("file", _("“%(name)s” is too large. Divide it and import the pieces."), name=path.name)
        return _xlsx(path, sheet) if suffix == ".xlsx" else _csv(path, encoding)
    except OSError as error:
        message = _("“%(name)s” cannot be read: %(error)s")
        raise Problem("file", message, name=path.name, error=error.strerror or str(error)) from error


def _csv(path: Path, given: str) -> Sheet:
    text, encoding = decode(path.read_bytes(), given)
    csv.field_size_limit(LARGEST_CELL)
    separator = max(SEPARATORS, key=lambda mark: _width(text, mark))
    rows: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, values in enumerate(reader, start=1):
            rows.append((number, [_cell(value) for value in values]))
    except csv.Error as error:
        message = _("Row %(row)s cannot be read: %(error)s. Look for a quotation mark that is not closed.")
        raise Problem("row", message, row=len(rows) + 1, error=str(error)) from error
    return _sheet(rows, path.name, encoding, SEPARATORS[separator])


def _width(text: str, mark: str) -> int:
    """How many columns the header has with ``mark`` as separator."""
    try:
        return len(next(csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=mark), []))
    except csv.Error:
        return 0


def _xlsx(path: Path, wanted: str) -> Sheet:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        if wanted and wanted not in book.sheet_names:
            known = ", ".join(book.sheet_names)
            raise Problem("sheet", _("There is no sheet “%(name)s”, only: %(known)s"), name=wanted, known=known)
        table = book.get_sheet_by_name(wanted) if wanted else book.get_sheet_by_index(0)
        values = table.to_python(skip_empty_area=False)
    except (CalamineError, ValueError) as error:
        message = _("“%(name)s” is not a whole .xlsx file. Open it, save it again and try once more.")
        raise Problem("file", message, name=path.name) from error
    return _sheet([(n, [_cell(v) for v in row]) for n, row in enumerate(values, start=1)], path.name)


def _cell(value: Any) -> str:
    """A cell as text. A spreadsheet keeps every number with a fraction, so 12.0 was typed as 12."""
    if isinstance(value, str):
        return QUOTED_FORMULA.sub("", value.strip(), count=1) if value[:1] == "'" else value.strip()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat()
    if isinstance(value, date | timedelta):
        return str(value)
    return "" if value is None else str(value)


def _sheet(rows: list[tuple[int, list[str]]], name: str, encoding: str = "", separator: str = "") -> Sheet:
    start = next((i for i, (_number, values) in enumerate(rows) if any(values)), None)
    if start is None:
        raise Problem("file", _("“%(name)s” is empty. The first row must name the columns."), name=name)
    columns = rows[start][1]
    while columns and not columns[-1]:
        columns.pop()
    twice = next((c for i, c in enumerate(columns) if c and c in columns[:i]), None)
    if twice is not None:
        raise Problem("column", _("Two columns are called “%(name)s”. Rename one of them."), name=twice)
    return Sheet(tuple(columns), rows[start + 1 :], encoding, separator)
