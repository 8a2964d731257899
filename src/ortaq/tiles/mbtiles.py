"""MBTiles 1.3: tiles in an SQLite file, opened for reading only."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from ortaq.tiles.source import WORLD, About, Tile, broken, checked, parsed

MAGIC = b"SQLite format 3\x00"
VECTOR = "pbf"
ZOOMS = "select (select min(zoom_level) from tiles), (select max(zoom_level) from tiles)"
ONE = "select tile_data from tiles where zoom_level = ? and tile_column = ? and tile_row = ?"


HEAD = 100  # bytes of the header of an SQLite file


class MBTiles:
    """Raises Problem when the file is damaged or lacks what the form asks for."""

    def __init__(self, path: Path) -> None:
        _refuse_cut(path)
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._file = sqlite3.connect(address, uri=True, check_same_thread=False)
        self._file.execute("pragma trusted_schema = off")

    def about(self) -> About:
        said = {str(name): value for name, value in self._rows("select name, value from metadata")}
        if said.get("format") != VECTOR:
            raise broken(_("its tiles are pictures. Only vector tiles (format pbf) can be shown."))
        zooms = (said.get("minzoom"), said.get("maxzoom"))
        if None in zooms:
            zooms = self._rows(ZOOMS)[0]
        box = str(said.get("bounds") or ",".join(map(str, WORLD))).split(",")
        return checked(zooms, box, parsed(said.get("json")), said.get("attribution"))

    def tile(self, at: Tile) -> bytes | None:
        zoom, column, row = at
        found = self._rows(ONE, (zoom, column, (1 << zoom) - 1 - row))
        return bytes(found[0][0]) if found else None

    def sample(self) -> bytes | None:
        found = self._rows("select tile_data from tiles limit 1")
        return bytes(found[0][0]) if found else None

    def close(self) -> None:
        self._file.close()

    def _rows(self, query: str, values: tuple[int, ...] = ()) -> list[Any]:
        try:
            return self._file.execute(query, values).fetchall()
        except sqlite3.Error:
            raise broken(_("it is damaged, or is an SQLite file of another sort.")) from None


def _refuse_cut(path: Path) -> None:
    """Raises Problem for a file that is shorter than its header says; SQLite would say so at the missing page only."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    page, pages = int.from_bytes(head[16:18], "big"), int.from_bytes(head[28:32], "big")
    written_by, changed = head[92:96], head[24:28]
    if len(head) < HEAD or (written_by == changed and path.stat().st_size < (65_536 if page == 1 else page) * pages):
        raise broken(_("it is damaged or not whole."))
