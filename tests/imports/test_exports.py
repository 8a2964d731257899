"""Exporting tables: what a reader may see, in a form that spreadsheets show and never run."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ortaq.engine.access import Reader
from ortaq.engine.outputs.table import quoted
from ortaq.engine.problems import Problem
from ortaq.imports import exports
from ortaq.imports.sheet import read
from tests.cast import Cast


def csv_of(reader: Reader, folder: Path) -> list[dict[str, str]]:
    exports.write(reader, "heritage_object", folder / "out.csv")
    with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_public_gets_what_is_published_at_public_precision(cast: Cast, tmp_path: Path) -> None:
    shown = cast.monument()
    cast.monument(state="draft")
    (row,) = csv_of(cast.stranger, tmp_path)
    assert row["pid"] == shown.pid
    assert row["title_kk"] == "Арыстан баб кесенесі"
    assert row["object_type"] == "mausoleum"
    assert row["summary_ru"] == "Перестроен в начале XX века."
    assert (row["place_lat"], row["place_lon"], row["place_precision"]) == ("", "", "10km")
    assert row["ownership"] == ""
    assert "name: Arıstan Bab türbəsi, kind: transliteration" in row["names"].split(" | ")
    assert "68.271234" not in (tmp_path / "out.csv").read_text("utf-8")


def test_who_may_see_more_exports_more(cast: Cast, tmp_path: Path) -> None:
    cast.monument()
    (row,) = csv_of(cast.aigerim, tmp_path)
    assert (row["place_lat"], row["place_lon"]) == ("42.851234", "68.271234")
    assert "Жеке меншік иесі" in row["ownership"]


@pytest.mark.parametrize("name", ["out.geojson", "out.json"])
def test_programs_get_geojson_and_json(cast: Cast, tmp_path: Path, name: str) -> None:
    shown = cast.monument()
    cast.monument()
    assert exports.write(cast.stranger, "heritage_object", tmp_path / name) == 2
    text = (tmp_path / name).read_text("utf-8")
    found = json.loads(text)
    assert "68.271234" not in text
    if name.endswith("geojson"):
        assert found["type"] == "FeatureCollection"
        assert found["features"][0]["geometry"]["type"] == "Polygon"
        assert found["features"][0]["id"] == shown.pid
    else:
        assert {item["pid"] for item in found} >= {shown.pid}


def test_no_record_gives_an_empty_file_that_is_whole(cast: Cast, tmp_path: Path) -> None:
    assert exports.write(cast.stranger, "person", tmp_path / "out.geojson") == 0
    assert json.loads((tmp_path / "out.geojson").read_text("utf-8"))["features"] == []
    assert exports.write(cast.stranger, "person", tmp_path / "out.csv") == 0


def test_unknown_kinds_and_formats_are_refused(cast: Cast, tmp_path: Path) -> None:
    for kind, name in (("rocket", "out.csv"), ("person", "out.doc")):
        with pytest.raises(Problem):
            exports.write(cast.stranger, kind, tmp_path / name)
        assert not (tmp_path / name).exists()


def test_formulas_are_shown_and_never_run(cast: Cast, tmp_path: Path) -> None:
    formula = '=HYPERLINK("https://example.org","x")'
    cast.monument(summary={"ru": {"text": formula}})
    (row,) = csv_of(cast.stranger, tmp_path)
    assert row["summary_ru"] == f"'{formula}"
    assert [r.cells["summary_ru"] for r in read(tmp_path / "out.csv")] == [formula]


@pytest.mark.parametrize(
    ("cell", "safe"),
    [("=1+1", "'=1+1"), ("@sum", "'@sum"), ("-12.5", "-12.5"), ("-12+cmd", "'-12+cmd"), ("plain", "plain"), ("", "")],
)
def test_which_cells_are_quoted(cell: str, safe: str) -> None:
    assert quoted(cell) == safe


@given(st.text())
def test_no_quoted_cell_starts_a_formula(cell: str) -> None:
    shown = quoted(cell)
    assert not shown.startswith(("=", "@", "\t", "\r"))
    assert shown in (cell, f"'{cell}")
