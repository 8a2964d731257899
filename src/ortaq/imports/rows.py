"""From the cells of a row to the raw data of a record, and back from a problem to the cell that caused it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ortaq.engine.fields.base import Context, Field
from ortaq.engine.fields.date import Date
from ortaq.engine.fields.group import Group
from ortaq.engine.fields.name import Name
from ortaq.engine.fields.period import Period
from ortaq.engine.fields.source import Source
from ortaq.engine.fields.text import Text
from ortaq.engine.kinds import Kind
from ortaq.engine.problems import Path, Problem, Problems
from ortaq.imports.mapping import Column, Mapping, Spot, fill, holds

Raw = dict[str, Any]
YEAR = re.compile(r"([-−]?)(\d{1,7})(?:\.0)?")
SCIENTIFIC = re.compile(r"-?\d(?:\.\d{1,20})?[eE]-\d{1,2}")
WGS84 = ("EPSG:4326", "OGC:CRS84")


@dataclass(frozen=True)
class Target:
    """A path of the mapping found in the kind: the group if there is one, the field, keys inside its value."""

    group: Group | None
    field: Field
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Built:
    """Raw data for the kind, and the column that each place in it came from."""

    data: Raw
    origins: dict[Path, str]

    @property
    def digest(self) -> str:
        """Tells whether a row says the same as when it came in the last time."""
        text = json.dumps(self.data, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def column(self, path: Path) -> str:
        """The column to blame for a problem at ``path``, "" for what no column filled."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.origins:
                return self.origins[path[:end]]
        inside = (name for place, name in self.origins.items() if place[: len(path)] == path)
        return next(inside, "") if path else ""


class Builder:
    """A mapping made ready for one kind; raises Problem for a path that the kind does not have.

    ``crs`` is the reference system of the file, for geometries where the mapping names none.
    """

    def __init__(self, kind: type[Kind], mapping: Mapping, lang: str, crs: str = "") -> None:
        self.mapping, self.lang, self.crs = mapping, mapping.lang or lang, crs
        self.targets = [(column, target(kind, column.field)) for column in mapping.columns]
        self.spot = (mapping.place, target(kind, mapping.place.field)) if mapping.place else None

    def build(self, cells: Map[str, str]) -> Built:
        """The raw data of one row; raises Problems with the column as path."""
        built, wrong = Built({}, {}), []
        rows: dict[tuple[str, str], int] = {}
        if self.spot:
            try:
                _put_spot(built, self.spot[0], self.spot[1], cells, self.crs)
            except Problem as problem:
                wrong.append(problem)
        for column, found in self.targets:
            if (column.when and not _all(column.when, cells)) or holds(column.unless, cells):
                continue
            try:
                for index, piece in enumerate(self._pieces(column, cells)):
                    self._put(built, rows, column, found, piece, index, cells)
            except Problem as problem:
                wrong.append(problem)
        if wrong:
            raise Problems(wrong)
        return built

    def _pieces(self, column: Column, cells: Map[str, str]) -> Iterator[Any]:
        """The values that a column gives for a row: none for an empty cell, several for one that is split."""
        cell = cells.get(column.name, "")
        if column.name and (not cell or column.contains not in cell):
            return
        if column.template:
            yield fill(column.template, cells)
        elif not column.name:
            yield column.value
        else:
            for part in cell.split(column.split) if column.split else [cell]:
                piece = self._translated(column, part.strip())
                if piece:
                    yield piece

    def _translated(self, column: Column, text: str) -> str:
        table = self.mapping.tables.get(column.values)
        if table is None or not text:
            return text
        if text in table:
            return table[text]
        if column.otherwise == "error":
            message = _("“%(value)s” is not in the table [values.%(table)s] of the mapping. Add it there.")
            raise Problem("value", message, path=(column.name,), value=text, table=column.values)
        return text if column.otherwise == "keep" else ""

    def _put(
        self,
        built: Built,
        rows: dict[tuple[str, str], int],
        column: Column,
        found: Target,
        piece: Any,
        index: int,
        cells: Map[str, str],
    ) -> None:
        holder = built.data
        path: Path = ()
        if found.group is not None:
            occurrences = built.data.setdefault(found.group.name, [])
            label = (found.group.name, column.row or f"{id(column)}.{index}")
            if label not in rows:
                rows[label] = len(occurrences)
                occurrences.append({})
            holder, path = occurrences[rows[label]], (found.group.name, rows[label])
            for key, value in fill(dict(column.set), cells).items():
                holder.setdefault(key, value)
        _assign(holder, found, self._worded(found, piece, column))
        if column.name:
            built.origins[(*path, found.field.name, *found.keys)] = column.name
            built.origins.setdefault((*path, found.field.name), column.name)

    def _worded(self, found: Target, piece: Any, column: Column) -> Any:
        """A text cell in the shape that the field cleans, with the language of the column."""
        field, lang = found.field, column.lang or self.lang
        if isinstance(piece, str) and isinstance(field, Date | Period):
            piece = _year(piece, self.mapping.years)
        if found.keys or not isinstance(piece, str):
            return piece
        if isinstance(field, Text):
            return {lang: {"text": piece, "origin": column.origin or "original"}}
        if isinstance(field, Name | Date):
            return {"text": piece, "lang": lang}
        return {"text": piece} if isinstance(field, Source) else field.read(piece, Context(lang=lang))


