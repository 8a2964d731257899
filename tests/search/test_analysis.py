"""What words become, and that the same name meets itself across alphabets."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ortaq.search.analysis import analyse, highlight, streams, wholes, words
from ortaq.search.folding import LONGEST, READINGS, consonants, fold, skeletons, sounds
from ortaq.search.languages import detect

LANGS = st.sampled_from([None, "kk", "az", "ru", "en", "tr", "xx"])
LETTERS = (
    "абвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюяәҹҝјabcçdeəfgğhxıijkqlmnoöprsştuüvyzw'’-IİАК نظامیگوشc\u0301\u00ad 12"
)


def exact(text: str, lang: str | None) -> set[str]:
    return {token.form for token in analyse(text, lang) if token.weight_class == "exact"}


def bones(text: str, lang: str | None) -> list[set[str]]:
    """The skeletons of each word of ``text``."""
    found: dict[int, set[str]] = {}
    for token in analyse(text, lang):
        if token.weight_class == "skeleton":
            found.setdefault(token.position, set()).add(token.form)
    return list(found.values())


NAMES = [
    [("Низами Гянджеви", "ru"), ("Nizami Gəncəvi", "az"), ("Nizami Ganjavi", "en"), ("نظامی گنجوی", "az")],
    [("Низами Ҝәнҹәви", "az"), ("Nizami Gəncəvi", "az"), ("Низами Гянджеви", "ru")],
    [("Түркістан", "kk"), ("Turkistan", "en"), ("Туркестан", "ru"), ("Türkistan", "az"), ("تورکستان", "az")],
    [("Türkıstan", "kk"), ("Түркістан", "kk"), ("Туркестан", "ru")],
    [("Шеки", "ru"), ("Şəki", "az"), ("Sheki", "en"), ("Шәки", "kk"), ("شکی", "az")],
    [("Ясауи", "kk"), ("Ясави", "ru"), ("Yasawi", "en"), ("Yəsəvi", "az"), ("Yasaui", "kk"), ("یسوی", "az")],
    [("Шымкент", "kk"), ("Чимкент", "ru"), ("Şımkent", "tr"), ("Çimkənd", "az"), ("S’ymkent", "kk")],
    [("Қарабах", "kk"), ("Карабах", "ru"), ("Qarabağ", "az"), ("Karabakh", "en"), ("Гарабағ", "az")],
    [("Маңғыстау", "kk"), ("Мангистау", "ru"), ("Mangystau", "en"), ("Mañğystau", "kk"), ("Mańǵystaý", "kk")],
    [("Ходжа Ахмед", "ru"), ("Қожа Ахмет", "kk"), ("Xoca Əhməd", "az"), ("Khoja Ahmad", "en")],
    [("Баку", "ru"), ("Bakı", "az"), ("Baku", "en"), ("Бакы", "az"), ("باکی", "az")],
    [("Нахичевань", "ru"), ("Naxçıvan", "az"), ("Nakhchivan", "en"), ("Нахчыван", "kk")],
]


@pytest.mark.parametrize("spellings", NAMES, ids=lambda spellings: spellings[0][0])
def test_every_spelling_of_a_name_meets_every_other(spellings: list[tuple[str, str]]) -> None:
    for lang_known in (True, False):
        for one, one_lang in spellings[:-1]:
            for other, other_lang in spellings[1:]:
                left = bones(one, one_lang if lang_known else None)
                right = bones(other, other_lang if lang_known else None)
                assert len(left) == len(right)
                assert all(a & b for a, b in zip(left, right, strict=True)), (one, other, left, right)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("мечеть", "мавзолей"),
        ("Şəki", "Şuşa"),
        ("Тараз", "Туркестан"),
        ("Bakı", "Quba"),
        ("Nizami", "Nəsimi"),
        ("Ош", "Уфа"),
    ],
)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert not set(skeletons(one, None)) & set(skeletons(other, None))


def test_case_follows_the_language() -> None:
    assert fold("ISMAYILLI", "az") == ("ısmayıllı",)
    assert fold("İSMAYILLI", "az") == ("ismayıllı",)
    assert fold("INSTITUTE", "en") == ("institute",)
    assert fold("INSTITUTE", None) == ("institute", "ınstıtute")
    assert fold("IRTIS", "kk") == ("ırtıs",)
    assert fold("ІЛЕ", "kk") == fold("іле", "kk")
    assert fold("İçərişəhər", "en") == ("içərişəhər",)


def test_what_typing_leaves_out_does_not_count() -> None:
    assert fold("Алёна", "ru") == fold("алена", "ru")
    assert fold("مُحَمَّد", None) == fold("محمد", None)
    assert fold("كتابي", None) == fold("کتابی", None)
    assert fold("Man’g’ystay’", "kk") == fold("Mangystay", "kk")
    assert fold("му\u00adзей", "ru") == ("музей",)
    assert fold(unicodedata.normalize("NFD", "Өскемен"), "kk") == fold("Өскемен", "kk")


def test_lookalike_letters_and_roman_numerals() -> None:
    assert "xv" in exact("ХV-ХІХ", None) and "xix" in exact("ХV-ХІХ", None)
    assert "қазақстан" in fold("Қaзaқcтaн", "kk")
    assert skeletons("Қaзaқcтaн", "kk") == skeletons("Қазақстан", "kk")


def test_hyphens_give_the_parts_and_the_whole() -> None:
    assert exact("Алма-Ата", "ru") == {"алма", "ата", "алмаата"}
    compound = next(word for word in words("в Алма-Ате", "ru") if word.compound)
    assert (compound.start, compound.end, compound.position) == (2, 10, 1)
    assert exact("1405 - 1410", "ru") == {"1405", "1410"}


def test_titles_meet_though_written_in_one_word() -> None:
    marks = [set(wholes(text, lang)) for text, lang in (("Ақ мешіт", "kk"), ("Ак-Мечеть", "ru"), ("Ağməscid", "az"))]
    assert marks[0] & marks[1]
    assert set(wholes("Гёй-Гёль", "ru")) & set(wholes("Göygöl", "az"))


def test_detect_by_letters_only() -> None:
    found = [detect(text) for text in ("Şirvanşahlar", "кесене қайда", "мавзолей", "lime mortar", "Ҝәнҹә", "", "1405")]
    assert found == ["az", "kk", "ru", "en", "az", None, None]


def test_highlight_marks_the_words_that_matched() -> None:
    text = "Мавзолей Ходжи Ахмеда Ясави в Туркестане (Turkistan), «Ясауи»."
    marked = [text[start:end] for start, end in highlight(text, "ru", "Yasawi türkistan", title=True)]
    assert marked == ["Ясави", "Туркестане", "Turkistan", "Ясауи"]
    assert highlight(text, "ru", "мавзо") == [(0, 8)]
    assert highlight("Алма-Ата", "ru", "алмаата") == [(0, 8)]
    assert highlight(text, "ru", "") == highlight("", None, "мавзолей") == []


def test_running_text_is_stricter_than_titles() -> None:
    assert highlight("қазын", "kk", "кесене", title=True)
    assert not highlight("қазын", "kk", "кесене")


@given(st.text(alphabet=LETTERS, max_size=60) | st.text(max_size=60), LANGS)
def test_offsets_point_at_the_word_they_came_from(text: str, lang: str | None) -> None:
    for token in analyse(text, lang):
        assert 0 <= token.start < token.end <= len(text)
        if token.weight_class == "stem":
            continue  # the words around tell its language, and that a number counts centuries
        piece = text[token.start : token.end]
        assert token.form in {t.form for t in analyse(piece, lang)}


@given(st.text(alphabet=LETTERS, min_size=1, max_size=80) | st.text(max_size=80), LANGS)
@example("0´0", None)
def test_forms_are_few_short_and_hold_no_space(word: str, lang: str | None) -> None:
    assert len(fold(word, lang)) <= 4
    for found in (skeletons(word, lang), sounds(word, lang), consonants(skeletons(word, lang))):
        assert len(found) <= READINGS and all(re.fullmatch("[A-Z]?[A-Za-z]*", form) for form in found)
    for form in exact(word, lang):
        assert not re.search(r"\s", form)
        assert len(form) <= 4 * LONGEST * (1 + word.count("-"))


@given(st.text(alphabet=LETTERS, max_size=40), st.sampled_from(["kk", "az", "ru", "en"]))
def test_an_unknown_language_reads_what_the_known_one_reads_as_typed_in_capitals_or_not(text: str, lang: str) -> None:
    known = {token.position: token.form for token in analyse(text.lower(), lang) if token.weight_class == "exact"}
    unknown = analyse(text.lower(), None)
    for position, form in known.items():
        assert form in {t.form for t in unknown if t.position == position}


@given(st.text(alphabet=LETTERS, max_size=60), LANGS)
def test_the_index_takes_the_forms_that_analyse_gives(text: str, lang: str | None) -> None:
    taken = streams(text, lang, title=True)
    tokens = analyse(text, lang)
    ends = {form for reading in taken.exact for form in reading.split(" ")}
    assert ends <= {t.form for t in tokens if t.weight_class == "exact"}
    assert {t.position for t in tokens if t.form in ends} == {t.position for t in tokens}
    assert set(taken.skeleton) == {t.form for t in tokens if t.weight_class == "skeleton"}
