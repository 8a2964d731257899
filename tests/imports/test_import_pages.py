"""The pages of imports: from a file to records and back, without JavaScript."""

from __future__ import annotations

import csv
import io
from typing import Any
from uuid import uuid4

import pytest
import xlsxwriter
from django.test import Client
from django.utils import timezone
from python_calamine import CalamineWorkbook

from ortaq.engine import access, actions, log
from ortaq.engine.models import Record
from ortaq.imports import jobs, steps, work
from ortaq.imports.mapping import Mapping
from ortaq.imports.models import IMPORT, ImportJob, ImportProfile
from ortaq.people import actions as people
from ortaq.people.models import Role
from tests.cast import Cast
from tests.imports.story import ROW, Desk, changed, table
from tests.imports.story import work as finish
from tests.web.posting import form_of, said

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast, "aigerim")


def views(cast: Cast) -> list[access.View]:
    """In the order of their names: what comes in one thousandth of a second has no other."""
    found = access.visible(cast.aigerim).filter(kind="heritage_object")
    return sorted(access.views(cast.aigerim, list(found)), key=lambda view: str(view.title))


def test_a_file_becomes_records(cast: Cast, desk: Desk) -> None:
    answer = desk.bring(table(ROW, changed(2)))
    assert answer.status_code == 302 and answer.url == f"/en/import/{desk.job.id}/columns"
    page = desk.page(f"/{desk.job.id}/columns")
    assert "Домбауыл кесенесі" in said(page), "the first rows are shown"
    before = log.head().seq
    job = desk.check()
    assert (job.state, job.problem, log.head().seq) == ("checked", "", before)
    assert (job.result["created"], job.result["errors"]) == (2, [])
    job = desk.do("import")
    assert (job.state, job.result["created"]) == ("done", 2)
    first = views(cast)[0]
    assert first.record.state == "in_review"
    assert [row["name"] for row in first.data["names"]] == [
        {"text": "Домбауыл кесенесі", "lang": "kk", "script": "Cyrl"},
        {"text": "Мавзолей Домбаул", "lang": "ru", "script": "Cyrl"},
    ]
    assert (first.data["object_type"], first.data["admin_unit"]) == (["mausoleum"], "kz-ulytau")
    assert first.data["dating"][0]["date"]["edtf"] == "1301/1400"
    assert first.data["place"]["geometry"]["coordinates"] == [67.7, 47.9]


def test_what_a_column_holds_is_read_off_its_name_and_its_cells(desk: Desk) -> None:
    desk.bring(table(ROW))
    form = desk.columns()
    assert [form[f"c{at}.to"] for at in range(9)] == [
        [""],
        ["names.name"],
        ["names.name"],
        ["object_type"],
        ["admin_unit"],
        ["dating.date"],
        ["@lat"],
        ["@lon"],
        [""],
    ]
    assert (form["c1.lang"], form["c2.lang"], form["id"]) == (["kk"], ["ru"], ["Nr"])


def test_the_page_of_columns_speaks_to_people(desk: Desk) -> None:
    desk.bring(table(ROW))
    html = said(desk.page(f"/{desk.job.id}/columns"))
    assert html.count("hreflang=") == 8, "the page can be read in another language"
    assert '<option value="gnss">satellite receiver</option>' in html


def test_what_a_row_lacks_is_named_as_in_the_form(cast: Cast) -> None:
    desk = Desk(cast, "aigerim", "ru")
    desk.bring(table(changed(1, **{"Атауы": "", "Түрі": ""})))
    desk.check(state="published")
    html = said(desk.page(f"/{desk.job.id}"))
    texts = [text for _row, _column, _cell, text in desk.job.result["errors"]]
    assert [text.partition(":")[0] for text in texts] == ["Названия", "Тип объекта"]
    assert 'value="import"' not in html and 'value="check"' in html, "there is nothing to import yet"


