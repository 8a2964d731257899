"""What a reader asks, and how it becomes a query that knows no more than the reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ortaq.search import matching
from ortaq.search.concepts import with_narrower
from ortaq.search.question import meant, parse
from ortaq.search.schema import LANGUAGES, MICRO, facet_path, facet_term, outwards, schema

if TYPE_CHECKING:
    import tantivy

PAGE = 200
DEEPEST = 10_000  # hits that can be paged through; beyond it a list is narrowed, not turned over
FACETS = ("kind", "country", "type")


@dataclass(frozen=True)
class Query:
    """One question. ``tokens`` are the reader's; without one there is nothing to find.

    ``kind``, ``country`` and each entry of ``filters`` are lists: one in common is enough within, all must hold
    across; an empty list asks nothing. ``bbox`` is west, south, east, north in degrees (west > east crosses the
    antimeridian); ``touching`` is another box, not across it, for what reaches into it with its place or a zone,
    wherever its middle lies. ``dates`` is first and last day, either may be None; a record matches that overlaps.
    ``excluded`` are things denied until the index has caught up; of ``things``, where they are given, everything else
    is left out. ``sort`` is relevance, ``name:<lang>``, date, updated, or distance from ``near``: latitude, longitude
    in degrees. ``facets`` are the names whose values are counted, each over the result without its own filter.
    ``expand``: words find the other names of what they mean as well; with ``narrower`` also the names of what lies
    below it in the thesaurus.
    """

    text: str = ""
    lang: str | None = None
    tokens: frozenset[str] = frozenset()
    kind: list[str] | None = None
    country: list[str] | None = None
    filters: dict[str, list[str]] = field(default_factory=dict)
    bbox: tuple[float, float, float, float] | None = None
    touching: tuple[float, float, float, float] | None = None
    dates: tuple[int | None, int | None] | None = None
    excluded: frozenset[str] = frozenset()
    things: frozenset[str] | None = None
    near: tuple[float, float] | None = None
    sort: str = "relevance"
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = FACETS
    expand: bool = True
    narrower: bool = False

    @property
    def concepts(self) -> frozenset[str]:
        """What is looked for beside the words."""
        named = meant(self.text, self.lang) if self.expand else ()
        return frozenset(with_narrower(named) if self.narrower else named)

    @property
    def window(self) -> tuple[int, int]:
        """Offset and limit within what is allowed."""
        offset = max(0, self.offset)
        return offset, max(0, min(self.limit, PAGE, DEEPEST - offset))

    @property
    def by_distance(self) -> bool:
        """Whether the nearest come first; without a place to measure from nothing is near."""
        return self.sort == "distance" and self.near is not None


def compiled(query: Query) -> tantivy.Query:
    """The whole question for the index: rights first, then filters, then text."""
    from tantivy import Query as Q

    if not query.text.strip():
        return _allowed(query)
    question = parse(query.text, query.lang)
    return _within(
        query, Q.empty_query() if question.empty else matching.exactly(question, query.expand, query.narrower)
    )


def beginning(query: Query, starts: list[str]) -> tantivy.Query:
    """What this reader may know of and has a name with one of these beginnings, the best beginning first."""
    return _within(query, matching.beginning(starts))


def nearest(query: Query) -> tantivy.Query | None:
    """What to look for when nothing matches: titles that sound almost so, and any of the words. Never for phrases."""
    question = parse(query.text, query.lang)
    if question.empty or question.phrases:
        return None
    return _within(query, matching.almost(question))


def _within(query: Query, text: tantivy.Query) -> tantivy.Query:
    from tantivy import Occur
    from tantivy import Query as Q

    return Q.boolean_query([(Occur.Must, _allowed(query)), (Occur.Must, text)])


def _allowed(query: Query) -> tantivy.Query:
    """What this reader may know of and the filters let through; it adds nothing to a score."""
    from tantivy import Occur
    from tantivy import Query as Q

    clauses = [(Occur.Must, _readable(query.tokens)), *((Occur.Must, part) for part in _filters(query))]
    if query.excluded:
        clauses.append((Occur.MustNot, Q.term_set_query(schema(), "thing", sorted(query.excluded))))
    return Q.const_score_query(Q.boolean_query(clauses), 0.0)


def _readable(tokens: frozenset[str]) -> tantivy.Query:
    """Of each record that the reader may know of, exactly one variant: the exact one only with the part's token."""
    from tantivy import Occur
    from tantivy import Query as Q

    names = sorted(tokens)
    record = Q.term_set_query(schema(), "tokens", names)
    part = Q.term_set_query(schema(), "part_tokens", names)
    opened = Q.term_query(schema(), "variant", "open", index_option="basic")
    exact = Q.term_query(schema(), "variant", "exact", index_option="basic")
    one = Q.boolean_query(
        [
            (Occur.Should, Q.boolean_query([(Occur.Must, opened), (Occur.MustNot, part)])),
            (Occur.Should, Q.boolean_query([(Occur.Must, exact), (Occur.Must, part)])),
        ]
    )
    return Q.boolean_query([(Occur.Must, record), (Occur.Must, one)])


