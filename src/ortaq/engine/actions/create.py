"""Create a record. Inverse: withdraw; a draft that nobody else saw can be erased."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from ortaq.engine import derive, log
from ortaq.engine.access import Reader
from ortaq.engine.actions import base
from ortaq.engine.ids import uuid7
from ortaq.engine.models import Record
from ortaq.engine.traced import DRAFT, IN_REVIEW


@dataclass(frozen=True)
class Prepared:
    """A record that was checked and may be created; nothing is written yet."""

    record: Record
    draft: log.Draft


def create(
    actor: Reader,
    slug: str,
    data: Any,
    *,
    owner: UUID,
    audience: Sequence[str] = ("public",),
    submit: bool = False,
    reason: str = "",
    id_: UUID | None = None,
) -> Record:
    """A new draft of ``owner``, or with ``submit`` a record in review. Raises Problems or Forbidden.

    ``id_`` when it must be known before, as for an organisation that owns its own record.
    """
    ready = prepare(actor, slug, data, owner=owner, audience=audience, submit=submit, reason=reason, id_=id_)
    with transaction.atomic():
        return create_many(actor, [ready])[0]


def prepare(
    actor: Reader,
    slug: str,
    data: Any,
    *,
    owner: UUID,
    audience: Sequence[str] = ("public",),
    submit: bool = False,
    reason: str = "",
    id_: UUID | None = None,
) -> Prepared:
    """All of :func:`create` that comes before its transaction. Raises Problems or Forbidden."""
    kind = base.known_kind(slug)
    reason = base.reason_text(reason)
    data = base.cleaned(actor, kind, data, publishing=submit)
    opened, parts = derive.split(kind, data)
    record = Record(
        id=id_ or uuid7(),
        kind=slug,
        kind_version=kind.version,
        owner=owner,
        author=actor.id,
        state=IN_REVIEW if submit else DRAFT,
        audience=sorted(set(audience)),
        part_audiences=base.part_audiences(kind, data),
        data=opened,
        reason=reason,
        country=data.get("country", ""),
        region=data.get("admin_unit", ""),
    )
    base.require(actor, "create", record)
    return Prepared(record, log.draft(record, parts))


def create_many(actor: Reader, ready: Sequence[Prepared]) -> list[Record]:
    """Writes what :func:`prepare` checked, each with its revision and entry; must run inside a transaction."""
    origin = log.node_id()
    for one in ready:
        one.record.origin = origin
    by = log.actor_of(actor, actor.organisation)
    log.write_new([one.draft for one in ready], "create", by)
    return [one.record for one in ready]
