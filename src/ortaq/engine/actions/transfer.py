"""Transfer a thing to another organisation. Inverse: the new owner transfers it back."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from ortaq.engine import access
from ortaq.engine.access import Reader
from ortaq.engine.actions import base
from ortaq.engine.models import Record
from ortaq.engine.traced import Traced

T = TypeVar("T", bound=Traced)


def transfer(actor: Reader, model: type[T], id_: UUID, organisation: UUID, *, reason: str) -> T:
    """The thing as the property of ``organisation``, a record that the actor may see."""
    reason = base.reason_text(reason, needed=True)
    with base.changing(actor, model, id_, "transfer") as thing:
        access.row(actor, Record, organisation)
        thing.owner = organisation
        if isinstance(thing, Record):
            thing.reason = reason
        base.sign(actor, thing, "transfer", narrows=True)
    return thing
