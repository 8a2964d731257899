"""Search results as files: what is in them, for whom, and that nothing leaves by an old one."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook
from shapely import from_wkb
from shapely.geometry import shape

from ortaq.documents import actions as exports
from ortaq.documents import keeping, work
from ortaq.documents.forms import FORMS
from ortaq.documents.models import CANCELLED, DONE, EXPIRED, FAILED, RUNNING, WAITING, Export
from ortaq.engine import access, background
from ortaq.people import leaving
from tests.cast import Cast
from tests.documents.asking import PAGE, TABLES, asked, content, finish, index, made, tables, taken
from tests.web.posting import form_of, said, signed_in

pytestmark = pytest.mark.django_db(databases="__all__")
NAME = [{"_id": "nameen", "name": {"text": "=cmd|' /C calc'!A0", "lang": "en"}, "kind": "official"}]
KML = {"k": "http://www.opengis.net/kml/2.2"}


# --- what is in them --------------------------------------------------------------------------------------------


def test_csv_has_the_page_and_nothing_is_a_formula(cast: Cast) -> None:
    kept = [cast.monument(), cast.monument(names=NAME)]
    index()
    rows = tables(made(cast, "timur", "csv"))
    assert {row["pid"] for row in rows} == {record.pid for record in kept}
    bad = next(row for row in rows if row["pid"] == kept[1].pid)
    assert bad["title_en"].startswith("'=cmd") and bad["kind"] == "heritage_object"
    assert all(row["url"].endswith(f"/o/{row['pid']}") and row["url"].startswith("http") for row in rows)


def test_a_result_of_several_kinds_is_one_table(cast: Cast) -> None:
    cast.monument()
    index()
    rows = tables(made(cast, "timur", "csv", ""))
    assert {row["kind"] for row in rows} == {"heritage_object", "organisation"}
    assert len(rows) == 5 and all(row["names"] for row in rows)


def test_the_workbook_has_a_sheet_for_each_kind_and_no_formula(cast: Cast) -> None:
    cast.monument(names=NAME)
    index()
    file = made(cast, "timur", "xlsx", "")
    book = CalamineWorkbook.from_filelike(io.BytesIO(file))
    first, *others = book.sheet_names
    assert first == "About this file" and sorted(others) == ["heritage_object", "organisation"]
    cells = book.get_sheet_by_name("heritage_object").to_python()
    assert NAME[0]["name"]["text"] in [str(cell) for cell in cells[1]]  # type: ignore[index]
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist() if "worksheets" in name)
        assert "<f>" not in text and "hyperlink" not in text


def test_geojson_and_kml_have_the_public_precision(cast: Cast) -> None:
    record, bare = cast.monument(), cast.monument(place=None)
    index()
    found = json.loads(made(cast, "timur", "geojson"))
    features = {feature["id"]: feature for feature in found["features"]}
    assert features[bare.pid]["geometry"] is None and features[record.pid]["properties"]["precision"] == "10km"
    assert "42.851234" not in json.dumps(found)
    tree = ElementTree.fromstring(made(cast, "timur", "kml"))
    marks = tree.findall(".//k:Placemark", KML)
    assert len(marks) == 2
    with_place = [mark for mark in marks if mark.find(".//k:coordinates", KML) is not None]
    assert len(with_place) == 1
    text = with_place[0].find(".//k:coordinates", KML).text  # type: ignore[union-attr]
    points = [tuple(map(float, point.split(","))) for point in str(text).split()]
    public = shape(features[record.pid]["geometry"])
    assert all(public.distance(shape({"type": "Point", "coordinates": point})) < 1e-6 for point in points)
    exact = made(cast, "dana", "kml").decode()
    assert "68.27123,42.85123" in exact


def geometry(blob: bytes) -> Any:
    """A GeoPackage geometry read back as the standard says."""
    assert blob[:2] == b"GP" and blob[2] == 0 and blob[3] == 3
    assert int.from_bytes(blob[4:8], "little", signed=True) == 4326
    return from_wkb(blob[8 + 32 :])


def test_a_geopackage_reads_back(cast: Cast, tmp_path: Any) -> None:
    record, bare = cast.monument(), cast.monument(place=None)
    index()
    path = tmp_path / "x.gpkg"
    path.write_bytes(made(cast, "timur", "gpkg"))
    assert path.read_bytes()[68:72] == b"GPKG"
    file = sqlite3.connect(path)
    assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert file.execute("PRAGMA foreign_key_check").fetchall() == []
    assert file.execute("PRAGMA user_version").fetchone() == (10300,)
    assert file.execute("SELECT srs_id FROM gpkg_spatial_ref_sys ORDER BY 1").fetchall() == [(-1,), (0,), (4326,)]
    (row,) = file.execute("SELECT table_name, data_type, min_x, min_y, max_x, max_y, srs_id FROM gpkg_contents")
    assert file.execute("SELECT table_name, column_name, geometry_type_name, srs_id, z, m FROM gpkg_geometry_columns")
    rows = dict(file.execute("SELECT pid, geom FROM records").fetchall())
    assert rows[bare.pid] is None
    found = geometry(rows[record.pid])
    assert row[:2] == ("records", "features") and row[6] == 4326 and row[2:6] == found.bounds
    public = access.get(cast.stranger, record.id).data["place"]["geometry"]
    assert found.equals(shape(public))
    assert file.execute("SELECT precision, title_en FROM records WHERE pid = ?", [record.pid]).fetchone() == (
        "10km",
        "Arystan Bab Mausoleum",
    )
    file.close()


@pytest.mark.parametrize("format_", ["pdf", "docx", "plates"])
def test_lists_and_plates_on_paper(cast: Cast, format_: str) -> None:
    cast.monument()
    index()
    file = made(cast, "timur", format_)
    assert file[:4] == (b"PK\x03\x04" if format_ == "docx" else b"%PDF")


@pytest.mark.parametrize("format_", TABLES)
def test_the_same_records_give_the_same_bytes(cast: Cast, format_: str) -> None:
    cast.monument()
    index()
    first, second = made(cast, "timur", format_), made(cast, "timur", format_)
    if format_ != "xlsx":
        assert first == second
    else:
        one, other = (CalamineWorkbook.from_filelike(io.BytesIO(file)) for file in (first, second))
        assert [one.get_sheet_by_name(name).to_python() for name in one.sheet_names] == [
            other.get_sheet_by_name(name).to_python() for name in other.sheet_names
        ]


def test_a_file_holds_more_than_a_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "BATCH", 7)
    kept = {cast.monument(place=None, ownership=None).pid for _n in range(23)}
    index()
    assert {row["pid"] for row in tables(made(cast, "timur", "csv", "kind=heritage_object&page=2"))} == kept


# --- the page ---------------------------------------------------------------------------------------------------


def test_from_the_search_page_to_the_file(cast: Cast, client: Client) -> None:
    cast.monument()
    index()
    timur = signed_in(cast, "timur")
    form = form_of(timur.get("/en/search?q=Arystan&kind=heritage_object"), "format")
    assert {"csv", "pdf"} <= set(FORMS) and form["query"] == ["q=Arystan&kind=heritage_object"]
    export = asked(timur, "csv", form["query"][0])
    waiting = said(timur.get(PAGE))
    assert "waiting" in waiting and "Arystan" in waiting and "progress" in waiting
    assert taken(timur, export).status_code == 404
    finish()
    ready = said(timur.get(PAGE))
    assert f"{PAGE}/{export.id}/file" in ready and "ready" in ready and "until" in ready
    assert b"Arystan" in content(timur, export)
    assert "account/login" in client.get(PAGE)["Location"]
    assert "Sign in" in said(client.get("/en/search"))


@pytest.mark.parametrize("lang", ["kk", "az", "ru", "en"])
def test_the_file_speaks_the_language_of_the_page(cast: Cast, lang: str) -> None:
    cast.monument()
    index()
    timur = signed_in(cast, "timur")
    timur.post(f"/{lang}/exports", {"format": "csv", "query": "kind=heritage_object"})
    export = Export.objects.get()
    finish()
    export.refresh_from_db()
    assert export.language == lang and export.state == DONE and timur.get(f"/{lang}/exports").status_code == 200


def test_what_cannot_be_asked(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    cast.monument()
    index()
    timur = signed_in(cast, "timur")
    for given in ({"format": "exe"}, {}, {"format": "csv", "query": "q=zzzzqqqq&kind=person"}):
        assert timur.post(PAGE, given).status_code == 422
    monkeypatch.setattr(exports, "AT_ONCE", 1)
    asked(timur)
    answer = timur.post(PAGE, {"format": "csv", "query": ""})
    assert answer.status_code == 422 and "under way" in said(answer)
    assert asked(signed_in(cast, "nigar")).state == WAITING


def test_a_list_on_paper_has_an_end(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    monkeypatch.setitem(FORMS, "pdf", replace(FORMS["pdf"], most=1))
    cast.monument()
    cast.monument()
    index()
    answer = signed_in(cast, "timur").post(PAGE, {"format": "pdf", "query": "kind=heritage_object"})
    assert answer.status_code == 422 and "holds at most 1" in said(answer)


def test_stop_again_remove(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "BATCH", 1)
    cast.monument()
    cast.monument()
    index()
    timur = signed_in(cast, "timur")
    export = asked(timur)
    at_work = work.worker()
    at_work(0.0)
    at_work(0.0)
    export.refresh_from_db()
    assert export.state == RUNNING and keeping.growing(export.id).exists()
    assert timur.post(f"{PAGE}/{export.id}", {"do": "cancel"}).status_code == 302
    for _n in range(4):
        at_work(0.0)
    export.refresh_from_db()
    assert export.state == CANCELLED and not list(keeping.folder().iterdir())
    timur.post(f"{PAGE}/{export.id}", {"do": "again"})
    finish()
    export.refresh_from_db()
    assert export.state == DONE and export.done == export.count == 2
    timur.post(f"{PAGE}/{export.id}", {"do": "remove"})
    assert not Export.objects.exists() and not list(keeping.folder().iterdir())


def test_what_is_ended_by_time(cast: Cast) -> None:
    cast.monument()
    index()
    timur = signed_in(cast, "timur")
    export = asked(timur)
    finish()
    assert exports.forget(timezone.now()) == 0 and keeping.file(export.id).exists()
    later = timezone.now() + work.KEPT + timedelta(minutes=1)
    assert exports.forget(later) > 0
    export.refresh_from_db()
    assert export.state == EXPIRED and not list(keeping.folder().iterdir()) and taken(timur, export).status_code == 404
    assert "its time is over" in said(timur.get(PAGE))
    assert exports.forget(later + exports.REMEMBERED) == 1 and not Export.objects.exists()


def test_an_account_that_leaves_takes_its_files_along(cast: Cast) -> None:
    cast.monument()
    index()
    asked(signed_in(cast, "timur"))
    finish()
    leaving.erase(cast.users["timur"])
    assert not Export.objects.exists() and exports.forget(timezone.now()) > 0 and not list(keeping.folder().iterdir())


# --- the worker -------------------------------------------------------------------------------------------------


def test_a_worker_that_died_is_followed_by_another(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "BATCH", 1)
    cast.monument()
    cast.monument()
    index()
    export = asked(signed_in(cast, "timur"))
    work.worker()(0.0)
    other = work.worker()
    other(0.0)
    export.refresh_from_db()
    assert export.state == RUNNING and export.tries == 1
    Export.objects.update(touched=timezone.now() - work.LEFT_ALONE * 2)
    finish()
    export.refresh_from_db()
    assert export.state == DONE and export.tries == 2


def test_what_fails_is_tried_again_and_then_said(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    cast.monument()
    index()
    timur = signed_in(cast, "timur")
    asked(timur)

    def broken(*_given: Any) -> Any:
        raise OSError("zqxdisk")

    monkeypatch.setattr(keeping, "note", broken)
    finish()
    export = Export.objects.get()
    assert export.state == FAILED and export.tries == work.TRIES and not list(keeping.folder().iterdir())
    page = said(timur.get(PAGE))
    assert "failed" in page and "zqxdisk" not in page


def test_the_worker_knows_of_it(cast: Cast) -> None:
    cast.monument()
    index()
    asked(signed_in(cast, "timur"))
    for _n in range(20):
        background.run()
    assert Export.objects.get().state == DONE