@pytest.mark.parametrize("lang", ["kk", "az", "ru"])
def test_the_pages_stand_in_every_language(cast: Cast, lang: str) -> None:
    desk = Desk(cast, "aigerim", lang)
    desk.bring(table(ROW, changed(2, Түрі="ракета")))
    desk.check()
    for path in ("", f"/{desk.job.id}", *(f"/{desk.job.id}/{name}" for name in ("columns", "values", "twins"))):
        assert desk.page(path).status_code == 200
    assert desk.page("/profiles").status_code == 200


def test_values_that_are_no_terms_are_chosen_once(cast: Cast, desk: Desk) -> None:
    desk.bring(table(changed(1, Түрі="кесенелер"), changed(2, Түрі="кесенелер"), changed(3, Түрі="zzz")))
    job = desk.check(profile="List of the museum")
    assert job.result["unknown"] == [["object_type", "кесенелер", 2], ["object_type", "zzz", 1]]
    page = desk.page(f"/{job.id}/values")
    form = form_of(page, "to0")
    alike = said(page).split("optgroup")[1]
    assert 'value="mausoleum"' in alike, "the stem of the word is that of the term"
    job = desk.job
    desk.post("values", **form | {"to0": "mausoleum", "to1": "-"})
    job = finish(job)
    assert (job.result["unknown"], job.result["created"]) == ([], 2)
    assert [e[1] for e in job.result["errors"]] == [""], "a row without a type cannot be published"
    kept = ImportProfile.objects.get()
    assert (kept.name, kept.organisation) == ("List of the museum", cast.museum)
    assert Mapping.parse(kept.mapping).tables["object_type"] == {"кесенелер": "mausoleum", "zzz": ""}


def test_a_profile_maps_the_next_file_for_a_colleague(cast: Cast, desk: Desk) -> None:
    desk.bring(table(ROW))
    desk.check(profile="List", **{"c0.to": "register.number"})
    other = Desk(cast, "bolat")
    assert "List" in said(other.page())
    other.bring(table(changed(5)), profile=str(ImportProfile.objects.get().id))
    assert other.columns()["c0.to"] == ["register.number"]
    assert other.check().result["created"] == 1
    toml = other.page(f"/profiles/{ImportProfile.objects.get().id}/mapping.toml")
    assert toml["Content-Disposition"] == 'attachment; filename="list.toml"'
    assert Mapping.parse(toml.content.decode()) == Mapping.parse(ImportProfile.objects.get().mapping)


def test_profiles_are_of_the_organisation(cast: Cast, desk: Desk) -> None:
    desk.bring(table(ROW))
    desk.check(profile="List")
    path = f"/profiles/{ImportProfile.objects.get().id}"
    neighbour = Desk(cast, "leyla")
    assert "List" not in said(neighbour.page("/profiles"))
    for address in (path, f"{path}/mapping.toml"):
        assert neighbour.page(address).status_code == 404
    assert neighbour.client.post(f"/en/import{path}", {"do": "remove"}).status_code == 404
    assert desk.page(path).status_code == 200


def test_a_profile_is_edited_as_text_and_removed(desk: Desk) -> None:
    desk.bring(table(ROW))
    desk.check(profile="List")
    path = f"/en/import/profiles/{ImportProfile.objects.get().id}"
    wrong = desk.client.post(path, {"do": "save", "name": "List", "mapping": "[[column]]"})
    assert wrong.status_code == 422 and "[[column]]" in said(wrong)
    text = "[[column]]\r\nname = 'Nr'\r\nfield = 'register.number'\r\n"
    assert desk.client.post(path, {"do": "save", "name": "Other", "mapping": text}).status_code == 302
    assert (ImportProfile.objects.get().name, ImportProfile.objects.count()) == ("Other", 1)
    desk.client.post(f"/en/import/profiles/{ImportProfile.objects.get().id}", {"do": "remove"})
    assert not ImportProfile.objects.exists()


