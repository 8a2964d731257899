"""The records that refer to a thing, through the gate, in three queries whatever their number."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from ortaq.engine.access import Reader, View, titled, visible
from ortaq.engine.models import Link, Token
from ortaq.engine.projection import without_hidden
from ortaq.engine.traced import DRAFT, IN_REVIEW, PUBLISHED

MOST = 120  # references looked at for one thing, the newest first


@dataclass
class Linker:
    """A record that refers to the thing: ``links`` are (role, occurrence of a group or "")."""

    view: View
    links: list[tuple[str, str]] = field(default_factory=list)


@lru_cache(maxsize=1_000)
def _readable(tokens: frozenset[str]) -> QuerySet[Link]:
    """References that may be read; the query is copied and never run, as in :mod:`ortaq.engine.access`."""
    shared = Token.objects.filter(thing=OuterRef("source"), token__in=tokens)
    return Link.objects.filter(Exists(shared.filter(part="")), Exists(shared.filter(part=OuterRef("part"))))


def linkers(reader: Reader, target: UUID, *, role: str = "", most: int = MOST) -> list[Linker]:
    """What refers to ``target``, the newest reference first, where the reader may read both the record and the part
    of it that says so. Of closed parts only names are opened, and links to anything else are taken out."""
    links = _readable(reader.tokens).filter(target=target, **({"role": role} if role else {})).exclude(source=target)
    found: dict[UUID, list[tuple[str, str]]] = {}
    for source, said, row in links.order_by("-id").values_list("source", "role", "row")[:most]:
        found.setdefault(source, []).append((said, row))
    if not found:
        return []
    rows = visible(reader).filter(id__in=found, state__in=(DRAFT, IN_REVIEW, PUBLISHED))
    views = {view.record.id: view for view in titled(reader, list(rows))}
    for view in views.values():
        view.data = without_hidden(view.record.kind, view.data, frozenset({str(target)}))
    return [Linker(views[source], links) for source, links in found.items() if source in views]
