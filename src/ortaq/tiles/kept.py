"""The files of tiles that this node keeps, in a folder of its data.

The inverse of add is remove. The last file that was removed or replaced lies aside until another one is; restore brings
it back.
"""

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
ASIDE = "former"  # a folder below, with at most one file
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

    @property
    def form(self) -> str:
        """What the form of the file is called."""
        return next(form.__name__ for suffix, form in FORMS.values() if suffix == self.path.suffix)

    def tile(self, at: Tile) -> bytes | None:
        return opened(self.path, self.version).tile(at)


def folder() -> Path:
    return Path(settings.ORTAQ_DATA) / FOLDER


def every() -> list[Kept]:
    """Sorted by name."""
    return _of(folder())


def former() -> Kept | None:
    """The file that was in use before it was removed or replaced, the last one only."""
    return next(iter(_of(folder() / ASIDE)), None)


def _of(where: Path) -> list[Kept]:
    files = where.iterdir() if where.is_dir() else ()
    suffixes = {suffix for suffix, _form in FORMS.values()}
    return sorted((_kept(path) for path in files if path.suffix in suffixes), key=lambda kept: kept.name)


def one(name: str) -> Kept:
    """Raises Absent."""
    paths = (folder() / f"{name}{suffix}" for suffix, _form in FORMS.values()) if NAME.fullmatch(name) else ()
    path = next((path for path in paths if path.is_file()), None)
    if path is None:
        raise Absent(name)
    return _kept(path)


def add(file: Path, name: str = "", *, instead: bool = False, moved: bool = False) -> Kept:
    """Checks a file and keeps a copy of it, or the file itself when it may be ``moved``.

    ``instead`` of the tiles of this name, which lie aside from then on. Raises Problem, Absent for no tiles to replace,
    and FileNotFoundError for no file.
    """
    with file.open("rb") as given:
        suffix, _form = _form_of(given.read(32))
    name = name or name_of(file.stem)
    if not NAME.fullmatch(name):
        raise Problem("tiles_name", _("Give the tiles a name of small Latin letters, digits and hyphens."))
    before = one(name) if instead else None
    if not instead and any(kept.name == name for kept in every()):
        raise Problem("tiles_taken", _("There are tiles called “%(name)s” already. Remove them first."), name=name)
    with closing(_open(file)) as source:
        source.about()
        _check(source.sample())
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    growing, path = folder() / f"{name}.part", folder() / f"{name}{suffix}"
    try:
        (os.replace if moved else shutil.copyfile)(file, growing)
        if before:
            _set_aside(before)
        os.replace(growing, path)
    finally:
        growing.unlink(missing_ok=True)
    return _kept(path)


def name_of(stem: str) -> str:
    """A name for tiles after their file, "" where nothing of it can stay."""
    return re.sub("[^a-z0-9]+", "-", stem.lower()).strip("-")[:40]


def remove(name: str) -> None:
    """Raises Absent. A process that still has the file open reads on from it until it is asked for another."""
    _set_aside(one(name))


def restore() -> Kept:
    """Takes the former file into use again; tiles of its name that are in use lie aside instead. Raises Absent."""
    back = former()
    if back is None:
        raise Absent(ASIDE)
    returning, path = folder() / f"{back.name}.part", folder() / back.path.name
    os.replace(back.path, returning)
    for kept in every():
        if kept.name == back.name:
            _set_aside(kept)
    os.replace(returning, path)
    return _kept(path)


def forget() -> None:
    """Deletes the former file for good. Raises Absent."""
    last = former()
    if last is None:
        raise Absent(ASIDE)
    last.path.unlink(missing_ok=True)


def _set_aside(kept: Kept) -> None:
    aside = folder() / ASIDE
    aside.mkdir(mode=0o700, exist_ok=True)
    for older in aside.iterdir():
        older.unlink(missing_ok=True)
    os.replace(kept.path, aside / kept.path.name)


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
