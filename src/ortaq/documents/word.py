"""A paper as DOCX: the same blocks in the same order, with styles that an office can change."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from ortaq.documents import codes
from ortaq.documents.paper import Block, Grid, Line, Paper, Picture, Run, printable

SANS, SERIF = (
    "Arial",
    "Times New Roman",
)  # every office has them or their twins, with every letter of the five alphabets
SOFT, FIRUZA = RGBColor(0x56, 0x62, 0x6A), RGBColor(0x0E, 0x6E, 0x73)
LANGUAGES = {"kk": "kk-KZ", "az": "az-Latn-AZ", "ru": "ru-RU", "en": "en-GB", "tr": "tr-TR"}
WIDTH = 174  # millimetres between the margins
LEFT = 45
BREATH = 20  # rows of a table after which others may have their turn
STYLES = {"Normal": "Normal", "Title": "Title", "Heading 2": "Heading2", "Label": "Label", "Basis": "Basis"}
BEGAN = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can name


def docx(paper: Paper, map_: bytes = b"") -> Iterator[bytes | None]:
    """None now and then as long as it is being made, then the file: the same for the same paper.

    ``map_`` is the picture of the paper as PNG.
    """
    document = Document()
    _prepare(document, paper)
    _head(document, paper)
    for block in paper.blocks:
        yield from _block(document, block, map_)
    _foot(document, paper)
    out = io.BytesIO()
    document.save(out)
    yield _still(out.getvalue())


def _prepare(document: Any, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(18)
    about = document.core_properties
    about.title, about.author, about.language = printable(paper.title.text), printable(paper.author), paper.lang
    about.created = about.modified = paper.stamp.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    about.last_modified_by, about.revision, about.comments = printable(paper.author), 1, ""
    normal = document.styles["Normal"]
    _font(normal, SERIF, 10)
    _language(normal.element.get_or_add_rPr(), paper.lang)
    normal.paragraph_format.space_after = Pt(3)
    for name, font, size in (("Title", SERIF, 20), ("Heading 2", SANS, 10)):
        _font(document.styles[name], font, size)
        document.styles[name].font.color.rgb = RGBColor(0x1D, 0x25, 0x29)
        document.styles[name].font.bold = True
    for name, size in (("Label", 8), ("Basis", 9)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _font(style, SANS if name == "Label" else SERIF, size)
    document.styles["Basis"].paragraph_format.left_indent = Mm(4)
    document.styles["Label"].font.color.rgb = SOFT


def _font(style: Any, name: str, size: int) -> None:
    style.font.name, style.font.size = name, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for which in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(which), name)


def _language(properties: Any, lang: str) -> None:
    found = properties.find(qn("w:lang"))
    if found is None:
        found = OxmlElement("w:lang")
        properties.append(found)
    found.set(qn("w:val"), LANGUAGES.get(lang, lang))


def _head(document: Any, paper: Paper) -> None:
    if paper.kicker:
        _say(document.add_paragraph(style="Label"), [Run(paper.kicker)])
    _say(document.add_paragraph(style="Title"), [paper.title])
    if paper.names:
        between = [piece for name in paper.names for piece in (Run(" · ", soft=True), name)][1:]
        _say(document.add_paragraph(), between)
    if paper.notice:
        document.add_paragraph().add_run(printable(paper.notice)).bold = True
    for line in paper.about:
        _line(document, line)
    if paper.address:
        document.add_picture(io.BytesIO(codes.png(paper.address)), width=Mm(28))


def _block(document: Any, block: Block, map_: bytes) -> Iterator[None]:
    if block.grid:
        if block.label:
            _say(_paragraph(document, "Heading 2"), [Run(block.label)])
        yield from _grid(document, block.grid)
    elif block.label:
        table = _table(document, [LEFT, WIDTH - LEFT], 1)
        left, right = table.rows[0].cells
        _first(left, [Run(block.label)], "Heading 2")
        _fill(right, block, map_)
    else:
        for line in block.lines:
            _line(document, line)
        _picture(document, block.picture, map_)


def _fill(cell: Any, block: Block, map_: bytes) -> None:
    lines = [*block.lines, *([Line([])] * block.blank)]
    cell.paragraphs[0]._p.getparent().remove(cell.paragraphs[0]._p)
    for line in lines or [Line([])]:
        _line(cell, line)
    _picture(cell, block.picture, map_)


def _picture(place: Any, picture: Picture | None, map_: bytes) -> None:
    if picture and map_:
        shape = place.add_paragraph().add_run().add_picture(io.BytesIO(map_), width=Mm(picture.width))
        shape._inline.docPr.set("descr", printable(picture.text))


def _grid(document: Any, grid: Grid) -> Iterator[None]:
    shares = grid.shares or [1] * len(grid.head)
    widths = [WIDTH * share // sum(shares) for share in shares]
    table = _table(document, widths, 1)
    for cell, text in zip(table.rows[0].cells, grid.head, strict=True):
        _first(cell, [Run(text)], "Label")
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for number, row in enumerate(grid.rows):
        if number % BREATH == 0:
            yield None
        cells = table.add_row().cells
        for cell, said, width in zip(cells, row, widths, strict=True):
            cell.width = Mm(width)
            _first(cell, said, "Basis")
            cell.paragraphs[0].paragraph_format.left_indent = Mm(0)


def _table(document: Any, widths: list[int], rows: int) -> Any:
    table = document.add_table(rows=rows, cols=len(widths), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return table


def _first(cell: Any, said: list[Run], style: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph._p.style = STYLES[style]
    _say(paragraph, said)


def _line(place: Any, line: Line) -> None:
    paragraph = _paragraph(place, "Basis" if line.small else "Label" if line.label and not line.runs else "Normal")
    if line.label:
        label = paragraph.add_run(printable(f"{line.label}: " if line.runs else line.label))
        label.font.name, label.font.color.rgb = SANS, SOFT
    _say(paragraph, line.runs)


def _paragraph(place: Any, style: str) -> Any:
    """By the id of the style: to look one up by its name takes longer than all the rest of a paragraph."""
    made = place.add_paragraph()
    made._p.style = STYLES[style]
    return made


def _say(paragraph: Any, said: list[Run]) -> None:
    for piece in said:
        run = paragraph.add_run(printable(piece.text))
        if piece.lang:
            _language(run._r.get_or_add_rPr(), piece.lang)
        if piece.soft:
            run.font.color.rgb = SOFT


def _foot(document: Any, paper: Paper) -> None:
    lines = [*paper.foot, *([paper.address] if paper.address else [])]
    place = document.sections[0].footer
    for number, text in enumerate(lines):
        paragraph = place.paragraphs[0] if number == 0 else place.add_paragraph()
        run = paragraph.add_run(printable(text))
        run.font.size, run.font.name, run.font.color.rgb = Pt(7), SANS, SOFT


def _still(file: bytes) -> bytes:
    """The same parts with one date for all: a zip keeps the moment at which each was written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in given.namelist():
            kept.writestr(zipfile.ZipInfo(name, BEGAN), given.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
