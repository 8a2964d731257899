"""What a record's page shows beside the record itself: what refers to it, what it is one of, what lies in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from ortaq.engine import terms
from ortaq.engine.access import View
from ortaq.engine.fields.unit import UNITS
from ortaq.engine.kinds import KINDS
from ortaq.engine.linkers import MOST, Linker, linkers
from ortaq.engine.outputs.related import Related, Trend, related, said, trend
from ortaq.people import verification
from ortaq.search.access import search
from ortaq.search.query import Query
from ortaq.web.alphabet import place
from ortaq.web.finding import Hit, hit
from ortaq.web.reading import address, known, lang, reader

LYING = 12  # things in an administrative unit that its page shows; the search has the others


@dataclass(frozen=True)
class Around:
    """``linkers`` refer to the record, ``series`` to the same thing as it does; ``verified``: the person of an account
    that is a confirmed specialist."""

    linkers: list[Linker] = field(default_factory=list)
    series: list[Linker] = field(default_factory=list)
    verified: bool = False

    def seen(self) -> list[Any]:
        """Everything that is drawn of it."""
        rows = []
        for one in (*self.linkers, *self.series):
            row = one.view.record
            rows.append((one.view.key, row.kind, row.state, row.revision, one.view.title, one.links, said(one.view)))
        return [rows, len(self.linkers), self.verified]

    @property
    def most(self) -> int:
        """How many references are shown, where there may be more; otherwise 0."""
        return MOST if sum(len(one.links) for one in self.linkers) >= MOST else 0

    def related(self) -> list[Related]:
        return related(self.linkers, lang(), address, place)

    def trend(self, view: View) -> Trend | None:
        return trend(view, self.series, lang(), address)


@dataclass(frozen=True)
class Lying:
    """What lies in the administrative unit ``name``: the first hits, how many there are, the search for all of them."""

    name: str
    hits: list[Hit]
    count: int
    url: str

    @property
    def lands(self) -> list[str]:
        return sorted({hit.view.record.country for hit in self.hits})


def around(request: HttpRequest, view: View) -> Around:
    """Three queries for what refers to the record, three more for a series; one for a person."""
    kind = view.kind
    if kind is None or not known(view):
        return Around(linkers(reader(request), view.record.id))
    verified = kind.of_people and "name" not in view.closed and verification.holds(view.record.id)
    return Around(linkers(reader(request), view.record.id), _series(request, view), verified)


def _series(request: HttpRequest, view: View) -> list[Linker]:
    series = view.kind.series if view.kind else None
    of = view.kind.field(series.of) if view.kind and series else None
    target = (view.data.get(of.name) or {}).get("to") if of else None
    return linkers(reader(request), UUID(target), role=getattr(of, "role", "")) if target else []


def lying(request: HttpRequest, view: View) -> Lying | None:
    """For the page of an administrative unit; found by the index, read through the gate."""
    unit = view.kind.unit(view.data) if view.kind and known(view) else ""
    if not unit:
        return None
    slugs = [slug for slug, kind in KINDS.items() if kind.on_map]
    query = Query(lang=lang(), kind=slugs, filters={"region": [unit]}, sort=f"name:{lang()}", limit=LYING)
    results = search(reader(request), query)
    wanted = [("kind", slug) for slug in slugs] + [("region", unit), ("view", "gallery")]
    url = f"{reverse('search')}?{urlencode(wanted)}"
    return Lying(terms.label(UNITS, unit, lang()), [hit(v, []) for v in results.views], results.count, url)
