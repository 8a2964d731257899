"""Files of vector tiles: read as their forms say, refused with a reason, served as they are, by the command line."""

from __future__ import annotations

import gzip
import struct
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from ortaq.cli import main
from ortaq.engine.problems import Absent, Problem
from ortaq.tiles import kept
from ortaq.tiles.pmtiles import PMTiles, tile_id
from tests.tiles import making
from tests.tiles.making import along, database, ids, mbtiles, pmtiles, vector_tile

pytestmark = pytest.mark.django_db(databases="__all__")
TILES = {at: vector_tile(100 + 7 * n) for n, at in enumerate(ids(3))}
Maker = Callable[..., Path]


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    settings.ORTAQ_DATA = tmp_path / "data"
    settings.ORTAQ_DATA.mkdir()


def test_the_numbers_of_tiles_are_those_of_the_curve() -> None:
    known = ids(6)
    assert {at: tile_id(at) for at in known} == known
    assert [tile_id(at) for at in ((0, 0, 0), (1, 0, 0), (1, 0, 1), (1, 1, 1), (1, 1, 0), (2, 0, 0))] == [*range(6)]
    assert all(abs(a - c) + abs(b - d) == 1 for (a, b), (c, d) in pairwise(along(5)))


@pytest.mark.parametrize("make", [mbtiles, pmtiles, lambda *given: pmtiles(*given, leaves=True)])
def test_every_tile_is_found_and_no_other(tmp_path: Path, make: Maker) -> None:
    some = {at: content for n, (at, content) in enumerate(TILES.items()) if n % 3}
    file = kept.add(make(tmp_path / "Base map.bin", some))
    assert file.name == "base-map"
    for at in TILES:
        found = file.tile(at)
        assert (kept.unpacked(found) if found else None) == some.get(at)
    about = file.about()
    assert (about.zooms, about.box, about.layers) == ((1, 3), (60, 40, 80, 50), ("water", "places"))
    assert about.attribution == "Sample makers"


def test_a_run_of_equal_tiles_is_read(tmp_path: Path) -> None:
    path = pmtiles(tmp_path / "run.pmtiles", {(0, 0, 0): vector_tile()})
    head, packed = path.read_bytes()[:127], gzip.compress(vector_tile())
    top, said = making.directory([(0, 5, len(packed), 0)]), gzip.compress(b"{}")
    offsets = [127, len(top), 127 + len(top), len(said), 127, 0, 127 + len(top) + len(said), len(packed), 5, 1, 1]
    path.write_bytes(head[:8] + struct.pack("<11Q", *offsets) + head[96:] + top + said + packed)
    found = PMTiles(path)
    assert [found.tile(at) for at in ids(1)] == [packed] * 5 and found.tile((2, 0, 0)) is None


