"""What the pages about papers and exports show and do; the views only open and draw."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from ortaq.documents import actions, asked, keeping, record, typeset, work
from ortaq.documents.forms import DOCX, FORMS, set_docx
from ortaq.documents.models import CANCELLED, DONE, EXPIRED, FAILED, RUNNING, UNDER_WAY, WAITING, Export
from ortaq.engine.access import View
from ortaq.engine.problems import Absent
from ortaq.web.reading import lang, permanent, reader
from ortaq.web.writing import acting

CHANGED = _("Something in this file is not yours to read any more. It is being made again from what you may read now.")
STATES = {
    WAITING: _("waiting"),
    RUNNING: _("being made"),
    DONE: _("ready"),
    FAILED: _("failed"),
    CANCELLED: _("stopped"),
    EXPIRED: _("its time is over"),
}
SAID = {
    "cancel": _("The file will not be made."),
    "again": _("The file is being made again."),
    "remove": _("The file is gone."),
}


@dataclass(frozen=True)
class Row:
    """One export for people: ``query`` leads back to the search page, ``share`` is how much is done, in percent."""

    export: Export
    form: Any
    words: list[tuple[str, str]]
    state: Any
    under_way: bool
    ready: bool
    size: str
    share: int


def pdf(request: HttpRequest, view: View) -> HttpResponse:
    made = typeset.pdf(record.paper(reader(request), view, permanent(request, view)))
    return file(made, "application/pdf", f"{view.key}-{lang()}.pdf", shown=True)


def docx(request: HttpRequest, view: View) -> HttpResponse:
    paper = record.paper(reader(request), view, permanent(request, view))
    made = next(content for content in set_docx(paper) if content is not None)
    return file(made, DOCX, f"{view.key}-{lang()}.docx")


def plate(request: HttpRequest, view: View) -> HttpResponse:
    """Raises Absent for what has no number yet."""
    if view.record.pid is None:
        raise Absent(view.key)
    paper = record.plates([view], [permanent(request, view)], view.record.updated)
    return file(typeset.pdf(paper), "application/pdf", f"{view.key}-plate.pdf", shown=True)


def file(content: bytes, media: str, name_: str, shown: bool = False) -> HttpResponse:
    how = "inline" if shown else "attachment"
    headers = {"Content-Disposition": f'{how}; filename="{name_}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(content, content_type=media, headers=headers)


def ask(request: HttpRequest) -> Export:
    """Raises Problems."""
    given = request.POST
    return actions.ask(request.user, acting(request), given.get("format", ""), given.get("query", ""), site(request))


def site(request: HttpRequest) -> str:
    return (settings.ORTAQ_ADDRESS or request.build_absolute_uri("/")).rstrip("/")


def exports(request: HttpRequest) -> dict[str, Any]:
    rows = [_row(export) for export in Export.objects.filter(user=request.user)]  # type: ignore[misc]  # signed in
    return {"rows": rows, "under_way": any(row.under_way for row in rows), "days": work.KEPT.days}


def _row(export: Export) -> Row:
    done, running = export.state == DONE, export.state in UNDER_WAY
    size = filesizeformat(export.size) if done else ""
    share = 100 * export.done // max(1, export.count)
    form = FORMS[export.format]
    return Row(export, form, asked.words(export), STATES[export.state], running, done, size, share)


def change(request: HttpRequest, id_: UUID) -> Any:
    """Does what a button says; raises Absent for what is not his."""
    verb = request.POST.get("do", "")
    if verb not in SAID:
        raise Absent(verb)
    getattr(actions, verb)(request.user, id_)
    return SAID[verb]


def ready(export: Export) -> Path | None:
    """The file, when all that it says may still be read; otherwise it is made again. Raises Absent without one."""
    path = keeping.file(export.id)
    if export.state != DONE or not path.is_file():
        raise Absent(str(export.id))
    try:
        may = keeping.may_leave(export.id, work.owner(export), export.tokens, export.position)
    except (work.Stopped, FileNotFoundError):
        may = False
    if may:
        return path
    actions.again(export.user, export.id)
    return None


def name(export: Export) -> str:
    return f"ortaq-{export.created:%Y-%m-%d}-{str(export.id)[-4:]}.{FORMS[export.format].suffix}"


def media(export: Export) -> str:
    return FORMS[export.format].media
