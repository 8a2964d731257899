"""The organisations that keep records, by name."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from ortaq.engine import access
from ortaq.engine.access import Reader
from ortaq.engine.fields.base import Piece
from ortaq.engine.outputs.page import title_of


def names(reader: Reader, ids: Iterable[str], lang: str) -> dict[str, Piece]:
    """The names of those that ``reader`` may see; what is no id is nobody's."""
    wanted = [found for text in ids if (found := _id(text))]
    rows = list(access.visible(reader).filter(id__in=wanted)) if wanted else []
    return {str(view.record.id): title_of(view, lang) for view in access.titled(reader, rows)}


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
