"""The worker's part: exports are made a bit at a time, so that the index and the clock never wait long for them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from ortaq.documents import asked, keeping
from ortaq.documents.formats import Around
from ortaq.documents.forms import FORMS
from ortaq.documents.models import DONE, FAILED, RUNNING, WAITING, Export
from ortaq.engine import access, background, kinds, log
from ortaq.engine.access import Reader, View
from ortaq.engine.models import Entry
from ortaq.engine.problems import Problem
from ortaq.people.actors import member
from ortaq.search import whole
from ortaq.web.templatetags.ortaq import moment

logger = logging.getLogger(__name__)

BATCH = 100
LEFT_ALONE = timedelta(minutes=2)  # after which what another worker began is begun anew
TRIES = 3
KEPT = timedelta(days=7)
DOOR = "export"


class Stopped(Exception):
    """Its owner stopped it or is gone."""


class Changed(Exception):
    """The rights of its owner changed while it was made: begin anew."""


def claim() -> Export | None:
    """The next export, now this worker's; None when there is nothing to do."""
    now = timezone.now()
    open_ = Q(state=WAITING) | Q(state=RUNNING, touched__lt=now - LEFT_ALONE)
    found = Export.objects.filter(open_).order_by("created").first()
    if found is None:
        return None
    mine = Export.objects.filter(id=found.id, state=found.state, touched=found.touched)
    if not mine.update(state=RUNNING, tries=F("tries") + 1, done=0, touched=now):
        return None
    found.refresh_from_db()
    return found


def made(export: Export) -> Iterator[None]:
    """The steps of one export; whatever goes wrong ends in its row."""
    try:
        yield from _made(export)
        return
    except Stopped:
        keeping.discard(export.id)
        return
    except Problem as wrong:
        state, said = FAILED, wrong.text
    except Exception as error:
        if not isinstance(error, Changed):
            logger.error("An export failed: %s: %s", type(error).__name__, error)
        state = WAITING if export.tries < TRIES else FAILED
        said = _("The file could not be made. The operator of the node finds why in its log.")
    keeping.discard(export.id)
    mine = Export.objects.filter(id=export.id, state=RUNNING)
    mine.update(state=state, problem=said[:300] if state == FAILED else "", touched=timezone.now())


def _begun() -> background.Begun | None:
    claimed = claim()
    return background.Begun(made(claimed), claimed.language) if claimed else None


def worker() -> background.Work:
    """Does one export after another, a bit at each call."""
    return background.Work(DOOR, _begun)


WORK = worker()  # of this process


def owner(export: Export) -> Reader:
    """Who asked, with the rights that he has at this moment. Raises Stopped."""
    user = get_user_model().objects.filter(id=export.user_id, is_active=True).first()
    if user is None:
        raise Stopped
    return member(user, export.organisation)


def _made(export: Export) -> Iterator[None]:
    reader, form = owner(export), FORMS[export.format]
    at = log.head().position
    _count, ids = whole.ids(reader, asked.question(export), form.most)
    _tell(export, count=len(ids), tokens=sorted(reader.tokens), position=at)
    around = _around(export, reader, ids, at)
    path, held = keeping.growing(export.id), list[View]()
    writer = form.writer(path, around) if form.writer else None
    take = writer.add if writer else held.append
    try:
        with keeping.contents(export.id).open("w") as contents:
            for batch in _read(export, reader, ids):
                keeping.note(contents, batch)
                for view in batch:
                    take(view)
                yield
    finally:
        if writer:
            writer.close()
    for content in form.set(held, around) if form.set else ():
        if content is not None:
            path.write_bytes(content)
        yield
    size = keeping.whole(export.id)
    _tell(export, state=DONE, size=size, until=timezone.now() + KEPT)


def _read(export: Export, reader: Reader, ids: list[UUID]) -> Iterator[list[View]]:
    """The records in the order of the question, each batch through the gate at its moment, with today's rights."""
    for start in range(0, len(ids), BATCH):
        if owner(export).tokens != reader.tokens:
            raise Changed
        wanted = ids[start : start + BATCH]
        rows = {row.id: row for row in access.visible(reader).filter(id__in=wanted)}
        yield access.views(reader, [rows[id_] for id_ in wanted if id_ in rows])
        _tell(export, done=start + len(wanted))


def _around(export: Export, reader: Reader, ids: list[UUID], at: int) -> Around:
    slugs: set[str] = set()
    for start in range(0, len(ids), BATCH):
        rows = access.visible(reader).filter(id__in=ids[start : start + BATCH])
        slugs |= set(rows.order_by().values_list("kind", flat=True).distinct())
    entry = Entry.objects.filter(position=at).first()
    stamp = entry.time if entry and entry.time else export.created
    about = asked.about(export, len(ids), at, moment(stamp))
    known = [kind for slug, kind in kinds.KINDS.items() if slug in slugs]
    return Around(asked.language(), export.site, stamp, about, known)


def _tell(export: Export, **changes: object) -> None:
    """Writes how far it is; raises Stopped when the row is not this worker's any more."""
    mine = Export.objects.filter(id=export.id, state=RUNNING, tries=export.tries)
    if not mine.update(touched=timezone.now(), **changes):
        raise Stopped
