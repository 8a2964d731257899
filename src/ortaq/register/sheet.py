"""The list as files: CSV, sent while it is made, and XLSX, which is whole before its first byte is sent.

Nothing that somebody wrote becomes a formula: in the workbook every text is a cell of text, in CSV cells are quoted
as in every other table of the node.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from tempfile import TemporaryFile
from typing import Any

from ortaq.engine.outputs.table import quoted

NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PIECE = 1 << 16  # bytes that are gathered before they are sent
LONGEST = 16_000  # characters of a cell: spreadsheet programs take 32,767 units of UTF-16
FIRST = date(1900, 3, 1)  # spreadsheet programs believe in 29 February 1900 and count earlier days wrongly
SINCE = 'yyyy\\-mm\\-dd" – …"'  # a day with what follows it in the words of a period without an end
MOMENT = 'yyyy\\-mm\\-dd hh:mm" UTC"'
DAY = "yyyy\\-mm\\-dd"
TEXT = {"valign": "top", "text_wrap": True}


@dataclass(frozen=True)
class Cell:
    """``text`` in words; ``value`` is what a program may count with, shown as ``format`` says."""

    text: str
    value: date | datetime | int | None = None
    format: str = ""


@dataclass(frozen=True)
class Table:
    """The list with what it is: ``about`` are its node, day and filter, ``columns`` its headings with their widths."""

    name: str
    about_name: str
    about: list[tuple[str, Cell]]
    columns: list[tuple[str, int]]
    rows: Iterable[list[Cell]]


def as_csv(table: Table) -> Iterator[bytes]:
    """CSV in UTF-8 with the mark that spreadsheet programs look for: what it is, an empty line, the list."""
    out = io.StringIO()
    writer = csv.writer(out)
    out.write("\ufeff")
    writer.writerows([label, quoted(cell.text)] for label, cell in table.about)
    writer.writerow([])
    writer.writerow([heading for heading, _width in table.columns])
    for row in table.rows:
        writer.writerow([quoted(cell.text) for cell in row])
        if out.tell() > PIECE:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def as_xlsx(table: Table) -> Iterator[bytes]:
    """Two sheets: the list under its frozen headings, and what it is."""
    from xlsxwriter import Workbook

    with TemporaryFile() as file:
        with Workbook(file, {"constant_memory": True}) as book:
            _list(book, table)
            _about(book, table)
        file.seek(0)
        yield from iter(lambda: file.read(PIECE), b"")


def _list(book: Any, table: Table) -> None:
    sheet, head, put = book.add_worksheet(table.name), book.add_format(TEXT | {"bold": True}), _putting(book)
    for at, (heading, width) in enumerate(table.columns):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, heading, head)
    number = 0
    for number, row in enumerate(table.rows, start=1):
        for at, cell in enumerate(row):
            put(sheet, number, at, cell)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, number, len(table.columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _about(book: Any, table: Table) -> None:
    sheet, head, put = book.add_worksheet(table.about_name), book.add_format(TEXT | {"bold": True}), _putting(book)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 60)
    for number, (label, cell) in enumerate(table.about):
        sheet.write_string(number, 0, label, head)
        put(sheet, number, 1, cell)


def _putting(book: Any) -> Callable[[Any, int, int, Cell], None]:
    formats = {name: book.add_format(TEXT | {"align": "left", "num_format": name}) for name in (DAY, SINCE, MOMENT)}
    plain = book.add_format(TEXT | {"align": "left"})

    # Each sort of cell by its own method: the one that guesses the sort would take texts for formulas and addresses.
    def put(sheet: Any, row: int, column: int, cell: Cell) -> None:
        if isinstance(cell.value, int):
            sheet.write_number(row, column, cell.value, plain)
        elif cell.value is not None and cell.value.timetuple() >= FIRST.timetuple():
            sheet.write_datetime(row, column, cell.value, formats[cell.format])
        elif cell.text:
            text = NO_XML.sub("", cell.text)
            sheet.write_string(row, column, text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…", plain)

    return put
