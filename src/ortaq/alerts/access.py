"""Reading reports and inspections: through the gate, and only where the reader may see the object too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from ortaq.alerts import states
from ortaq.alerts.actions import digest
from ortaq.alerts.models import Alert, Inspection, Sender
from ortaq.alerts.receivers import responsible
from ortaq.engine import access
from ortaq.engine.access import Reader, View
from ortaq.engine.fields.unit import above
from ortaq.engine.models import Link, Record
from ortaq.engine.problems import Absent
from ortaq.engine.traced import PUBLISHED
from ortaq.people.access import of_email
from ortaq.people.actors import Member
from ortaq.people.holders import Holder, holders
from ortaq.people.rights import RIGHTS

T = TypeVar("T", Alert, Inspection)
MOST = 300  # lines of one list
SECRET = 32  # characters of a secret


@dataclass(frozen=True)
class Case(Generic[T]):
    """A report or an inspection, and the object as the reader sees it."""

    thing: T
    view: View

    @property
    def status(self) -> Any:
        """The state in words."""
        if isinstance(self.thing, Inspection):
            return states.STANDING[self.thing.standing(today())]
        return states.STATUS[self.thing.status]

    @property
    def overdue(self) -> bool:
        return isinstance(self.thing, Inspection) and self.thing.standing(today()) == states.OVERDUE


def today() -> date:
    return timezone.now().date()


def watched(view: View) -> bool:
    """Whether damage to this record can be reported: it is published and of a kind that is watched over."""
    return view.record.state == PUBLISHED and view.kind is not None and view.kind.watched


def attends(reader: Reader) -> bool:
    """Whether the reader has a role that works on reports; decides about links, never about reading."""
    return isinstance(reader, Member) and any("attend" in RIGHTS[held.role] for held in reader.roles)


def alerts(reader: Reader, status: str = "") -> list[Case[Alert]]:
    """The reports that the reader may read, the oldest first; ``status`` chooses one state, "" those not ended."""
    wanted = (status,) if status in states.STATUS else states.OPEN
    return _cases(reader, access.visible(reader, Alert).filter(status__in=wanted).order_by("created")[:MOST])


def inspections(reader: Reader) -> list[Case[Inspection]]:
    """The inspections that the reader may read: overdue first, then by deadline, at last what is closed."""
    rows = access.visible(reader, Inspection)
    pressing = list(rows.filter(deadline__isnull=False).order_by("deadline")[:MOST])
    others = list(rows.filter(deadline__isnull=True).order_by("-updated")[:MOST])
    now = today()
    return sorted(_cases(reader, [*pressing, *others]), key=lambda case: states.order(case.thing.data, now))


def case(reader: Reader, model: type[T], id_: UUID) -> Case[T]:
    """One report or inspection; raises Absent."""
    found = _cases(reader, [access.row(reader, model, id_)])
    if not found:
        raise Absent(str(id_))
    return found[0]


def followed_by(reader: Reader, alert: Alert) -> list[Inspection]:
    return list(access.visible(reader, Inspection).filter(alert=alert.id).order_by("created"))


def sent(secret: str) -> tuple[Alert, Sender]:
    """The report behind a secret link; raises Absent for any other text."""
    sender = Sender.objects.select_related("alert").filter(digest=digest(secret)).first() if _formed(secret) else None
    if sender is None:
        raise Absent("alert")
    return sender.alert, sender


def responsible_for(alert: Alert) -> list[Holder]:
    """Whom to write to about a report: those who answer for the object and may read both."""
    rows = Link.objects.filter(source=alert.target, role="authority", part="", target__isnull=False)
    protectors = {target for target in rows.values_list("target", flat=True) if target}
    units = above(alert.region) if alert.region else []
    known = holders(alert.country, alert.owner)
    return [h for h in responsible(known, alert.country, units, protectors, alert.owner) if _may_read(h, alert)]


def _may_read(holder: Holder, alert: Alert) -> bool:
    reader = of_email(holder.email)
    if reader is None or not access.visible(reader, Alert).filter(id=alert.id).exists():
        return False
    return access.visible(reader).filter(id=alert.target).exists()


def _formed(secret: str) -> bool:
    return len(secret) == SECRET and secret.isascii()


def _cases(reader: Reader, rows: Iterable[T] | QuerySet[T]) -> list[Case[T]]:
    """A row about an object that the reader may not see stays out, as a link to it would."""
    things = list(rows)
    targets = list(access.visible(reader).filter(id__in={thing.target for thing in things}))
    views: dict[UUID, View] = {view.record.id: view for view in access.views(reader, targets)}
    return [Case(thing, views[thing.target]) for thing in things if thing.target in views]


def object_of(reader: Reader, alert: Alert) -> View | None:
    """The object of a report as ``reader`` sees it now, None when he may not."""
    found = access.visible(reader, Record).filter(id=alert.target).first()
    return access.views(reader, [found])[0] if found else None
