"""Reports of damage: sent by anyone, worked on by the authorities of the object and its owner.

The inverse of close and reject is reopen; a report that was sent is answered, never taken back.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortaq.alerts import limits, states
from ortaq.alerts.models import Alert, Sender
from ortaq.alerts.texts import LONGEST, LONGEST_LINE, kept
from ortaq.engine import log
from ortaq.engine.access import Reader
from ortaq.engine.actions import base
from ortaq.engine.fields.unit import above
from ortaq.engine.models import Record
from ortaq.engine.problems import Problem, Problems
from ortaq.engine.reads import OPEN

SECRET_BYTES = 24  # 192 bits: nobody finds a report by trying
KEPT = timedelta(days=90)  # that the address of a sender outlives the end of his case

Tell = Callable[[Alert], None]


@dataclass(frozen=True)
class Told:
    """What somebody reports: in his words and language, with what he may know besides."""

    text: str
    lang: str
    threat: str = ""
    seen: str = ""
    place: str = ""
    photo: str = ""
    email: str = ""


def audience(record: Record) -> list[str]:
    """Who reads what concerns the damage of an object, beside its owner: as with its closed parts.

    Of an object that is itself for a few, nobody else learns by this way.
    """
    regions = above(record.region) if record.region else []
    found = {f"national:{record.country}", *(f"region:{region}" for region in regions)}
    return sorted(found if OPEN & set(record.audience) else found & set(record.audience))


def report(record: Record, told: Told, asker: str, tell: Tell | None = None) -> tuple[Alert, str]:
    """Keeps a report by somebody unknown; returns it and the secret of his link, which is shown once.

    ``asker``: a keyed digest of his address, "" for the machine itself; ``tell`` is called
    after the commit. Raises Problems.
    """
    alert = Alert(
        origin=log.node_id(),
        owner=record.owner,
        audience=audience(record),
        target=record.id,
        country=record.country,
        region=record.region,
        lang=told.lang,
        text=kept(told.text, "text", needed=True),
        threat=told.threat,
        seen=kept(told.seen, "seen", most=LONGEST_LINE),
        place=kept(told.place, "place", most=2 * LONGEST_LINE),
        photo=told.photo,
    )
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with transaction.atomic():
        limits.refuse_too_many(asker, record.id)
        log.write(alert, "report", log.Behalf(log.ANONYMOUS))
        Sender.objects.create(
            alert=alert, digest=digest(secret), email=told.email, language=told.lang, asker=asker, made=alert.created
        )
        _after(tell, alert)
    return alert, secret


def take(actor: Reader, id_: UUID) -> Alert:
    """Takes a new report into work in the actor's name. Raises Absent, Forbidden, Problems."""
    with _attending(actor, id_, "take") as alert:
        alert.status, alert.taken_by = states.IN_WORK, actor.id
        base.sign(actor, alert, "take")
    return alert


def answer(actor: Reader, id_: UUID, text: str, tell: Tell | None = None) -> Alert:
    """Writes to the sender and so takes the report into work; the log keeps earlier answers."""
    words = kept(text, "text", needed=True)
    with _attending(actor, id_, "answer") as alert:
        alert.answer = {"lang": actor.lang, "text": words}
        alert.status, alert.taken_by = states.IN_WORK, alert.taken_by or actor.id
        base.sign(actor, alert, "answer")
        _after(tell, alert)
    return alert


def close(actor: Reader, id_: UUID, result: str, tell: Tell | None = None) -> Alert:
    """Ends the case with what was done. Raises Absent, Forbidden, Problems."""
    return _end(actor, id_, "close", states.CLOSED, result, tell)


def reject(actor: Reader, id_: UUID, reason: str, tell: Tell | None = None) -> Alert:
    """Ends the case because there is nothing to do, with the reason. Raises Absent, Forbidden, Problems."""
    return _end(actor, id_, "reject", states.REJECTED, reason, tell)


def reopen(actor: Reader, id_: UUID) -> Alert:
    """Works on an ended case again; what was said at its end stays in the log."""
    with _attending(actor, id_, "reopen") as alert:
        alert.status = states.IN_WORK if alert.taken_by else states.NEW
        alert.outcome = {}
        base.sign(actor, alert, "reopen")
        Sender.objects.filter(alert=alert).update(ended=None)
    return alert


def forget(now: datetime) -> int:
    """Erases what could find a sender, once his case has been over for 90 days; returns how many."""
    over = Sender.objects.filter(ended__lte=now - KEPT).exclude(email="", asker="")
    return over.update(email="", asker="")


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _end(actor: Reader, id_: UUID, verb: str, status: str, text: str, tell: Tell | None) -> Alert:
    words = kept(text, "text", most=LONGEST, needed=True)
    with _attending(actor, id_, verb) as alert:
        alert.status, alert.outcome = status, {"lang": actor.lang, "text": words}
        base.sign(actor, alert, verb)
        Sender.objects.filter(alert=alert).update(ended=alert.updated)
        _after(tell, alert)
    return alert


@contextmanager
def _attending(actor: Reader, id_: UUID, verb: str) -> Iterator[Alert]:
    """The report to work on, locked; Problems when ``verb`` does not fit where it stands."""
    with base.changing(actor, Alert, id_, "attend") as alert:
        if alert.status not in states.NEXT[verb]:
            message = _("Somebody was quicker: the report stands at “%(state)s” now. Look at it again.")
            raise Problems([Problem("state", message, state=states.STATUS[alert.status])])
        yield alert


def _after(tell: Tell | None, alert: Alert) -> None:
    """Letters leave after the commit, and one that cannot leave undoes nothing."""
    if tell is not None:
        transaction.on_commit(lambda: tell(alert), robust=True)
