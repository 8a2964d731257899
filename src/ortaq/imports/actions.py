"""Import a table through the same actions as everything else, and undo a whole import."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from ortaq.engine import access, actions, kinds, store
from ortaq.engine.access import Reader
from ortaq.engine.models import Record
from ortaq.engine.problems import Absent, Forbidden, Problem
from ortaq.engine.traced import DRAFT, ERASED, IN_REVIEW, MERGED, PUBLISHED, WITHDRAWN
from ortaq.imports import sheet as sheets
from ortaq.imports import steps
from ortaq.imports.mapping import Mapping
from ortaq.imports.models import FINISHED, RUNNING, UNDONE, ImportRun
from ortaq.imports.report import Rejected, Report, UndoReport
from ortaq.imports.rows import Builder
from ortaq.imports.sheet import Sheet
from ortaq.imports.steps import Task

STATES = (DRAFT, IN_REVIEW, PUBLISHED)
GONE = (WITHDRAWN, MERGED, ERASED)
REVIEWING = ("propose", "publish", "return", "withdraw")  # entries that leave what was imported as it is
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
        known, owner = understood(kind, owner, state)
        Builder(known, mapping, member.lang)
        sheet = sheets.read(file, sheet=mapping.sheet, encoding=mapping.encoding)
        fits(mapping, sheet)
        digest = "" if dry_run else store.add(file, file.name).digest
        task = begun(member, sheet, mapping, known, owner, state, file.name, digest, rejected)
        with task.rest:
            for done, total in steps.work(task):
                if progress and total:
                    progress(done, total)
        finish(task)
        return task.report


def understood(kind: str, owner: UUID | None, state: str) -> tuple[type[kinds.Kind], UUID]:
    """The kind and the owner; raises Problem for what nothing can be imported as."""
    known = kinds.get(kind)
    if known is None:
        raise Problem("kind", _("This node does not know the kind “%(kind)s”."), kind=kind)
    if owner is None:
        raise Problem("owner", _("Name the organisation that owns the records."))
    if state not in STATES:
        raise Problem("state", _("The state is one of: %(known)s"), known=", ".join(STATES))
    return known, owner


def begun(
    member: Reader,
    sheet: Sheet,
    mapping: Mapping,
    kind: type[kinds.Kind],
    owner: UUID,
    state: str,
    name: str,
    digest: str,
    rejected: Path | None = None,
    **more: Any,
) -> Task:
    """An import ready for its steps; a dry run when there is no ``digest`` of the stored file."""
    report = Report(None, assumed(sheet), not digest)
    started = _begin(member, digest, name, mapping, kind.slug, owner, state, report) if digest else None
    path = rejected or folder() / f"{started.id if started else Path(name).stem}-rejected.csv"
    builder = Builder(kind, mapping, member.lang, sheet.crs)
    rest = Rejected(path, sheet.columns)
    source = mapping.source or name
    return Task(member, kind, owner, state, mapping, builder, sheet, source, report, rest, started, **more)


def folder() -> Path:
    """Where the rejected rows lie."""
    return Path(settings.ORTAQ_DATA) / "imports"


def finish(task: Task) -> None:
    """Notes what came of a run."""
    task.report.rejected_file = task.rest.written
    if task.run:
        task.run.state, task.run.finished = FINISHED, timezone.now()
        task.run.created, task.run.rejected = task.report.created, task.report.rejected
        task.run.save()


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
    found = ImportRun.objects.filter(id=run_id, actor=_actor(member)).first()
    if found is None:
        raise Problem("run", _("You have made no import with this number: %(run)s"), run=run_id)
    with translation.override(member.lang):
        reason = now("The import of %(name)s was undone.") % {"name": found.name}
    rows = list(found.rows.order_by("row").values_list("record", "revision", "merged"))
    for done, (id_, revision, merged) in enumerate(rows, start=1):
        try:
            _take_back(member, id_, revision, merged, reason, report)
        except (Absent, Forbidden):
            report.refused.append(str(id_))
        yield done, len(rows)
    found.state = UNDONE
    found.save(update_fields=["state"])


def _take_back(member: Reader, id_: UUID, revision: int, merged: bool, reason: str, report: UndoReport) -> None:
    """One record; raises Absent or Forbidden."""
    with transaction.atomic():
        record = access.row(member, Record, id_, lock=True)
        key = record.pid or str(record.id)
        if merged:
            report.merged.append(key)
        elif edited(member, record, revision):
            report.edited.append(key)
        elif record.state not in GONE:
            actions.withdraw(member, Record, record.id, reason=reason)
            report.withdrawn += 1


def _actor(member: Reader) -> UUID:
    if member.id is None:
        raise Forbidden("import")
    return member.id


def edited(member: Reader, record: Record, revision: int) -> bool:
    """Whether anybody changed what the import wrote; that it was published or returned is no change of it."""
    since = (entry.action for entry in access.history(member, record) if entry.revision > revision)
    return any(action not in REVIEWING for action in since)


def fits(mapping: Mapping, sheet: Sheet) -> None:
    """Raises Problem for a mapping that this file cannot have."""
    missing = sorted(mapping.needs() - set(sheet.columns))
    if missing:
        message = _("The file has no column “%(missing)s”. It has: %(known)s. Correct the mapping or the file.")
        raise Problem("column", message, missing="”, “".join(missing), known=", ".join(filter(None, sheet.columns)))
    if mapping.place and mapping.place.geometry and not mapping.place.crs and sheet.crs_name and not sheet.crs:
        message = _("The file is in the reference system “%(name)s”, for which no code is known. Give its code.")
        raise Problem("crs", message, name=sheet.crs_name)


def assumed(sheet: Sheet) -> str:
    """What had to be guessed about a file, in words."""
    if sheet.geometry:
        return now("Reference system of the file: %(crs)s") % {"crs": sheet.crs or sheet.crs_name or now("not given")}
    if not sheet.encoding:
        return ""
    said = {"comma": now("comma"), "semicolon": now("semicolon"), "tab": now("tab")}
    values = {"encoding": sheet.encoding, "separator": said[sheet.separator]}
    return now("Read as %(encoding)s with this sign between columns: %(separator)s.") % values


def _begin(
    member: Reader, digest: str, name: str, mapping: Mapping, kind: str, owner: UUID, state: str, report: Report
) -> ImportRun:
    """The run of this import: a new one, or the one that was broken off."""
    same = ImportRun.objects.filter(actor=_actor(member), file=digest, kind=kind, owner=owner, mapping=mapping.text)
    broken = same.filter(state=RUNNING, record_state=state).first()
    if broken:
        report.run, report.before = broken.id, broken.rows.filter(merged=False).count()
        report.warnings.append(now("An import of this file was broken off. It goes on where it stopped."))
        return broken
    done = ImportRun.objects.filter(actor=_actor(member), file=digest, kind=kind, state=FINISHED).last()
    if done and not mapping.id:
        values = {"when": f"{done.started:%Y-%m-%d %H:%M} UTC", "run": done.id}
        warning = now("You imported this file before, on %(when)s: there may be doubles now. Undo that import: %(run)s")
        report.warnings.append(warning % values)
    started = ImportRun.objects.create(
        actor=_actor(member),
        owner=owner,
        kind=kind,
        record_state=state,
        mapping=mapping.text,
        file=digest,
        name=name[:200],
    )
    report.run = started.id
    return started
