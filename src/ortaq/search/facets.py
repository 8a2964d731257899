"""Counts of facets for who may choose more than one value: a facet is counted as if nothing of it were chosen.

So each count says what adding the value brings. Only a facet with a chosen value needs a count of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ortaq.search.query import Query, wanted_facets

PERIOD = "period"  # no facet of the index: the centuries, counted without the dates and the centuries chosen
CENTURY = "century"
VALUES = 100  # of one facet that an answer names, beside those that are chosen

Counts = dict[str, list[tuple[str, int]]]


def counted(query: Query, count: Callable[[Query, list[str]], Counts]) -> Counts:
    """By facet (value, count), most frequent first. ``count`` counts facets of the index over a question."""
    found: Counts = {}
    for own, names in _groups(query).items():
        counts = count(without(query, own), list(dict.fromkeys(map(_field, names))))
        found |= {name: counts[_field(name)] for name in names}
    chosen = wanted_facets(query)
    return {name: _cut(found[name], chosen.get(name, [])) for name in query.facets}


def without(query: Query, names: frozenset[str]) -> Query:
    """The question with nothing chosen of these facets."""
    if not names:
        return query
    return replace(
        query,
        kind=None if "kind" in names else query.kind,
        country=None if "country" in names else query.country,
        dates=None if PERIOD in names else query.dates,
        filters={name: values for name, values in query.filters.items() if name not in names},
    )


def _groups(query: Query) -> dict[frozenset[str], list[str]]:
    """Facets by what must be left out of the question before they are counted."""
    chosen = wanted_facets(query)
    groups: dict[frozenset[str], list[str]] = {}
    for name in query.facets:
        own = {_field(name)} & chosen.keys()
        if name == PERIOD and query.dates is not None:
            own = {*own, PERIOD}
        groups.setdefault(frozenset(own), []).append(name)
    return groups


def _field(name: str) -> str:
    return CENTURY if name == PERIOD else name


def _cut(counts: list[tuple[str, int]], chosen: list[str]) -> list[tuple[str, int]]:
    """The most frequent, and what is chosen however rare it is."""
    return counts[:VALUES] + [pair for pair in counts[VALUES:] if pair[0] in chosen]
