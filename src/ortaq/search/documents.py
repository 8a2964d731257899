"""What the index holds of records: documents made of the facts of a body, and of nothing else.

The open document is made of the open data only. A record whose kind has an indexed closed part, and that has
this part, gets a second one, with the part's content in it, under the part's tokens as well.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from ortaq.engine import derive, geo, kinds
from ortaq.engine.canonical import parse
from ortaq.engine.facts import Facet, Fact, Outline, Spot, Words
from ortaq.engine.labels import pick
from ortaq.engine.models import ClosedPart, Record, Token
from ortaq.engine.traced import DRAFT, IN_REVIEW, PUBLISHED
from ortaq.search import undeclared
from ortaq.search.schema import LANGUAGES, TERM_LIMIT, Document, Weight

log = logging.getLogger(__name__)

SEARCHABLE = (DRAFT, IN_REVIEW, PUBLISHED)
ZOOMS = range(1, 17)  # the deepest cell is about 600 m wide at the equator
SORTED_BY = 120  # characters of a title that decide its place in a list
ZONED, YES = "zoned", "yes"  # a facet for no page: whether the record has an outline of a zone
WEIGHTS: dict[str, Weight] = {"title": "title", "term": "term", "text": "text"}

Audiences = dict[UUID, dict[str, list[str]]]  # thing -> part ("" the record itself) -> tokens


def documents(records: Iterable[Record]) -> list[Document]:
    """All documents of ``records``, in two queries; none for what is withdrawn, merged or erased."""
    found: list[Document] = []
    shown = [record for record in records if record.state in SEARCHABLE]
    audiences, contents = _audiences(shown), _contents(shown)
    for record in shown:
        tokens = audiences.get(record.id, {})
        try:
            found += _variants(record, tokens, contents.get(record.id))
        except Exception as error:  # one record that cannot be read must not stop the index for all others
            log.error("%s is indexed by title only: %s: %s", record.id, type(error).__name__, error)
            found.append(_untyped(_blank(record, tokens.get("", []), []), record))
    return found


def indexed_part(kind: type[kinds.Kind] | None) -> str:
    """The name of the one part of a kind that has a document of its own, "" for none."""
    parts = kind.parts.items() if kind else ()
    return next((name for name, part in parts if part.indexed), "")


def _audiences(records: Sequence[Record]) -> Audiences:
    found: Audiences = {}
    rows = Token.objects.filter(thing__in=[r.id for r in records]).order_by("token")
    for thing, part, token in rows.values_list("thing", "part", "token"):
        found.setdefault(thing, {}).setdefault(part, []).append(token)
    return found


def _contents(records: Sequence[Record]) -> dict[UUID, dict[str, Any]]:
    """Thing -> content of its indexed part, where it has one and this node holds it."""
    wanted = [r.parts[part] for r in records if (part := indexed_part(kinds.get(r.kind))) in r.parts]
    rows = ClosedPart.objects.filter(commitment__in=wanted, content__isnull=False) if wanted else ()
    return {row.thing: parse(bytes(row.content or b"")) for row in rows}


def _variants(record: Record, tokens: dict[str, list[str]], content: dict[str, Any] | None) -> list[Document]:
    kind = kinds.get(record.kind)
    own = tokens.get("", [])
    if kind is None or record.kind_version > kind.version:
        return [_untyped(_blank(record, own, []), record)]
    part = indexed_part(kind)
    closed = tokens.get(part, []) if content else []
    data = kind.upgrade(record.data, record.kind_version)
    known: Known = {}
    opened = _fill(_blank(record, own, closed), record, kind, data, known)
    if not content or not closed:
        return [opened]
    exact = _blank(record, own, closed)
    exact.key, exact.variant = f"{record.id}+{part}", "exact"
    data = kind.upgrade(record.data | content, record.kind_version)
    return [opened, _fill(exact, record, kind, data, known)]


def _blank(record: Record, tokens: list[str], part_tokens: list[str]) -> Document:
    key = str(record.id)
    return Document(
        key=key,
        thing=key,
        variant="open",
        tokens=tokens,
        part_tokens=part_tokens,
        kind=record.kind,
        country=record.country,
        state=record.state,
        updated=int(record.updated.timestamp() * 1_000_000),
        texts=[(None, record.pid, "title")] if record.pid else [],
    )


def _untyped(document: Document, record: Record) -> Document:
    """Of a kind that this node does not know only the title can be read."""
    title = record.title if isinstance(record.title, dict) else {}
    _set_titles(document, {lang: text for lang, text in title.items() if isinstance(text, str)})
    return document


Known = dict[str, tuple[Any, list[Fact]]]  # field -> its value and the facts of that value


def _fill(document: Document, record: Record, kind: type[kinds.Kind], data: dict[str, Any], known: Known) -> Document:
    facts = _facts(kind, data, known)
    _set_titles(document, derive.title(kind, data) or record.title)
    _add_words(document, [fact for fact in facts if isinstance(fact, Words)])
    for fact in facts:
        if isinstance(fact, Facet):
            values = document.facets.setdefault(fact.name, [])
            if fact.value not in values:
                values.append(fact.value)
    document.facets |= undeclared.facets(record.owner, document.facets)
    spans = undeclared.dating(kind, facts)
    document.date_min = _outer(min, [span.start for span in spans])
    document.date_max = _outer(max, [span.end for span in spans])
    spot = next((fact for fact in facts if isinstance(fact, Spot)), None)
    if spot is not None:
        document.lat, document.lon = geo.centre(spot.geometry)
        document.cells = _cells(document.lat, document.lon)
    boxes = [geo.bbox(fact.geometry) for fact in facts if isinstance(fact, Spot | Outline)]
    if boxes:
        west, south, east, north = zip(*boxes, strict=True)
        document.box = (min(west), min(south), max(east), max(north))
    if any(isinstance(fact, Outline) for fact in facts):
        document.facets[ZONED] = [YES]
    return document


def _facts(kind: type[kinds.Kind], data: dict[str, Any], known: Known) -> list[Fact]:
    """All facts of ``data``; the two variants of a record share those of the fields that are the same in both."""
    found: list[Fact] = []
    for field in kind.fields:
        value = data.get(field.name)
        if value is None:
            continue
        before = known.get(field.name)
        if before is None or before[0] is not value:
            before = known[field.name] = (value, list(field.facts(value)))
        found += before[1]
    return found


def _set_titles(document: Document, titles: dict[str, str]) -> None:
    document.titles = dict(titles)
    for lang in LANGUAGES:
        if key := sort_key(lang, pick(titles, lang)[1]):
            document.sort_keys[lang] = key


def _add_words(document: Document, words: list[Words]) -> None:
    """Each text once; the languages of a record are those it is written in, not those of its terms."""
    taken = {(lang, text, "title") for lang, text in document.titles.items()}
    languages = dict.fromkeys(lang for lang in document.titles if lang)
    for fact in words:
        if fact.weight != "term" and fact.lang:
            languages[fact.lang] = None
        key = (fact.lang, fact.text, fact.weight)
        if key not in taken:
            taken.add(key)
            document.texts.append((fact.lang or None, fact.text, WEIGHTS[fact.weight]))
    document.languages = list(languages)


def _outer(choose: Any, ends: list[int | None]) -> int | None:
    return None if not ends or None in ends else choose(ends)


@lru_cache(maxsize=4_096)
def _cells(lat: float, lon: float) -> list[str]:
    """One cell a zoom, where the middle of the place lies, so that the counts of a map's cells add up to its hits."""
    return geo.quadkeys({"type": "Point", "coordinates": [lon, lat]}, ZOOMS)


@lru_cache(maxsize=4_096)
def sort_key(lang: str, title: str) -> str:
    """Hex digits that sort like ``title`` in the alphabet of ``lang``; "" for no title."""
    if not title:
        return ""
    key: bytes = _collator(lang).getSortKey(title[:SORTED_BY])
    return key.hex()[:TERM_LIMIT]


@lru_cache(maxsize=len(LANGUAGES))
def _collator(lang: str) -> Any:
    import icu  # 49 MB that only the process that writes the index pays

    return icu.Collator.createInstance(icu.Locale(lang))
