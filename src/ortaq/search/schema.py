"""What the index holds of a record, and the only place where index fields are filled.

The library checks integer fields late (a wrong type fails at commit and takes the whole batch
with it) and other types never, so every value passes a typed check here first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil, floor
from typing import TYPE_CHECKING, Any, Literal
from zlib import crc32

from ortaq.search import concepts, folding
from ortaq.search.analysis import streams, wholes
from ortaq.search.starts import starts

if TYPE_CHECKING:
    import tantivy

LAYOUT = 3  # raise it when a field changes
VERSION = f"{LAYOUT}.{folding.VERSION}.{concepts.VERSION}"  # an index of another version is rebuilt

CURSOR = "__cursor__"  # the thing of the document that holds the log cursor; it has no tokens, so no query finds it
LANGUAGES = ("kk", "az", "ru", "en", "tr")
Variant = Literal["open", "exact"]
Weight = Literal["title", "term", "text"]
WEIGHTS: tuple[Weight, ...] = ("title", "term", "text")
Written = tuple[str | None, str, Weight]  # language where it is known, text, weight

TEXT_LIMIT = 1_000_000  # characters of one text that are indexed
TERM_LIMIT = 1_000  # characters of one token, facet value or sort key
MICRO = 1_000_000
SIDES = ("west", "south", "east", "north")
LAST = "~"  # sorts after every hex digit: records without a sort key in this language
FAR = 2**52  # an open end of a date interval, and the limit of stored numbers

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


@dataclass(slots=True)
class Document:
    """One variant of one record as the index takes it.

    ``key`` is the thing's UUID for the open variant and ``<uuid>+<part>`` for the exact one. ``tokens`` are
    the record's audience, ``part_tokens`` those of the closed part that has a second document (the same list
    in both variants; empty when there is no second document). ``lat`` and ``lon`` are degrees, ``box`` is west,
    south, east, north of all its place and its zones. A date with only one end is open at the other. ``sort_keys``
    are collation keys in hex by language.
    """

    key: str
    thing: str
    variant: Variant
    tokens: list[str]
    part_tokens: list[str]
    kind: str
    country: str = ""
    types: list[str] = field(default_factory=list)
    facets: dict[str, list[str]] = field(default_factory=dict)
    languages: list[str] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    texts: list[Written] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    lat: float | None = None
    lon: float | None = None
    box: tuple[float, float, float, float] | None = None
    date_min: int | None = None
    date_max: int | None = None
    state: str = ""
    updated: int = 0
    sort_keys: dict[str, str] = field(default_factory=dict)


@lru_cache(maxsize=1)
def schema() -> tantivy.Schema:
    """The index fields. Positions only where phrases are asked for."""
    import tantivy  # 10 MB that a process without search does not pay

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("thing", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("key", "variant", "tokens", "part_tokens", "whole", "starts"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for weight in WEIGHTS:
        builder.add_text_field(f"{weight}_exact", tokenizer_name="whitespace", index_option="position")
        builder.add_text_field(f"{weight}_stem", tokenizer_name="whitespace", index_option="basic")
        builder.add_text_field(f"{weight}_skeleton", tokenizer_name="whitespace", index_option="basic")
    builder.add_json_field("facet", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("cell", fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("lat", "lon", *SIDES, "date_min", "date_max", "by_date", "by_updated"):
        builder.add_integer_field(name, stored=name in ("lat", "lon"), indexed=True, fast=True)
    for lang in LANGUAGES:
        builder.add_text_field(f"by_name_{lang}", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_float_field("weight", fast=True)
    builder.add_integer_field("cursor", stored=True)
    return builder.build()


def build(document: Document) -> tantivy.Document:
    """The library's document; ValueError or TypeError, naming the field, when a value does not fit."""
    import tantivy

    if document.variant not in ("open", "exact"):
        raise ValueError(f"variant {document.variant!r} is neither open nor exact")
    row = tantivy.Document()
    for name in ("key", "thing", "variant"):
        row.add_text(name, _term(name, getattr(document, name), required=True))
    for name in ("tokens", "part_tokens"):
        for token in getattr(document, name):
            row.add_text(name, _term(name, token, required=True))
    row.add_json("facet", _facets(document))
    for cell in document.cells:
        row.add_text("cell", _term("cells", cell, required=True))
    _add_numbers(row, document)
    _add_texts(row, document)
    return row


def cursor_document(cursor: int) -> tantivy.Document:
    """The document that says up to which log entry the index has come."""
    import tantivy

    row = tantivy.Document()
    row.add_text("thing", CURSOR)
    row.add_integer("cursor", _whole("cursor", cursor))
    return row


