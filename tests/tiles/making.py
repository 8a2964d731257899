"""Tiny files of vector tiles, written after the specifications by code that shares nothing with what reads them."""

from __future__ import annotations

import gzip
import json
import sqlite3
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Tile = tuple[int, int, int]
DESCRIBED = {"vector_layers": [{"id": "water", "fields": {}}, {"id": "places", "fields": {"name": "String"}}]}


def number(value: int) -> bytes:
    found = b""
    while value > 0x7F:
        found += bytes([value & 0x7F | 0x80])
        value >>= 7
    return found + bytes([value])


def field(key: int, content: bytes | int) -> bytes:
    if isinstance(content, int):
        return number(key << 3) + number(content)
    return number(key << 3 | 2) + number(len(content)) + content


def zigzag(value: int) -> bytes:
    return number((value << 1) ^ (value >> 31))


def polygon(side: int) -> bytes:
    """A square of ``side`` in the corner of a tile of 4,096 units: move to, three lines, close."""
    steps = b"".join(zigzag(n) for n in (side, 0, 0, side, -side, 0))
    return number(1 << 3 | 1) + zigzag(0) + zigzag(0) + number(3 << 3 | 2) + steps + number(7 | 1 << 3)


def vector_tile(side: int = 2_000) -> bytes:
    """A layer "water" with one square, version 2."""
    feature = field(3, 3) + field(4, polygon(side))
    return field(3, field(15, 2) + field(1, b"water") + field(2, feature) + field(5, 4096))


def mbtiles(path: Path, tiles: dict[Tile, bytes], **metadata: Any) -> Path:
    zooms = [zoom for zoom, _x, _y in tiles] or [0]
    said = {"name": "t", "format": "pbf", "minzoom": min(zooms), "maxzoom": max(zooms), "bounds": "60,40,80,50"}
    said |= {"json": json.dumps(DESCRIBED), "attribution": "<b>Sample</b> makers"} | metadata
    with sqlite3.connect(path) as file:
        file.execute("create table metadata (name text, value text)")
        file.execute("create table tiles (zoom_level int, tile_column int, tile_row int, tile_data blob)")
        file.executemany("insert into metadata values (?, ?)", [(k, v) for k, v in said.items() if v is not None])
        rows = [(z, x, (1 << z) - 1 - y, gzip.compress(content)) for (z, x, y), content in tiles.items()]
        file.executemany("insert into tiles values (?, ?, ?, ?)", rows)
    file.close()
    return path


def database(path: Path) -> Path:
    """An SQLite file of another sort."""
    with sqlite3.connect(path) as file:
        file.execute("create table something (else_ int)")
    file.close()
    return path


def along(zoom: int) -> Iterator[tuple[int, int]]:
    """The cells of one zoom in the order of the Hilbert curve, grown from the curve of the zoom before."""
    curve = [(0, 0)]
    for level in range(zoom):
        side = 1 << level
        first = [(y, x) for x, y in curve]
        second = [(x, y + side) for x, y in curve]
        third = [(x + side, y + side) for x, y in curve]
        fourth = [(2 * side - 1 - y, side - 1 - x) for x, y in curve]
        curve = first + second + third + fourth
    return iter(curve)


def ids(deepest: int) -> dict[Tile, int]:
    found: dict[Tile, int] = {}
    for zoom in range(deepest + 1):
        for x, y in along(zoom):
            found[zoom, x, y] = len(found)
    return found


def directory(entries: list[tuple[int, int, int, int]]) -> bytes:
    """Entries are (first tile, run, length, offset)."""
    firsts = [entry[0] for entry in entries]
    content = number(len(entries))
    content += b"".join(number(b - a) for a, b in zip([0, *firsts], firsts, strict=False))
    content += b"".join(number(entry[1]) for entry in entries) + b"".join(number(entry[2]) for entry in entries)
    return gzip.compress(content + b"".join(number(entry[3] + 1) for entry in entries))


def pmtiles(path: Path, tiles: dict[Tile, bytes], *, leaves: bool = False, **changed: int) -> Path:
    """``leaves``: every entry stands in a directory of its own below the root. ``changed`` bytes of the header."""
    known = ids(max((zoom for zoom, _x, _y in tiles), default=0))
    entries, data = [], b""
    for at in sorted(tiles, key=lambda at: known[at]):
        packed = gzip.compress(tiles[at])
        entries.append((known[at], 1, len(packed), len(data)))
        data += packed
    below = b""
    if leaves:
        root = []
        for entry in entries:
            leaf = directory([entry])
            root.append((entry[0], 0, len(leaf), len(below)))
            below += leaf
        entries = root
    said = gzip.compress(json.dumps(DESCRIBED | {"attribution": "Sample makers"}).encode())
    top = directory(entries)
    offsets = [127, 127 + len(top), 127 + len(top) + len(said), 127 + len(top) + len(said) + len(below)]
    parts = [n for pair in zip(offsets, map(len, (top, said, below, data)), strict=True) for n in pair]
    header = b"PMTiles" + bytes([changed.get("version", 3)]) + struct.pack("<11Q", *parts, *[len(tiles)] * 3)
    zooms = (min((z for z, _x, _y in tiles), default=0), max((z for z, _x, _y in tiles), default=0))
    header += bytes([1, changed.get("packed", 2), 2, changed.get("sort", 1), *zooms])
    header += struct.pack("<4i", *(n * 10_000_000 for n in (60, 40, 80, 50))) + struct.pack("<B2i", 0, 0, 0)
    path.write_bytes(header + top + said + below + data)
    return path
