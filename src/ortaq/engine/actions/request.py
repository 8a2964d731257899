"""What two persons must want: erasing, and opening a closed part. One asks, another confirms.

An erasure has no inverse: that is its purpose. An opened part is narrowed again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ortaq.engine import access, erasure, log
from ortaq.engine.access import Reader
from ortaq.engine.actions import base
from ortaq.engine.actions.audience import audience_of, checked, set_audience
from ortaq.engine.models import Record, Request, Revision
from ortaq.engine.problems import Forbidden, Problem, Problems
from ortaq.engine.traced import TYPES, WITHDRAWN, Traced

T = TypeVar("T", bound=Traced)


def request_erasure(
    actor: Reader, model: type[T], id_: UUID, *, revisions: Iterable[int] | None = None, reason: str
) -> Request:
    """Asks to erase the given revisions, or with None the whole thing; somebody else must confirm."""
    with base.changing(actor, model, id_, "erase") as thing:
        numbers = sorted(set(revisions)) if revisions is not None else []
        kept = Revision.objects.filter(thing=thing.id, number__in=numbers, body__isnull=False).count()
        if len(numbers) > kept or thing.revision in numbers:
            message = _(
                "Name older revisions that still exist; the current one can only be erased "
                "together with the whole record."
            )
            raise Problems([Problem("revisions", message, path=("revisions",))])
        return _ask(actor, thing, "erase", {"type": thing.type, "revisions": numbers}, reason)


def request_widening(actor: Reader, id_: UUID, part: str, tokens: Iterable[str], *, reason: str) -> Request:
    """Asks to open a closed part of a record to ``tokens``; somebody else must confirm."""
    wanted = checked(tokens)
    with base.changing(actor, Record, id_, "widen") as record:
        audience_of(record, part)
        return _ask(actor, record, "widen", {"type": record.type, "part": part, "audience": sorted(wanted)}, reason)


def confirm(actor: Reader, id_: UUID) -> Request:
    """Does what was asked. Raises Absent, Forbidden (also for the one who asked), Problems."""
    with transaction.atomic():
        request = access.row(actor, Request, id_, lock=True)
        if request.confirmed or request.state == WITHDRAWN:
            raise Problems([Problem("state", _("This request is closed."))])
        thing = access.row(actor, TYPES[request.terms["type"]], request.target, lock=True)
        base.require(actor, request.verb, thing)
        if request.author == actor.id:
            raise Forbidden("confirm")
        request.confirmed = True
        if request.verb == "erase":
            _erase(actor, thing, request)
        else:
            _widen(actor, thing, request)
    return request


def _erase(actor: Reader, thing: Traced, request: Request) -> None:
    numbers = request.terms["revisions"]
    if not numbers:
        erasure.blank(thing)
        base.sign(actor, thing, "erase", dropped=tuple(thing.parts), narrows=True)
    base.sign(actor, request, "erase")
    erasure.wipe(thing, numbers or range(1, thing.revision))


def _widen(actor: Reader, thing: Traced, request: Request) -> None:
    part = request.terms["part"]
    set_audience(thing, part, audience_of(thing, part) | set(request.terms["audience"]))
    base.sign(actor, thing, "widen")
    base.sign(actor, request, "widen")


def _ask(actor: Reader, thing: Traced, verb: str, terms: dict[str, object], reason: str) -> Request:
    request = Request(
        origin=log.node_id(),
        owner=thing.owner,
        author=actor.id,
        target=thing.id,
        verb=verb,
        terms=terms,
        reason=base.reason_text(reason, needed=True),
        audience=[f"actor:{actor.id}"],
    )
    base.sign(actor, request, "request")
    return request
