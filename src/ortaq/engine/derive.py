"""What follows from a body: title, country, dates, point, links. Pure, and the same on every node."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ortaq.engine import geo, kinds
from ortaq.engine.facts import Fact, Reference, Span, Spot, Words
from ortaq.engine.fields.base import Field
from ortaq.engine.fields.group import ID, Group
from ortaq.engine.fields.link import Link

if TYPE_CHECKING:
    from ortaq.engine.models import Record

LinkRow = tuple[str, str, str, str]


def facts(kind: type[kinds.Kind], data: dict[str, Any]) -> Iterator[Fact]:
    """All facts of a body, whatever field they come from."""
    for field in kind.fields:
        if data.get(field.name) is not None:
            yield from field.facts(data[field.name])


def links(slug: str, data: dict[str, Any], part: str = "") -> list[LinkRow]:
    """(part, occurrence, role, target or URI) of every reference, without repetition; none for an unknown kind."""
    kind = kinds.get(slug)
    found = _references(kind.fields, data) if kind else ()
    return sorted({(part, fact.row, fact.role, fact.target or fact.uri) for fact in found})


def _references(fields: Sequence[Field], data: dict[str, Any]) -> Iterator[Reference]:
    """The references among :func:`facts`, without asking the many fields that never refer to anything."""
    for field in fields:
        value = data.get(field.name)
        if value is None:
            continue
        if isinstance(field, Group):
            for row in value:
                yield from (replace(fact, row=row[ID]) for fact in _references(field.fields, row))
        elif isinstance(field, Link):
            yield from (fact for fact in field.facts(value) if isinstance(fact, Reference))


def title(kind: type[kinds.Kind], data: dict[str, Any]) -> dict[str, str]:
    """Language -> first title in that language, from the kind's title field; official names come first."""
    field = kind.field(kind.title)
    value = data.get(kind.title)
    if field is None or value is None:
        return {}
    if isinstance(value, list):
        value = sorted(value, key=lambda row: row.get("kind") != "official")
    if isinstance(value, dict):
        return {lang: inner["text"] for lang, inner in value.items()}
    if isinstance(value, str):
        return {"": value}
    found: dict[str, str] = {}
    for fact in field.facts(value):
        if isinstance(fact, Words) and fact.weight == "title":
            found.setdefault(fact.lang, fact.text)
    return found


def columns(record: Record) -> None:
    """Sets the columns of ``record`` that follow from its open data. An unknown kind keeps the title it came with."""
    kind = kinds.get(record.kind)
    if kind is None or record.kind_version > kind.version:
        return
    data = kind.upgrade(record.data, record.kind_version)
    record.title = title(kind, data) or record.title
    record.country = data.get("country", "")
    record.region = data.get("admin_unit", "")
    found = list(facts(kind, data))
    spans = [fact for fact in found if isinstance(fact, Span)]
    record.date_min = _outer(min, [s.start for s in spans])
    record.date_max = _outer(max, [s.end for s in spans])
    spot = next((fact for fact in found if isinstance(fact, Spot)), None)
    record.lat, record.lon = geo.centre(spot.geometry) if spot else (None, None)


def split(kind: type[kinds.Kind], data: dict[str, Any]) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """(open data, closed parts by name): a field of a closed part leaves only its public form in the open data."""
    opened: dict[str, Any] = {}
    parts: dict[str, dict[str, Any]] = {}
    for field in kind.fields:
        value = data.get(field.name)
        if value is None:
            continue
        if not field.part:
            opened[field.name] = value
            continue
        parts.setdefault(field.part, {})[field.name] = value
        public = field.public(value)
        if public is not None:
            opened[field.name] = public
    return opened, parts


def _outer(choose: Any, ends: list[int | None]) -> int | None:
    """The outermost end, None (open) if any of them is open."""
    return None if not ends or None in ends else choose(ends)
