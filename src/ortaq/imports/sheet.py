"""Tables as people send them, and the features of geographic files: names of columns, then rows of text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from ortaq.engine.problems import Problem
from ortaq.imports.cells import cell
from ortaq.imports.encoding import decode
from ortaq.imports.reading import FORMS, Lines, Reading

LARGEST_CELL = 16_000_000  # characters; what a field takes is checked later and said row by row
LARGEST_FILE = 1 << 29
MOST_COLUMNS = 1_000
WIDEST = 1 << 14  # cells of a row, most of them empty: what a spreadsheet program writes
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab"}
TABLES = (".csv", ".tsv", ".txt")
SUFFIXES = (*TABLES, *FORMS)


@dataclass(frozen=True)
class Row:
    """One row: ``number`` as a spreadsheet program shows it, cells by column; ``extra`` stands beyond the header."""

    number: int
    cells: dict[str, str]
    extra: str = ""


@dataclass(frozen=True)
class Sheet:
    """``columns`` in file order, and what was assumed about the file; it can be gone through again and again.

    ``geometry`` is the column with GeoJSON of a geographic file, ``crs`` the code of its reference system, empty where
    the file names one without a code: ``crs_name``. ``layers`` are the sheets or layers to choose from.
    """

    columns: tuple[str, ...]
    rows: Iterable[tuple[int, Sequence[str]]] = field(repr=False)
    start: int = 0  # the number of the row with the names of the columns
    encoding: str = ""
    separator: str = ""
    geometry: str = ""
    crs: str = ""
    crs_name: str = ""
    layers: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Row]:
        """The rows that are not empty."""
        width = len(self.columns)
        for number, values in self.rows:
            if number > self.start and any(values):
                cells = {name: values[i] if i < len(values) else "" for i, name in enumerate(self.columns) if name}
                yield Row(number, cells, next(filter(None, values[width:]), ""))


def read(path: Path, *, name: str = "", sheet: str = "", encoding: str = "") -> Sheet:
    """The table in ``path``; ``sheet`` and ``encoding`` when the mapping names them. Raises Problem.

    ``name`` is what its owner calls the file, when it lies here under another name.
    """
    name = name or path.name
    check(path, name)
    if Path(name).suffix.lower() in FORMS:
        return finished(Reading(path, name, sheet=sheet, encoding=encoding), name)
    return _csv(path, name, encoding)


def check(path: Path, name: str) -> None:
    """Raises Problem for a file that is not read at all."""
    if Path(name).suffix.lower() not in SUFFIXES:
        message = _("“%(name)s” is not read here. Save it as one of: %(known)s")
        raise Problem("file", message, name=name, known=", ".join(SUFFIXES))
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Problem("file", _("“%(name)s” is too large. Divide it and import the pieces."), name=name)
    except OSError as error:
        message = _("“%(name)s” cannot be read: %(error)s")
        raise Problem("file", message, name=name, error=error.strerror or str(error)) from error


def finished(reading: Reading, name: str) -> Sheet:
    """The table that a process read."""
    lines = reading.result()
    about = lines.about
    found = _sheet(lines, name)
    if "crs" not in about:
        return replace(found, layers=tuple(about.get("layers", ())))
    return replace(
        found,
        geometry=found.columns[-1],
        crs=about["crs"],
        crs_name=about["crs_name"],
        layers=tuple(about["layers"]),
    )


@dataclass(frozen=True)
class _Text:
    """The rows of a text table. Keeping the text and reading it anew takes a tenth of keeping the cells."""

    text: str = field(repr=False)
    separator: str

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        csv.field_size_limit(LARGEST_CELL)
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.separator, strict=True)
        number = 0
        try:
            for number, values in enumerate(reader, start=1):
                _refuse_wide(values, WIDEST)
                yield number, [cell(value) for value in values]
        except csv.Error as error:
            message = _("Row %(row)s cannot be read: %(error)s. Look for a quotation mark that is not closed.")
            raise Problem("row", message, row=number + 1, error=str(error)) from error


def _csv(path: Path, name: str, given: str) -> Sheet:
    text, encoding = decode(path.read_bytes(), given)
    csv.field_size_limit(LARGEST_CELL)
    separator = max(SEPARATORS, key=lambda mark: _width(text, mark))
    rows = _Text(text, separator)
    for _row in rows:  # a row that cannot be read is told before anything is written
        pass
    return replace(_sheet(rows, name), encoding=encoding, separator=SEPARATORS[separator])


def _width(text: str, mark: str) -> int:
    """How many columns the header has with ``mark`` as separator."""
    try:
        return len(next(csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=mark), []))
    except csv.Error:
        return 0


def _sheet(rows: _Text | Lines, name: str) -> Sheet:
    start, values = next(((number, values) for number, values in rows if any(values)), (0, None))
    if values is None:
        raise Problem("file", _("“%(name)s” is empty. The first row must name the columns."), name=name)
    columns = list(values)
    while columns and not columns[-1]:
        columns.pop()
    _refuse_wide(columns, MOST_COLUMNS)
    twice = next((c for i, c in enumerate(columns) if c and c in columns[:i]), None)
    if twice is not None:
        raise Problem("column", _("Two columns are called “%(name)s”. Rename one of them."), name=twice)
    return Sheet(tuple(columns), rows, start)


def _refuse_wide(cells: Sequence[str], most: int) -> None:
    if len(cells) > most:
        message = _("A row has more than %(most)s columns. Leave out those that nobody needs.")
        raise Problem("columns", message, most=most)
