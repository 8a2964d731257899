"""The rows of one import, batch by batch: cleaned outside, written inside transactions that size themselves."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ortaq.engine import actions, kinds
from ortaq.engine.access import Reader
from ortaq.engine.fields import Group
from ortaq.engine.fields.base import Field
from ortaq.engine.models import Record
from ortaq.engine.problems import Forbidden, Path, Problem, Problems, shorten
from ortaq.engine.traced import DRAFT, PUBLISHED
from ortaq.imports import earlier
from ortaq.imports.mapping import Mapping
from ortaq.imports.models import ImportedRow, ImportRun
from ortaq.imports.report import LISTED, Rejected, Report, RowError
from ortaq.imports.rows import Builder, Built
from ortaq.imports.sheet import Row, Sheet

FIRST_BATCH, SMALLEST, LARGEST = 50, 10, 150
LOCK_SECONDS = 0.15  # what a transaction aims at; it must stay below 0.25
LOOKED_UP = 50  # rows whose numbers are looked up together
COUNTED = 5_000  # rows that are counted in one step
Ready = tuple[Row, Built, actions.Prepared]
Look = Callable[[Row, Built, actions.Prepared], None]


@dataclass
class Task:
    """One import under way. ``left_out`` are rows that somebody decided to leave, ``merged`` those that went into a
    record that was there (with its revision); ``look`` is shown each good row that is new.
    """

    member: Reader
    kind: type[kinds.Kind]
    owner: UUID
    state: str
    mapping: Mapping
    builder: Builder
    sheet: Sheet
    source: str
    report: Report
    rest: Rejected
    run: ImportRun | None = None
    left_out: frozenset[int] = frozenset()
    merged: Map[int, tuple[UUID, int]] = field(default_factory=dict)
    look: Look | None = None
    numbers: dict[str, int] = field(default_factory=dict)  # external number -> row, of this file

    def rows(self) -> Iterator[Row]:
        return (row for row in self.sheet if self.mapping.takes(row.cells))


def work(task: Task) -> Iterator[tuple[int, int]]:
    """Does it; yields (rows done, rows in all) after each step of some tenths of a second."""
    report, total = task.report, 0
    for total, _row in enumerate(task.rows(), start=1):
        if total % COUNTED == 0:
            yield 0, 0
    present = _present(task)
    report.read, size, index = total, FIRST_BATCH, 0
    ready: list[Ready] = []
    rows = task.rows()
    while batch := list(islice(rows, LOOKED_UP)):
        known = _known(task, batch)
        for row in batch:
            index += 1
            if row.number not in present and (one := _prepared(task, row, known)):
                ready.append(one)
            if len(ready) >= size or (ready and index == total):
                started = time.monotonic()
                report.created += len(ready) if task.run is None else _write(task, ready)
                size = _next_size(len(ready), time.monotonic() - started)
                ready = []
                yield index, total
        yield index, total


def _present(task: Task) -> set[int]:
    """The rows that an attempt which was broken off brought in."""
    if task.run is None:
        return set()
    rows = list(task.run.rows.values_list("row", "merged"))
    task.report.merged = sum(merged for _row, merged in rows)
    task.report.created = len(rows) - task.report.merged
    return {row for row, _merged in rows}


def _known(task: Task, batch: list[Row]) -> dict[str, ImportedRow]:
    if not task.mapping.id:
        return {}
    wanted = {row.cells.get(task.mapping.id, "")[: earlier.LONGEST] for row in batch}
    return earlier.rows(task.member, task.owner, task.kind.slug, task.source, wanted)


def _next_size(size: int, seconds: float) -> int:
    return max(SMALLEST, min(LARGEST, int(size * LOCK_SECONDS / max(seconds, 0.001))))


def _prepared(task: Task, row: Row, known: Map[str, ImportedRow]) -> Ready | None:
    """The record of a row, checked; None after the row was rejected, or when it is there already."""
    built = Built({}, {})
    try:
        if row.extra:
            message = _("There is “%(value)s” beyond the last column. Look for an extra separator.")
            raise Problem("cells", message, value=row.extra)
        external = _number(task, row)
        built = task.builder.build(row.cells)
        before = known.get(external)
        if _settled(task, row, built, before):
            return None
        prepared = actions.prepare(
            task.member, task.kind.slug, built.data, owner=task.owner, submit=task.state != DRAFT, reason=reason(task)
        )
    except (Problem, Problems, Forbidden) as error:
        reject(task, row, built, error)
        return None
    if task.look and before is None:
        task.look(row, built, prepared)
    return row, built, prepared


def _number(task: Task, row: Row) -> str:
    """What tells the row apart for ever, "" when the mapping names no such column. Raises Problem."""
    column = task.mapping.id
    if not column:
        return ""
    found = row.cells.get(column, "")
    if not found or len(found) > earlier.LONGEST:
        message = _("This column tells the rows apart: give each row its own short number or address here.")
        raise Problem("external", message, path=(column,))
    other = task.numbers.setdefault(found, row.number)
    if other != row.number:
        message = _("Row %(row)s has the same “%(value)s”. Give each row its own.")
        raise Problem("external", message, path=(column,), row=other, value=found)
    return found


def _settled(task: Task, row: Row, built: Built, before: ImportedRow | None) -> bool:
    """Whether nothing is to be created: the row came in before, was merged, or is left out."""
    report = task.report
    if row.number in task.merged:
        report.merged += 1
        if task.run is not None:
            record, revision = task.merged[row.number]
            ImportedRow.objects.create(**_ledger(task, row, built), record=record, revision=revision, merged=True)
    elif before is not None and before.digest == built.digest:
        report.unchanged += 1
    elif before is not None:
        report.changed[row.number] = before.record
    elif row.number in task.left_out:
        report.left += 1
    else:
        return False
    return True


def _ledger(task: Task, row: Row, built: Built) -> dict[str, Any]:
    """What is kept of a row that is in."""
    named = {"source": task.source, "external": row.cells[task.mapping.id]} if task.mapping.id else {}
    return {"run": task.run, "row": row.number, "digest": built.digest, **named}


def reason(task: Task) -> str:
    return gettext("Imported from %(name)s") % {"name": task.run.name} if task.run else ""


def _write(task: Task, ready: list[Ready]) -> int:
    """Writes a batch and the rows of its ledger in one transaction; returns how many came in."""
    with transaction.atomic():
        if task.state == PUBLISHED:
            done = [(row, built, r) for row, built, one in ready if (r := _published(task, row, built, one))]
        else:
            records = actions.create_many(task.member, [one for _row, _built, one in ready])
            done = [(row, built, record) for (row, built, _one), record in zip(ready, records, strict=True)]
        ImportedRow.objects.bulk_create(
            ImportedRow(**_ledger(task, row, built), record=record.id, revision=record.revision)
            for row, built, record in done
        )
    return len(done)


def _published(task: Task, row: Row, built: Built, one: actions.Prepared) -> Record | None:
    try:
        with transaction.atomic():
            actions.create_many(task.member, [one])
            return actions.publish(task.member, one.record.id, reason=reason(task))
    except (Problem, Problems, Forbidden) as error:
        reject(task, row, built, error)
        return None


def reject(task: Task, row: Row, built: Built, error: Exception) -> None:
    errors, report = list(_errors(task.kind, row, built, error)), task.report
    report.rejected += 1
    report.errors += errors[: max(0, LISTED - len(report.errors))]
    task.rest.add(row.cells, [f"{e.column}: {e.text}" if e.column else e.text for e in errors])


def _errors(kind: type[kinds.Kind], row: Row, built: Built, error: Exception) -> Iterator[RowError]:
    """What is wrong with a row, each with the column and the cell to mend."""
    if isinstance(error, Forbidden):
        text = gettext("You may not do this for this organisation or country. Ask one of its editors or officers.")
        yield RowError(row.number, "", "", text)
        return
    found: list[Any] = error.problems if isinstance(error, Problems) else [error]
    for problem in found:
        first = str(problem.path[0]) if problem.path else ""
        column = built.column(problem.path) or (first if first in row.cells else "")
        where = "" if column else _place(kind, problem.path)
        text = f"{where}: {problem.text}" if where else problem.text
        yield RowError(row.number, column, shorten(row.cells.get(column, "")), text)


def _place(kind: type[kinds.Kind], path: Path) -> str:
    """Where in a record, by the labels of its fields; occurrences are counted from one, as people count."""
    said: list[str] = []
    within: Iterable[Field] = kind.fields
    for step in path:
        of = next((of for of in within if of.name == step), None)
        said.append(str(of.label) if of else str(step + 1) if isinstance(step, int) else str(step))
        within = of.fields if isinstance(of, Group) else () if of else within
    return " › ".join(said)
