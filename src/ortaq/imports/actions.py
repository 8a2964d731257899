"""Import a table through the same actions as everything else, and undo a whole import."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ortaq.engine import access, actions, store
from ortaq.engine.access import Reader
from ortaq.engine.models import Record
from ortaq.engine.problems import Absent, Forbidden, Problem
from ortaq.engine.traced import ERASED, IN_REVIEW, MERGED, WITHDRAWN
from ortaq.imports import opening, steps
from ortaq.imports import sheet as sheets
from ortaq.imports.mapping import Mapping
from ortaq.imports.models import UNDONE, ImportRun
from ortaq.imports.report import Report, UndoReport
from ortaq.imports.rows import Builder

GONE = (WITHDRAWN, MERGED, ERASED)
Progress = Callable[[int, int], None]


def run(
    member: Reader,
    file: Path,
    mapping: Mapping,
    *,
    kind: str,
    owner: UUID | None,
    state: str = IN_REVIEW,
    dry_run: bool = False,
    progress: Progress | None = None,
    rejected: Path | None = None,
) -> Report:
    """Creates a record from each row of ``file``; a row with an error is rejected and the others come in.

    An import of the same file with the same mapping that was broken off goes on where it stopped.
    ``progress`` hears (rows done, rows in all). Raises Problem for what is wrong with the file, the
    mapping or the call as a whole, before anything is written.
    """
    with translation.override(member.lang):
        known, owner = opening.understood(kind, owner, state)
        Builder(known, mapping, member.lang)
        sheet = sheets.read(file, sheet=mapping.sheet, encoding=mapping.encoding)
        opening.fits(mapping, sheet)
        digest = "" if dry_run else store.add(file, file.name).digest
        task = opening.begun(member, sheet, mapping, known, owner, state, file.name, digest, rejected)
        with task.rest:
            for done, total in steps.work(task):
                if progress and total:
                    progress(done, total)
        opening.finish(task)
        return task.report


def undo(member: Reader, run_id: UUID) -> UndoReport:
    """Withdraws every record of an import that nobody changed since. Raises Problem for a run that is not the member's.

    Edited records stay and are listed, so do those that were there before and took a row in. A second call finds
    what the first one could not withdraw.
    """
    report = UndoReport()
    for _done in undoing(member, run_id, report):
        pass
    return report


def undoing(member: Reader, run_id: UUID, report: UndoReport) -> Iterator[tuple[int, int]]:
    """The steps of :func:`undo`: (rows done, rows in all) after each record."""
    found = ImportRun.objects.filter(id=run_id, actor=opening.actor(member)).first()
    if found is None:
        raise Problem("run", _("You have made no import with this number: %(run)s"), run=run_id)
    with translation.override(member.lang):
        reason = gettext("The import of %(name)s was undone.") % {"name": found.name}
    found.state = UNDONE  # from here on it is never gone on with, wherever the undo breaks off
    found.save(update_fields=["state"])
    rows = list(found.rows.order_by("row").values_list("record", "revision", "merged"))
    for done, (id_, revision, merged) in enumerate(rows, start=1):
        try:
            _take_back(member, id_, revision, merged, reason, report)
        except (Absent, Forbidden):
            report.refused.append(str(id_))
        yield done, len(rows)


def _take_back(member: Reader, id_: UUID, revision: int, merged: bool, reason: str, report: UndoReport) -> None:
    """One record; raises Absent or Forbidden."""
    with transaction.atomic():
        record = access.row(member, Record, id_, lock=True)
        key = record.pid or str(record.id)
        if merged:
            report.merged.append(key)
        elif opening.edited(member, record, revision):
            report.edited.append(key)
        elif record.state not in GONE:
            actions.withdraw(member, Record, record.id, reason=reason)
            report.withdrawn += 1
