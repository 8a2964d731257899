"""How an import begins and ends: what it must have, the run it goes on with, what is noted of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ortaq.engine import access, kinds
from ortaq.engine.access import Reader
from ortaq.engine.models import Record
from ortaq.engine.problems import Forbidden, Problem
from ortaq.engine.traced import DRAFT, IN_REVIEW, PUBLISHED
from ortaq.imports.mapping import Mapping
from ortaq.imports.models import FINISHED, RUNNING, ImportRun
from ortaq.imports.report import Rejected, Report
from ortaq.imports.rows import Builder
from ortaq.imports.sheet import Sheet
from ortaq.imports.steps import Task

STATES = (DRAFT, IN_REVIEW, PUBLISHED)
REVIEWING = ("propose", "publish", "return", "withdraw")  # entries that leave what was imported as it is


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
        return gettext("Reference system of the file: %(crs)s") % {
            "crs": sheet.crs or sheet.crs_name or gettext("not given")
        }
    if not sheet.encoding:
        return ""
    said = {"comma": gettext("comma"), "semicolon": gettext("semicolon"), "tab": gettext("tab")}
    values = {"encoding": sheet.encoding, "separator": said[sheet.separator]}
    return gettext("Read as %(encoding)s with this sign between columns: %(separator)s.") % values


def _begin(
    member: Reader, digest: str, name: str, mapping: Mapping, kind: str, owner: UUID, state: str, report: Report
) -> ImportRun:
    """The run of this import: a new one, or the one that was broken off."""
    same = ImportRun.objects.filter(actor=actor(member), file=digest, kind=kind, owner=owner, mapping=mapping.text)
    broken = same.filter(state=RUNNING, record_state=state).first()
    if broken:
        report.run, report.before = broken.id, broken.rows.filter(merged=False).count()
        report.warnings.append(gettext("An import of this file was broken off. It goes on where it stopped."))
        return broken
    done = ImportRun.objects.filter(actor=actor(member), file=digest, kind=kind, state=FINISHED).last()
    if done and not mapping.id:
        values = {"when": f"{done.started:%Y-%m-%d %H:%M} UTC", "run": done.id}
        warning = gettext(
            "You imported this file before, on %(when)s: there may be doubles now. Undo that import: %(run)s"
        )
        report.warnings.append(warning % values)
    started = ImportRun.objects.create(
        actor=actor(member),
        owner=owner,
        kind=kind,
        record_state=state,
        mapping=mapping.text,
        file=digest,
        name=name[:200],
    )
    report.run = started.id
    return started


def edited(member: Reader, record: Record, revision: int) -> bool:
    """Whether anybody changed what the import wrote; that it was published or returned is no change of it."""
    since = (entry.action for entry in access.history(member, record) if entry.revision > revision)
    return any(action not in REVIEWING for action in since)


def actor(member: Reader) -> UUID:
    if member.id is None:
        raise Forbidden("import")
    return member.id
