"""Generated bodies as a CSV table and the mapping that brings them in: one column for each leaf.

A column is called ``path|row|language``, as ``names.name|names0|kk``; the mapping is read off these names.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

Cells = Iterator[tuple[str, str]]


def write(bodies: Sequence[dict[str, Any]], folder: Path) -> tuple[Path, Path]:
    """(table, mapping) in ``folder``."""
    rows = [dict(cells(body)) for body in bodies]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    table, mapping = folder / "objects.csv", folder / "objects.toml"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    mapping.write_text("\n".join(["[place]", 'lat = "lat"', 'lon = "lon"', *map(_column, columns)]), "utf-8")
    return table, mapping


def cells(body: dict[str, Any]) -> Cells:
    """(column, cell) of everything in a body."""
    for name, value in body.items():
        if name == "place":
            yield from zip(("lon", "lat"), map(str, value["geometry"]["coordinates"]), strict=True)
        elif isinstance(value, list) and isinstance(value[0], dict):
            for number, row in enumerate(value):
                for inner, content in row.items():
                    yield from _leaf(f"{name}.{inner}", f"{name}{number}", content)
        else:
            yield from _leaf(name, "", value)


def _leaf(path: str, row: str, value: Any) -> Cells:
    if not isinstance(value, dict):
        yield f"{path}|{row}|", ";".join(value) if isinstance(value, list) else str(value)
    elif "from" in value:
        yield f"{path}.from|{row}|", value["from"]
    elif "unit" in value:
        yield f"{path}|{row}|", f"{value['value']} {value['unit']}"
    elif "name" in value:
        yield f"{path}|{row}|", value["name"]
    elif "text" in value:
        yield f"{path}|{row}|{value.get('lang', '')}", value["text"]
    else:
        for lang, inner in value.items():
            yield f"{path}|{row}|{lang}", inner["text"]


def _column(name: str) -> str:
    if name in ("lat", "lon"):
        return ""
    path, row, lang = name.split("|")
    keys = {"name": name, "field": path, "row": row, "lang": lang}
    return "\n".join(["[[column]]", *(f'{key} = "{value}"' for key, value in keys.items() if value)])
