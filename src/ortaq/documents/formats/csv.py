"""CSV for programs and spreadsheets: one row a record, UTF-8 with the mark that spreadsheets look for."""

from __future__ import annotations

import csv
from pathlib import Path

from ortaq.documents.formats import Around, cells, columns
from ortaq.engine.access import View
from ortaq.engine.outputs.table import quoted


class Csv:
    def __init__(self, path: Path, around: Around) -> None:
        self._around, self._columns = around, columns(around.kinds)
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._rows = csv.writer(self._file)
        self._rows.writerow(self._columns)

    def add(self, view: View) -> None:
        said = cells(view, self._around)
        self._rows.writerow([quoted(said.get(name, "")) for name in self._columns])

    def close(self) -> None:
        self._file.close()
