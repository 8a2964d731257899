"""The forms a search result can take with it: how each is made, and how much it holds."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ortaq.documents import listing, record, typeset
from ortaq.documents.formats import Around, Writer
from ortaq.documents.formats.csv import Csv
from ortaq.documents.formats.geojson import GeoJson
from ortaq.documents.formats.gpkg import GeoPackage
from ortaq.documents.formats.kml import Kml
from ortaq.documents.formats.xlsx import Xlsx
from ortaq.documents.paper import Paper
from ortaq.engine.access import View

ROWS, LEAVES = 100_000, 500  # records in a table or on a map; records on paper
GLANCE = 0.02  # seconds between two looks at a typesetter

Set = Callable[[list[View], Around], Iterator[bytes | None]]


@dataclass(frozen=True)
class Form:
    """``writer`` takes record after record; ``set`` takes them all, and gives None as long as it is not done."""

    label: Any
    suffix: str
    media: str
    most: int
    writer: type[Writer] | None = None
    set: Set | None = None


def list_pdf(views: list[View], around: Around) -> Iterator[bytes | None]:
    yield from set_paper(listing.paper(views, around.about, around.stamp))


def list_docx(views: list[View], around: Around) -> Iterator[bytes | None]:
    paper = listing.paper(views, around.about, around.stamp)
    yield from set_docx(paper)


def plates_pdf(views: list[View], around: Around) -> Iterator[bytes | None]:
    """Plates only of what has a number: the address of a draft is not for ever."""
    numbered = [view for view in views if view.record.pid]
    yield from set_paper(record.plates(numbered, [around.url(view) for view in numbered], around.stamp))


def set_paper(paper: Paper, format_: str = "pdf") -> Iterator[bytes | None]:
    at_work = typeset.Typesetting(paper, format_, typeset.LONGER)
    try:
        while not at_work.done():
            yield None
            time.sleep(GLANCE)
        yield at_work.result()
    finally:
        at_work.close()


def set_docx(paper: Paper) -> Iterator[bytes | None]:
    """An office draws no SVG, so the map is set beforehand as a picture."""
    from ortaq.documents.word import docx

    drawn: bytes | None = b""
    if any(block.picture for block in paper.blocks):
        for drawn in set_paper(paper.only_picture(), "png"):
            if drawn is None:
                yield None
    yield from docx(paper, drawn or b"")


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS: dict[str, Form] = {
    "csv": Form(_("CSV: a table for programs"), "csv", "text/csv; charset=utf-8", ROWS, Csv),
    "xlsx": Form(_("XLSX: a workbook"), "xlsx", XLSX, ROWS, Xlsx),
    "geojson": Form(_("GeoJSON: for maps on the web"), "geojson", "application/geo+json", ROWS, GeoJson),
    "kml": Form(_("KML: for globes"), "kml", "application/vnd.google-earth.kml+xml", ROWS, Kml),
    "gpkg": Form(_("GeoPackage: for GIS programs"), "gpkg", "application/geopackage+sqlite3", ROWS, GeoPackage),
    "pdf": Form(_("PDF: a list with a map, to print"), "pdf", "application/pdf", LEAVES, set=list_pdf),
    "docx": Form(_("DOCX: a list with a map, to edit"), "docx", DOCX, LEAVES, set=list_docx),
    "plates": Form(_("PDF: QR plates, eight on a sheet"), "pdf", "application/pdf", LEAVES, set=plates_pdf),
}
