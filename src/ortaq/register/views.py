"""The extract of the state list and the card of one record."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_safe

from ortaq.engine.problems import Absent
from ortaq.register import asking, card, extract, rows, sheet
from ortaq.register.extract import BATCH, Extract
from ortaq.register.standing import listed
from ortaq.web import reading

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES: dict[str, tuple[str, Callable[[sheet.Table], Iterator[bytes]]]] = {
    "csv": ("text/csv; charset=utf-8", sheet.as_csv),
    "xlsx": (XLSX, sheet.as_xlsx),
}
ROWS = "<!-- rows -->"  # where the rows of a printed list stand in its page


@require_safe
def register(request: HttpRequest) -> HttpResponseBase:
    wanted, question = asking.format_of(request), asking.asked(request)
    found = extract.extract(reading.reader(request), question)
    if wanted in FILES:
        return file(request, found, wanted)
    if wanted:
        return StreamingHttpResponse(spoken(printed(request, found)))
    return render(request, "ortaq/register.html", asking.page(request, found))


@require_safe
def record_card(request: HttpRequest, key: str) -> HttpResponse:
    view = reading.opened(request, key)
    if not listed(view.kind) or not reading.known(view):
        raise Absent(key)
    head = reading.head(request, view)
    return render(request, "ortaq/card.html", head | card.card(reading.reader(request), view, head["permanent"]))


def file(request: HttpRequest, found: Extract, wanted: str) -> StreamingHttpResponse:
    type_, made = FILES[wanted]
    response = StreamingHttpResponse(spoken(made(asking.table(request, found))), content_type=type_)
    name = "-".join(filter(None, ("register", found.question.country, found.question.as_of.isoformat())))
    kept = "".join(c for c in name if c.isascii() and (c.isalnum() or c == "-"))
    response["Content-Disposition"] = f'attachment; filename="{kept}.{wanted}"'
    return response


def printed(request: HttpRequest, found: Extract) -> Iterator[bytes]:
    """The whole list as one page to print, its rows sent as they are read."""
    head = asking.head(request, found)
    page = render_to_string("ortaq/register_print.html", head, request)
    before, _mark, after = page.partition(ROWS)
    yield before.encode()
    read = extract.views(reading.reader(request), found.lines)
    batch: list[rows.Row] = []
    for row in rows.rows(found, read, reading.lang(), reading.address):
        batch.append(row)
        if len(batch) == BATCH:
            yield render_to_string("ortaq/register_rows.html", {"rows": batch, "columns": head["columns"]}).encode()
            batch = []
    yield (
        render_to_string("ortaq/register_rows.html", {"rows": batch, "columns": head["columns"]}).encode()
        + after.encode()
    )


def spoken(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The parts made in the language of the request, which is another one when they are sent."""
    language = translation.get_language() or "en"

    def made() -> Iterator[bytes]:
        with translation.override(language):
            yield from parts

    return made()
