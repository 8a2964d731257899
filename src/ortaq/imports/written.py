"""A mapping as TOML text, as a person would write it and as ``ortaq import --mapping`` takes it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map
from dataclasses import fields
from typing import Any

from ortaq.imports.mapping import Column, Mapping, Spot

BARE = re.compile(r"[A-Za-z0-9_-]+")
SPOT = Spot()
COLUMN = Column("")


def written(mapping: Mapping) -> str:
    """What :meth:`Mapping.parse` reads back as the same mapping."""
    return "\n".join(_lines(mapping)) + "\n"


def composed(columns: Iterable[Column], **rest: Any) -> Mapping:
    """A mapping with its text made from its parts."""
    parts = Mapping("", tuple(columns), **rest)
    return Mapping(written(parts), parts.columns, **rest)


def _lines(mapping: Mapping) -> Iterator[str]:
    for key in ("lang", "sheet", "encoding", "id", "source", "years"):
        if getattr(mapping, key):
            yield f"{key} = {value(getattr(mapping, key))}"
    for key in ("only", "skip"):
        if getattr(mapping, key):
            yield f"{key} = {value(getattr(mapping, key))}"
    for column in mapping.columns:
        yield from ("", "[[column]]", *_pairs(column, COLUMN))
    if mapping.place:
        yield from ("", "[place]", *_pairs(mapping.place, SPOT))
    for name, table in mapping.tables.items():
        yield from ("", f"[values.{_key(name)}]", *(f"{_key(cell)} = {value(to)}" for cell, to in table.items()))


def _pairs(part: Column | Spot, plain: Column | Spot) -> Iterator[str]:
    """The keys that say more than nothing; the field of a column always."""
    names = sorted((one.name for one in fields(part)), key=lambda name: name != "name")
    for name in names:
        given = getattr(part, name)
        if given != getattr(plain, name) or (name == "field" and isinstance(part, Column)):
            yield f"{name} = {value(given)}"


def value(given: Any) -> str:
    if isinstance(given, bool):
        return "true" if given else "false"
    if isinstance(given, int | float):
        return repr(given)
    if isinstance(given, Map):
        return "{ " + ", ".join(f"{_key(str(key))} = {value(inner)}" for key, inner in given.items()) + " }"
    if isinstance(given, list | tuple):
        return "[" + ", ".join(map(value, given)) + "]"
    return _text(str(given))


def _key(name: str) -> str:
    return name if BARE.fullmatch(name) else _text(name)


def _text(text: str) -> str:
    """A basic string of TOML: the escapes of JSON are those of TOML, which forbids the one sign more below."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
