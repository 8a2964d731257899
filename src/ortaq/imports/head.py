"""What is seen of a file when it comes: its columns with their first rows, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from ortaq.engine.problems import shorten
from ortaq.imports.opening import assumed
from ortaq.imports.sheet import Sheet

FIRST = 5  # rows that are shown
LOOKED = 2_000  # rows that are looked at for what a column holds
VALUES = 60  # different values of a column that are kept
MOST_COLUMNS = 200


@dataclass(frozen=True)
class Seen:
    """One column: its first cells and some of its different values."""

    name: str
    first: list[str]
    values: list[str]


def look(sheet: Sheet) -> dict[str, Any]:
    """As it is kept with a job."""
    columns = [name for name in sheet.columns if name][:MOST_COLUMNS]
    seen: dict[str, dict[str, None]] = {name: {} for name in columns}
    twice, empty, first, count = set[str](), set[str](), list[list[str]](), 0
    for count, row in enumerate(sheet, start=1):
        if count <= FIRST:
            first.append([shorten(row.cells[name]) for name in columns])
        if count <= LOOKED:
            for name in columns:
                value = row.cells[name]
                if not value:
                    empty.add(name)
                elif value in seen[name]:
                    twice.add(name)
                else:
                    seen[name][value] = None
    return {
        "columns": columns,
        "first": first,
        "values": {name: [shorten(v) for v in islice(values, VALUES)] for name, values in seen.items()},
        "unique": [name for name in columns if name not in twice and name not in empty],
        "rows": count,
        "assumed": assumed(sheet),
        "geometry": sheet.geometry,
        "crs": sheet.crs,
        "crs_name": sheet.crs_name,
        "layers": list(sheet.layers),
    }


def columns(head: dict[str, Any]) -> Iterator[Seen]:
    for at, name in enumerate(head["columns"]):
        yield Seen(name, [row[at] for row in head["first"]], head["values"][name])
