"""Importing tables: what comes in, what is rejected and why, going on after a crash, undoing."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.utils import translation

from ortaq.engine import access, actions, log
from ortaq.engine.models import Entry, Record
from ortaq.engine.problems import Problem
from ortaq.imports import actions as imports
from ortaq.imports import steps
from ortaq.imports.mapping import Mapping
from ortaq.imports.models import ImportedRow, ImportRun
from tests.cast import Cast

MAPPING = """
lang = "en"

[[column]]
name = "name_kk"
field = "names.name"
lang = "kk"
set = { kind = "official" }

[[column]]
name = "types"
field = "object_type"
split = ";"
values = "types"

[[column]]
name = "unit"
field = "admin_unit"

[[column]]
name = "dating"
field = "dating.date"
row = "main"

[[column]]
name = "note"
field = "notes.fact"
lang = "ru"
set = { source = { text = "List, row {id}", certainty = "L" } }

[[column]]
field = "country"
value = "KZ"

[[column]]
field = "sources.source"
template = "Test list, {id}"

[place]
lat = "lat"
lon = "lon"
precision = "10km"
certainty = "sure"

[values.types]
tomb = "mausoleum"
"""
COLUMNS = ["id", "name_kk", "types", "unit", "dating", "note", "lat", "lon", "sure"]
GOOD = ["1", "Сырлы там кесенесі", "tomb;mosque", "kz-turkistan-otyrar", "14th c.", "Кирпич", "42.85", "68.27", "H"]


def table(path: Path, rows: list[list[str]], *, columns: list[str] = COLUMNS, mark: str = ",") -> Path:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, delimiter=mark).writerows([columns, *rows])
    return path


def changed(number: int, **cells: str) -> list[str]:
    row = dict(zip(COLUMNS, GOOD, strict=True)) | {"id": str(number)} | cells
    return [row[name] for name in COLUMNS]


def run(cast: Cast, file: Path, mapping: str = MAPPING, **more: Any) -> imports.Report:
    given = {"kind": "heritage_object", "owner": cast.museum} | more
    return imports.run(cast.aigerim, file, Mapping.parse(mapping), **given)


def imported(cast: Cast) -> list[access.View]:
    found = access.visible(cast.aigerim).filter(kind="heritage_object").order_by("id")
    return access.views(cast.aigerim, list(found))


def test_a_row_becomes_a_record_in_review(cast: Cast, tmp_path: Path) -> None:
    report = run(cast, table(tmp_path / "t.csv", [GOOD]))
    assert (report.read, report.created, report.rejected, report.rejected_file) == (1, 1, 0, None)
    (view,) = imported(cast)
    assert view.record.state == "in_review"
    assert view.data["object_type"] == ["mausoleum", "mosque"]
    assert view.data["names"][0]["kind"] == "official"
    assert view.data["names"][0]["name"] == {"text": "Сырлы там кесенесі", "lang": "kk", "script": "Cyrl"}
    assert view.data["dating"][0]["date"] == {"edtf": "1301/1400", "text": "14th c.", "lang": "en"}
    assert view.data["notes"][0]["source"] == {"text": "List, row 1", "certainty": "L"}
    assert view.data["sources"][0]["source"] == {"text": "Test list, 1"}
    assert view.data["place"]["geometry"]["coordinates"] == [68.27, 42.85]
    assert (view.data["place"]["precision"], view.data["place"]["certainty"]) == ("10km", "H")
    entry = Entry.objects.get(thing=view.record.id)
    assert (entry.action, entry.actor) == ("create", cast.aigerim.id)


@pytest.mark.parametrize(
    ("encoding", "mark", "said"),
    [
        ("utf-8-sig", ";", "UTF-8"),
        ("utf-16", "\t", "UTF-16"),
        ("utf-16-le", ",", "UTF-16"),
        ("cp1251", ";", "Windows-1251"),
    ],
)
def test_tables_of_old_programs_are_read(cast: Cast, tmp_path: Path, encoding: str, mark: str, said: str) -> None:
    plain = table(tmp_path / "plain.csv", [changed(1, name_kk="Мавзолей Домбауыл, старый")], mark=mark)
    file = tmp_path / "t.csv"
    file.write_bytes(plain.read_text("utf-8").encode(encoding))
    report = run(cast, file)
    assert report.created == 1
    assert said in report.assumed
    assert imported(cast)[0].title["kk"] == "Мавзолей Домбауыл, старый"


def test_turkish_windows_files_are_told_from_russian_ones(cast: Cast, tmp_path: Path) -> None:
    plain = table(tmp_path / "plain.csv", [changed(1, name_kk="Şirvanşahlar sarayı", note="köşk, türbə-siz")])
    file = tmp_path / "t.csv"
    file.write_bytes(plain.read_text("utf-8").replace("ə", "e").encode("cp1254"))
    report = run(cast, file)
    assert "Windows-1254" in report.assumed
    assert imported(cast)[0].title["kk"] == "Şirvanşahlar sarayı"


def test_spreadsheets_are_read_and_whole_numbers_stay_whole(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet()
        for column, name in enumerate(COLUMNS):
            sheet.write(0, column, name)
            value = GOOD[column]
            sheet.write(1, column, float(value) if name in ("id", "lat", "lon") else value)
    report = run(cast, file)
    assert (report.created, report.errors) == (1, [])
    assert imported(cast)[0].data["sources"][0]["source"]["text"] == "Test list, 1"


def test_a_bad_row_is_said_with_row_column_value_and_the_rest_comes_in(cast: Cast, tmp_path: Path) -> None:
    rows = [
        changed(1),
        changed(2, types="rocket"),
        changed(3, dating="31 February 1500"),
        changed(4, lat="42.9", lon="x"),
    ]
    report = run(cast, table(tmp_path / "t.csv", rows))
    assert (report.created, report.rejected) == (1, 3)
    assert [(e.row, e.column, e.value) for e in report.errors] == [
        (3, "types", "rocket"),
        (4, "dating", "31 February 1500"),
        (5, "lat", "42.9"),
    ]
    assert report.rejected_file
    with report.rejected_file.open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    assert [row["id"] for row in found] == ["2", "3", "4"]
    assert "rocket" in found[0]["error"]


def test_the_rejected_rows_come_in_when_they_are_mended(cast: Cast, tmp_path: Path) -> None:
    report = run(cast, table(tmp_path / "t.csv", [changed(1), changed(2, types="rocket")]))
    assert report.rejected_file
    text = report.rejected_file.read_text("utf-8").replace("rocket", "tomb")
    (tmp_path / "mended.csv").write_text(text, "utf-8")
    assert run(cast, tmp_path / "mended.csv").created == 1
    assert len(imported(cast)) == 2


def test_errors_are_said_in_the_language_of_who_imports(cast: Cast, tmp_path: Path) -> None:
    with translation.override("en"):
        report = run(cast, table(tmp_path / "t.csv", [changed(1, types="rocket")]))
        assert translation.get_language() == "en"
    with translation.override(cast.aigerim.lang):
        expected = translation.gettext(
            "“%(value)s” is not in the vocabulary “%(vocabulary)s”. Choose one of: %(known)s"
        )
    assert report.errors[0].text.startswith(expected.split("%")[0])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file"),
        (b"id;name_kk\n1;x\n", "column"),
        (b"id,id\n1,2\n", "column"),
        ("id,name_kk\n1,Қыз\n2,Қы".encode() + b"\xd2\n", "encoding"),
        (b"id,name_kk\n1,a\0b\n", "encoding"),
        (b'id,name_kk\n1,"open', "row"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_before_anything_is_written(
    cast: Cast, tmp_path: Path, content: bytes, code: str
) -> None:
    file, before = tmp_path / "t.csv", log.head().seq
    file.write_bytes(content)
    with pytest.raises(Problem) as caught:
        run(cast, file)
    assert caught.value.code == code
    assert caught.value.text
    assert (log.head().seq, ImportRun.objects.count()) == (before, 0)


def test_broken_encoding_is_told_with_its_line(cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes("id,name_kk\n1,Қыз мұнарасы\n2,Қыз".encode() + b"\xd2\n")
    with pytest.raises(Problem) as caught:
        run(cast, file)
    assert caught.value.params["line"] == 3


@pytest.mark.parametrize("name", ["t.doc", "t.xlsx", "missing.csv"])
def test_other_files_are_refused(cast: Cast, tmp_path: Path, name: str) -> None:
    if not name.startswith("missing"):
        (tmp_path / name).write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(Problem, match=re.escape(name)):
        run(cast, tmp_path / name)


@pytest.mark.parametrize(
    "mapping",
    [
        "nothing = [",
        "[[column]]\nname = 'a'",
        "[[column]]\nname = 'a'\nfield = 'b'\ncolour = 'red'",
        "[[column]]\nname = 'a'\nfield = 'b'\nvalues = 'absent'",
        "[[column]]\nfield = 'names.name'",
        "[place]\nlat = 'lat'\n[[column]]\nname='a'\nfield='b'",
        "lang = 3\n[[column]]\nname='a'\nfield='b'",
        "",
    ],
)
def test_a_wrong_mapping_is_refused(mapping: str) -> None:
    with pytest.raises(Problem) as caught:
        Mapping.parse(mapping)
    assert caught.value.code == "mapping"
    assert caught.value.text


@pytest.mark.parametrize("field", ["colour", "names.colour", "names"])
def test_a_field_that_the_kind_does_not_have_is_refused(cast: Cast, tmp_path: Path, field: str) -> None:
    with pytest.raises(Problem) as caught:
        run(cast, table(tmp_path / "t.csv", [GOOD]), f"[[column]]\nname = 'id'\nfield = '{field}'")
    assert caught.value.code == "mapping"


def test_too_much_text_and_too_many_cells_are_errors_of_their_row(cast: Cast, tmp_path: Path) -> None:
    rows = [changed(1, note="a" * 10_000_000), [*changed(2), "more"], changed(3)]
    report = run(cast, table(tmp_path / "t.csv", rows))
    assert (report.created, [e.row for e in report.errors]) == (1, [2, 3])
    assert all(len(e.value) < 100 for e in report.errors)


def test_a_dry_run_writes_nothing(cast: Cast, tmp_path: Path) -> None:
    before = log.head().seq
    report = run(cast, table(tmp_path / "t.csv", [changed(1), changed(2, unit="nowhere")]), dry_run=True)
    assert (report.created, report.rejected, report.run) == (1, 1, None)
    assert (log.head().seq, ImportRun.objects.count(), imported(cast)) == (before, 0, [])


def test_only_the_rows_that_are_meant_come_in(cast: Cast, tmp_path: Path) -> None:
    rows = [changed(n, sure=sure) for n, sure in enumerate("HMLH", start=1)]
    mapping = MAPPING.replace('lang = "en"', 'lang = "en"\nskip = { id = "4" }\nonly = { sure = ["H", "L"] }', 1)
    report = run(cast, table(tmp_path / "t.csv", rows), mapping)
    assert (report.read, report.created) == (2, 2)
    assert sorted(row.row for row in ImportedRow.objects.all()) == [2, 4]


def test_a_table_of_values_can_be_strict(cast: Cast, tmp_path: Path) -> None:
    mapping = MAPPING.replace('values = "types"', 'values = "types"\notherwise = "error"')
    report = run(cast, table(tmp_path / "t.csv", [GOOD]), mapping)
    assert [(e.column, e.row) for e in report.errors] == [("types", 2)]


def test_nobody_imports_for_an_organisation_that_is_not_his(cast: Cast, tmp_path: Path) -> None:
    report = run(cast, table(tmp_path / "t.csv", [GOOD]), owner=cast.reserve)
    assert (report.created, report.rejected) == (0, 1)
    with pytest.raises(Problem, match="organisation"):
        run(cast, table(tmp_path / "t.csv", [GOOD]), owner=None)


def test_the_same_file_again_warns(cast: Cast, tmp_path: Path) -> None:
    file = table(tmp_path / "t.csv", [GOOD])
    first = run(cast, file)
    assert first.warnings == []
    second = run(cast, file)
    assert len(second.warnings) == 1 and str(first.run) in second.warnings[0]


def test_what_was_broken_off_goes_on(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = table(tmp_path / "t.csv", [changed(n) for n in range(1, 13)])
    for name in ("FIRST_BATCH", "SMALLEST", "LARGEST"):
        monkeypatch.setattr(steps, name, 5)

    def stop(done: int, _all: int) -> None:
        if done >= 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(cast, file, progress=stop)
    assert len(imported(cast)) == 10
    report = run(cast, file)
    assert (report.created, report.before, report.rejected) == (12, 10, 0)
    assert len(imported(cast)) == 12
    assert ImportRun.objects.get().state == "finished"


def test_a_batch_that_fails_leaves_nothing_half_written(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any) -> None:
        raise OSError("no space")

    before = log.head().seq
    monkeypatch.setattr(ImportedRow.objects, "bulk_create", fail)
    with pytest.raises(OSError, match="no space"):
        run(cast, table(tmp_path / "t.csv", [GOOD]))
    assert (log.head().seq, imported(cast)) == (before, [])


def test_undo_withdraws_what_nobody_changed(cast: Cast, tmp_path: Path) -> None:
    report = run(cast, table(tmp_path / "t.csv", [changed(n) for n in (1, 2, 3)]))
    assert report.run
    kept, published, _plain = imported(cast)
    data = dict(kept.data, summary={"ru": {"text": "Правка."}})
    actions.revise(cast.bolat, kept.record.id, data, base_revision=1, reason="правка")
    actions.publish(cast.dana, published.record.id)
    undone = imports.undo(cast.aigerim, report.run)
    assert (undone.withdrawn, undone.edited) == (2, [str(kept.record.id)])
    states = dict(Record.objects.filter(kind="heritage_object").values_list("id", "state"))
    assert sorted(states.values()) == ["in_review", "withdrawn", "withdrawn"]
    assert states[kept.record.id] == "in_review"
    assert imports.undo(cast.aigerim, report.run).withdrawn == 0


def test_nobody_undoes_the_import_of_another(cast: Cast, tmp_path: Path) -> None:
    report = run(cast, table(tmp_path / "t.csv", [GOOD]))
    assert report.run
    for other in (cast.bolat, cast.leyla):
        with pytest.raises(Problem, match="no import"):
            imports.undo(other, report.run)


def test_drafts_and_published_records_can_be_imported(cast: Cast, tmp_path: Path) -> None:
    run(cast, table(tmp_path / "a.csv", [changed(1, dating="")]), state="draft")
    run(cast, table(tmp_path / "b.csv", [changed(2)]), state="published")
    assert [view.record.state for view in imported(cast)] == ["draft", "published"]


def test_what_may_not_be_published_alone_is_rejected_row_by_row(cast: Cast, tmp_path: Path) -> None:
    mapping = MAPPING + '\n[[column]]\nname = "sure"\nfield = "protection.category"\nvalues = "scale"\n'
    mapping += '[values.scale]\nH = "kz_local"\nM = ""\n'
    file = table(tmp_path / "t.csv", [changed(1), changed(2, sure="M")])
    report = run(cast, file, mapping, state="published")
    assert (report.created, [e.row for e in report.errors]) == (1, [2])
    assert [view.record.state for view in imported(cast)] == ["published"]
