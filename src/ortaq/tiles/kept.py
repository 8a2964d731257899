"""The files of tiles that this node keeps, in a folder of its data. The inverse of add is remove."""

from __future__ import annotations

import gzip
import io
import os
import re
import shutil
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ortaq.engine.problems import Absent, Problem
from ortaq.tiles import mbtiles, pmtiles
from ortaq.tiles.source import About, Source, Tile, broken

FOLDER = "tiles"
FORMS: dict[bytes, tuple[str, type[mbtiles.MBTiles] | type[pmtiles.PMTiles]]] = {
    mbtiles.MAGIC: (".mbtiles", mbtiles.MBTiles),
    pmtiles.MAGIC: (".pmtiles", pmtiles.PMTiles),
}
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
GZIPPED = b"\x1f\x8b"
LAYER = 0x1A  # with which every layer in a tile begins
LARGEST = 20_000_000  # bytes of one tile when it is unpacked


@dataclass(frozen=True)
class Kept:
    """One file: ``version`` changes whenever another file comes to the same name."""

    name: str
    path: Path
    size: int
    version: str

    def about(self) -> About:
        return _about(self.path, self.version)

    def tile(self, at: Tile) -> bytes | None:
        return opened(self.path, self.version).tile(at)


def folder() -> Path:
    return Path(settings.ORTAQ_DATA) / FOLDER


def every() -> list[Kept]:
    """Sorted by name."""
    files = folder().iterdir() if folder().is_dir() else ()
    suffixes = {suffix for suffix, _form in FORMS.values()}
    return sorted((_kept(path) for path in files if path.suffix in suffixes), key=lambda kept: kept.name)


def one(name: str) -> Kept:
    """Raises Absent."""
    paths = (folder() / f"{name}{suffix}" for suffix, _form in FORMS.values()) if NAME.fullmatch(name) else ()
    path = next((path for path in paths if path.is_file()), None)
    if path is None:
        raise Absent(name)
    return _kept(path)


def add(file: Path, name: str = "") -> Kept:
    """Checks a file and keeps a copy of it. Raises Problem, and FileNotFoundError for no file."""
    with file.open("rb") as given:
        suffix, _form = _form_of(given.read(32))
    name = name or re.sub("[^a-z0-9]+", "-", file.stem.lower()).strip("-")[:40]
    if not NAME.fullmatch(name):
        raise Problem("tiles_name", _("Give the tiles a name of small Latin letters, digits and hyphens."))
    if any(kept.name == name for kept in every()):
        raise Problem("tiles_taken", _("There are tiles called “%(name)s” already. Remove them first."), name=name)
    with closing(_open(file)) as source:
        source.about()
        _check(source.sample())
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    growing, path = folder() / f"{name}.part", folder() / f"{name}{suffix}"
    try:
        shutil.copyfile(file, growing)
        os.replace(growing, path)
    finally:
        growing.unlink(missing_ok=True)
    return _kept(path)


def remove(name: str) -> None:
    """Raises Absent. A process that still has the file open reads on from it until it is asked for another."""
    one(name).path.unlink()


def unpacked(tile: bytes) -> bytes:
    """A tile without its packing. Raises Problem for one that is damaged."""
    if not tile.startswith(GZIPPED):
        return tile
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(tile)) as content:
            return content.read(LARGEST)
    except (OSError, EOFError):
        raise broken(pmtiles.DAMAGED) from None


def _check(sample: bytes | None) -> None:
    if not sample:
        raise broken(_("it has no tiles."))
    if unpacked(sample)[:1] != bytes([LAYER]):
        raise broken(_("its tiles are no vector tiles."))


def _form_of(start: bytes) -> tuple[str, type[mbtiles.MBTiles] | type[pmtiles.PMTiles]]:
    found = next((form for magic, form in FORMS.items() if start.startswith(magic)), None)
    if found is None:
        raise broken(_("it is neither MBTiles nor PMTiles."))
    return found


def _open(path: Path) -> Source:
    with path.open("rb") as given:
        _suffix, form = _form_of(given.read(32))
    return form(path)


@lru_cache(maxsize=8)
def opened(path: Path, _version: str) -> Source:
    """Open once in each process; another file under the same name has another version."""
    return _open(path)


@lru_cache(maxsize=32)
def _about(path: Path, version: str) -> About:
    return opened(path, version).about()


def _kept(path: Path) -> Kept:
    state = path.stat()
    return Kept(path.stem, path, state.st_size, f"{state.st_mtime_ns:x}-{state.st_ino:x}")
