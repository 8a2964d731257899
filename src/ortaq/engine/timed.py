"""What time does: the node itself acts, at most a minute late, and doing it twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from ortaq.engine import log
from ortaq.engine.actions.audience import set_audience
from ortaq.engine.actions.withdraw import refresh_target
from ortaq.engine.models import Grant, Record
from ortaq.engine.traced import PUBLISHED, TYPES, WITHDRAWN, Traced

T = TypeVar("T", bound=Traced)
BATCH = 100
DUTIES: dict[str, Callable[[datetime], int]] = {}  # what apps have to do in time, by name; each returns how many


def run_due(now: datetime | None = None) -> int:
    """Opens what is due to open, ends the grants that are over, does what apps have to; how many things changed."""
    now = now or timezone.now()
    if log.head().node is None:
        return 0
    return reopen(now) + end_grants(now) + sum(duty(now) for duty in DUTIES.values())


def reopen(now: datetime) -> int:
    """Gives things whose embargo is over the audience that they had before."""
    count = 0
    for model in TYPES.values():
        for id_ in _own(model).filter(reopens_at__lte=now).values_list("id", flat=True)[:BATCH]:
            with transaction.atomic():
                thing = model._default_manager.select_for_update().filter(id=id_, reopens_at__lte=now).first()
                if thing is None:
                    continue
                set_audience(thing, thing.reopens.get("part", ""), thing.reopens["audience"])
                thing.reopens_at, thing.reopens = None, {}
                if isinstance(thing, Record):
                    thing.was_public = thing.was_public or (thing.pid is not None and "public" in thing.audience)
                log.write(thing, "reopen", _node())
                count += 1
    return count


def end_grants(now: datetime) -> int:
    """Withdraws grants whose end has come; readers lost them at that very moment already."""
    count = 0
    for id_ in _own(Grant).filter(until__lte=now, state=PUBLISHED).values_list("id", flat=True)[:BATCH]:
        with transaction.atomic():
            grant = Grant.objects.select_for_update().filter(id=id_, state=PUBLISHED).first()
            if grant is None:
                continue
            grant.state = WITHDRAWN
            log.write(grant, "end", _node())
            refresh_target(grant)
            count += 1
    return count


def _own(model: type[T]) -> QuerySet[T]:
    return model._default_manager.filter(origin=log.node_id())


def _node() -> log.Behalf:
    node = log.node_id()
    return log.Behalf(node, node)
