"""What waits for a translator, among the records that he may read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from ortaq.engine import access
from ortaq.engine.access import Reader
from ortaq.engine.models import Record
from ortaq.engine.traced import PUBLISHED
from ortaq.translate.models import Waiting
from ortaq.translate.texts import MACHINE, MISSING, STALE

WHY = (MISSING, STALE, MACHINE)


@dataclass(frozen=True)
class Scope:
    """Whose records: of some organisations, of a country, of a region with all below it, or, empty, everybody's."""

    owners: frozenset[UUID] = frozenset()
    countries: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.owners or self.countries or self.regions)

    def where(self) -> Q:
        found = Q(owner__in=self.owners) | Q(country__in=self.countries) | Q(region__in=self.regions)
        for region in self.regions:
            found |= Q(region__startswith=f"{region}-")
        return found


@dataclass(frozen=True)
class Asked:
    """The filters of the desk; ``why`` is one of :data:`WHY`, ``after`` the first day on which it may have begun."""

    lang: str
    kind: str = ""
    country: str = ""
    why: str = ""
    after: date | None = None
    latest: bool = False


def waiting(reader: Reader, scope: Scope, asked: Asked) -> QuerySet[Waiting]:
    """One row a record, the longest waiting first."""
    records = access.visible(reader, Record).filter(id=OuterRef("thing"), state=PUBLISHED)
    if scope:
        records = records.filter(scope.where())
    if asked.kind:
        records = records.filter(kind=asked.kind)
    if asked.country:
        records = records.filter(country=asked.country)
    rows = Waiting.objects.filter(lang=asked.lang)
    if asked.why in WHY:
        rows = rows.filter(**{f"{asked.why}__gt": 0})
    if asked.after:
        rows = rows.filter(since__date__gte=asked.after)
    return rows.filter(Exists(records)).order_by("-since" if asked.latest else "since", "id")


def records(reader: Reader, things: Collection[UUID]) -> list[access.View]:
    """The records of a page of rows, as the reader sees them."""
    return access.views(reader, list(access.visible(reader, Record).filter(id__in=things)))
