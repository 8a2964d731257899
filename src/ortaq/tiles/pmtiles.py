"""PMTiles 3: one file with a directory of runs of tiles along a curve, read by offset."""

from __future__ import annotations

import gzip
import io
import os
import struct
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from ortaq.tiles.source import About, Tile, broken, checked, parsed

MAGIC = b"PMTiles"
VERSION = 3
HEADER = struct.Struct("<7sB11Q6B4iB2i")
NONE, GZIP = 1, 2
VECTOR = 1
DEGREE = 10_000_000
LARGEST = 32_000_000  # bytes of a tile, and of a directory when it is unpacked
DEEPEST = 4  # directories within directories
DAMAGED = _("it is damaged or not whole.")


class Entry(NamedTuple):
    """From tile ``first`` on ``run`` tiles are the same bytes; ``run`` 0 leads to another directory."""

    first: int
    run: int
    length: int
    offset: int


class PMTiles:
    """Raises Problem when the file is damaged or of another version."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")  # closed with the object, also when what follows raises
        self._size = path.stat().st_size
        head = self._file.read(HEADER.size)
        if len(head) < HEADER.size or head[:7] != MAGIC:
            raise broken(DAMAGED)
        if head[7] != VERSION:
            raise broken(_("it is not version 3 of PMTiles."))
        (_magic, _version, *numbers) = HEADER.unpack(head)
        self._root, self._said, self._leaves, self._data = ((numbers[n], numbers[n + 1]) for n in (0, 2, 4, 6))
        _clustered, self._packed, tiles_packed, sort, self._first, self._last = numbers[11:17]
        self._box = [number / DEGREE for number in numbers[17:21]]
        if sort != VECTOR:
            raise broken(_("its tiles are pictures. Only vector tiles (format pbf) can be shown."))
        if self._packed not in (NONE, GZIP) or tiles_packed not in (NONE, GZIP):
            raise broken(_("it is packed in a way that is not known here. Make it anew with gzip."))
        if any(offset + length > self._size for offset, length in (self._root, self._said, self._leaves, self._data)):
            raise broken(DAMAGED)
        self._directory = lru_cache(maxsize=64)(self._read_directory)

    def about(self) -> About:
        said = parsed(self._unpacked(*self._said))
        said = said if isinstance(said, dict) else {}
        return checked((self._first, self._last), self._box, said, said.get("attribution"))

    def tile(self, at: Tile) -> bytes | None:
        wanted = tile_id(at)
        offset, length = self._root
        for _depth in range(DEEPEST):
            entry = self._entry(offset, length, wanted)
            if entry is None:
                return None
            if entry.run:
                return (
                    self._read(self._data[0] + entry.offset, entry.length) if wanted < entry.first + entry.run else None
                )
            offset, length = self._leaves[0] + entry.offset, entry.length
        return None

    def sample(self) -> bytes | None:
        offset, length = self._root
        return next(self._some(offset, length, DEEPEST), None)

    def close(self) -> None:
        self._file.close()

    def __del__(self) -> None:
        self.close()

    def _some(self, offset: int, length: int, deeper: int) -> Iterator[bytes]:
        for entry in self._directory(offset, length) if deeper else ():
            if entry.run:
                yield self._read(self._data[0] + entry.offset, entry.length)
            else:
                yield from self._some(self._leaves[0] + entry.offset, entry.length, deeper - 1)

    def _entry(self, offset: int, length: int, wanted: int) -> Entry | None:
        """The last one that begins at ``wanted`` or before."""
        entries = self._directory(offset, length)
        at = bisect_right(entries, wanted, key=lambda entry: entry.first)
        return entries[at - 1] if at else None

    def _read_directory(self, offset: int, length: int) -> list[Entry]:
        numbers = _numbers(self._unpacked(offset, length))
        try:
            many = range(next(numbers))
            firsts, first = [], 0
            for _n in many:
                first += next(numbers)
                firsts.append(first)
            runs, lengths = [next(numbers) for _n in many], [next(numbers) for _n in many]
            entries: list[Entry] = []
            for first, run, size in zip(firsts, runs, lengths, strict=True):
                given = next(numbers)
                here = given - 1 if given or not entries else entries[-1].offset + entries[-1].length
                entries.append(Entry(first, run, size, here))
        except StopIteration:
            raise broken(DAMAGED) from None
        return entries

    def _unpacked(self, offset: int, length: int) -> bytes:
        packed = self._read(offset, length)
        if self._packed == NONE:
            return packed
        try:
            return gzip.GzipFile(fileobj=io.BytesIO(packed)).read(LARGEST)
        except (OSError, EOFError):
            raise broken(DAMAGED) from None

    def _read(self, offset: int, length: int) -> bytes:
        """Threads share the file, so that no place in it is kept between two calls."""
        there = length <= LARGEST and offset + length <= self._size
        found = os.pread(self._file.fileno(), length, offset) if there else b""
        if len(found) != length:
            raise broken(DAMAGED)
        return found


def _numbers(content: bytes) -> Iterator[int]:
    """Whole numbers of seven bits a byte, the lowest first."""
    value = shift = 0
    for byte in content:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield value
            value = shift = 0


def tile_id(at: Tile) -> int:
    """The number of a tile along the Hilbert curves of all zooms, one after another."""
    zoom, x, y = at
    found = ((1 << (2 * zoom)) - 1) // 3
    for level in range(zoom - 1, -1, -1):
        side = 1 << level
        right, down = int(bool(x & side)), int(bool(y & side))
        found += side * side * ((3 * right) ^ down)
        if not down:
            if right:
                x, y = side - 1 - x, side - 1 - y
            x, y = y, x
    return found
