"""Cells that are no term of their vocabulary yet: which they are, how often, and which terms may be meant."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from typing import Any

from django.conf import settings

from ortaq.engine import terms
from ortaq.engine.fields import Country, Term
from ortaq.engine.fields.base import Context, Field
from ortaq.engine.fields.country import country_name
from ortaq.engine.kinds import Kind
from ortaq.engine.labels import LANGUAGES
from ortaq.imports.mapping import Column, Mapping
from ortaq.imports.rows import Builder, target
from ortaq.imports.sheet import Row
from ortaq.imports.written import composed
from ortaq.search.analysis import wholes, words
from ortaq.search.stems import stems

COUNTRY = "country"
EVERY = 500  # rows of one step
MOST_VALUES = 500  # of one import that are asked for
PROPOSED = 5
ALIKE = 0.45  # how much of two spellings must be the same to be proposed
Found = dict[tuple[str, str], int]


@dataclass(frozen=True)
class Unknown:
    """One value that is no term. ``proposals`` are codes, the likeliest first; ``table`` is the one of the mapping."""

    table: str
    field: Field
    vocabulary: str
    value: str
    count: int
    proposals: list[str]


def vocabulary(field: Field) -> str:
    """The vocabulary that the cells of a field come from, "" for one without."""
    return field.vocabulary if isinstance(field, Term) else COUNTRY if isinstance(field, Country) else ""


def known(name: str, text: str) -> bool:
    """Whether a cell decides for one term as it is."""
    if name == COUNTRY:
        return text.strip().upper() in settings.ORTAQ_COUNTRIES
    return bool(terms.source().get(name, text)) or len(terms.source().find(name, text)) == 1


def choices(name: str, lang: str) -> list[tuple[str, str]]:
    """(code, label) of every term."""
    if name == COUNTRY:
        return [(code, country_name(code, lang)) for code in settings.ORTAQ_COUNTRIES]
    return [(term.code, terms.label(name, term.code, lang)) for term in terms.source().terms(name)]


def with_tables(kind: type[Kind], mapping: Mapping) -> Mapping:
    """The mapping with a table of values for each column whose cells are terms, so that there is a place to choose."""
    columns, tables = [], dict(mapping.tables)
    for column in mapping.columns:
        name = vocabulary(target(kind, column.field).field)
        if name and column.name and not column.values:
            table = next(free for free in _free(name) if free not in tables)
            tables[table] = {}
            column = replace(column, values=table)  # noqa: PLW2901
        columns.append(column)
    return again(mapping, columns=columns, tables=tables)


def again(mapping: Mapping, **changes: Any) -> Mapping:
    """The mapping with other parts and the text that says so."""
    names = ("place", "tables", "only", "skip", "lang", "sheet", "encoding", "id", "source", "years")
    rest = {name: getattr(mapping, name) for name in names} | changes
    return composed(rest.pop("columns", mapping.columns), **rest)


def _free(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}{number}" for number in range(2, 1_000))


def collect(kind: type[Kind], mapping: Mapping, rows: Iterable[Row]) -> Generator[None, None, Found]:
    """How often each (table, value) stands in the rows, as far as it is no term; a step now and then."""
    builder, found = Builder(kind, mapping, "en"), Found()
    asked = [(column, to.field) for column, to in builder.targets if column.name and vocabulary(to.field)]
    for at, row in enumerate(rows, start=1):
        for column, field in asked:
            for value in _values(column, field, row.cells):
                if value not in mapping.tables.get(column.values, {}) and not known(vocabulary(field), value):
                    found[column.values, value] = found.get((column.values, value), 0) + 1
        if at % EVERY == 0:
            yield
    return found


def _values(column: Column, field: Field, cells: dict[str, str]) -> list[str]:
    cell = cells.get(column.name, "")
    pieces = [piece.strip() for piece in cell.split(column.split)] if column.split else [cell]
    if not column.split and isinstance(field, Term):
        read = [field.read(piece, Context()) for piece in pieces]
        pieces = [one for given in read for one in (given if isinstance(given, list) else [given or ""])]
    return [piece for piece in pieces if piece]


def unknown(kind: type[Kind], mapping: Mapping, found: Found) -> list[Unknown]:
    """The values that were found, the most frequent first, with proposals."""
    fields = {c.values: target(kind, c.field).field for c in mapping.columns if c.values}
    often = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return [
        Unknown(table, fields[table], name, value, count, proposals(name, value))
        for (table, value), count in islice(often, MOST_VALUES)
        if table in fields and (name := vocabulary(fields[table]))
    ]


def proposals(name: str, value: str) -> list[str]:
    """Codes of the terms whose labels, in any language, are spelt like ``value`` or share its stems."""
    if name != COUNTRY:
        exact = [term.code for term in terms.source().find(name, value)]
        if exact:
            return exact[:PROPOSED]
    own = _form(value)
    scored = [(_alike(own, label), code) for code, label in _labels(name, terms.version())]
    best: dict[str, float] = {}
    for score, code in scored:
        if score >= ALIKE:
            best[code] = max(score, best.get(code, 0.0))
    return sorted(best, key=lambda code: (-best[code], code))[:PROPOSED]


Form = tuple[frozenset[str], frozenset[str]]  # pairs of letters of the spelling, stems of the words


@lru_cache(maxsize=100)
def _labels(name: str, _version: str) -> tuple[tuple[str, Form], ...]:
    if name == COUNTRY:
        return tuple((code, _form(country_name(code, lang))) for code in settings.ORTAQ_COUNTRIES for lang in LANGUAGES)
    found = terms.source().terms(name)
    return tuple((term.code, _form(text)) for term in found for text in (term.code, *term.labels.values()))


@lru_cache(maxsize=4_096)
def _form(text: str) -> Form:
    spelt = next((form[1:] for form in wholes(text, None) if form[0] == ":"), text.casefold())
    pairs = frozenset(spelt[at : at + 2] for at in range(len(spelt) - 1)) or frozenset((spelt,))
    found = frozenset(stem for word in words(text, None) for lang in LANGUAGES for stem in stems(word.text, lang))
    return pairs, found


def _alike(one: Form, other: Form) -> float:
    """From 0 to 1: the share of letter pairs in common; a common stem counts as half the way."""
    pairs = 2 * len(one[0] & other[0]) / (len(one[0]) + len(other[0]))
    shared = len(one[1] & other[1]) / max(1, min(len(one[1]), len(other[1])))
    return max(pairs, 0.5 * pairs + 0.5 * shared)
