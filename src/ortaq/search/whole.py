"""All that somebody finds, not a page of it: for files, which page through nothing."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from uuid import UUID

from ortaq.engine.access import Reader
from ortaq.engine.models import Denied
from ortaq.search.access import opened
from ortaq.search.query import Query


@dataclass(frozen=True)
class Whole(Query):
    """A question whose answer is not cut into pages; ``limit`` holds as it is."""

    @property
    def window(self) -> tuple[int, int]:
        return 0, self.limit


def ids(reader: Reader, query: Query, most: int) -> tuple[int, list[UUID]]:
    """How many records ``reader`` finds, and the first ``most`` of them in the order of the question.

    The index says only which; whoever reads them asks the gate for each.
    """
    index = opened()
    denied = list(Denied.objects.values_list("thing", "position"))
    index.refresh()
    cursor = index.cursor()
    excluded = query.excluded | {str(thing) for thing, position in denied if position > cursor}
    given = {one.name: getattr(query, one.name) for one in fields(Query)}
    whole = replace(Whole(**given), tokens=reader.tokens, excluded=excluded, offset=0, limit=most, facets=())
    page = index.search(whole)
    return page.count, [UUID(hit.thing) for hit in page.hits]
