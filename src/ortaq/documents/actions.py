"""Asking for a file, stopping it, making it again, throwing it away. The inverse of ask is remove.

Nothing here is an entry of the log: what was read is noted when it is read, like every other reading.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ortaq.documents import asked, keeping
from ortaq.documents.forms import FORMS
from ortaq.documents.models import CANCELLED, DONE, EXPIRED, FAILED, UNDER_WAY, WAITING, Export
from ortaq.engine.access import Reader
from ortaq.engine.problems import Absent, Problem, Problems
from ortaq.search import whole

AT_ONCE = 3  # files of one person that are under way
LONGEST = 4_000  # characters of a question
REMEMBERED = timedelta(days=30)  # that a row outlives its file


def ask(user: Any, reader: Reader, format_: str, query: str, site: str) -> Export:
    """Puts a search result in the queue of the worker. Raises Problems."""
    form = FORMS.get(format_)
    if form is None:
        raise Problems([Problem("format", _("Choose one of the forms of the list."), path=("format",))])
    if Export.objects.filter(user=user, state__in=UNDER_WAY).count() >= AT_ONCE:
        raise _refused(_("%(most)s files are under way. Wait until one is ready, or stop one."), most=AT_ONCE)
    new = Export(
        user=user,
        organisation=reader.organisation,
        language=asked.language(),
        format=format_,
        query=query[:LONGEST],
        site=site[:300],
    )
    new.count, _ids = whole.ids(reader, asked.question(new), 1)
    if not new.count:
        raise _refused(_("There is nothing in this result that a file could hold."))
    if new.count > form.most:
        text = _("A file of this form holds at most %(most)s records, this result has %(count)s. Narrow the search.")
        raise _refused(text, most=form.most, count=new.count)
    new.save()
    return new


def _refused(text: Any, **params: Any) -> Problems:
    return Problems([Problem("export", text, path=("format",), **params)])


def one(user: Any, id_: UUID) -> Export:
    """An export of this account; those of others are not there."""
    found = Export.objects.filter(user=user, id=id_).first()
    if found is None:
        raise Absent(str(id_))
    return found


def cancel(user: Any, id_: UUID) -> None:
    """Stops what waits or is being made; the worker finds out with the next batch. Inverse: again."""
    found = one(user, id_)
    Export.objects.filter(id=found.id, state__in=UNDER_WAY).update(state=CANCELLED, touched=timezone.now())


def again(user: Any, id_: UUID) -> None:
    """Makes the file anew, from what its owner may read now."""
    found = one(user, id_)
    if found.state not in UNDER_WAY:
        keeping.discard(found.id)
        Export.objects.filter(id=found.id).update(state=WAITING, done=0, tries=0, problem="", until=None)


def remove(user: Any, id_: UUID) -> None:
    """Throws file and row away; what is being made stops."""
    found = one(user, id_)
    Export.objects.filter(id=found.id).delete()
    keeping.discard(found.id)


def forget(now: datetime) -> int:
    """Files whose time is over go, later their rows too, and files that no row names (of an account that left)."""
    over = list(Export.objects.filter(state=DONE, until__lte=now).values_list("id", flat=True))
    Export.objects.filter(id__in=over).update(state=EXPIRED)
    ended = (DONE, FAILED, CANCELLED, EXPIRED)
    gone, _each = Export.objects.filter(state__in=ended, touched__lte=now - REMEMBERED).exclude(state=DONE).delete()
    kept = set(Export.objects.filter(state__in=(DONE, *UNDER_WAY)).values_list("id", flat=True))
    return len(over) + gone + keeping.sweep(kept)