def test_rejected_rows_come_back_as_a_sheet(desk: Desk) -> None:
    desk.bring(table(ROW, changed(2, Мерзімі="31 ақпан 1500"), changed(3, Атауы="=1+1", Lat="x")))
    job = desk.check()
    assert [(row, column) for row, column, _cell, _text in job.result["errors"]] == [(3, "Мерзімі"), (4, "Lat")]
    plain = desk.page(f"/{job.id}/errors.csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(plain.streaming_content).decode("utf-8-sig"))))
    assert [row["Nr"] for row in rows] == ["2", "3"]
    assert rows[1]["Атауы"] == "'=1+1" and "Lat" in rows[1]["error"]
    book = desk.page(f"/{job.id}/errors.xlsx")
    found = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(book.streaming_content))).get_sheet_by_index(0)
    assert [row[0] for row in found.to_python()] == ["Nr", "2", "3"]
    assert desk.page(f"/{job.id}/rejected.csv").status_code == 404


def test_an_import_is_undone_but_for_what_was_edited(cast: Cast, desk: Desk) -> None:
    desk.bring(table(changed(1), changed(2), changed(3)))
    desk.check()
    job = desk.do("import")
    kept = views(cast)[1]
    actions.revise(cast.bolat, kept.record.id, dict(kept.data, summary={"ru": {"text": "Правка."}}), base_revision=1)
    page = said(desk.page(f"/{job.id}"))
    assert "Кесене 2" in page and "Кесене 1" not in page, "what an undo would leave is named before"
    assert desk.post("", do="undo").status_code == 404
    assert desk.client.post(f"/en/import/{job.id}", {"do": "undo"}).status_code == 422, "it asks once"
    job = desk.do("undo", sure="1")
    assert (job.state, job.result["undo"]["withdrawn"], job.result["undo"]["edited"]) == (
        "undone",
        2,
        [str(kept.record.id)],
    )
    assert "Кесене 2" in said(desk.page(f"/{job.id}"))
    assert [view.record.state for view in views(cast)] == ["withdrawn", "in_review", "withdrawn"]


def test_the_same_list_again_changes_nothing(cast: Cast, desk: Desk) -> None:
    for name in ("list.csv", "list of may.csv"):
        desk.bring(table(changed(1), changed(2)), name)
        desk.check(source="List of the museum")
        job = desk.do("import")
    assert (job.result["created"], job.result["unchanged"]) == (0, 2)
    assert len(views(cast)) == 2
    desk.bring(table(changed(1, Мерзімі="XV ғ."), changed(2), changed(3)), "list of june.csv")
    job = desk.check(source="List of the museum")
    assert (job.result["created"], job.result["unchanged"], job.result["changed"]) == (1, 1, 1)
    assert [(twin.row, twin.why) for twin in job.twins.all()] == [(2, "earlier")]


def test_another_list_of_the_same_numbers_is_another_list(cast: Cast, desk: Desk) -> None:
    for name in ("a.csv", "b.csv"):
        desk.bring(table(changed(1, Атауы=f"Кесене {name}")), name)
        desk.check()
        assert desk.do("import").result["created"] == 1


def test_jobs_are_their_owners_alone(cast: Cast, desk: Desk) -> None:
    desk.bring(table(ROW, changed(2, Lat="x")))
    job = desk.check()
    for name in ("bolat", "dana", "leyla"):
        other = Desk(cast, name)
        for path in ("", "/columns", "/values", "/twins", "/errors.csv"):
            assert other.page(f"/{job.id}{path}").status_code == 404
        assert other.client.post(f"/en/import/{job.id}", {"do": "import"}).status_code == 404
    job.refresh_from_db()
    assert job.state == "checked"


@pytest.mark.parametrize("name", ["nigar", "timur", "sasha"])
def test_who_makes_no_records_imports_none(cast: Cast, name: str) -> None:
    desk = Desk(cast, name)
    assert desk.page().status_code == 403
    assert desk.bring(table(ROW)).status_code == 403
    assert not ImportJob.objects.exists()


def test_nobody_imports_for_an_organisation_that_is_not_his(cast: Cast, desk: Desk) -> None:
    assert desk.bring(table(ROW), owner=str(cast.reserve)).status_code == 403
    assert desk.bring(table(ROW), owner="x").status_code == 422


