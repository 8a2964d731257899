"""Stems of words, centuries, alphabets and languages: by examples, by rules, and measured on real words.

Measurements read ``../shared/data`` and are skipped where it is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import stemming
from ortaq.search.alphabets import azerbaijani_latin
from ortaq.search.analysis import _looked, asked, highlight, merged, read, words
from ortaq.search.folding import fold, skeletons, sounds
from ortaq.search.languages import detect
from ortaq.search.numerals import number
from ortaq.search.spelling import spellings
from ortaq.search.stems import _AZERBAIJANI, _KAZAKH, stem, stems
from tests.search.latin import ALPHABETS, latin

DATA = Path(__file__).parents[3] / "shared" / "data"
real = pytest.mark.skipif(not DATA.is_dir(), reason="reads ../shared/data")
LANGS = st.sampled_from(["kk", "az", "ru", "en", "tr", None])
WORDS = st.text(
    alphabet="абвгғдежзийкқлмнңоөпрстуұүфхһшщыіьэюяәabcçdeəfgğhxıijkqlmnoöprsştuüvyz", min_size=1, max_size=20
)


@pytest.mark.parametrize(
    ("lang", "forms"),
    [
        ("kk", ["кесене", "кесенелер", "кесенесінде", "кесенелердің", "кесенемен", "кесенедегі"]),
        ("kk", ["кітап", "кітабы", "кітаптың", "кітабымызда"]),
        ("kk", ["қорған", "қорғаны", "қорғандардан", "қорғанға"]),
        ("kk", ["қала", "қаласының", "қалада", "қалаларға"]),
        ("az", ["türbə", "türbəsi", "türbələrində", "türbənin", "türbəyə"]),
        ("az", ["məscid", "məscidin", "məscidlərdən", "məscidi"]),
        ("az", ["qala", "qalası", "qalanın", "qalalarımızda"]),
        ("az", ["otaq", "otağı", "otaqlar", "otağın"]),
        ("ru", ["мавзолей", "мавзолея", "мавзолеями", "мавзолеев"]),
        ("en", ["mosque", "mosques"]),
    ],
)
def test_forms_of_a_word_have_one_stem(lang: str, forms: list[str]) -> None:
    assert len({stem(form, lang) for form in forms}) == 1, [stem(form, lang) for form in forms]


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("kk", "мешіт", "мектеп"),
        ("kk", "қала", "қалқан"),
        ("kk", "балықшы", "балық"),
        ("az", "qala", "qalxan"),
        ("az", "balıqçı", "balıq"),
        ("az", "körpü", "kərpic"),
    ],
)
def test_other_words_have_other_stems(lang: str, one: str, other: str) -> None:
    assert stem(one, lang) != stem(other, lang)


def test_endings_come_off_only_where_harmony_lets_them_stand() -> None:
    assert stem("балалар", "kk") == stem("бала", "kk") and stem("балалер", "kk") == "балалер"
    assert stem("kitablar", "az") == stem("kitab", "az") and stem("kitablər", "az") == "kitablər"
    assert stem("xyz", "kk") == "xyz" and stem("музей", "en") == "музей"


@pytest.mark.parametrize(
    ("one", "one_lang", "other", "other_lang"),
    [
        ("Түркістанда", "kk", "Turkistan", "en"),
        ("кесенелерде", "kk", "kesene", "kk"),
        ("түрбәсиндә", "az", "türbə", "az"),
        ("Шекидә", "az", "Şəki", "az"),
        ("XV", None, "15", None),
    ],
)
def test_stems_meet_across_alphabets(one: str, one_lang: str | None, other: str, other_lang: str | None) -> None:
    assert set(stems(one, one_lang)) & set(stems(other, other_lang))


CENTURIES = [
    "XV–XVI ғ.",
    "15th century",
    "XV əsr",
    "XV век",
    "XV ғасырда",
    "15-ші ғасыр",
    "XV əsrin sonu",
    "ХV–ХVІ вв.",
]


@pytest.mark.parametrize("text", CENTURIES)
@pytest.mark.parametrize("query", ["15th century", "XV əsr", "XV век", "XV ғ.", "15-ci əsr", "xv в"])
def test_a_century_is_found_however_it_is_written(text: str, query: str) -> None:
    found = {form for _, forms in read(text, None) for form in (*forms.exact, *forms.stem)}
    for word, forms in asked(query, None):
        if not word.compound and len(word.text) > 2:
            assert found & {*forms.exact, *forms.stem}, (word, found)
    assert "#15" in found and {"#15", "#"} <= {form for _, forms in asked(query, None) for form in forms.stem}


def test_a_number_that_counts_no_century_is_none() -> None:
    for text in ("каменный век", "15 km away", "в 15 домах", "XV", "the bronze age and a century"):
        assert not any(form.startswith("#") for _, forms in read(text, None) for form in forms.stem), text
    assert [number(form) for form in ("15", "15th", "xv", "xxxix", "40", "mix", "1405", "iiii", "")] == [
        15, 15, 15, 39, None, None, None, None, None,
    ]  # fmt: skip


def test_spelling_tells_apart_what_sounds_alike() -> None:
    assert set(sounds("Абай", "kk")) & set(sounds("Epe", "en"))
    assert not set(spellings("Абай", "kk")) & set(spellings("Epe", "en"))
    for one, one_lang, other, other_lang in (
        ("Абай", "kk", "Abay", "en"),
        ("Жаңаөткел", "kk", "Zhangaötkel", "kk"),
        ("Қаратау", "kk", "Qarataū", "kk"),
        ("Октябрьское", "ru", "Oktyabr’skoye", "en"),
        ("Гянджа", "ru", "Gəncə", "az"),
        ("Озёрное", "ru", "Озерное", "ru"),
        ("Ньютон", "ru", "Newton", "en"),
    ):
        assert set(spellings(one, one_lang)) & set(spellings(other, other_lang)), (one, other)


@given(WORDS, LANGS)
def test_a_stem_is_never_longer_than_its_word(word: str, lang: str | None) -> None:
    assert 0 < len(stem(word, lang)) <= len(word)


@given(WORDS)
def test_no_ending_is_left(word: str) -> None:
    for language in (_KAZAKH, _AZERBAIJANI):
        left = language.stripped(word)
        assert word.startswith(left) and language.stripped(left) == left


@given(WORDS, LANGS)
def test_folding_twice_is_folding_once(word: str, lang: str | None) -> None:
    for form in fold(word, lang):
        assert fold(form, lang)[0] == form or form in fold(form, lang)


@given(
    st.text(alphabet="абкқнсеіtürbəsik XV15век- ", max_size=60),
    st.text(alphabet="абкқнсеіtürbəsik XV15век- ", max_size=20),
    LANGS,
    st.booleans(),
)
def test_marks_are_what_a_plain_loop_marks(text: str, query: str, lang: str | None, title: bool) -> None:
    looked = _looked(query, None)
    spans = [(word.start, word.end) for word, forms in read(text, lang) if looked.means(forms, title)]
    assert highlight(text, lang, query, title) == merged(spans)


@real
@pytest.mark.parametrize(("lang", "file", "floor", "pure"), [("kk", "kaz", 0.97, 0.97), ("az", "aze", 0.94, 0.99)])
def test_real_forms_have_the_stem_of_their_lemma(lang: str, file: str, floor: float, pure: float) -> None:
    rows = stemming.read(DATA / "unimorph" / f"{file}_tune.tsv")
    conflated, alike = stemming.measure(lang, rows)
    assert conflated >= floor > stemming.FLOORS[lang] and alike >= pure


@real
def test_latin_letters_in_kazakh_words_do_not_matter() -> None:
    lines = (DATA / "unimorph" / "kaz_homoglyphs.sm").read_text(encoding="utf-8").splitlines()
    mixed = [word for word in (line.split("\t")[1] for line in lines) if word and " " not in word]
    clean = [word for word in mixed if any(re.fullmatch("[а-яәіңғүұқөһё]+", form) for form in fold(word, "kk"))]
    assert len(clean) / len(mixed) > 0.99 and len(mixed) > 5_000


def kazakh_words() -> list[str]:
    text = (DATA / "udhr" / "kaz.txt").read_text(encoding="utf-8")
    found = {word.text.lower() for word in words(text, "kk")}
    return sorted(word for word in found if re.fullmatch("[а-яәіңғүұқөһё]{3,}", word))


@real
@pytest.mark.parametrize("alphabet", ALPHABETS)
def test_kazakh_in_every_latin_alphabet_meets_its_cyrillic_spelling(alphabet: str) -> None:
    known = kazakh_words()
    for forms, share in ((skeletons, 0.99), (sounds, 0.99), (stems, 0.97)):
        meeting = [word for word in known if set(forms(word, "kk")) & set(forms(latin(word, alphabet), "kk"))]
        assert len(meeting) / len(known) >= share, (forms, alphabet)


def pairs_of_azerbaijani() -> Iterator[tuple[str, str]]:
    cyrillic, roman = (
        (DATA / "udhr" / f"azj_{name}.txt").read_text(encoding="utf-8").splitlines() for name in ("cyrl", "latn")
    )
    for one, other in zip(cyrillic, roman, strict=True):
        left, right = ([word.text for word in words(line, "az")] for line in (one, other))
        if len(left) == len(right):
            yield from zip(left, right, strict=True)


@real
def test_azerbaijani_cyrillic_is_its_latin_letter_for_letter() -> None:
    pairs = list(pairs_of_azerbaijani())
    same = [azerbaijani_latin(fold(one, "az")[0]) == fold(other, "az")[0] for one, other in pairs]
    assert sum(same) / len(pairs) > 0.99 and len(pairs) > 1_000
    meeting = [bool(set(sounds(one, "az")) & set(sounds(other, "az"))) for one, other in pairs]
    assert sum(meeting) / len(pairs) > 0.97


@real
@pytest.mark.parametrize(
    ("file", "lang"), [("ref.kaz", "kk"), ("ref.aze-Latn", "az"), ("ref.rus", "ru"), ("src.eng", "en")]
)
def test_the_language_of_sentences(file: str, lang: str) -> None:
    text = (DATA / "ntrex" / f"newstest2019-{file}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip()]
    assert sum(detect(line) == lang for line in lines) / len(lines) > 0.99


@real
@pytest.mark.parametrize(
    ("file", "lang"), [("kaz", "kk"), ("azj_latn", "az"), ("azj_cyrl", "az"), ("rus", "ru"), ("eng", "en")]
)
def test_the_language_of_paragraphs(file: str, lang: str) -> None:
    text = (DATA / "udhr" / f"{file}.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if len(line) > 60]
    assert len(lines) > 40 and all(detect(line) == lang for line in lines)


def test_names_in_a_text_do_not_make_its_language() -> None:
    assert detect("Мавзолей в городе Қостанай, построен в 1405 году и открыт для всех") == "ru"
    assert detect("The mausoleum of Nizami Gəncəvi is in the city of Ganja") == "en"