def wanted_facets(query: Query) -> dict[str, list[str]]:
    """All value filters of a query by facet name, the empty ones left out."""
    named = {"kind": query.kind or [], "country": query.country or []}
    for name, values in query.filters.items():
        if values:
            named[name] = [value for value in values if value in named[name]] if named.get(name) else list(values)
            named[name] = named[name] or [""]
    return {name: values for name, values in named.items() if values}


def _filters(query: Query) -> list[tantivy.Query]:
    from tantivy import Query as Q

    parts = [
        Q.term_set_query(schema(), facet_path(name), [facet_term(value) for value in values])
        for name, values in wanted_facets(query).items()
    ]
    if query.things is not None:
        parts.append(Q.term_set_query(schema(), "thing", sorted(query.things)))
    if query.bbox is not None:
        parts += _box(query.bbox)
    if query.touching is not None:
        west, south, east, north = outwards(query.touching)
        parts += [between("west", None, east), between("east", west, None)]
        parts += [between("south", None, north), between("north", south, None)]
    if query.dates is not None:
        first, last = query.dates
        parts.append(between("date_max", first, None))
        parts.append(between("date_min", None, last))
    return parts


def between(name: str, low: int | None, high: int | None) -> tantivy.Query:
    """What has a number from ``low`` to ``high``; None is open, and with two open ends anything that has one."""
    from tantivy import FieldType
    from tantivy import Query as Q

    if low is None and high is None:
        return Q.exists_query(name)
    return Q.range_query(schema(), name, FieldType.Integer, low, high)


def micro(bbox: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
    """The box in whole microdegrees."""
    west, south, east, north = (round(side * MICRO) for side in bbox)
    return west, south, east, north


def _box(bbox: tuple[float, float, float, float]) -> list[tantivy.Query]:
    from tantivy import Occur
    from tantivy import Query as Q

    west, south, east, north = micro(bbox)
    if south > north:
        return [Q.empty_query()]
    latitude = between("lat", south, north)
    if west <= east:
        return [latitude, between("lon", west, east)]
    sides = [(Occur.Should, between("lon", west, None)), (Occur.Should, between("lon", None, east))]
    return [latitude, Q.boolean_query(sides)]


def order(query: Query) -> tuple[str, bool] | None:
    """The field that sorts and whether upwards; None for relevance. Without a text the newest come first."""
    if query.sort == "date":
        return "by_date", True
    name, _, lang = query.sort.partition(":")
    if name == "name":
        return f"by_name_{lang if lang in LANGUAGES else 'en'}", True
    if query.sort == "updated" or not query.text.strip():
        return "by_updated", False
    return None
