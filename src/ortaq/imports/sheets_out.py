"""Files that the pages of imports hand out: sheets of errors as CSV or XLSX, profiles as TOML."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.text import slugify

from ortaq.engine.problems import Absent
from ortaq.imports import jobs
from ortaq.imports.models import ImportJob, ImportProfile
from ortaq.imports.sheet import LARGEST_CELL

SHEETS = {"errors": jobs.errors, "rejected": jobs.rejected}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_048_575  # of one sheet


def answer(job: ImportJob, what: str, form: str) -> HttpResponseBase:
    """The rows that a check or an import rejected, each with what is wrong. Raises Absent."""
    if what not in SHEETS or form not in ("csv", "xlsx"):
        raise Absent(what)
    path = SHEETS[what](job.id)
    if not path.is_file():
        raise Absent(what)
    name = f"{Path(job.name).stem}-{what}.{form}"
    if form == "csv":
        return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="text/csv; charset=utf-8")
    return FileResponse(workbook(path), as_attachment=True, filename=name, content_type=XLSX)


def workbook(path: Path) -> io.BytesIO:
    """The same table with every cell as text, so that nothing in it is a formula or loses its zeros."""
    import xlsxwriter

    csv.field_size_limit(LARGEST_CELL)
    found = io.BytesIO()
    with xlsxwriter.Workbook(found, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        with path.open(encoding="utf-8-sig", newline="") as file:
            for at, row in enumerate(csv.reader(file)):
                if at > MOST_ROWS:
                    break
                for column, cell in enumerate(row):
                    sheet.write_string(at, column, cell[:32_767], bold if at == 0 else None)
        sheet.freeze_panes(1, 0)
    found.seek(0)
    return found


def toml(profile: ImportProfile) -> HttpResponse:
    name = slugify(profile.name) or "mapping"
    headers = {"Content-Disposition": f'attachment; filename="{name}.toml"'}
    return HttpResponse(profile.mapping, content_type="application/toml; charset=utf-8", headers=headers)
