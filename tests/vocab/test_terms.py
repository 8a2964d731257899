"""The controlled vocabularies: complete, the doubt of a label kept beside it, the national scales apart."""

from __future__ import annotations

import csv
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ortaq.engine.labels import LANGUAGES
from ortaq.engine.terms import Source
from ortaq.vocab import names, places, terms
from ortaq.vocab.source import Source as Source_

TABLES = [files("ortaq.vocab") / "data" / name for name in ("vocab.csv", "more.csv")]
GIVEN, ADDED = (list(csv.DictReader(table.read_text(encoding="utf-8").splitlines())) for table in TABLES)
NAMES = list(dict.fromkeys(row["vocabulary"] for row in [*GIVEN, *ADDED]))
OURS = {row["vocabulary"] for row in ADDED} - {row["vocabulary"] for row in GIVEN}
# A term that we add to a vocabulary of the model stands after those of the model.
ROWS = sorted([*GIVEN, *ADDED], key=lambda row: NAMES.index(row["vocabulary"]))
ALL = [term for vocabulary in terms.vocabularies() for term in terms.terms(vocabulary)]
CATEGORIES = [term.code for term in terms.terms("protection_category")]


def test_every_row_of_the_table_is_a_term_in_file_order() -> None:
    assert len(terms.vocabularies()) == 27 + len(OURS)
    assert [(term.vocabulary, term.code) for term in ALL] == [(row["vocabulary"], row["code"]) for row in ROWS]
    assert len({(term.vocabulary, term.code) for term in ALL}) == len(ALL)


def test_no_label_keeps_its_question_mark_and_every_doubt_is_known() -> None:
    marked = {
        (row["vocabulary"], row["code"], lang)
        for row in ROWS
        for lang in ("kk", "az", "ru", "en", "tr")
        if row[lang].strip().endswith("?")
    }
    assert marked, "the table has labels to be checked"
    assert {(term.vocabulary, term.code, lang) for term in ALL for lang in term.doubtful} == marked
    assert not [term for term in ALL for label in term.labels.values() if "?" in label]


def test_a_doubtful_label_reads_without_its_mark() -> None:
    category = terms.get("protection_category", "az_country")
    assert category is not None
    assert category.labels["kk"] == "елдік маңызы бар"
    assert category.doubtful == {"kk"}
    assert terms.get("protection_category", "az_world").doubtful == frozenset()  # type: ignore[union-attr]


def test_every_term_has_a_label_in_every_interface_language() -> None:
    assert not [(term.code, lang) for term in ALL for lang in LANGUAGES if not term.labels.get(lang)]


def test_label_falls_back_to_english_and_then_to_the_code() -> None:
    assert terms.label("object_type", "mausoleum", "kk") == "кесене"
    assert terms.label("object_type", "desert_kite", "tr") == "aran (desert kite)"
    assert terms.label("object_type", "mausoleum", "fr") == "mausoleum"
    assert terms.label("object_type", "no_such_type", "kk") == "no_such_type"
    assert terms.label("no_such_vocabulary", "code", "kk") == "code"


@pytest.mark.parametrize("text", ["mausoleum", "КЕСЕНЕ", " мавзолей ", "türbə (məqbərə)", "TÜRBƏ (MƏQBƏRƏ)", "türbə"])
def test_find_takes_code_or_label_of_any_language(text: str) -> None:
    assert [term.code for term in terms.find("object_type", text)] == ["mausoleum"]


@pytest.mark.parametrize("text", ["MİNARƏ", "MINARƏ", "mınarə", "минарет", "Мұнара"])
def test_find_knows_the_four_letters_i(text: str) -> None:
    assert "minaret" in {term.code for term in terms.find("object_type", text)}


@pytest.mark.parametrize("text", ["", "mauso", "old mausoleum", "?", "(KZ)"])
def test_find_wants_the_whole_label(text: str) -> None:
    assert terms.find("object_type", text) == []


def test_find_does_not_decide_between_the_two_states() -> None:
    assert {term.code for term in terms.find("protection_category", "жергілікті маңызы бар")} == {
        "kz_local",
        "az_local",
    }
    assert {term.code for term in terms.find("protection_category", "local significance")} == {"kz_local", "az_local"}
    assert [term.code for term in terms.find("protection_category", "local significance (AZ)")] == ["az_local"]


@given(term=st.sampled_from(ALL), upper=st.booleans(), data=st.data())
def test_every_label_finds_its_own_term(term: terms.Term, upper: bool, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([term.code, *term.labels.values()]))
    assert term in terms.find(term.vocabulary, text.upper() if upper else f"  {text}\t")


@given(text=st.text(max_size=40))
def test_find_survives_any_text(text: str) -> None:
    for term in terms.find("object_type", text):
        assert terms.get("object_type", term.code) is term


def test_the_neutral_rank_joins_what_the_national_scales_keep_apart() -> None:
    ranks = {code: terms.rank(code) for code in CATEGORIES}
    for national in ("kz", "az"):
        assert sorted(ranks[c] or 0 for c in CATEGORIES if c.startswith(national)) == [1, 2, 3, 4]
    assert ranks["kz_local"] == ranks["az_local"] == 3
    assert {code for code, rank in ranks.items() if rank is None} >= {"status_revoked", "unprotected", "icesco"}
    assert terms.rank("no_such_category") is None


def test_overlays_have_no_rank_of_their_own() -> None:
    overlays = {code for code in CATEGORIES if terms.is_overlay(code)}
    assert overlays == {"who_whl", "who_tentative", "enhanced_protection", "icesco"}
    assert not [code for code in overlays if terms.rank(code)]
    assert not terms.is_overlay("unprotected")
    assert not terms.is_overlay("no_such_category")


def test_every_vocabulary_is_named_in_every_interface_language() -> None:
    assert tuple(names.LABELS) == terms.vocabularies()
    assert not [key for key, label in names.LABELS.items() for lang in LANGUAGES if not label.at(lang)]
    for lang in LANGUAGES:
        assert len({label.at(lang) for label in names.LABELS.values()}) == 27 + len(OURS)


def test_the_engine_can_ask_the_source() -> None:
    source: Source = Source_()
    term = source.get("object_type", "mausoleum")
    assert term is not None
    assert term.labels["ru"] == "мавзолей"
    assert source.get("object_type", "no_such_type") is None
    assert len(source.terms("object_type")) == 46
    assert source.terms("no_such_vocabulary") == ()
    assert [found.code for found in source.find("object_type", "Kesene")] == []
    assert [found.code for found in source.find("object_type", "кесене")] == ["mausoleum"]


def test_the_reference_names_every_vocabulary_and_counts_right() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "vocabularies.md").read_text(encoding="utf-8")
    assert not [name for name in terms.vocabularies() if f"`{name}`" not in page]
    assert f"{len(ALL)} terms of {len(terms.vocabularies())} controlled vocabularies" in page
    assert f"{len(places.places())} administrative units" in page
    for table, rows in zip(TABLES, (GIVEN, ADDED), strict=True):
        told = [line for line in page.splitlines() if line.startswith(f"| `{table.name}`")]
        assert len(told) == 1 and f"| {len(rows)} terms of" in told[0]
    assert page.count("The vocabularies: ") == 1
