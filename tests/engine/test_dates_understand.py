"""What people write, in four languages, and the EDTF it becomes."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from ortaq.engine.dates import bounds, normalise, understand
from ortaq.engine.problems import Problem

TABLES = Path(__file__).with_name("dates.csv")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Messages are compared in English, whatever the node's language is."""
    with translation.override("en"):
        yield


def rows(name: str) -> list[tuple[str, str]]:
    with TABLES.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["edtf"]) for row in csv.DictReader(file) if row["table"] == name]


@pytest.mark.parametrize(("text", "edtf"), rows("objects"))
def test_dating_of_a_real_object_is_understood(text: str, edtf: str) -> None:
    assert understand(text) == edtf


@pytest.mark.parametrize(("text", "edtf"), rows("forms"))
def test_form(text: str, edtf: str) -> None:
    assert understand(text) == edtf


@pytest.mark.parametrize("text", [text for text, _ in rows("refused")])
def test_what_has_no_sure_meaning_is_refused(text: str) -> None:
    with pytest.raises(Problem) as caught:
        understand(text)
    assert caught.value.code == "date"
    assert caught.value.text


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "15th c."),
        ("en", "15th century"),
        ("ru", "XV в."),
        ("ru", "XV век"),
        ("kk", "XV ғ."),
        ("kk", "XV ғасыр"),
        ("kk", "15 ғасыр"),
        ("az", "XV əsr"),
        ("az", "XV yüzil"),
        ("az", "15-ci əsr"),
    ],
)
def test_fifteenth_century_is_the_same_in_each_language(lang: str, text: str) -> None:
    assert understand(text, lang) == understand(text) == understand(text.upper()) == "1401/1500"


@pytest.mark.parametrize("unit", ["век", "ғасыр", "əsr", "century"])
@pytest.mark.parametrize(
    ("latin", "cyrillic"), [("XV", "ХV"), ("XIX", "ХІХ"), ("IX", "ІХ"), ("XVIII", "ХVІІІ"), ("XV", "ХҮ")]
)
def test_cyrillic_numerals_agree_with_latin_ones(latin: str, cyrillic: str, unit: str) -> None:
    assert latin != cyrillic
    for mixed in (cyrillic, cyrillic.lower(), latin.lower(), latin[0] + cyrillic[1:]):
        assert understand(f"{mixed} {unit}") == understand(f"{latin} {unit}")


def test_numeral_of_c_agrees_in_both_scripts() -> None:
    assert understand("СX век до н. э.") == understand("CX век до н. э.") == "Y-10999/Y-10900"


@pytest.mark.parametrize(
    "text", ["1401/1500", "1160~", "1883?/1885?", "188X", "0801~/..", "Y-11999/1500", "2024-09-26"]
)
def test_edtf_is_taken_as_itself(text: str) -> None:
    assert understand(text) == text


def test_refusal_names_what_was_written_and_what_would_be_understood() -> None:
    with pytest.raises(Problem) as caught:
        understand("living landscape")
    assert "living landscape" in caught.value.text
    assert "XIV–XV c." in caught.value.text


def test_impossible_day_in_words_is_named() -> None:
    with pytest.raises(Problem) as caught:
        understand("31.02.2023")
    assert "31" in caught.value.text and "2023" in caught.value.text


def test_backwards_range_is_shown_as_it_was_written() -> None:
    with pytest.raises(Problem) as caught:
        understand("XVI–XV вв.")
    assert "XVI–XV вв." in caught.value.text


def test_long_text_is_refused_before_it_is_read() -> None:
    with pytest.raises(Problem) as caught:
        understand("XV в. " * 2_000_000)
    assert "200" in caught.value.text
    assert len(caught.value.text) < 300


def test_decade_covers_its_ten_years() -> None:
    assert bounds(understand("1880s")) == (18800101, 18891231)


PIECES = [
    "XV",
    "ХІХ",
    "15th",
    "c.",
    "в.",
    "ғ.",
    "əsr",
    "BC",
    "до н. э.",
    "б.з.д.",
    "e.ə.",
    "–",
    "-",
    "?",
    "~",
    "1883",
    "07",
]
PIECES += [
    "early",
    "half",
    "II",
    "2-я",
    "половина",
    "басы",
    "1880s",
    "-е",
    "гг.",
    "illər",
    "until",
    "с",
    "дейін",
    "or",
    ",",
]
PIECES += [
    "26",
    "сентября",
    "mid",
    "(?)",
    "turn",
    "between",
    "and",
    "present",
    "onwards",
    "not",
    "medieval",
    "spring",
    "(",
]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join) | st.text(max_size=60))
def test_any_text_gives_canonical_edtf_or_a_problem(text: str) -> None:
    try:
        found = understand(text)
    except Problem as problem:
        assert problem.code == "date"
        assert problem.text
    else:
        assert normalise(found) == found
