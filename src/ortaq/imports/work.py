"""The worker's part: imports are checked, done and undone a bit at a time, so that index and clock never wait long."""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import F, Q, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ortaq.engine import background, kinds, store
from ortaq.engine.problems import Problem, shorten
from ortaq.imports import actions, jobs, matching, opening, steps, twins
from ortaq.imports import sheet as sheets
from ortaq.imports.mapping import Mapping
from ortaq.imports.models import (
    BEGINS,
    CHECKED,
    CHECKING,
    CREATE,
    DONE,
    FAILED,
    IMPORTING,
    MERGED,
    STOPPED,
    TAKEN_BACK,
    UNDOING,
    ImportJob,
    Twin,
)
from ortaq.imports.reading import FORMS, Reading
from ortaq.imports.report import Report, UndoReport
from ortaq.people.actors import Member, member

logger = logging.getLogger(__name__)

LEFT_ALONE = timedelta(minutes=2)  # after which what another worker began is begun anew
TRIES = 3
DOOR = "import"
TOGETHER = 20_000  # rows that are compared with what is there at once
SHOWN = 200  # errors that a page shows; the sheet has them all
MOST_TWINS = 5_000


class Stopped(Exception):
    """Its owner stopped it, is gone, or may not do it any more."""


def claim() -> ImportJob | None:
    """The next job, now this worker's; None when there is nothing to do."""
    now = timezone.now()
    open_ = Q(state__in=BEGINS) | Q(state__in=BEGINS.values(), touched__lt=now - LEFT_ALONE)
    found = ImportJob.objects.filter(open_).order_by("touched").first()
    if found is None:
        return None
    mine = ImportJob.objects.filter(id=found.id, state=found.state, touched=found.touched)
    if found.tries >= TRIES:  # it took every worker with it that began it
        with translation.override(found.language):
            mine.update(state=ended(found, FAILED), problem=broke_off(), touched=now)
        return None
    state = BEGINS.get(found.state, found.state)
    if not mine.update(state=state, tries=F("tries") + 1, touched=now):
        return None
    found.refresh_from_db()
    return found


def made(job: ImportJob) -> Iterator[None]:
    """The steps of one job; whatever goes wrong ends in its row."""
    try:
        yield from {CHECKING: _checked, IMPORTING: _imported}.get(job.state, _undone)(job)
        return
    except Stopped:
        _of(job).update(state=ended(job, STOPPED))
        return
    except Problem as wrong:
        state, said = FAILED, wrong.text
    except Exception as error:
        logger.error("An import failed: %s: %s", type(error).__name__, error)
        again = next((wait for wait, now in BEGINS.items() if now == job.state), FAILED)
        state = again if job.tries < TRIES else FAILED
        said = broke_off()
    _of(job).update(state=ended(job, state), problem=said[:500] if state == FAILED else "", touched=timezone.now())


def ended(job: ImportJob, state: str) -> str:
    """What a job is that did not come to its end: an import whose undo broke off is still in."""
    return DONE if job.state == UNDOING and state in (STOPPED, FAILED) else state


def broke_off() -> str:
    return _("The work broke off. The operator of the node finds why in its log.")


def _of(job: ImportJob) -> QuerySet[ImportJob]:
    """The row, as long as it is this worker's: another one may have begun it anew."""
    return ImportJob.objects.filter(id=job.id, state=job.state, tries=job.tries)


def _begun() -> background.Begun | None:
    claimed = claim()
    return background.Begun(made(claimed), claimed.language) if claimed else None


def worker() -> background.Work:
    """Does one import after another, a bit at each call."""
    return background.Work(DOOR, _begun)


WORK = worker()  # of this process


def owner(job: ImportJob) -> Member:
    """Who imports, with the rights that he has at this moment. Raises Stopped."""
    user = get_user_model().objects.filter(id=job.user_id, is_active=True).first()
    if user is None:
        raise Stopped
    found = member(user, job.organisation)
    if not jobs.may_for(found, job.organisation):
        raise Stopped
    return found


def _sheet(job: ImportJob, mapping: Mapping) -> Generator[None, None, sheets.Sheet]:
    """The table, read by another process where that takes long."""
    path = store.path(job.file)
    if Path(job.name).suffix.lower() not in FORMS:
        return sheets.read(path, name=job.name, encoding=mapping.encoding)
    reading = Reading(path, job.name, sheet=mapping.sheet, encoding=mapping.encoding)
    try:
        while not reading.done():
            time.sleep(0.02)
            yield
        return sheets.finished(reading, job.name)
    finally:
        reading.close()


