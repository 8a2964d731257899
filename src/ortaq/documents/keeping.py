"""Files that were made: where they lie, what is in them, and whether they may still be given out.

Beside each file lies a list of what it says: a line for each record with the revision and a digest of what
its reader saw, and one for each name that stands in a link. Before the file is given out, what changed in the
log since is looked up in that list and read again under today's audience.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.conf import settings

from ortaq.engine import access, log
from ortaq.engine.access import Reader, View
from ortaq.engine.models import Entry
from ortaq.engine.problems import Absent

FOLDER = "exports"
NAME_ONLY = "-"  # in the place of a revision
MOST_CHANGED = 500  # of one file that are read again; beyond them the file is made anew

Line = tuple[UUID, str, str]


def folder() -> Path:
    found = Path(settings.ORTAQ_DATA) / FOLDER
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def file(id_: UUID) -> Path:
    return folder() / str(id_)


def growing(id_: UUID) -> Path:
    """Where the file is being made; it has its own name only when it is whole."""
    return folder() / f"{id_}.part"


def contents(id_: UUID) -> Path:
    return folder() / f"{id_}.contents"


def whole(id_: UUID) -> int:
    """Gives the file its name; its size."""
    growing(id_).chmod(0o600)
    os.replace(growing(id_), file(id_))
    return file(id_).stat().st_size


def discard(id_: UUID) -> None:
    for path in (file(id_), growing(id_), contents(id_)):
        path.unlink(missing_ok=True)


def sweep(kept: set[UUID]) -> int:
    """Removes what belongs to no export; how many files."""
    names = {str(id_) for id_ in kept}
    gone = [path for path in folder().iterdir() if path.name.partition(".")[0] not in names]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def note(out: IO[str], views: Iterable[View]) -> None:
    """Writes down what a file says of these records and whom it names."""
    named: dict[UUID, str] = {}
    for view in views:
        out.write(f"{view.record.id} {view.record.revision} {digest(view.title, view.data)}\n")
        named |= {other.record.id: digest(other.title) for other in view.names.values()}
    out.writelines(f"{id_} {NAME_ONLY} {said}\n" for id_, said in named.items())


def digest(*said: Any) -> str:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def may_leave(id_: UUID, reader: Reader, tokens: Iterable[str], position: int) -> bool:
    """Whether the reader may still be shown all that the file says.

    False too for what cannot be told: a log that was restored since, or more changes than are worth reading.
    """
    if set(tokens) - reader.tokens or log.head().position < position:
        return False
    changed = set(Entry.objects.filter(position__gt=position).values_list("thing", flat=True).distinct())
    if not changed:
        return True
    lines = [line for line in _lines(id_) if line[0] in changed]
    return len(lines) <= MOST_CHANGED and all(_still_so(reader, line) for line in lines)


def _lines(id_: UUID) -> Iterable[Line]:
    with contents(id_).open() as given:
        for line in given:
            thing, revision, said = line.split()
            yield UUID(thing), revision, said


def _still_so(reader: Reader, line: Line) -> bool:
    """What the file says of a thing is what its reader gets of that revision today."""
    thing, revision, said = line
    record = access.visible(reader).filter(id=thing).first()
    if record is None:
        return False
    if revision == NAME_ONLY:
        return digest(access.views(reader, [record])[0].title) == said
    try:
        then = access.revision(reader, record, int(revision))
    except Absent:
        return False
    return digest(then.title, then.data) == said
