"""Rows that came in before, found by the number that their list gives them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from ortaq.engine import access
from ortaq.engine.access import Reader
from ortaq.engine.traced import DRAFT, IN_REVIEW, PUBLISHED
from ortaq.imports.models import ImportedRow

LIVING = (DRAFT, IN_REVIEW, PUBLISHED)
LONGEST = 200


def rows(reader: Reader, owner: UUID, kind: str, source: str, wanted: Collection[str]) -> dict[str, ImportedRow]:
    """By number the last row of the list ``source`` whose record is still there, among what the reader may see."""
    found = ImportedRow.objects.filter(
        external__in=sorted(wanted), source=source, run__owner=owner, run__kind=kind
    ).order_by("id")
    by_record = {row.record: row for row in found}
    # By id alone: with kind or state beside it SQLite would go through all records of the kind instead.
    seen = access.visible(reader).filter(id__in=by_record).values_list("id", "kind", "state")
    living = {id_ for id_, slug, state in seen if slug == kind and state in LIVING}
    return {row.external: row for row in by_record.values() if row.record in living}
