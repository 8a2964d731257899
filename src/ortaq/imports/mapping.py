"""Mappings: TOML files that say which column of a table is which field. See ``docs/howto/import.md``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, fields
from dataclasses import field as made
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from ortaq.engine.problems import Problem

Condition = Map[str, tuple[str, ...]]
PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
LONGEST_SOURCE = 200
YEARS = ("bce", "iso")
OTHERWISE = ("keep", "skip", "error")
TOP = {"lang", "sheet", "encoding", "id", "source", "years", "only", "skip", "column", "place", "values"}


@dataclass(frozen=True)
class Column:
    """Where the cells of one column go; without ``name`` the constant ``value``, or ``template``.

    ``field``: path such as ``names.name``; ``row``: columns with the same label fill the same occurrence of a
    group; ``set``: more fields of that occurrence; ``values``: name of a table of values, ``otherwise`` what becomes
    of a cell that is not in it; ``contains``: only cells with this text count.
    """

    field: str
    name: str = ""
    row: str = ""
    lang: str = ""
    origin: str = ""
    split: str = ""
    values: str = ""
    otherwise: str = "keep"
    template: str = ""
    contains: str = ""
    value: Any = None
    set: Map[str, Any] = made(default_factory=dict)
    when: Condition = made(default_factory=dict)
    unless: Condition = made(default_factory=dict)

    def needs(self) -> Iterator[str]:
        """Columns that the file must have for this."""
        yield from filter(None, (self.name, *self.when, *self.unless))
        yield from placeholders(self.template)
        yield from placeholders(self.set)


@dataclass(frozen=True)
class Spot:
    """``[place]``: two columns that are a point together, or one with a geometry (GeoJSON, WKT, a pair as typed).

    ``certainty`` and ``accuracy`` name columns too. In another reference system than WGS 84 ``lon`` is the column of
    the easting and ``lat`` that of the northing. Without ``crs`` the one of a geographic file counts.
    """

    lat: str = ""
    lon: str = ""
    geometry: str = ""
    field: str = "place"
    precision: str = "exact"
    certainty: str = ""
    accuracy: str = ""
    crs: str = ""
    method: str = ""
    unless: Condition = made(default_factory=dict)

    def needs(self) -> Iterator[str]:
        yield from filter(None, (self.lat, self.lon, self.geometry, self.certainty, self.accuracy, *self.unless))


@dataclass(frozen=True)
class Mapping:
    """A mapping and the text it was read from, which is kept with each import.

    ``id`` is the column that tells the rows of a list apart for ever, ``source`` the name of that list: a row that
    came in before under both is the same row. ``years`` says what a negative year means: -550 is 550 BC (``bce``), or
    as astronomers and ISO 8601 count with a year 0 (``iso``).
    """

    text: str
    columns: tuple[Column, ...]
    place: Spot | None = None
    tables: Map[str, Map[str, str]] = made(default_factory=dict)
    only: Condition = made(default_factory=dict)
    skip: Condition = made(default_factory=dict)
    lang: str = ""
    sheet: str = ""
    encoding: str = ""
    id: str = ""
    source: str = ""
    years: str = ""

    @classmethod
    def read(cls, path: Path) -> Mapping:
        """The mapping in a file; raises Problem."""
        try:
            return cls.parse(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise Problem(
                "mapping", _("The mapping “%(name)s” cannot be read as UTF-8 text."), name=path.name
            ) from error

    @classmethod
    def parse(cls, text: str) -> Mapping:
        """The mapping in a TOML text; raises Problem."""
        try:
            given = tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            message = _("The mapping is not correct TOML: %(error)s")
            raise Problem("mapping", message, error=str(error)) from error
        _known(given, TOP, "")
        columns = tuple(_column(c) for c in _list(given.get("column", []), "column"))
        if not columns:
            raise Problem("mapping", _("The mapping names no column. Write at least one [[column]]."))
        tables = {name: _texts(table, f"values.{name}") for name, table in _table(given, "values").items()}
        missing = next((c.values for c in columns if c.values and c.values not in tables), None)
        if missing:
            raise Problem("mapping", _("There is no table [values.%(name)s] in the mapping."), name=missing)
        return cls(
            text,
            columns,
            _spot(given["place"]) if "place" in given else None,
            tables,
            _condition(given.get("only", {}), "only"),
            _condition(given.get("skip", {}), "skip"),
            _word(given, "lang"),
            _word(given, "sheet"),
            _word(given, "encoding"),
            _word(given, "id"),
            _source(given),
            _years(given),
        )

    def needs(self) -> set[str]:
        """Every column that the file must have."""
        parts = (*self.columns, *((self.place,) if self.place else ()))
        named = {self.id} if self.id else set()
        return {*named, *self.only, *self.skip, *(name for part in parts for name in part.needs())}

    def takes(self, cells: Map[str, str]) -> bool:
        """Whether a row is meant at all."""
        return all(cells.get(name) in wanted for name, wanted in self.only.items()) and not holds(self.skip, cells)


def holds(condition: Condition, cells: Map[str, str]) -> bool:
    """Whether one of the columns has one of the values; never for an empty condition."""
    return any(cells.get(name) in values for name, values in condition.items())


def placeholders(value: Any) -> Iterator[str]:
    """Columns that a template, or a structure with templates in it, names as ``{column}``."""
    if isinstance(value, str):
        yield from PLACEHOLDER.findall(value)
    elif isinstance(value, Map):
        for inner in value.values():
            yield from placeholders(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from placeholders(inner)


def fill(value: Any, cells: Map[str, str]) -> Any:
    """``value`` with every ``{column}`` replaced; texts that become empty are left out of tables."""
    if isinstance(value, str):
        return PLACEHOLDER.sub(lambda match: cells.get(match[1], ""), value)
    if isinstance(value, Map):
        return {key: got for key, inner in value.items() if (got := fill(inner, cells)) != ""}
    if isinstance(value, list):
        return [fill(inner, cells) for inner in value]
    return value


def _column(given: Any) -> Column:
    given = _known(given, {f.name for f in fields(Column)}, "column")
    where = f"column {given.get('name') or given.get('field') or ''}"
    if not _word(given, "field"):
        raise Problem("mapping", _("In [[column]] “%(name)s” the key field is missing."), name=given.get("name", ""))
    if not given.get("name") and "value" not in given and not given.get("template"):
        message = _("[[column]] for %(field)s has neither a name nor a value.")
        raise Problem("mapping", message, field=given["field"])
    texts = {
        key: _word(given, key) for key in ("name", "row", "lang", "origin", "split", "values", "template", "contains")
    }
    otherwise = _word(given, "otherwise") or "keep"
    if otherwise not in OTHERWISE:
        raise _wrong(where, "otherwise")
    return Column(
        given["field"],
        **texts,
        otherwise=otherwise,
        value=given.get("value"),
        set=_table(given, "set"),
        when=_condition(given.get("when", {}), where),
        unless=_condition(given.get("unless", {}), where),
    )


def _spot(given: Any) -> Spot:
    given = _known(given, {f.name for f in fields(Spot)}, "place")
    texts = {key: _word(given, key) for key in given if key != "unless"}
    if not texts.get("geometry") and not (texts.get("lat") and texts.get("lon")):
        raise Problem("mapping", _("[place] needs lat and lon, the names of two columns, or geometry, that of one."))
    return Spot(**texts, unless=_condition(given.get("unless", {}), "place"))


def _known(given: Any, keys: set[str], where: str) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise _wrong(where, where)
    unknown = next((key for key in given if key not in keys), None)
    if unknown:
        message = _("The mapping has a key “%(key)s” that means nothing here. Known keys: %(known)s")
        raise Problem("mapping", message, key=unknown, known=", ".join(sorted(keys)))
    return given


def _condition(given: Any, where: str) -> Condition:
    """``{country = "KZ", id = ["a", "b"]}`` with a tuple for each column."""
    if not isinstance(given, dict):
        raise _wrong(where, "condition")
    found = {name: tuple(values) if isinstance(values, list) else (values,) for name, values in given.items()}
    if not all(isinstance(value, str) for values in found.values() for value in values):
        raise _wrong(where, "condition")
    return found


def _texts(given: Any, where: str) -> dict[str, str]:
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise _wrong(where, where)
    return given


def _list(given: Any, where: str) -> list[Any]:
    if not isinstance(given, list):
        raise _wrong(where, where)
    return given


def _table(given: Map[str, Any], key: str) -> dict[str, Any]:
    found = given.get(key, {})
    if not isinstance(found, dict):
        raise _wrong(key, key)
    return found


def _word(given: Map[str, Any], key: str) -> str:
    found = given.get(key, "")
    if not isinstance(found, str):
        raise _wrong(key, key)
    return found


def _source(given: Map[str, Any]) -> str:
    found = _word(given, "source").replace("\0", "")
    if len(found) > LONGEST_SOURCE:
        raise _wrong("mapping", "source")
    return found


def _years(given: Map[str, Any]) -> str:
    found = _word(given, "years")
    if found and found not in YEARS:
        raise _wrong("mapping", "years")
    return found


def _wrong(where: str, key: str) -> Problem:
    message = _("In %(where)s of the mapping, %(key)s has the wrong form. Compare it with the documentation.")
    return Problem("mapping", message, where=where or "mapping", key=key)