def _task(job: ImportJob, sheet: sheets.Sheet, mapping: Mapping, **more: Any) -> steps.Task:
    reader, kind = owner(job), kinds.KINDS[job.kind]
    opening.fits(mapping, sheet)
    importing = job.state == IMPORTING
    digest, path = (job.file, jobs.rejected(job.id)) if importing else ("", jobs.errors(job.id))
    path.unlink(missing_ok=True)
    task = opening.begun(
        reader, sheet, mapping, kind, job.organisation, job.record_state, job.name, digest, path, **more
    )
    if importing:
        job.run = task.run
        _tell(job, run=task.run)
    return task


def _checked(job: ImportJob) -> Iterator[None]:
    """Everything is looked at and nothing written: values, rows, twins."""
    kind = kinds.KINDS[job.kind]
    mapping = matching.with_tables(kind, Mapping.parse(job.mapping))
    sheet = yield from _sheet(job, mapping)
    found = yield from matching.collect(kind, mapping, (row for row in sheet if mapping.takes(row.cells)))
    met: list[tuple[int, twins.Traits]] = []
    task = _task(job, sheet, mapping, look=lambda row, _built, one: met.append((row.number, twins.of_row(kind, one))))
    decided = {(t.row, t.record): t for t in job.twins.exclude(choice="")}
    job.twins.exclude(choice=MERGED).delete()
    with task.rest:
        for done, total in steps.work(task):
            _follow(job, task, done, total)
            yield
            if len(met) >= TOGETHER:
                yield from _compared(job, task, met, decided)
                met.clear()
    yield from _compared(job, task, met, decided)
    _changed(job, task, decided)
    unknown = [(table, value, count) for (table, value), count in found.items()]
    result = _result(task.report) | {"unknown": unknown[: matching.MOST_VALUES]}
    _tell(job, state=CHECKED, result=result, mapping=mapping.text)


def _compared(job: ImportJob, task: steps.Task, met: list[Any], decided: dict[Any, Twin]) -> Iterator[None]:
    for pairs in twins.find(task.member, task.kind, met):
        new = [_twin(job, pair.row, pair.record, pair.why, pair.metres, decided) for pair in pairs]
        room = max(0, MOST_TWINS - job.twins.count()) if new else 0
        Twin.objects.bulk_create(new[:room], ignore_conflicts=True)
        _tell(job)
        yield


def _changed(job: ImportJob, task: steps.Task, decided: dict[Any, Twin]) -> None:
    """Rows that came in before and say something else now."""
    rows = list(task.report.changed.items())[:MOST_TWINS]
    new = [_twin(job, row, record, "earlier", None, decided) for row, record in rows]
    Twin.objects.bulk_create(new, ignore_conflicts=True)


def _twin(job: ImportJob, row: int, record: Any, why: str, metres: int | None, decided: dict[Any, Twin]) -> Twin:
    before = decided.get((row, record))
    choice = before.choice if before and before.choice != MERGED else ""
    return Twin(job=job, row=row, record=record, why=why, metres=metres, choice=choice)


def _imported(job: ImportJob) -> Iterator[None]:
    mapping = Mapping.parse(job.mapping)
    sheet = yield from _sheet(job, mapping)
    rows = list(job.twins.all())
    merged = {t.row: (t.record, t.revision) for t in rows if t.choice == MERGED}
    left = frozenset(t.row for t in rows if t.choice not in (CREATE, MERGED) and t.row not in merged)
    task = _task(job, sheet, mapping, merged=merged, left_out=left)
    with task.rest:
        for done, total in steps.work(task):
            _follow(job, task, done, total)
            yield
    opening.finish(task)
    _tell(job, state=DONE, result=_result(task.report))


def _undone(job: ImportJob) -> Iterator[None]:
    report = UndoReport()
    if job.run_id is None:
        raise Problem("run", _("Nothing was imported, so there is nothing to undo."))
    for done, total in actions.undoing(owner(job), job.run_id, report):
        if done % 10 == 0:
            _tell(job, done=done, count=total)
        yield
    said = {name: getattr(report, name) for name in ("withdrawn", "edited", "refused", "merged")}
    _tell(job, state=TAKEN_BACK, result=job.result | {"undo": said})


def _follow(job: ImportJob, task: steps.Task, done: int, total: int) -> None:
    """Tells how far it is; what follows is done with the rights that its owner has now."""
    task.member = owner(job)
    _tell(job, done=done, count=total)


def _result(report: Report) -> dict[str, Any]:
    names = ("assumed", "read", "created", "rejected", "unchanged", "merged", "left", "warnings")
    errors = [[e.row, e.column, e.value, shorten(e.text) if len(e.text) > 400 else e.text] for e in report.errors]
    return {name: getattr(report, name) for name in names} | {"changed": len(report.changed), "errors": errors[:SHOWN]}


def _tell(job: ImportJob, **changes: Any) -> None:
    """Writes how far it is; raises Stopped when the row is not this worker's any more."""
    if not _of(job).update(touched=timezone.now(), **changes):
        raise Stopped