def _year(text: str, counted: str) -> str:
    """A bare year as EDTF writes it, where the mapping says how years are counted; every other text as it is."""
    match = YEAR.fullmatch(text)
    if not counted or match is None or (counted == "bce" and int(match[2]) == 0):
        return text
    year = (counted == "bce") - int(match[2]) if match[1] else int(match[2])
    digits = f"{'-' * (year < 0)}{abs(year):04d}"
    return digits if abs(year) < 10_000 else f"Y{digits}"


def target(kind: type[Kind], path: str) -> Target:
    """The field that a path of the mapping means; raises Problem."""
    first, *rest = path.split(".")
    field, group = kind.field(first), None
    if isinstance(field, Group):
        group = field
        inner = rest.pop(0) if rest else ""
        field = next((f for f in group.fields if f.name == inner), None)
    if field is None:
        message = _("The mapping names the field “%(name)s”, which %(kind)s does not have.")
        raise Problem("mapping", message, name=path, kind=kind.slug)
    return Target(group, field, tuple(rest))


def _put_spot(built: Built, spot: Spot, found: Target, cells: Map[str, str], crs: str) -> None:
    """The place of a row. Raises Problem with the column as path for what is no geometry at all."""
    column = spot.geometry or spot.lat
    lat, lon, whole = (cells.get(name, "") for name in (spot.lat, spot.lon, spot.geometry))
    if not (lat or lon or whole) or holds(spot.unless, cells):
        return
    given: Raw = {
        "precision": spot.precision,
        "certainty": cells.get(spot.certainty, ""),
        "accuracy_m": cells.get(spot.accuracy, ""),
        "crs": spot.crs or crs,
        "method": spot.method,
    }
    if whole.startswith("{"):
        given["geometry"] = _parsed(whole, column)
    elif whole or not spot.crs or spot.crs in WGS84:
        given["text"] = whole or f"{_unscientific(lat)}, {_unscientific(lon)}"
    else:
        given["geometry"] = {"type": "Point", "coordinates": [_metres(lon, spot.lon), _metres(lat, spot.lat)]}
    built.data[found.field.name] = {key: value for key, value in given.items() if value}
    built.origins[(found.field.name,)] = column


def _parsed(text: str, column: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        message = _("This starts like GeoJSON but is not whole or not correct. Copy all of it again.")
        raise Problem("place_json", message, path=(column,)) from None


def _unscientific(text: str) -> str:
    """A number as programs write very small ones, 4.4e-05, in the way that people write them."""
    return f"{float(text):.7f}" if SCIENTIFIC.fullmatch(text) else text


def _metres(text: str, column: str) -> float:
    """A coordinate of a projected system, with a decimal comma or point and spaces between the thousands."""
    try:
        return float("".join(text.split()).replace(",", "."))
    except ValueError:
        message = _("“%(value)s” is not a coordinate. Write a number of metres or degrees, as in 4812345.6.")
        raise Problem("coordinate", message, path=(column,), value=text) from None


def _assign(holder: Raw, found: Target, value: Any) -> None:
    """Puts ``value`` at its place; language maps and lists of several columns are joined."""
    node, name = holder, found.field.name
    for key in found.keys:
        node, name = node.setdefault(name, {}), key
        if not isinstance(node, dict):
            message = _("Two columns of the mapping fill “%(field)s” in ways that do not go together.")
            raise Problem("mapping", message, field=found.field.name)
    old = node.get(name)
    if isinstance(old, dict) and isinstance(value, dict):
        node[name] = {**old, **value}
    elif isinstance(old, list) and isinstance(value, list):
        node[name] = old + value
    else:
        node[name] = value


def _all(condition: Map[str, tuple[str, ...]], cells: Map[str, str]) -> bool:
    return all(cells.get(name, "") in values for name, values in condition.items())
