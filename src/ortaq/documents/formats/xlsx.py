"""XLSX: a sheet about the file, then a sheet for each kind. Every cell is text; nothing in it is ever a formula."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from ortaq.documents.formats import FIXED, Around, cells, columns
from ortaq.engine.access import View

LONGEST = 32_767  # characters of a cell
NAME = 31  # characters of the name of a sheet
ROWS = 1_048_575
QUIET = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Xlsx:
    def __init__(self, path: Path, around: Around) -> None:
        from xlsxwriter import Workbook

        self._around = around
        self._book = Workbook(str(path), {**QUIET, "tmpdir": str(path.parent)})
        self._book.set_properties({"created": around.stamp.astimezone(UTC).replace(tzinfo=None)})
        about = self._book.add_worksheet(_("About this file")[:NAME])
        about.set_column(0, 1, 40)
        for number, (label, text) in enumerate(around.about):
            _write(about, number, [label, text])
        self._sheets: dict[str, tuple[Any, list[str], int]] = {}
        for kind in around.kinds:
            self._sheet(kind.slug, columns([kind]))

    def _sheet(self, name: str, head: list[str]) -> None:
        sheet = self._book.add_worksheet(name[:NAME])
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, len(head) - 1, 18)
        _write(sheet, 0, head, self._book.add_format({"bold": True}))
        self._sheets[name] = (sheet, head, 0)

    def add(self, view: View) -> None:
        name = view.record.kind
        if name not in self._sheets:
            self._sheet(name, list(FIXED))
        sheet, head, last = self._sheets[name]
        if last < ROWS:
            said = cells(view, self._around)
            _write(sheet, last + 1, [said.get(column, "") for column in head])
            self._sheets[name] = (sheet, head, last + 1)

    def close(self) -> None:
        self._book.close()


def _write(sheet: Any, number: int, texts: list[str], look: Any = None) -> None:
    for column, text in enumerate(texts):
        if text:
            sheet.write_string(number, column, text[:LONGEST], look)
