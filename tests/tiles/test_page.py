"""The page on which the administrator of the node brings tiles: who may, what is refused, what can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ortaq.tiles import kept, receiving
from tests.cast import PEOPLE, Cast
from tests.tiles.making import database, ids, mbtiles, pmtiles, vector_tile
from tests.web.posting import said, signed_in

pytestmark = pytest.mark.django_db(databases="__all__")
TILES = {at: vector_tile(100 + 7 * n) for n, at in enumerate(ids(3))}
PAGE = "/en/tiles"


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.ORTAQ_DATA = tmp_path / "data"
    settings.ORTAQ_DATA.mkdir()
    cache.clear()
    yield
    cache.clear()


def sent(path: Path, name: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile(name or path.name, path.read_bytes(), "application/octet-stream")


def post(cast: Cast, do: str, file: SimpleUploadedFile | None = None, **given: str) -> Any:
    return signed_in(cast, "sasha").post(PAGE, {"do": do, **given} | ({"file": file} if file else {}))


def left() -> list[str]:
    """Every file below the folder of tiles."""
    return sorted(path.relative_to(kept.folder()).as_posix() for path in kept.folder().rglob("*") if path.is_file())


@pytest.mark.parametrize("name", ["stranger", *(name for name in PEOPLE if name != "sasha")])
def test_for_everybody_else_there_is_no_such_page(cast: Cast, tmp_path: Path, name: str) -> None:
    client = Client() if name == "stranger" else signed_in(cast, name)
    nothing = client.get("/en/tilez")
    file = mbtiles(tmp_path / "base.mbtiles", TILES)
    answers = [client.get(PAGE), client.put(PAGE), client.post(PAGE, {"do": "add", "file": sent(file)})]
    for answer in answers:
        assert answer.status_code == nothing.status_code == 404
        assert said(answer) == said(nothing).replace("tilez", "tiles")
    assert not kept.folder().exists(), "not a byte of the file came to the disk"


def test_the_administrator_finds_it_from_the_account(cast: Cast) -> None:
    assert 'href="/en/tiles"' in said(signed_in(cast, "sasha").get("/en/account"))
    assert 'href="/en/tiles"' not in said(signed_in(cast, "dana").get("/en/account"))
    assert "None. The maps show coasts" in said(signed_in(cast, "sasha").get(PAGE))


def test_a_form_without_its_token_is_refused(cast: Cast, tmp_path: Path) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.users["sasha"], backend="allauth.account.auth_backends.AuthenticationBackend")
    file = mbtiles(tmp_path / "base.mbtiles", TILES)
    assert client.post(PAGE, {"do": "add", "file": sent(file)}).status_code == 403
    assert left() == []
    client.get(PAGE)
    token = client.cookies["csrftoken"].value
    answer = client.post(PAGE, {"csrfmiddlewaretoken": token, "do": "add", "file": sent(file)})
    assert answer.status_code == 302 and left() == ["base.mbtiles"]


@pytest.mark.parametrize("make", [mbtiles, pmtiles])
def test_good_tiles_are_in_use_at_once(cast: Cast, tmp_path: Path, client: Client, make: Any) -> None:
    form = make.__name__
    cast.monument()
    before = said(client.get("/kk/search?view=map"))
    assert 'data-base="/kk/map/base"' in before
    assert post(cast, "add", sent(make(tmp_path / f"Base map.{form}", TILES))).status_code == 302
    assert left() == [f"base-map.{form}"]
    page = said(signed_in(cast, "sasha").get(PAGE))
    for told in ("base-map", {"mbtiles": "MBTiles", "pmtiles": "PMTiles"}[form], "0–3", "40°N, 60°E – 50°N, 80°E"):
        assert told in page
    assert "water, places" in page and "Sample makers" in page and "0.0 MB" in page
    (tiles,) = client.get("/kk/map/base").json()["tiles"]
    assert client.get(tiles["url"].format(z=1, x=0, y=1)).content == TILES[1, 0, 1]
    version = kept.one("base-map").version
    assert f'data-base="/kk/map/base?tiles={version}"' in said(client.get("/kk/search?view=map")), (
        "no old answer is kept"
    )


def cut(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:-1_000])
    return path


BAD: dict[str, tuple[Any, str]] = {
    "a picture": (lambda path: path.write_bytes(b"GIF89a" + bytes(5_000)), "neither MBTiles nor PMTiles"),
    "nothing": (lambda path: path.write_bytes(b""), "neither MBTiles nor PMTiles"),
    "another database": (database, "an SQLite file of another sort"),
    "MBTiles cut off": (lambda path: cut(mbtiles(path, TILES)), "not whole"),
    "PMTiles cut off": (lambda path: cut(pmtiles(path, TILES)), "not whole"),
    "pictures": (lambda path: mbtiles(path, TILES, format="png"), "Only vector tiles"),
    "no tiles": (lambda path: mbtiles(path, {}), "it has no tiles"),
    "no layers": (lambda path: mbtiles(path, TILES, json="[]"), "which layers"),
    "version 2": (lambda path: pmtiles(path, TILES, version=2), "version 3"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_be_used_is_refused_with_the_reason(cast: Cast, tmp_path: Path, what: str) -> None:
    make, words = BAD[what]
    make(tmp_path / "base.mbtiles")
    answer = post(cast, "add", sent(tmp_path / "base.mbtiles"), name="land")
    assert answer.status_code == 422 and words in said(answer) and 'value="land"' in said(answer)
    assert left() == []


def test_a_file_that_is_too_large_leaves_nothing(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = sent(mbtiles(tmp_path / "base.mbtiles", TILES))
    monkeypatch.setattr(receiving, "MOST_BYTES", (file.size or 0) - 1)
    answer = post(cast, "add", file)
    assert answer.status_code == 422 and "larger than" in said(answer) and "ortaq tiles add" in said(answer)
    assert left() == []


def test_a_full_disk_is_told(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: receiving.Arrived) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(receiving.Arrived, "flush", full)
    answer = post(cast, "add", sent(mbtiles(tmp_path / "base.mbtiles", TILES)))
    assert answer.status_code == 422 and "disk of the node" in said(answer)
    assert left() == []


def test_a_form_that_breaks_off_leaves_nothing(cast: Cast, tmp_path: Path) -> None:
    content = mbtiles(tmp_path / "base.mbtiles", TILES).read_bytes()
    head = b'--cut\r\nContent-Disposition: form-data; name="file"; filename="base.mbtiles"\r\n\r\n'
    media = "multipart/form-data; boundary=cut"
    answer = signed_in(cast, "sasha").post(PAGE, head + content, content_type=media)
    assert answer.status_code == 404 and left() == [], "no button came with it"


def test_a_name_is_asked_for_and_taken_once(cast: Cast, tmp_path: Path) -> None:
    file = mbtiles(tmp_path / "base.mbtiles", TILES)
    assert "small Latin letters" in said(post(cast, "add", sent(file), name="../up"))
    assert post(cast, "add", sent(file, "Карта.mbtiles")).status_code == 302
    assert left() == ["tiles.mbtiles"]
    assert "already" in said(post(cast, "add", sent(file), name="tiles"))
    assert "Choose a file" in said(post(cast, "add"))
    assert left() == ["tiles.mbtiles"]


def test_replaced_tiles_come_back_and_go_again(cast: Cast, tmp_path: Path) -> None:
    old, new = vector_tile(10), vector_tile(20)
    post(cast, "add", sent(mbtiles(tmp_path / "one.mbtiles", {(0, 0, 0): old})), name="base")
    post(cast, "replace", sent(pmtiles(tmp_path / "two.pmtiles", {(0, 0, 0): new})), name="base")

    def shown() -> bytes:
        return kept.unpacked(kept.one("base").tile((0, 0, 0)) or b"")

    assert shown() == new and left() == ["base.pmtiles", "former/base.mbtiles"]
    assert post(cast, "restore").status_code == 302
    assert shown() == old and left() == ["base.mbtiles", "former/base.pmtiles"]
    post(cast, "restore")
    assert shown() == new and left() == ["base.pmtiles", "former/base.mbtiles"]
    bad = post(cast, "replace", sent(database(tmp_path / "three.mbtiles")), name="base")
    assert bad.status_code == 422 and shown() == new and left() == ["base.pmtiles", "former/base.mbtiles"]


def test_tiles_are_taken_out_of_use_brought_back_and_deleted(cast: Cast, tmp_path: Path, client: Client) -> None:
    post(cast, "add", sent(mbtiles(tmp_path / "base.mbtiles", TILES)))
    assert post(cast, "remove", name="base").status_code == 302
    assert client.get("/kk/map/base").json()["tiles"] == [] and client.get("/tiles/base/0/0/0").status_code == 404
    assert "Bring it back" in said(signed_in(cast, "sasha").get(PAGE))
    post(cast, "restore")
    assert client.get("/tiles/base/0/0/0").status_code == 200
    post(cast, "remove", name="base")
    post(cast, "forget")
    assert left() == []
    for do in ("restore", "forget", "remove", "replace", "other", ""):
        file = sent(tmp_path / "base.mbtiles") if do == "replace" else None
        assert post(cast, do, file, name="base").status_code == 404


def test_tiles_that_broke_are_named_and_can_be_replaced(cast: Cast, tmp_path: Path) -> None:
    file = kept.add(mbtiles(tmp_path / "base.mbtiles", TILES))
    file.path.write_bytes(b"no tiles any more")
    assert "cannot be used" in said(signed_in(cast, "sasha").get(PAGE))
    assert post(cast, "replace", sent(tmp_path / "base.mbtiles"), name="base").status_code == 302
    assert kept.one("base").about().zooms == (0, 3)


def test_many_files_in_an_hour_are_too_many(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "AN_HOUR", 2)
    file = mbtiles(tmp_path / "base.mbtiles", TILES)
    for n in range(2):
        assert post(cast, "add", sent(file), name=f"base-{n}").status_code == 302
    answer = post(cast, "add", sent(file), name="base-3")
    assert answer.status_code == 422 and "Wait an hour" in said(answer)
    assert left() == ["base-0.mbtiles", "base-1.mbtiles"]


def test_what_a_killed_process_left_is_swept_away(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.folder().mkdir()
    (kept.folder() / "abc.part").write_bytes(b"half")
    file = mbtiles(tmp_path / "base.mbtiles", TILES)
    post(cast, "add", sent(file), name="one")
    assert "abc.part" in left()
    monkeypatch.setattr(receiving, "OLD", -1)
    post(cast, "add", sent(file), name="two")
    assert left() == ["one.mbtiles", "two.mbtiles"]
