"""Inspections: begun on an object, perhaps after a report; then visit, act, order, check, close, each as a step.

A step that is written again takes the place of the earlier text, which the log keeps; the inverse of close is reopen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortaq.alerts import states
from ortaq.alerts.actions import audience
from ortaq.alerts.models import Alert, Inspection
from ortaq.alerts.texts import LONGEST, LONGEST_LINE, kept
from ortaq.engine import access, log
from ortaq.engine.access import Reader
from ortaq.engine.actions import base
from ortaq.engine.models import Record
from ortaq.engine.problems import Absent, Problem, Problems

LINES = frozenset({"who", "number"})
NEEDED = {
    "visit": ("date", "who", "findings"),
    "act": ("number", "date"),
    "order": ("text", "deadline"),
    "check": ("date",),
    "close": ("date",),
}


def inspect(actor: Reader, record_id: UUID, alert_id: UUID | None = None) -> Inspection:
    """Begins an inspection of a readable object. Raises Absent, Forbidden."""
    record = access.row(actor, Record, record_id)
    base.require(actor, "inspect", record)
    if alert_id is not None and access.row(actor, Alert, alert_id).target != record.id:
        raise Absent(str(alert_id))
    begun = Inspection(
        origin=log.node_id(),
        owner=record.owner,
        author=actor.id,
        audience=audience(record),
        target=record.id,
        alert=alert_id,
        country=record.country,
        region=record.region,
    )
    with transaction.atomic():
        base.sign(actor, begun, "inspect")
    return begun


def write_step(actor: Reader, id_: UUID, step: str, given: Mapping[str, Any], *, base_revision: int) -> Inspection:
    """Writes one step of ``states.STEPS``; raises Absent, Forbidden, Problems."""
    if step not in states.STEPS:
        raise Absent(step)
    values = _cleaned(step, given)
    with _inspecting(actor, id_, base_revision) as inspection:
        if "close" in inspection.data:
            raise Problems([Problem("state", _("This inspection is closed. Reopen it to write more."))])
        if step == "check" and "order" not in inspection.data:
            raise Problems([Problem("state", _("There is no order to check. Write the order first."))])
        inspection.fill({**inspection.data, step: values})
        base.sign(actor, inspection, step)
    return inspection


def reopen(actor: Reader, id_: UUID, *, base_revision: int) -> Inspection:
    """Takes the closing back. Raises Absent, Forbidden, Problems."""
    with _inspecting(actor, id_, base_revision) as inspection:
        inspection.fill({step: values for step, values in inspection.data.items() if step != "close"})
        base.sign(actor, inspection, "reopen")
    return inspection


@contextmanager
def _inspecting(actor: Reader, id_: UUID, base_revision: int) -> Iterator[Inspection]:
    with base.changing(actor, Inspection, id_, "inspect") as inspection:
        if inspection.revision != base_revision:
            message = _("Somebody wrote into this inspection meanwhile. Open it again, then write yours.")
            raise Problems([Problem("conflict", message)])
        yield inspection


def _cleaned(step: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a step in canonical shape: days as ISO dates, texts bounded, nothing for what is empty."""
    values = {name: _value(name, given.get(name)) for name in states.STEPS[step]}
    missing = [name for name in NEEDED[step] if not values[name]]
    if missing:
        raise Problems([Problem("required", _("Write something here."), path=(name,)) for name in missing])
    return {name: value for name, value in values.items() if value or value is False}


def _value(name: str, value: Any) -> Any:
    if isinstance(value, bool) or name == "fulfilled":
        return value is True
    if isinstance(value, date):
        return value.isoformat()
    return kept(value or "", name, most=LONGEST_LINE if name in LINES else LONGEST)