def facet_path(name: str) -> str:
    """The index path of a facet; ValueError when ``name`` is not a plain field name."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"facet name {name!r} is not a field name")
    return f"facet.{name}"


def facet_term(value: str) -> str:
    """A facet value as stored: the mark keeps the library from taking a value for a date or a number."""
    return f"={value}"


def place(document: Document) -> tuple[int, int] | None:
    """Latitude and longitude in whole microdegrees, None without a place."""
    if document.lat is None or document.lon is None:
        return None
    if not (-90 <= document.lat <= 90 and -180 <= document.lon <= 180):
        raise ValueError(f"place {document.lat}, {document.lon} is outside the world")
    return round(document.lat * MICRO), round(document.lon * MICRO)


def outwards(box: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
    """A box in whole microdegrees, rounded so that nothing in it falls out."""
    west, south, east, north = box
    return floor(west * MICRO), floor(south * MICRO), ceil(east * MICRO), ceil(north * MICRO)


def dates(document: Document) -> tuple[int, int] | None:
    """First and last day, an open end far away, None when undated."""
    if document.date_min is None and document.date_max is None:
        return None
    first = -FAR if document.date_min is None else _whole("date_min", document.date_min)
    last = FAR if document.date_max is None else _whole("date_max", document.date_max)
    return first, last


def facets_of(document: Document) -> dict[str, list[str]]:
    """Every facet of a document, those of the record itself included; no empty value, none twice."""
    own = {
        "kind": [document.kind],
        "country": [document.country],
        "type": document.types,
        "language": document.languages,
        "state": [document.state],
    }
    merged: dict[str, list[str]] = {}
    for name, values in [*own.items(), *document.facets.items()]:
        facet_path(name)
        if kept := [_term(name, value) for value in values if value]:
            merged[name] = list(dict.fromkeys([*merged.get(name, []), *kept]))
    return merged


def _facets(document: Document) -> dict[str, list[str]]:
    return {name: [facet_term(value) for value in values] for name, values in facets_of(document).items()}


def _add_numbers(row: tantivy.Document, document: Document) -> None:
    if at := place(document):
        row.add_integer("lat", at[0])
        row.add_integer("lon", at[1])
    for side, degrees in zip(SIDES, outwards(document.box), strict=True) if document.box else ():
        row.add_integer(side, _whole("box", degrees))
    mark = crc32(document.thing.encode())
    span = dates(document)
    if span:
        row.add_integer("date_min", span[0])
        row.add_integer("date_max", span[1])
    shown = FAR if span is None else span[0] if span[0] != -FAR else span[1]
    # The low bits part records of the same date, so that pages of a list never overlap.
    row.add_integer("by_date", (max(-FAR, min(FAR, shown)) << 10) | (mark & 0x3FF))
    row.add_integer("by_updated", (_whole("updated", document.updated) << 10) | (mark & 0x3FF))


def _add_texts(row: tantivy.Document, document: Document) -> None:
    titles: list[Written] = [(lang, text, "title") for lang, text in document.titles.items()]
    for name, written in _gathered((*titles, *document.texts)):
        row.add_text(name, written)
    mark = f"{crc32(document.thing.encode()):08x}"
    for lang in LANGUAGES:
        key = _term("sort_keys", document.sort_keys.get(lang, ""))
        row.add_text(f"by_name_{lang}", f"{key or LAST}.{mark}")
    row.add_float("weight", weight_of(document))


@lru_cache(maxsize=1)  # most often the two variants of a record hold the same texts, and they come one after the other
def _gathered(texts: tuple[Written, ...]) -> list[tuple[str, str]]:
    """(index field, what it gets) of all ``texts``."""
    found: list[tuple[str, str]] = []
    stems: dict[str, dict[str, None]] = {weight: {} for weight in WEIGHTS}
    skeletons: dict[str, dict[str, None]] = {weight: {} for weight in WEIGHTS}
    for lang, text, weight in texts:
        if weight not in WEIGHTS:
            raise ValueError(f"weight {weight!r} is not one of {', '.join(WEIGHTS)}")
        if not isinstance(text, str):
            raise TypeError(f"text is {type(text).__name__}, not text")
        stream = streams(text[:TEXT_LIMIT], lang, title=weight == "title")
        found += [(f"{weight}_exact", reading) for reading in stream.exact]
        stems[weight].update(dict.fromkeys(stream.stem))
        skeletons[weight].update(dict.fromkeys(stream.skeleton))
        if weight == "title":
            found += [("whole", whole) for whole in wholes(text, lang)]
            found += [("starts", start) for start in starts(text, lang)]
    for weight in WEIGHTS:  # each once: how often a form occurs counts for nothing
        found.append((f"{weight}_stem", " ".join(stems[weight])))
        found.append((f"{weight}_skeleton", " ".join(skeletons[weight])))
    return found


def weight_of(document: Document) -> float:
    """What parts equal scores, always in the same way: shorter titles first, then chance fixed by the UUID.

    At most 0.03, which changes a score by less than the least difference between two ways of matching.
    """
    length = min((len(title) for title in document.titles.values()), default=100)
    return 0.02 * (1 - min(length, 100) / 100) + 0.01 * crc32(document.thing.encode()) / 2**32


def _term(name: str, value: Any, required: bool = False) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{name} is {type(value).__name__}, not text")
    if len(value) > TERM_LIMIT or (required and not value):
        raise ValueError(f"{name} has {len(value)} characters, allowed are 1 to {TERM_LIMIT}")
    return value


def _whole(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name} is {type(value).__name__}, not a whole number")
    if not -FAR <= value <= FAR:
        raise ValueError(f"{name} is {value}, beyond 2^52")
    return value
