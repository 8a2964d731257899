"""Narrow and widen who may read a thing or one of its closed parts. Each is the inverse of the other."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ortaq.engine.access import Reader
from ortaq.engine.actions import base
from ortaq.engine.models import Record
from ortaq.engine.problems import Problem, Problems
from ortaq.engine.traced import Traced

T = TypeVar("T", bound=Traced)
TOKEN = re.compile(
    r"public|registered|professional|partner:[a-z-]{2,20}|national:[A-Z]{2}|region:[a-z0-9-]{2,50}"
    r"|(org|case|actor):[0-9a-f-]{36}"
)


def narrow(
    actor: Reader,
    model: type[T],
    id_: UUID,
    tokens: Iterable[str],
    *,
    part: str = "",
    until: datetime | None = None,
    reason: str,
) -> T:
    """Leaves only ``tokens`` as the audience; with ``until`` the node opens it again at that moment.

    Done for the searcher only when the index has passed the entry: until then the thing is in no result.
    """
    wanted, reason = checked(tokens), base.reason_text(reason, needed=True)
    with base.changing(actor, model, id_, "narrow") as thing:
        before = audience_of(thing, part)
        if until is not None:
            thing.reopens_at, thing.reopens = until, {"part": part, "audience": sorted(before)}
        set_audience(thing, part, wanted)
        if isinstance(thing, Record):
            thing.reason = reason
        base.sign(actor, thing, "narrow", narrows=True)
    return thing


def widen(actor: Reader, model: type[T], id_: UUID, tokens: Iterable[str], *, reason: str) -> T:
    """Adds ``tokens`` to the audience of the row. A closed part is opened by two persons: see ``request``."""
    wanted, reason = checked(tokens), base.reason_text(reason, needed=True)
    with base.changing(actor, model, id_, "widen") as thing:
        set_audience(thing, "", wanted | audience_of(thing, ""))
        thing.reopens_at, thing.reopens = None, {}
        if isinstance(thing, Record):
            thing.reason = reason
            thing.was_public = thing.was_public or (thing.pid is not None and "public" in thing.audience)
        base.sign(actor, thing, "widen")
    return thing


def audience_of(thing: Traced, part: str) -> set[str]:
    """The audience of a row or of a part that it has; raises Problems for a part that it has not."""
    if not part:
        return set(thing.audience)
    if part not in thing.parts:
        raise Problems([Problem("part", _("There is no closed part “%(part)s” here."), part=part)])
    return set(thing.part_audiences.get(part, ()))


def set_audience(thing: Traced, part: str, tokens: Collection[str]) -> None:
    if part:
        thing.part_audiences = {**thing.part_audiences, part: sorted(tokens)}
    else:
        thing.audience = sorted(tokens)


def checked(tokens: Iterable[str]) -> set[str]:
    """``tokens`` when each has the form of one; raises Problems."""
    found = set(tokens)
    message = _("“%(value)s” is not an audience. Use for instance public, professional or national:KZ.")
    wrong = [Problem("token", message, value=token) for token in sorted(found) if not TOKEN.fullmatch(token)]
    if wrong:
        raise Problems(wrong)
    return found