def test_strangers_are_asked_to_sign_in(cast: Cast) -> None:
    assert Client().get("/en/import").status_code == 302


@pytest.mark.parametrize(
    ("name", "content"), [("a.doc", b"x"), ("a.csv", b""), ("a.xlsx", b"PK"), ("a.geojson", b"[]"), ("a.zip", b"PK")]
)
def test_files_that_cannot_be_read_say_so(desk: Desk, name: str, content: bytes) -> None:
    answer = desk.bring(content, name)
    assert answer.status_code == 422 and name in said(answer)
    assert not ImportJob.objects.exists()


def test_a_wrong_mapping_is_said_and_kept(desk: Desk) -> None:
    desk.bring(table(ROW))
    form = desk.columns(**{"c7.to": "", "c3.to": "legal_type"})
    answer = desk.client.post(f"/en/import/{desk.job.id}/columns", form)
    assert answer.status_code == 422 and "latitude and longitude" in said(answer)
    assert (desk.job.state, desk.columns()["c3.to"]) == ("mapping", ["legal_type"])


def test_stopping_and_forgetting(cast: Cast, desk: Desk) -> None:
    desk.bring(table(changed(1)))
    id_ = desk.job.id
    desk.client.post(f"/en/import/{id_}/columns", desk.columns())
    assert desk.job.state == "check"
    assert "See how far" in said(desk.page(f"/{id_}"))
    desk.do("stop")
    assert desk.job.state == "stopped"
    desk.client.post(f"/en/import/{id_}", {"do": "remove"})
    assert not ImportJob.objects.exists()
    assert not jobs.errors(id_).exists()


def test_sheets_of_an_erased_account_go(cast: Cast, desk: Desk) -> None:
    desk.bring(table(changed(1), changed(2)))
    kept = desk.job
    gone = jobs.errors(uuid4())
    for path in (jobs.errors(kept.id), gone):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    assert jobs.forget(timezone.now()) == 0
    assert jobs.errors(kept.id).exists() and not gone.exists()
    assert jobs.forget(timezone.now() + jobs.KEPT) == 1
    assert jobs.forget(timezone.now()) == 0 and not jobs.errors(kept.id).exists()


def test_who_loses_his_role_imports_no_more(cast: Cast, desk: Desk) -> None:
    desk.bring(table(changed(1)))
    desk.check()
    people.end_role(None, Role.objects.get(holder=cast.users["aigerim"].actor).id)
    job = desk.job
    ImportJob.objects.filter(id=job.id).update(state=IMPORT)
    job.refresh_from_db()
    assert finish(job).state == "stopped"
    assert not Record.objects.filter(kind="heritage_object").exists()


def test_an_import_that_broke_off_goes_on(cast: Cast, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FIRST_BATCH", "SMALLEST", "LARGEST"):
        monkeypatch.setattr(steps, name, 2)
    desk.bring(table(*(changed(n) for n in range(1, 8))))
    desk.check()
    desk.client.post(f"/en/import/{desk.job.id}", {"do": "import"})
    worker = work.worker()
    while len(views(cast)) < 4:
        worker(0.0)
    monkeypatch.setattr(work, "LEFT_ALONE", work.timedelta(0))
    job = finish(desk.job)
    assert (job.state, job.result["created"], len(views(cast))) == ("done", 7, 7)


def test_a_sheet_of_a_workbook_is_chosen(desk: Desk) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("Readme").write(0, 0, "Nothing here")
        sheet: Any = book.add_worksheet("Data")
        for at, row in enumerate([["Атауы", "Nr"], ["Кесене", 4]]):
            sheet.write_row(at, 0, row)
    desk.bring(out.getvalue(), "book.xlsx")
    assert desk.job.head["columns"] == ["Nothing here"]
    desk.post("columns", read="1", layer="Data")
    assert desk.job.head["columns"] == ["Атауы", "Nr"]
    assert Mapping.parse(desk.job.mapping).sheet == "Data"
    assert desk.columns()["c0.to"] == ["names.name"]
