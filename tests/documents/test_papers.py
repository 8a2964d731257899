"""A record on paper: the same bytes for the same data, every letter, nothing that its reader may not see."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from docx import Document

from ortaq.documents import codes, listing, maps, record, typeset
from ortaq.documents.forms import set_docx
from ortaq.documents.paper import Block, Grid, Line, Paper, Run
from ortaq.engine import access, actions
from ortaq.engine.kinds import KINDS
from ortaq.engine.problems import Problem
from tests.cast import Cast
from tests.web.posting import page, said, signed_in

pytestmark = pytest.mark.django_db(databases="__all__")
ALPHABETS = {
    "kk": "АаӘәБбВвГгҒғДдЕеЁёЖжЗзИиЙйКкҚқЛлМмНнҢңОоӨөПпРрСсТтУуҰұҮүФфХхҺһЦцЧчШшЩщЪъЫыІіЬьЭэЮюЯя",
    "az": "AaBbCcÇçDdEeƏəFfGgĞğHhXxIıİiJjKkQqLlMmNnOoÖöPpRrSsŞşTtUuÜüVvYyZz",
    "ru": "АаБбВвГгДдЕеЁёЖжЗзИиЙйКкЛлМмНнОоПпРрСсТтУуФфХхЦцЧчШшЩщЪъЫыЬьЭэЮюЯя",
    "en": "“quoted” — 12°34′56″N ₸ № ½",
}
ADDRESS = "https://heritage.example/o/TEST-000001"


def paper(text: str = "Атауы", lang: str = "kk", **more: Any) -> Paper:
    blocks = [Block("Атауы", [Line([Run(text)])])]
    base = Paper("record", lang, Run(text, lang), datetime(2026, 1, 2, tzinfo=UTC), "Үлгі", blocks=blocks)
    return replace(base, **more)


def of(cast: Cast, reader: Any, key: Any, lang: str = "en") -> Paper:
    with translation.override(lang):
        return record.paper(reader, access.get(reader, key), ADDRESS)


def words(paper: Paper) -> str:
    return paper.json()


def streams(pdf: bytes) -> bytes:
    """The file with what is packed in it unpacked: objects, metadata, font tables."""
    found = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    unpacked = []
    for packed in found:
        try:
            unpacked.append(zlib.decompress(packed))
        except zlib.error:
            unpacked.append(packed)
    return pdf + b"\n".join(unpacked)


def letters(pdf: bytes) -> set[str]:
    """Every character that somebody who copies from the file gets: the targets of its ToUnicode tables."""
    found: set[str] = set()
    for table in re.findall(rb"begincmap(.*?)endcmap", streams(pdf), re.DOTALL):
        for target in re.findall(rb"<[0-9A-Fa-f]{4}>\s*<([0-9A-Fa-f]{4,})>", table):
            found |= set(bytes.fromhex(target.decode()).decode("utf-16-be"))
    return found


# --- the typesetter ---------------------------------------------------------------------------------------------


def test_the_same_paper_gives_the_same_bytes_and_another_other_ones() -> None:
    first = typeset.pdf(paper())
    assert typeset.pdf(paper()) == first != typeset.pdf(paper("Басқа"))
    word = [next(made for made in set_docx(paper()) if made) for _n in range(2)]
    assert word[0] == word[1]


@pytest.mark.parametrize("lang", ALPHABETS)
def test_every_letter_is_in_the_file_and_in_our_own_fonts(lang: str) -> None:
    text = ALPHABETS[lang]
    pdf = typeset.pdf(paper(text, lang))
    assert set(text) - {" "} <= letters(pdf)
    fonts = set(re.findall(rb"/BaseFont ?/[A-Z]{6}\+([A-Za-z-]+)", streams(pdf)))
    assert fonts and all(name.startswith((b"Literata", b"Inter")) for name in fonts)


def test_the_file_says_that_it_is_pdf_a_2b_and_has_what_that_asks_for() -> None:
    pdf = streams(typeset.pdf(paper()))
    assert re.search(rb"pdfaid:part[^0-9]{1,3}2\D", pdf) and re.search(rb"pdfaid:conformance[^A-Z]{1,3}B", pdf)
    assert b"/OutputIntent" in pdf and b"/GTS_PDFA1" in pdf and b"/StructTreeRoot" in pdf
    assert b"/Encrypt" not in pdf and b"/JavaScript" not in pdf and b"/Launch" not in pdf
    descriptors = re.findall(rb"/FontDescriptor\b[^>]*?>>", pdf)
    assert descriptors and len(re.findall(rb"/FontFile[23]", pdf)) >= len(set(re.findall(rb"/FontName ?/\S+", pdf)))
    assert b"2026-01-02T00:00:00" in pdf


def test_what_no_font_has_becomes_a_square_and_controls_vanish() -> None:
    found = letters(typeset.pdf(paper("Атау 漢字 \x00\x07\u200b\ufeff\ud800 соңы")))
    assert {"А", "т", "ы", "□"} <= found and "漢" not in found


def test_right_to_left_names_are_set() -> None:
    assert {"م", "ن"} <= letters(typeset.pdf(paper(names=[Run("مؤمنه خاتون", "fa")])))


@pytest.mark.parametrize("text", ["#panic()", "$x$ *b* _i_ `c`", "\\", '"]', '#read("/etc/passwd")', "<a> @b // c"])
def test_text_is_never_markup(text: str) -> None:
    said = "".join(sorted(letters(typeset.pdf(paper(text)))))
    assert set(text) - {" "} <= set(said) and "root" not in said


def test_the_process_reads_no_file_and_no_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for source in ('#read("/etc/hostname")', '#read("../../order")', '#import "@preview/cetz:0.1.0": *'):
        template = tmp_path / "paper.typ"
        template.write_text(source)
        monkeypatch.setattr(typeset, "HERE", tmp_path)
        (tmp_path / "typesetter.py").write_text((Path(record.__file__).parent / "typesetter.py").read_text())
        with pytest.raises(Problem):
            typeset.pdf(paper())


@pytest.mark.parametrize(
    "source", ["#let x = ()\n#while true { x.push(range(10000)) }", "#let f(n) = range(n).map(i => f(n))\n#f(9)"]
)
def test_the_process_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    (tmp_path / "paper.typ").write_text(source)
    (tmp_path / "typesetter.py").write_text((Path(record.__file__).parent / "typesetter.py").read_text())
    monkeypatch.setattr(typeset, "HERE", tmp_path)
    with pytest.raises(Problem):
        typeset.Typesetting(paper(), seconds=2).result()


def test_limits_of_memory_hold() -> None:
    code = (
        "import runpy; m = runpy.run_path('src/ortaq/documents/typesetter.py'); m['confine'](5, 1 << 30);"
        "import socket; bytearray(2 << 30)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert b"MemoryError" in done.stderr


def test_missing_fonts_are_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(typeset, "FONTS", tmp_path / "none")
    with pytest.raises(Problem, match="fonts"):
        typeset.pdf(paper())
    (tmp_path / "none").mkdir()
    with pytest.raises(Problem):
        typeset.pdf(paper())


# --- what stands on it ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["kk", "az", "ru", "en"])
def test_a_card_in_every_language(cast: Cast, lang: str) -> None:
    made = of(cast, cast.stranger, cast.monument().id, lang)
    assert made.title.lang == lang and made.lang == lang and len(made.blocks) > 12
    assert any(block.blank for block in made.blocks) and any(block.picture for block in made.blocks)
    assert ADDRESS in words(made) and "42.85" not in words(made) and "42°51′04" not in words(made)
    assert typeset.pdf(made).startswith(b"%PDF-1.7")


@pytest.mark.parametrize("slug", sorted(KINDS))
def test_every_kind_has_a_paper_with_all_that_is_given(cast: Cast, slug: str) -> None:
    kind = KINDS[slug]
    data = {name: value for name, value in kind.example.items()}
    made = actions.create(cast.aigerim, slug, data, owner=cast.museum)
    made_paper = of(cast, cast.aigerim, made.id)
    text = words(made_paper)
    view = access.get(cast.aigerim, made.id)
    shown = [field for field in kind.fields if view.data.get(field.name) is not None and field.name != kind.title]
    if slug != "heritage_object":
        assert {str(field.label) for field in shown} <= {block.label for block in made_paper.blocks}
    assert made_paper.notice and view.title and next(iter(view.title.values())) in text
    assert typeset.pdf(made_paper).startswith(b"%PDF")


def test_wide_tables_stand_row_by_row_and_narrow_ones_as_tables(cast: Cast) -> None:
    example = KINDS["condition_survey"].example
    made = actions.create(cast.aigerim, "condition_survey", example, owner=cast.museum)
    blocks = {block.label: block for block in of(cast, cast.aigerim, made.id).blocks}
    assert any(block.grid for block in blocks.values()) or any(len(block.lines) > 3 for block in blocks.values())


@pytest.mark.parametrize("name", ["stranger", "leyla", "timur"])
def test_closed_parts_are_named_and_not_told(cast: Cast, name: str) -> None:
    record_ = cast.monument(ownership=[{"_id": "ownrow", "owner": {"name": "zqxowner"}}])
    reader = cast.stranger if name == "stranger" else getattr(cast, name)
    text = words(of(cast, reader, record_.id))
    assert "zqx" not in text and "closed. May be seen by" in text
    inside = words(of(cast, cast.dana, record_.id))
    assert "zqxowner" in inside and "42°51′04" in inside


def test_a_text_by_a_machine_says_so(cast: Cast) -> None:
    texts = {"en": {"text": "First.\n\nLast.", "origin": "machine"}}
    made = of(cast, cast.stranger, cast.monument(summary=texts).id)
    (lines,) = (
        block.lines for block in made.blocks if any("First." in run.text for line in block.lines for run in line.runs)
    )
    assert [run.text for line in lines for run in line.runs] == ["First.", "Last.", " (machine translation)"]


def test_the_office_file_says_the_same(cast: Cast) -> None:
    made = of(cast, cast.stranger, cast.monument().id, "kk")
    file = next(content for content in set_docx(made) if content)
    document = Document(io.BytesIO(file))
    text = "".join(element.text or "" for element in document.element.body.iter() if element.tag.endswith("}t"))
    for block in made.blocks:
        assert block.label in text
        assert all(run.text in text for line in block.lines for run in line.runs)
    assert len(document.inline_shapes) == 2 and document.core_properties.language == "kk"
    assert document.core_properties.created.replace(tzinfo=UTC) == made.stamp.replace(microsecond=0)


def test_lists_number_the_map_as_the_rows(cast: Cast) -> None:
    far = {"geometry": {"type": "Point", "coordinates": [71.4, 51.1]}, "precision": "exact"}
    kept = [cast.monument(), cast.monument(place=None), cast.monument(place=far)]
    views = access.views(cast.stranger, kept)
    made = listing.paper(views, [("Node", "Test")], datetime(2026, 1, 2, tzinfo=UTC))
    svg = next(block.picture.svg for block in made.blocks if block.picture)
    assert re.findall(r">(\d+)</text>", svg) == ["1", "3"] and svg.count("<circle") == 2
    grid = next(block.grid for block in made.blocks if block.grid)
    assert isinstance(grid, Grid) and [row[0][0].text for row in grid.rows] == ["1", "2", "3"]
    assert typeset.pdf(made) == typeset.pdf(made) and "close together" not in words(made)
    twins = access.views(cast.stranger, [kept[0], cast.monument()])
    assert "close together" in words(listing.paper(twins, [("Node", "Test")], datetime(2026, 1, 2, tzinfo=UTC)))


def test_numbers_do_not_stand_on_each_other() -> None:
    spots = [maps.Spot(68.3, 43.3, True, str(number)) for number in range(1, 9)]
    svg = maps.picture(spots, 174, 105)
    assert svg.count("<circle") == 8 and svg.count("<text") == 1


def test_a_map_is_drawn_from_numbers_only() -> None:
    svg = maps.picture([maps.Spot(68.3, 43.3, True, "1"), maps.Spot(47.0, 40.4, False, "2")], 174, 105)
    assert set(re.findall(r"<(\w+)", svg)) <= {"svg", "g", "path", "circle", "text", "rect"}
    with pytest.raises(ValueError):
        maps.picture([maps.Spot(68.3, 43.3, True, "<x>")], 10, 10)


def test_codes_hold_the_address_with_its_quiet_zone() -> None:
    rows = codes.matrix(ADDRESS)
    assert not any(any(row) for row in [*rows[:4], *rows[-4:]]) and rows[4][4] and rows[4][10]
    assert codes.png(ADDRESS).startswith(b"\x89PNG") and codes.svg(ADDRESS).count("M") == sum(map(sum, rows))


# --- the doors --------------------------------------------------------------------------------------------------


def test_papers_by_their_addresses(cast: Cast, client: Client) -> None:
    record_ = cast.monument()
    for end, media in (("paper.pdf", "application/pdf"), ("plate.pdf", "application/pdf")):
        answer = client.get(page(record_, end, "az"))
        assert answer.status_code == 200 and answer["Content-Type"] == media and answer.content[:5] == b"%PDF-"
        assert str(record_.pid) in answer["Content-Disposition"]
    answer = client.get(page(record_, "paper.docx", "ru"))
    assert answer.status_code == 200 and answer.content[:2] == b"PK" and "attachment" in answer["Content-Disposition"]
    assert page(record_, "paper.pdf") in said(client.get(f"/en/o/{record_.pid}"))


def test_hidden_records_have_no_paper(cast: Cast, client: Client) -> None:
    draft = cast.monument(state="draft")
    for end in ("paper.pdf", "paper.docx", "plate.pdf"):
        assert client.get(page(draft, end)).status_code == 404
        assert client.get(page(draft, end).replace(str(draft.id), "TEST-999999")).status_code == 404
    aigerim = signed_in(cast, "aigerim")
    assert aigerim.get(page(draft, "paper.pdf")).status_code == 200
    assert aigerim.get(page(draft, "plate.pdf")).status_code == 404
