"""What comes with a file is bounded before it costs anything, and answers the same on every database."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
import xlsxwriter
from django.test import Client
from django.utils import timezone

from ortaq.engine import store
from ortaq.imports import jobs
from ortaq.imports.models import ImportProfile
from ortaq.people import leaving, personal
from tests.cast import Cast
from tests.imports.story import ROW, Desk, table, twin_page
from tests.web.posting import said, signed_in

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast, "aigerim")


def geojson(properties: dict[str, Any], coordinates: Any = (67.7, 47.9), type_: str = "Point") -> bytes:
    geometry = {"type": type_, "coordinates": coordinates}
    feature = {"type": "Feature", "properties": properties, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def test_the_name_of_a_file_may_be_long(desk: Desk) -> None:
    desk.bring(table(ROW), "т" * 240 + ".csv")
    assert desk.job.name.endswith(".csv") and len(desk.job.name) <= 200
    desk.check()
    assert desk.do("import").result["created"] == 1


@pytest.mark.parametrize("name", ["list.csv", "list.geojson"])
def test_a_file_with_columns_beyond_number_is_refused(desk: Desk, name: str) -> None:
    columns = [f"c{n}" for n in range(30_000)]
    content = geojson(dict.fromkeys(columns, "x")) if name.endswith("json") else table(columns=columns)
    answer = desk.bring(content, name)
    assert answer.status_code == 422 and "columns" in said(answer)


def test_an_empty_character_in_a_cell_is_left_out(desk: Desk) -> None:
    """PostgreSQL takes none."""
    desk.bring(geojson({"Атауы": "Кесене\0 1", "na\0me": "\0"}), "list.geojson")
    assert desk.job.head["first"][0][:2] == ["Кесене 1", ""]
    assert desk.job.head["columns"][:2] == ["Атауы", "name"]


def test_an_empty_character_in_a_form_is_no_fault_of_ours(desk: Desk) -> None:
    desk.bring(table(ROW))
    job = desk.check(source="a\0b", profile="c\0d", **{"k1.value": "e\0f"})
    assert (job.state, job.problem) == ("checked", "")
    assert desk.do("import").state == "done"
    assert desk.client.post("/en/searches", {"do": "save", "name": "a\0b", "query": "q=a%00b"}).status_code < 500


def test_a_sheet_of_errors_has_room_for_a_long_cell(desk: Desk) -> None:
    limit = csv.field_size_limit(131_072)
    try:
        ring = [[67 + n / 1e5, 47.123456] for n in range(20_000)]
        desk.bring(geojson({"Атауы": "Кесене"}, [ring], "Polygon"), "list.geojson")
        job = desk.check()
        assert job.result["rejected"] == 1
        csv.field_size_limit(131_072)
        assert desk.page(f"/{job.id}/errors.xlsx").status_code == 200
    finally:
        csv.field_size_limit(limit)


def test_a_mapping_of_lists_within_lists_is_no_mapping(desk: Desk) -> None:
    desk.bring(table(ROW))
    desk.check(profile="List")
    path = f"/en/import/profiles/{ImportProfile.objects.get().id}"
    deep = "a = " + "[" * 50_000
    assert desk.client.post(path, {"do": "save", "name": "List", "mapping": deep}).status_code == 422


def test_numbers_in_an_address_may_be_any(desk: Desk, cast: Cast) -> None:
    record = cast.monument()
    desk.bring(table(ROW))
    job = desk.check()
    assert desk.client.get(twin_page(job, 10**30, record.id)).status_code == 404
    assert desk.page(f"/{job.id}/twins", **{"from": "9" * 30}).status_code == 200


def test_two_kinds_are_never_side_by_side(cast: Cast) -> None:
    record, client = cast.monument(), signed_in(cast, "aigerim")
    answer = client.get(f"/en/o/{record.pid}/merge?into={cast.museum}")
    assert answer.status_code == 422


def test_what_cannot_be_read_is_not_kept(desk: Desk) -> None:
    before = list(store.stored())
    assert desk.bring(b"PK no workbook at all", "book.xlsx").status_code == 422
    assert list(store.stored()) == before


def test_an_account_takes_its_imports_along(cast: Cast, desk: Desk) -> None:
    desk.bring(table(["1", "Кесене", "", "кесене", "nowhere", "", "x", "1", ""]))
    job = desk.check()
    assert [row["name"] for row in personal.everything(cast.users["aigerim"])["imports"]] == ["list.csv"]
    leaving.erase(cast.users["aigerim"])
    jobs.forget(timezone.now())
    assert not jobs.errors(job.id).exists()


def test_an_endless_row_is_refused(desk: Desk) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, [f"c{n}" for n in range(900)])
        for column in range(900):
            sheet.write_string(1, column, "x" * 32_767)
    answer = desk.bring(out.getvalue(), "book.xlsx")
    assert answer.status_code == 422 and "book.xlsx" in said(answer)


def test_what_is_too_large_is_not_read_for_anybody(cast: Cast) -> None:
    for browser in (Client(), signed_in(cast, "aigerim")):
        answer = browser.post("/en/import", {"file": "x"}, headers={"content-length": str(10**10)})
        assert answer.status_code == 413
