"""Tables as files that are sent while they are made: CSV, and XLSX as the smallest workbook that is one.

Every cell of the workbook is text by its type, which no program runs; in CSV the cells are quoted as in every
other table of the node.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

from ortaq.engine.outputs.table import quoted

NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PIECE = 1 << 16  # bytes that are gathered before they are sent
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
AROUND = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Type="{OFFICE}/worksheet"'
        ' Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}


class Pipe(io.RawIOBase):
    """What is written here is taken out again piece by piece; it cannot be wound back, as an answer cannot."""

    def __init__(self) -> None:
        self._kept = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, given: bytes) -> int:  # type: ignore[override]
        self._kept += given
        return len(given)

    def __len__(self) -> int:
        return len(self._kept)

    def take(self) -> bytes:
        found = bytes(self._kept)
        self._kept.clear()
        return found


def as_csv(table: Iterable[list[str]]) -> Iterator[bytes]:
    """CSV in UTF-8 with the mark that spreadsheet programs look for."""
    out = io.StringIO()
    writer = csv.writer(out)
    out.write("\ufeff")
    for row in table:
        writer.writerow([quoted(cell) for cell in row])
        if out.tell() > PIECE:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def as_xlsx(table: Iterable[list[str]]) -> Iterator[bytes]:
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in AROUND.items():
            archive.writestr(name, HEAD + xml)
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for number, row in enumerate(table, start=1):
                sheet.write(_row(number, row).encode())
                if len(pipe) > PIECE:
                    yield pipe.take()
            sheet.write(b"</sheetData></worksheet>")
    yield pipe.take()


def _row(number: int, cells: list[str]) -> str:
    found = "".join(
        f'<c r="{_column(at)}{number}" t="inlineStr"><is><t xml:space="preserve">'
        f"{escape(NO_XML.sub('', text))}</t></is></c>"
        for at, text in enumerate(cells)
        if text
    )
    return f'<row r="{number}">{found}</row>'


def _column(at: int) -> str:
    """A, B … Z, AA …"""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(65 + rest) + name
    return name
