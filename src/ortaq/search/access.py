"""Searching as somebody: the index finds and counts under his tokens, the gate of the engine reads the hits again."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import lru_cache
from uuid import UUID

from django.utils import timezone

from ortaq.engine import access, derive
from ortaq.engine.access import Reader, View
from ortaq.engine.facts import Words
from ortaq.engine.models import Denied, Entry, Record
from ortaq.search import concepts
from ortaq.search.analysis import highlight, merged
from ortaq.search.consumer import folder
from ortaq.search.grid import Cell
from ortaq.search.index import Hit, IndexReader
from ortaq.search.query import Query

FRESH = timedelta(seconds=10)  # how long a writer's search waits for what he wrote
AROUND = 60  # characters shown on each side of a match
PIECE = 400  # characters looked at together: a long text is left as soon as one of them holds a match
LONGEST = 20_000  # characters of one text that are looked at

Span = tuple[int, int]

_guard = threading.Lock()


@dataclass(frozen=True)
class Match:
    """Why a record was found: ``where`` is title, term or text; ``snippet`` is (text, whether it matched) in order."""

    where: str
    lang: str
    snippet: list[tuple[str, bool]]


@dataclass(frozen=True)
class Results:
    """``count`` of all that match and the facets as the index knows them; ``views`` of the page that was asked for.

    ``why`` has at most one match for each view, none without a text. ``near``: nothing matched, these are the nearest.
    """

    count: int = 0
    views: list[View] = field(default_factory=list)
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    why: list[list[Match]] = field(default_factory=list)
    near: bool = False

    @property
    def hits(self) -> list[tuple[View, list[Match]]]:
        """Each view with why it was found."""
        return list(zip(self.views, self.why, strict=True))


def search(reader: Reader, query: Query) -> Results:
    """What ``reader`` finds."""
    index, query = prepared(reader, query)
    page = index.search(query)
    views = _views(reader, page.hits)
    return Results(page.count, views, page.facets, [why(view, query) for view in views], page.near)


def placed(reader: Reader, query: Query) -> list[View]:
    """The same records for a map: their names and places alone."""
    index, query = prepared(reader, query)
    return access.places(reader, _rows(reader, index.search(query).hits))


def grid(reader: Reader, query: Query, size: int) -> list[Cell]:
    """Where what ``reader`` finds lies, at the precision that is his, in cells of ``size`` microdegrees."""
    index, query = prepared(reader, query)
    return index.grid(query, size)


def matching(reader: Reader, queries: list[Query]) -> list[list[str]]:
    """The things of each question's page as the index knows them, to be read through the gate, all at once."""
    index, first = prepared(reader, Query())
    found = []
    for query in queries:
        own = replace(query, tokens=first.tokens, excluded=first.excluded, lang=query.lang or reader.lang)
        found.append([] if query.things == frozenset() else [hit.thing for hit in index.search(own).hits])
    return found


def prepared(reader: Reader, query: Query) -> tuple[IndexReader, Query]:
    """The index as it is now, and ``query`` with the tokens of the reader and the things that are denied."""
    index = opened()
    _catch_up(reader, index)
    # The denied are read before the index: a row that is gone by then stands for a commit that the refresh sees.
    denied = list(Denied.objects.values_list("thing", "position"))
    index.refresh()
    cursor = index.cursor()
    excluded = query.excluded | {str(thing) for thing, position in denied if position > cursor}
    return index, replace(query, tokens=reader.tokens, excluded=excluded, lang=query.lang or reader.lang)


def _catch_up(reader: Reader, index: IndexReader) -> None:
    """A writer finds his own change at once: waits up to a second for the last one that the index does not hold.

    For an older one nobody waits: the index is then far behind, and every search of his would take a second.
    """
    if reader.id is None:
        return
    index.refresh()
    since = timezone.now() - FRESH
    own = Entry.objects.filter(position__gt=index.cursor(), actor=reader.id, time__gt=since).order_by("-position")
    last = own.values_list("position", flat=True).first()
    if last is not None:
        index.wait_for(last, 1.0)


def wait_for(position: int, seconds: float = 1.0) -> bool:
    """Until the index holds the entry at ``position``, so that a writer finds his own change; False when time is up."""
    return opened().wait_for(position, seconds)


