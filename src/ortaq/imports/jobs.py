"""What people do with a file on its way in: bring it, check it, import it, stop it, undo it, throw it away.

Nothing here is an entry of the log; what the import writes is, like everything that is written.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ortaq.engine import kinds, store
from ortaq.engine.problems import Absent, Forbidden, Problem
from ortaq.imports import guess
from ortaq.imports import head as heads
from ortaq.imports import sheet as sheets
from ortaq.imports.mapping import LONGEST_SOURCE, Mapping
from ortaq.imports.models import (
    CHECK,
    CHECKED,
    DONE,
    FAILED,
    IMPORT,
    MAPPING,
    MERGED,
    RUNNING,
    STOPPED,
    TAKEN_BACK,
    UNDER_WAY,
    UNDO,
    UNDOING,
    ImportJob,
    ImportProfile,
    ImportRun,
    Twin,
)
from ortaq.imports.opening import STATES, folder
from ortaq.imports.rows import Builder
from ortaq.people.actors import Member
from ortaq.people.rights import RIGHTS

MOST_BYTES = 200_000_000  # of a file that comes by a page; larger ones by the command line
AT_ONCE = 3  # imports of one person that are under way
MAPPED_ANEW = (MAPPING, CHECKED, FAILED, STOPPED)
KEPT = timedelta(days=60)  # after the last touch; what was imported stays in its own ledger


def may_for(reader: Member, organisation: UUID) -> bool:
    """Whether some role of the reader lets him make records of this organisation."""
    return any(held.organisation == organisation and "create" in RIGHTS[held.role] for held in reader.roles)


def bring(user: Any, reader: Member, file: IO[bytes], name: str, size: int, kind: str, owner: UUID) -> ImportJob:
    """Keeps a file and looks at it. Raises Problem for one that cannot be read, Forbidden."""
    known = kinds.get(kind)
    if known is None:
        raise Problem("kind", _("This node does not know the kind “%(kind)s”."), kind=kind)
    if not may_for(reader, owner):
        raise Forbidden("create")
    if size > MOST_BYTES:
        message = _("“%(name)s” is too large for this page. Divide it, or import it by the command line.")
        raise Problem("file", message, name=name)
    name = _short(name)
    with tempfile.TemporaryDirectory(prefix="ortaq-upload-") as folder_:  # what cannot be read is not kept
        path = Path(folder_) / "file"
        with path.open("wb") as out:
            shutil.copyfileobj(file, out, store.CHUNK)
        seen = heads.look(sheets.read(path, name=name))
        stored = store.add(path, name)
    job = ImportJob(user=user, organisation=owner, language=reader.lang, kind=kind, file=stored.digest, name=name)
    job.head = seen
    job.mapping = guess.mapping(known, seen, reader.lang, name).text
    job.save()
    return job


def _short(name: str) -> str:
    """A name of a file that fits, with its ending; it is the name of the list too, where no other is given."""
    path = Path(name)
    return f"{path.stem[: LONGEST_SOURCE - len(path.suffix)]}{path.suffix}"


def layer(job: ImportJob, name: str) -> None:
    """Takes another sheet or layer of the file; the mapping begins anew. Raises Problem."""
    mappable(job)
    sheet = sheets.read(store.path(job.file), name=job.name, sheet=name)
    job.head = heads.look(sheet) | {"layers": job.head["layers"], "layer": name}
    first = guess.mapping(kinds.KINDS[job.kind], job.head, job.language, job.name)
    job.mapping = f'sheet = "{_escaped(name)}"\n{first.text}' if name else first.text
    job.state = MAPPING
    job.save(update_fields=["head", "mapping", "state", "touched"])


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def one(user: Any, id_: UUID) -> ImportJob:
    """A job of this account; those of others are not there."""
    found = ImportJob.objects.filter(user=user, id=id_).first()
    if found is None:
        raise Absent(str(id_))
    return found


def mappable(job: ImportJob) -> None:
    """Raises Problem when it is not the time for another mapping: what came in by one is told apart by it."""
    if job.state not in MAPPED_ANEW:
        raise _too_late()
    if job.run_id is not None:
        raise Problem("run", _("Rows of this file are in already. Undo the import, then bring the file once more."))


def map_(job: ImportJob, mapping: Mapping, state: str) -> None:
    """Keeps a mapping and what the rows become, and has the file checked with both. Raises Problem."""
    if state not in STATES:
        raise Problem("state", _("The state is one of: %(known)s"), known=", ".join(STATES))
    mappable(job)
    Builder(kinds.KINDS[job.kind], mapping, job.language)
    missing = sorted(mapping.needs() - set(job.head["columns"]))
    if missing:
        message = _("The file has no column “%(missing)s”. It has: %(known)s. Correct the mapping or the file.")
        raise Problem("column", message, missing="”, “".join(missing), known=", ".join(job.head["columns"]))
    job.mapping, job.record_state = mapping.text, state
    begin(job, CHECK, MAPPED_ANEW)


def begin(job: ImportJob, what: str, when: Iterable[str]) -> None:
    """Gives the worker something to do. Raises Problem when it is not the time for it."""
    if job.state not in when:
        raise _too_late()
    busy = ImportJob.objects.filter(user=job.user_id, state__in=UNDER_WAY).exclude(id=job.id)
    if busy.count() >= AT_ONCE:
        raise Problem("busy", _("%(most)s imports are under way. Wait until one is ready, or stop one."), most=AT_ONCE)
    changes: dict[str, Any] = {"mapping": job.mapping, "record_state": job.record_state, "profile": job.profile}
    changes |= {"state": what, "done": 0, "count": 0, "tries": 0, "problem": "", "touched": timezone.now()}
    # Only from the state that was seen: who presses twice, or in two windows, begins once.
    if not ImportJob.objects.filter(id=job.id, state=job.state).update(**changes):
        raise _too_late()
    job.refresh_from_db()


def _too_late() -> Problem:
    return Problem("state", _("This is not possible now. Load the page anew: something was done meanwhile."))


def goes_on(job: ImportJob) -> bool:
    """Whether an import broke off and nobody began to undo it."""
    return job.state in (STOPPED, FAILED) and job.run is not None and job.run.state == RUNNING


def import_(job: ImportJob) -> None:
    """Has the rows that are good and not left out brought in, those that were checked."""
    begin(job, IMPORT, (CHECKED, STOPPED, FAILED) if goes_on(job) else (CHECKED,))


def undo(job: ImportJob) -> None:
    begin(job, UNDO, (DONE, TAKEN_BACK, STOPPED, FAILED))


def stop(job: ImportJob) -> None:
    """What waits or is under way ends with the next step; rows that came in stay, and the import can go on.

    An import whose undo is stopped is still in: nothing but the undo can go on.
    """
    ImportJob.objects.filter(id=job.id, state__in=(UNDO, UNDOING)).update(state=DONE)
    ImportJob.objects.filter(id=job.id, state__in=UNDER_WAY).update(state=STOPPED)


def remove(job: ImportJob) -> None:
    """Forgets the job and its sheets of errors. What came in stays; its ledger does too."""
    if job.state in UNDER_WAY:
        raise Problem("state", _("Stop the work first."))
    job.delete()
    for path in (errors(job.id), rejected(job.id)):
        path.unlink(missing_ok=True)


def errors(id_: UUID) -> Path:
    """The rows that a check rejected."""
    return folder() / f"{id_}-errors.csv"


def rejected(id_: UUID) -> Path:
    """The rows that an import rejected."""
    return folder() / f"{id_}-rejected.csv"


def choose(job: ImportJob, row: int, choice: str) -> None:
    """What becomes of a row that may be there already; a merge is done by ``merging``."""
    job.twins.filter(row=row).exclude(choice=MERGED).update(choice=choice)


def twin(job: ImportJob, row: int, record: UUID) -> Twin:
    found: Twin | None = job.twins.filter(row=row, record=record).first()
    if found is None:
        raise Absent(f"{row} {record}")
    return found


def profiles(reader: Member) -> Iterable[ImportProfile]:
    """Of the organisations for which the reader imports."""
    own = {held.organisation for held in reader.roles if held.organisation and may_for(reader, held.organisation)}
    return ImportProfile.objects.filter(organisation__in=own)


def profile(reader: Member, id_: UUID) -> ImportProfile:
    found = next((one for one in profiles(reader) if one.id == id_), None)
    if found is None:
        raise Absent(str(id_))
    return found


def keep(reader: Member, organisation: UUID, kind: str, name: str, mapping: str) -> ImportProfile:
    """Saves a mapping under a name; the same name again is the same profile. Raises Problem, Forbidden."""
    name = " ".join(name.replace("\0", " ").split())[:100]
    if not name:
        raise Problem("name", _("Give the profile a name."))
    if not may_for(reader, organisation) or reader.id is None:
        raise Forbidden("create")
    known = kinds.get(kind)
    if known is None:
        raise Problem("kind", _("This node does not know the kind “%(kind)s”."), kind=kind)
    Builder(known, Mapping.parse(mapping), reader.lang)
    values = {"kind": kind, "mapping": mapping, "author": reader.id}
    return ImportProfile.objects.update_or_create(organisation=organisation, name=name, defaults=values)[0]


def forget(now: datetime) -> int:
    """Jobs that nobody touched for long go with their sheets of errors."""
    old = ImportJob.objects.filter(touched__lte=now - KEPT).exclude(state__in=UNDER_WAY)
    ids = list(old.values_list("id", flat=True))
    for id_ in ids:
        errors(id_).unlink(missing_ok=True)
        rejected(id_).unlink(missing_ok=True)
    ImportJob.objects.filter(id__in=ids).delete()
    _sweep()
    return len(ids)


def _sweep() -> None:
    """Sheets of jobs that are gone with their accounts; those of the command line have the number of their run."""
    for path in (*folder().glob("*-errors.csv"), *folder().glob("*-rejected.csv")):
        try:
            id_ = UUID(path.name.rpartition("-")[0])
        except ValueError:
            continue
        if not (ImportJob.objects.filter(id=id_).exists() or ImportRun.objects.filter(id=id_).exists()):
            path.unlink(missing_ok=True)
