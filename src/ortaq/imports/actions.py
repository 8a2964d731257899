"""Import a table through the same actions as everything else, and undo a whole import."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
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
from ortaq.engine.problems import Absent, Forbidden, Problem, Problems, shorten
from ortaq.engine.traced import DRAFT, ERASED, IN_REVIEW, MERGED, PUBLISHED, WITHDRAWN
from ortaq.imports import sheet as sheets
from ortaq.imports.mapping import Mapping
from ortaq.imports.models import FINISHED, RUNNING, UNDONE, ImportedRow, ImportRun
from ortaq.imports.report import LISTED, Rejected, Report, RowError, UndoReport
from ortaq.imports.rows import Builder, Built
from ortaq.imports.sheet import Row, Sheet

FIRST_BATCH, SMALLEST, LARGEST = 50, 10, 150
LOCK_SECONDS = 0.15  # what a transaction aims at; it must stay below 0.25
STATES = (DRAFT, IN_REVIEW, PUBLISHED)
GONE = (WITHDRAWN, MERGED, ERASED)
REVIEWING = ("propose", "publish", "return", "withdraw")  # entries that leave what was imported as it is
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class _Job:
    """One import under way."""

    member: Reader
    kind: type[kinds.Kind]
    owner: UUID
    state: str
    builder: Builder
    run: ImportRun | None


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
        known = kinds.get(kind)
        if known is None:
            raise Problem("kind", _("This node does not know the kind “%(kind)s”."), kind=kind)
        if owner is None:
            raise Problem("owner", _("Name the organisation that owns the records."))
        if state not in STATES:
            raise Problem("state", _("The state is one of: %(known)s"), known=", ".join(STATES))
        builder = Builder(known, mapping, member.lang)
        sheet = sheets.read(file, sheet=mapping.sheet, encoding=mapping.encoding)
        _refuse_missing(mapping, sheet)
        report = Report(None, _assumed(sheet), dry_run)
        begun = None if dry_run else _begin(member, file, mapping, kind, owner, state, report)
        job = _Job(member, known, owner, state, builder, begun)
        name = f"{begun.id if begun else file.stem}-rejected.csv"
        with Rejected(rejected or Path(settings.ORTAQ_DATA) / "imports" / name, sheet.columns) as rest:
            _work(job, list(filter(lambda r: mapping.takes(r.cells), sheet)), report, rest, progress)
            report.rejected_file = rest.written
        if begun:
            _finish(begun, report)
        return report


def undo(member: Reader, run_id: UUID) -> UndoReport:
    """Withdraws every record of an import that nobody changed since. Raises Problem for a run that is not the member's.

    Edited records stay and are listed. A second call finds what the first one could not withdraw.
    """
    found = ImportRun.objects.filter(id=run_id, actor=_actor(member)).first()
    if found is None:
        raise Problem("run", _("You have made no import with this number: %(run)s"), run=run_id)
    withdrawn, edited, refused = 0, [], []
    with translation.override(member.lang):
        reason = now("The import of %(name)s was undone.") % {"name": found.name}
    for row in found.rows.order_by("row"):
        try:
            with transaction.atomic():
                record = access.row(member, Record, row.record, lock=True)
                if _edited(member, record, row.revision):
                    edited.append(record.pid or str(record.id))
                elif record.state not in GONE:
                    actions.withdraw(member, Record, record.id, reason=reason)
                    withdrawn += 1
        except (Absent, Forbidden):
            refused.append(str(row.record))
    found.state = UNDONE
    found.save(update_fields=["state"])
    return UndoReport(withdrawn, tuple(edited), tuple(refused))


def _actor(member: Reader) -> UUID:
    if member.id is None:
        raise Forbidden("import")
    return member.id


def _edited(member: Reader, record: Record, revision: int) -> bool:
    """Whether anybody changed what the import wrote; that it was published or returned is no change of it."""
    since = (entry.action for entry in access.history(member, record) if entry.revision > revision)
    return any(action not in REVIEWING for action in since)


def _refuse_missing(mapping: Mapping, sheet: Sheet) -> None:
    missing = sorted(mapping.needs() - set(sheet.columns))
    if missing:
        message = _("The file has no column “%(missing)s”. It has: %(known)s. Correct the mapping or the file.")
        raise Problem("column", message, missing="”, “".join(missing), known=", ".join(filter(None, sheet.columns)))


def _assumed(sheet: Sheet) -> str:
    if not sheet.encoding:
        return ""
    said = {"comma": now("comma"), "semicolon": now("semicolon"), "tab": now("tab")}
    values = {"encoding": sheet.encoding, "separator": said[sheet.separator]}
    return now("Read as %(encoding)s with this sign between columns: %(separator)s.") % values


def _begin(
    member: Reader, file: Path, mapping: Mapping, kind: str, owner: UUID, state: str, report: Report
) -> ImportRun:
    """The run of this import: a new one, or the one that was broken off."""
    kept = store.add(file, file.name)
    same = ImportRun.objects.filter(
        actor=_actor(member), file=kept.digest, kind=kind, owner=owner, mapping=mapping.text
    )
    broken = same.filter(state=RUNNING, record_state=state).first()
    if broken:
        report.run, report.before = broken.id, broken.rows.count()
        report.warnings.append(now("An import of this file was broken off. It goes on where it stopped."))
        return broken
    done = ImportRun.objects.filter(actor=_actor(member), file=kept.digest, kind=kind, state=FINISHED).last()
    if done:
        values = {"when": f"{done.started:%Y-%m-%d %H:%M} UTC", "run": done.id}
        warning = now("You imported this file before, on %(when)s: there may be doubles now. Undo that import: %(run)s")
        report.warnings.append(warning % values)
    begun = ImportRun.objects.create(
        actor=_actor(member),
        owner=owner,
        kind=kind,
        record_state=state,
        mapping=mapping.text,
        file=kept.digest,
        name=file.name[:200],
    )
    report.run = begun.id
    return begun


def _finish(begun: ImportRun, report: Report) -> None:
    begun.state, begun.finished = FINISHED, timezone.now()
    begun.created, begun.rejected = report.created, report.rejected
    begun.save()


def _work(job: _Job, rows: list[Row], report: Report, rest: Rejected, progress: Progress | None) -> None:
    """Cleans outside and writes inside transactions, whose size follows how long the last one took."""
    present = set(job.run.rows.values_list("row", flat=True)) if job.run else set()
    report.read, report.created, size = len(rows), len(present), FIRST_BATCH
    ready: list[tuple[Row, Built, actions.Prepared]] = []
    for index, row in enumerate(rows, start=1):
        if row.number not in present:
            prepared = _prepared(job, row, report, rest)
            ready += [prepared] if prepared else []
        if len(ready) >= size or (ready and index == len(rows)):
            started = time.monotonic()
            report.created += len(ready) if job.run is None else _write(job, ready, report, rest)
            size = _next_size(len(ready), time.monotonic() - started)
            ready = []
            if progress:
                progress(index, len(rows))


def _next_size(size: int, seconds: float) -> int:
    return max(SMALLEST, min(LARGEST, int(size * LOCK_SECONDS / max(seconds, 0.001))))


def _prepared(job: _Job, row: Row, report: Report, rest: Rejected) -> tuple[Row, Built, actions.Prepared] | None:
    """The record of a row, checked; None after the row was rejected."""
    built = Built({}, {})
    try:
        if row.extra:
            message = _("There is “%(value)s” beyond the last column. Look for an extra separator.")
            raise Problem("cells", message, value=row.extra)
        built = job.builder.build(row.cells)
        prepared = actions.prepare(
            job.member, job.kind.slug, built.data, owner=job.owner, submit=job.state != DRAFT, reason=_reason(job)
        )
    except (Problem, Problems, Forbidden) as error:
        _reject(row, built, error, report, rest)
        return None
    return row, built, prepared


def _reason(job: _Job) -> str:
    return now("Imported from %(name)s") % {"name": job.run.name} if job.run else ""


def _write(job: _Job, ready: list[tuple[Row, Built, actions.Prepared]], report: Report, rest: Rejected) -> int:
    """Writes a batch and the rows of its ledger in one transaction; returns how many came in."""
    with transaction.atomic():
        if job.state == PUBLISHED:
            done = [(row, r) for row, built, one in ready if (r := _published(job, row, built, one, report, rest))]
        else:
            records = actions.create_many(job.member, [one for _row, _built, one in ready])
            done = [(row, record) for (row, _built, _one), record in zip(ready, records, strict=True)]
        ImportedRow.objects.bulk_create(
            ImportedRow(run=job.run, row=row.number, record=record.id, revision=record.revision) for row, record in done
        )
    return len(done)


def _published(
    job: _Job, row: Row, built: Built, one: actions.Prepared, report: Report, rest: Rejected
) -> Record | None:
    try:
        with transaction.atomic():
            actions.create_many(job.member, [one])
            return actions.publish(job.member, one.record.id, reason=_reason(job))
    except (Problem, Problems, Forbidden) as error:
        _reject(row, built, error, report, rest)
        return None


def _reject(row: Row, built: Built, error: Exception, report: Report, rest: Rejected) -> None:
    errors = list(_errors(row, built, error))
    report.rejected += 1
    report.errors += errors[: max(0, LISTED - len(report.errors))]
    rest.add(row.cells, [f"{e.column}: {e.text}" if e.column else e.text for e in errors])


def _errors(row: Row, built: Built, error: Exception) -> Iterator[RowError]:
    """What is wrong with a row, each with the column and the cell to mend."""
    if isinstance(error, Forbidden):
        text = now("You may not do this for this organisation or country. Ask one of its editors or officers.")
        yield RowError(row.number, "", "", text)
        return
    found: list[Any] = error.problems if isinstance(error, Problems) else [error]
    for problem in found:
        first = str(problem.path[0]) if problem.path else ""
        column = built.column(problem.path) or (first if first in row.cells else "")
        where = "" if column else ".".join(str(step) for step in problem.path)
        text = f"{where}: {problem.text}" if where else problem.text
        yield RowError(row.number, column, shorten(row.cells.get(column, "")), text)