def cursor() -> int:
    """The last log entry that the index holds."""
    index = opened()
    index.refresh()
    return index.cursor()


def opened() -> IndexReader:
    """The index of this node, one reader for the whole process."""
    with _guard:
        return _reader(str(folder()))


@lru_cache(maxsize=2)
def _reader(path: str) -> IndexReader:
    from pathlib import Path

    return IndexReader(Path(path))


def _views(reader: Reader, hits: list[Hit]) -> list[View]:
    rows = _rows(reader, hits)
    return access.views(reader, rows) if rows else []


def _rows(reader: Reader, hits: list[Hit]) -> list[Record]:
    """The hits in their order, without what is not the reader's any more."""
    if not hits:
        return []
    ids = [UUID(hit.thing) for hit in hits]
    rows = {record.id: record for record in access.visible(reader).filter(id__in=ids)}
    return [rows[id_] for id_ in ids if id_ in rows]


def why(view: View, query: Query) -> list[Match]:
    """The first title, or else the first term, or else the first text that holds a word of the query.

    Only where nothing is written as it was asked for, the first that holds another name of what was meant.
    """
    if not query.text.strip():
        return []
    literal = _found(view, query, literal=True)
    found = literal if literal or not query.concepts else _found(view, query, literal=False)
    return [found] if found else []


def _found(view: View, query: Query, *, literal: bool) -> Match | None:
    # Most are found by their title: the rest of the record is then not looked at.
    found = _first(_titles(view), query, literal)
    if found is None:
        words = _words(view)
        weights = ([fact for fact in words if fact.weight == weight] for weight in ("title", "term", "text"))
        found = next((match for facts in weights if (match := _first(facts, query, literal))), None)
    return found


def _first(facts: list[Words], query: Query, literal: bool) -> Match | None:
    """The first match, in the reader's language if it has one."""
    lang, named = query.lang or "en", query.concepts
    ordered = sorted(facts, key=lambda fact: fact.lang != lang)
    return next((match for fact in ordered if (match := _match(fact, query, named, literal))), None)


def _titles(view: View) -> list[Words]:
    number = [Words("", view.record.pid, "title")] if view.record.pid else []
    return [*(Words(lang, text, "title") for lang, text in view.title.items()), *number]


def _words(view: View) -> list[Words]:
    """All that is written in a record, as far as this reader sees it; each text once."""
    kind = view.kind
    if kind is None or view.record.kind_version > kind.version:
        return []
    return list(dict.fromkeys(fact for fact in derive.facts(kind, view.data) if isinstance(fact, Words)))


def _match(fact: Words, query: Query, named: frozenset[str], literal: bool) -> Match | None:
    """Only where nothing is written as it was asked for is a text looked through for other names of what was meant."""
    text, lang = fact.text, fact.lang or None
    for start, end in _pieces(text):
        piece, title = text[start:end], fact.weight == "title"
        spans = highlight(piece, lang, query.text, title=title, reader=query.lang) if literal else []
        if named and (spans or not literal):
            spans = merged([*spans, *concepts.spans(piece, lang, named)])
        if spans:
            return Match(fact.weight, fact.lang, snippet(text, [(start + a, start + b) for a, b in spans]))
    return None


def _pieces(text: str) -> Iterator[Span]:
    """``text`` cut at spaces."""
    start, limit = 0, min(len(text), LONGEST)
    while start < limit:
        end = min(start + PIECE, limit)
        if end < limit and (space := text.rfind(" ", start + 1, end)) > 0:
            end = space
        yield start, end
        start = end


def snippet(text: str, spans: list[Span]) -> list[tuple[str, bool]]:
    """The text around the first of ``spans`` (not empty, in order), cut at spaces, with what matched marked."""
    start, end = max(0, spans[0][0] - AROUND), min(len(text), max(spans[0][1], spans[0][0] + AROUND) + AROUND)
    if start and (space := text.find(" ", start, spans[0][0])) >= 0:
        start = space + 1
    if end < len(text) and (space := text.rfind(" ", spans[0][1], end)) >= 0:
        end = space
    parts = [("…", False)] if start else []
    at = start
    for first, last in spans:
        if last > end:
            break
        parts += [(text[at:first], False), (text[first:last], True)]
        at = last
    parts += [(text[at:end], False), ("…" if end < len(text) else "", False)]
    return [(part, marked) for part, marked in parts if part]
