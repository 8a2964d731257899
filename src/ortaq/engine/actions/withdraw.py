"""Withdraw a thing. Inverse: publish for a record; a withdrawn grant or proposal is made anew."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ortaq.engine import log
from ortaq.engine.access import Reader
from ortaq.engine.actions import base
from ortaq.engine.models import Grant, Record
from ortaq.engine.problems import Problem, Problems
from ortaq.engine.traced import ERASED, MERGED, WITHDRAWN, Traced

T = TypeVar("T", bound=Traced)


def withdraw(actor: Reader, model: type[T], id_: UUID, *, reason: str) -> T:
    """Takes a thing back. What was public answers 410 with its number; links to it show no more."""
    reason = base.reason_text(reason, needed=True)
    with base.changing(actor, model, id_, "withdraw") as thing:
        if thing.state in (WITHDRAWN, MERGED, ERASED):
            raise Problems([Problem("state", _("This was already withdrawn, merged or erased."))])
        thing.state = WITHDRAWN
        if isinstance(thing, Record):
            thing.reason = reason
        base.sign(actor, thing, "withdraw", narrows=True)
        if isinstance(thing, Grant):
            refresh_target(thing)
    return thing


def refresh_target(grant: Grant) -> None:
    """The audience of a grant's target follows the grant."""
    target = Record.objects.filter(id=grant.target).first()
    if target is not None:
        log.set_tokens(target)