REFUSED: dict[str, tuple[Callable[[Path], object], str]] = {
    "another file": (lambda path: path.write_bytes(b"GIF89a" + bytes(200)), "neither MBTiles nor PMTiles"),
    "an empty file": (lambda path: path.write_bytes(b""), "neither"),
    "pictures": (lambda path: mbtiles(path, TILES, format="png"), "pictures"),
    "no tiles": (lambda path: mbtiles(path, {}), "no tiles"),
    "no layers": (lambda path: mbtiles(path, TILES, json=None), "vector_layers"),
    "bounds off the earth": (lambda path: mbtiles(path, TILES, bounds="0,0,500,1"), "bounds"),
    "no bounds": (lambda path: mbtiles(path, TILES, bounds="a,b"), "bounds"),
    "zooms": (lambda path: mbtiles(path, TILES, maxzoom=99), "zoom"),
    "another database": (database, "damaged"),
    "no vector tiles": (lambda path: mbtiles(path, {(0, 0, 0): b"\x00\x01"}), "no vector tiles"),
    "another version": (lambda path: pmtiles(path, TILES, version=2), "version 3"),
    "pictures in PMTiles": (lambda path: pmtiles(path, TILES, sort=2), "pictures"),
    "packed otherwise": (lambda path: pmtiles(path, TILES, packed=4), "packed"),
    "cut off": (lambda path: path.write_bytes(pmtiles(path, TILES).read_bytes()[:-10]), "damaged"),
    "MBTiles cut off": (lambda path: path.write_bytes(mbtiles(path, TILES).read_bytes()[:-10]), "not whole"),
    "a header alone": (lambda path: path.write_bytes(b"PMTiles\x03"), "damaged"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_shown_is_refused_with_the_reason(tmp_path: Path, what: str) -> None:
    make, words = REFUSED[what]
    make(tmp_path / "file")
    with pytest.raises(Problem) as wrong:
        kept.add(tmp_path / "file")
    assert words in wrong.value.text
    assert kept.every() == []


def test_names_are_plain_and_taken_once(tmp_path: Path) -> None:
    file = mbtiles(tmp_path / "a.mbtiles", TILES)
    kept.add(file, "base")
    for name, code in (("base", "tiles_taken"), ("../up", "tiles_name"), ("Ы", "tiles_name")):
        with pytest.raises(Problem) as wrong:
            kept.add(file, name)
        assert wrong.value.code == code
    assert [one.name for one in kept.every()] == ["base"]
    kept.remove("base")
    with pytest.raises(Absent):
        kept.one("base")


def test_a_tile_is_served_as_it_is_stored(tmp_path: Path, client: Client) -> None:
    kept.add(mbtiles(tmp_path / "base.mbtiles", TILES))
    packed = client.get("/tiles/base/1/1/0", headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip" and gzip.decompress(packed.content) == TILES[1, 1, 0]
    plain = client.get("/tiles/base/1/1/0", headers={"accept-encoding": "identity"})
    assert not plain.has_header("Content-Encoding") and plain.content == TILES[1, 1, 0]
    assert plain["Content-Type"] == "application/vnd.mapbox-vector-tile" and "public" in plain["Cache-Control"]
    assert client.get("/tiles/base/9/1/0").status_code == 204


@pytest.mark.parametrize("at", ["base/1/2/0", "base/30/0/0", "other/0/0/0", "base/0/0/1"])
def test_what_is_no_tile_is_not_there(tmp_path: Path, client: Client, at: str) -> None:
    kept.add(mbtiles(tmp_path / "base.mbtiles", TILES))
    assert client.get(f"/tiles/{at}").status_code == 404


def test_another_file_of_the_same_name_is_read_at_once(tmp_path: Path) -> None:
    kept.add(mbtiles(tmp_path / "one.mbtiles", {(0, 0, 0): vector_tile(10)}), "base")
    assert kept.unpacked(kept.one("base").tile((0, 0, 0)) or b"") == vector_tile(10)
    kept.remove("base")
    kept.add(mbtiles(tmp_path / "two.mbtiles", {(0, 0, 0): vector_tile(20)}), "base")
    assert kept.unpacked(kept.one("base").tile((0, 0, 0)) or b"") == vector_tile(20)


def test_the_base_of_the_maps_names_the_tiles_and_leaves_out_what_broke(tmp_path: Path, client: Client) -> None:
    kept.add(pmtiles(tmp_path / "base.pmtiles", TILES))
    (tiles,) = client.get("/kk/map/base").json()["tiles"]
    assert tiles["url"].startswith("/tiles/base/{z}/{x}/{y}?") and tiles["layers"] == ["water", "places"]
    address = tiles["url"].format(z=1, x=0, y=1)
    assert client.get(address, headers={"accept-encoding": ""}).content == TILES[1, 0, 1]
    path = kept.one("base").path
    path.write_bytes(path.read_bytes()[:200])
    assert client.get("/kk/map/base").json()["tiles"] == []


def test_the_command_line_adds_lists_and_removes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = mbtiles(tmp_path / "base.mbtiles", TILES)
    assert main(["tiles", "add", str(file), "--name", "land"]) == 0
    assert main(["tiles", "list"]) == 0
    assert "land" in (said := capsys.readouterr().out) and "zoom 0 to 3" in said and "water, places" in said
    assert main(["tiles", "add", str(file), "--name", "land"]) == 1
    assert "already" in capsys.readouterr().err
    assert main(["tiles", "add", str(tmp_path / "none.mbtiles")]) == 1
    assert "no file" in capsys.readouterr().err
    assert main(["tiles", "remove", "land"]) == 0 and kept.every() == []
    assert main(["tiles", "restore"]) == 0 and [one.name for one in kept.every()] == ["land"]
    assert main(["tiles", "remove", "land"]) == 0
    kept.forget()
    assert main(["tiles", "restore"]) == 1
    assert main(["tiles", "remove", "land"]) == 1
