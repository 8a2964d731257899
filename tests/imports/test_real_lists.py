"""Slices of real lists: years before our era, places without coordinates, areas. The lists lie beside the checkout."""

from __future__ import annotations

import csv
import json
from dataclasses import fields
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from bench import lists
from ortaq.engine import access
from ortaq.imports import actions as imports
from ortaq.imports import guess, head
from ortaq.imports import sheet as sheets
from ortaq.imports.mapping import Mapping
from ortaq.imports.written import composed, written
from ortaq.kinds.place import Place
from tests.cast import Cast
from tests.imports.story import shared

ROWS = 60


def needed(name: str) -> Path:
    path = shared(name)
    if not path.is_file():
        pytest.skip(f"the shared data are not here: {name}")
    return path


def places(cast: Cast) -> list[access.View]:
    found = access.visible(cast.aigerim).filter(kind="place").order_by("id")
    return access.views(cast.aigerim, list(found))


def imported(cast: Cast, file: Path, mapping: Mapping) -> imports.Report:
    return imports.run(cast.aigerim, file, mapping, kind="place", owner=cast.museum, state="draft")


def test_ancient_places_come_in_with_their_years_and_once(cast: Cast, tmp_path: Path) -> None:
    needed("pleiades/pleiades_places.tsv")
    rows = [row for row in islice(lists.pleiades(0), 3_000) if row["start"].startswith("-")][: ROWS // 2]
    rows += [row for row in islice(lists.pleiades(0), 3_000) if not row["lat"]][: ROWS // 2]
    table = tmp_path / "pleiades.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows({row["id"]: row for row in rows}.values())
    _made, text, more = lists.LISTS["pleiades"]
    mapping = Mapping.parse(text.replace("{more}", more))
    report = imported(cast, table, mapping)
    assert (report.created, report.rejected) == (len({row["id"] for row in rows}), 0), str(report)
    by_id = {view.data["identifiers"][0]["id"]["value"]: view.data for view in places(cast)}
    for row in rows:
        found = by_id[row["id"]]
        assert ("place" in found) == bool(row["lat"])
        if row["start"].startswith("-"):
            assert found["existed"]["from"] == f"-{-int(row['start']) - 1:04d}", "there is no year 0 in this count"
    again = imported(cast, table, mapping)
    assert (again.created, again.unchanged, again.changed) == (0, report.created, {})


def test_districts_come_in_with_their_areas(cast: Cast, tmp_path: Path) -> None:
    data: dict[str, Any] = json.loads(needed("wof/az_region.geojson").read_text("utf-8"))
    data["features"] = data["features"][:5]
    file = tmp_path / "regions.geojson"
    file.write_text(json.dumps(data), "utf-8")
    first = guess.mapping(Place, head.look(sheets.read(file)), "az", "regions")
    assert (first.id, first.place.geometry if first.place else "") == ("wof_id", "geometry")
    report = imported(cast, file, first)
    assert (report.created, report.rejected) == (5, 0), str(report)
    shapes = {view.data["place"]["geometry"]["type"] for view in places(cast)}
    assert shapes <= {"Polygon", "MultiPolygon"}
    assert {"Ağstafa"} <= {row["name"]["text"] for view in places(cast) for row in view.data["names"]}


@pytest.mark.parametrize(
    ("years", "cell", "edtf"),
    [
        ("bce", "-550", "-0549"),
        ("iso", "-550", "-0550"),
        ("bce", "−1", "0000"),
        ("bce", "-550.0", "-0549"),
        ("bce", "43", "0043"),
    ],
)
def test_negative_years_mean_what_the_mapping_says(
    cast: Cast, tmp_path: Path, years: str, cell: str, edtf: str
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"name,start\nA,{cell}\n", "utf-8")
    text = '[[column]]\nname = "name"\nfield = "names.name"\n[[column]]\nname = "start"\nfield = "existed.from"\n'
    report = imported(cast, file, Mapping.parse(f'years = "{years}"\n{text}'))
    assert report.errors == []
    assert places(cast)[0].data["existed"]["from"] == edtf


def test_a_coordinate_near_zero_is_read_as_programs_write_it(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("name,lat,lon\nA,47.13702,-4.4e-05\n", "utf-8")
    text = '[[column]]\nname = "name"\nfield = "names.name"\nlang = "en"\n[place]\nlat = "lat"\nlon = "lon"\n'
    assert imported(cast, file, Mapping.parse(text)).errors == []
    assert places(cast)[0].data["place"]["geometry"]["coordinates"] == [-4.4e-05, 47.13702]


def test_without_a_rule_a_negative_year_is_an_error_of_its_row(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("name,start\nA,-550\n", "utf-8")
    text = '[[column]]\nname = "start"\nfield = "existed.from"\n'
    assert imported(cast, file, Mapping.parse(text)).rejected == 1


def test_a_mapping_is_written_as_it_is_read() -> None:
    for _made, text, more in lists.LISTS.values():
        mapping = Mapping.parse(text.replace("{more}", more))
        again = Mapping.parse(written(mapping))
        assert Mapping(again.text, *_parts(mapping)) == again
    odd = composed(
        [*mapping.columns],
        tables={**mapping.tables, "a b": {'"x"\n': "ә", "": ""}},
        only={"Ел": ("KZ", "AZ")},
        lang="kk",
    )
    assert Mapping.parse(odd.text) == odd


def _parts(mapping: Mapping) -> list[Any]:
    return [getattr(mapping, one.name) for one in fields(mapping) if one.name != "text"]
