"""Keeps the table of what waits to be translated up with the log."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from ortaq.engine import kinds
from ortaq.engine.labels import LANGUAGES
from ortaq.engine.models import Entry, Record, Revision
from ortaq.engine.traced import PUBLISHED
from ortaq.translate import texts
from ortaq.translate.models import Waiting

NAME = "translations"  # of the cursor


def take_in(entries: list[Entry]) -> None:
    """What the records that ``entries`` changed wait for now."""
    refresh({entry.thing for entry in entries if entry.type == Record.type_name and entry.thing})


def refresh(things: Collection[UUID]) -> None:
    """Works out anew what ``things`` wait for."""
    if not things:
        return
    records = [r for r in Record.objects.filter(id__in=things, state=PUBLISHED) if _kind(r) is not None]
    states = _states([record.id for record in records])
    rows = [row for record in records for row in _rows(record, states.get(record.id, []))]
    with transaction.atomic():
        Waiting.objects.filter(thing__in=things).delete()
        Waiting.objects.bulk_create(rows)


def _kind(record: Record) -> type[kinds.Kind] | None:
    kind = kinds.get(record.kind)
    return kind if kind is not None and record.kind_version <= kind.version else None


State = tuple[datetime, dict[str, Any]]


def _states(ids: list[UUID]) -> dict[UUID, list[State]]:
    """Thing -> (time, body) of its revisions in order, from the first that was published."""
    rows = Revision.objects.filter(thing__in=ids, body__isnull=False)
    told_by = rows.order_by("number", "entry").values_list("thing", "body", "entry__time")
    found: dict[UUID, list[State]] = {}
    for thing, body, time in told_by.iterator():
        told = json.loads(bytes(body or b"{}"))  # proved when it came in; proving it again costs most of the time
        if time and (thing in found or told["state"] == PUBLISHED):
            found.setdefault(thing, []).append((time, told))
    return found


def _rows(record: Record, states: list[State]) -> Iterator[Waiting]:
    kind = _kind(record)
    if kind is None:
        return
    known = [(time, told) for time, told in states if told["kind_version"] <= kind.version]
    changed = texts.told(kind, [(time, kind.upgrade(told["data"], told["kind_version"])) for time, told in known])
    now = list(texts.places(kind, kind.upgrade(record.data, record.kind_version), kind.parts))
    for lang in LANGUAGES:
        counts = dict.fromkeys((texts.MISSING, texts.STALE, texts.MACHINE), 0)
        since: list[datetime] = []
        for place in now:
            why = texts.waits(place, lang, changed.at)
            if why:
                counts[why] += 1
                source = lang if why == texts.MACHINE else texts.original(place.value, lang)
                since.append(changed.at.get((place.name, source), record.updated))
        if since:
            yield Waiting(thing=record.id, lang=lang, since=min(since), **counts)
