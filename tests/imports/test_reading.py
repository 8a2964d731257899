"""Geographic files and workbooks: what is read of them, in which coordinates, and what is refused."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from ortaq.engine.problems import Problem
from ortaq.imports import reading
from ortaq.imports.sheet import Sheet, read
from tests.imports import geofiles
from tests.imports.geofiles import NAMES, POINTS


def cells(sheet: Sheet, name: str) -> list[str]:
    return [row.cells[name] for row in sheet]


def points(sheet: Sheet) -> list[tuple[float, float]]:
    return [tuple(json.loads(text)["coordinates"]) for text in cells(sheet, sheet.geometry)]


def test_geojson_is_read_with_its_properties(tmp_path: Path) -> None:
    sheet = read(geofiles.geojson(tmp_path / "sites.geojson"))
    assert sheet.columns == ("id", "name_kk", "nr", "tags", "geometry")
    assert cells(sheet, "name_kk") == NAMES
    assert cells(sheet, "tags") == ['["a"]', '["a"]']
    assert (points(sheet), sheet.crs) == (POINTS, "EPSG:4326")
    assert [row.number for row in sheet] == [1, 2]
    assert cells(sheet, "nr") == cells(sheet, "nr") == ["7", "8"], "it can be gone through again"


def test_the_old_way_to_name_a_reference_system_in_geojson_is_understood(tmp_path: Path) -> None:
    sheet = read(geofiles.geojson(tmp_path / "a.json", "urn:ogc:def:crs:EPSG::28412"))
    assert sheet.crs == "urn:ogc:def:crs:EPSG::28412"


@pytest.mark.parametrize("content", ["[1, 2]", '{"type": "FeatureCollection"', '{"a": NaN}', "[" * 100_000])
def test_other_json_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "a.geojson").write_text(content)
    with pytest.raises(Problem, match=r"a\.geojson"):
        read(tmp_path / "a.geojson")


def test_a_shapefile_keeps_its_reference_system_and_its_letters(tmp_path: Path) -> None:
    pytest.importorskip("pyogrio")
    sheet = read(geofiles.shapefile(tmp_path, crs="EPSG:28412", encoding="UTF-8"))
    assert (cells(sheet, "name_kk"), cells(sheet, "nr")) == (NAMES, ["7", "8"])
    assert sheet.crs == "EPSG:28412"
    assert all(x > 10_000_000 for x, _y in points(sheet)), "eastings of zone 12 begin with its number"


def test_a_table_without_a_mark_of_its_encoding_is_read_as_cyrillic(tmp_path: Path) -> None:
    """What old programs wrote: no .cpg, Windows-1251 (which lacks some Kazakh letters)."""
    pytest.importorskip("pyogrio")
    inner = tmp_path / "shape"
    inner.mkdir()
    geofiles.layer(inner / "sites.shp", encoding="UTF-8")
    (inner / "sites.cpg").unlink()
    table = inner / "sites.dbf"
    data = bytearray(table.read_bytes())
    data[29] = 0
    name = "Мавзолей".encode("cp1251")
    start = data.index(NAMES[0].encode())
    data[start : start + len(NAMES[0].encode())] = name.ljust(len(NAMES[0].encode()))
    table.write_bytes(bytes(data))
    assert cells(read(geofiles.zipped(inner, tmp_path / "a.zip")), "name_kk")[0] == "Мавзолей"


@pytest.mark.parametrize("without", [".shp", ".dbf", ".shx"])
def test_a_shapefile_that_is_not_whole_is_refused(tmp_path: Path, without: str) -> None:
    pytest.importorskip("pyogrio")
    with pytest.raises(Problem, match=r"\.shx"):
        read(geofiles.shapefile(tmp_path, without=without))


def test_a_geopackage_has_layers_to_choose_from(tmp_path: Path) -> None:
    pytest.importorskip("pyogrio")
    path = geofiles.layer(tmp_path / "a.gpkg", name="sites", crs="EPSG:32642")
    geofiles.layer(path, name="other", append=False)
    sheet = read(path)
    assert (sheet.layers, sheet.crs, cells(sheet, "name_kk")) == (("sites", "other"), "EPSG:32642", NAMES)
    assert read(path, sheet="other").crs == "EPSG:4326"
    with pytest.raises(Problem, match="sites, other"):
        read(path, sheet="third")


def test_kml_is_read_with_all_its_folders(tmp_path: Path) -> None:
    pytest.importorskip("pyogrio")
    (tmp_path / "a.kml").write_text(geofiles.KML, "utf-8")
    sheet = read(tmp_path / "a.kml")
    assert cells(sheet, "Name") == NAMES
    assert cells(sheet, "nr") == ["7", ""]
    assert points(sheet) == POINTS, "altitudes are left out"
    assert cells(read(tmp_path / "a.kml", sheet="second"), "Name") == NAMES[1:]


def test_a_file_that_is_something_else_is_not_given_to_other_drivers(tmp_path: Path) -> None:
    """GDAL would follow a disguised VRT to any file of this machine."""
    secret = geofiles.geojson(tmp_path / "secret.geojson")
    vrt = f'<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>{secret}</SrcDataSource></OGRVRTLayer>'
    for name in ("a.kml", "a.gpkg"):
        (tmp_path / name).write_text(vrt + "</OGRVRTDataSource>")
        with pytest.raises(Problem) as caught:
            read(tmp_path / name)
        assert caught.value.code == "file"


def test_entities_are_refused(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE kml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><kml>&b;</kml>'
    (tmp_path / "a.kml").write_text(laughs)
    with pytest.raises(Problem, match=r"a\.kml"):
        read(tmp_path / "a.kml")


def bomb(path: Path, name: str, size: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed, packed.open(name, "w", force_zip64=True) as out:
        for _piece in range(size >> 20):
            out.write(bytes(1 << 20))
    return path


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 8 << 20)
    for path in (bomb(tmp_path / "a.zip", "a.shp", 16 << 20), bomb(tmp_path / "a.xlsx", "xl/a.xml", 16 << 20)):
        with pytest.raises(Problem, match="unpacks"):
            read(path)


def test_a_zip_that_lies_about_its_size_is_counted_while_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = bomb(tmp_path / "a.zip", "a.shp", 16 << 20)
    data = bytearray(path.read_bytes())
    for signature, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = data.index(signature)
        data[start + at : start + at + 4] = (1 << 20).to_bytes(4, "little")
    path.write_bytes(bytes(data))
    monkeypatch.setattr(reading, "MOST_BYTES", 8 << 20)
    with pytest.raises(Problem):
        read(path)


def test_what_needs_too_much_memory_ends_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MEMORY", 300 << 20)
    text = json.dumps({"type": "FeatureCollection", "features": [{"properties": {"a": i}} for i in range(2_000_000)]})
    (tmp_path / "a.geojson").write_text(text)
    with pytest.raises(Problem, match="unpacks"):
        read(tmp_path / "a.geojson")


def test_a_workbook_with_one_cell_far_away_is_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rectangle of its cells would be seventeen thousand million."""
    monkeypatch.setattr(reading, "MEMORY", 1 << 30)
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "name")
        sheet.write(1_048_575, 16_383, "far")
    with pytest.raises(Problem) as caught:
        read(path)
    assert caught.value.code == "file"


def test_a_broken_archive_is_refused(tmp_path: Path) -> None:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as packed:
        packed.writestr("readme.txt", "nothing")
    (tmp_path / "a.zip").write_bytes(found.getvalue())
    with pytest.raises(Problem, match="no shapefile"):
        read(tmp_path / "a.zip")
    (tmp_path / "b.zip").write_bytes(found.getvalue()[:40])
    with pytest.raises(Problem, match=r"b\.zip"):
        read(tmp_path / "b.zip")
