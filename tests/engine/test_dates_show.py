"""Dates written for people, and read back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ortaq.engine.dates import bounds, normalise, show, understand
from ortaq.engine.problems import Problem

LANGUAGES = ("kk", "az", "ru", "en")


def year(n: int) -> str:
    long = abs(n) > 9999
    return f"{'Y' if long else ''}{'-' if n < 0 else ''}{abs(n):04d}"


def start_of(century: int) -> int:
    return (century - 1) * 100 + 1 if century > 0 else century * 100 + 1


numbers = st.integers(-120, 21).filter(bool)
centuries = st.tuples(numbers, numbers).map(sorted).map(lambda v: f"{year(start_of(v[0]))}/{year(start_of(v[1]) + 99)}")
single_years = st.integers(-12000, 2999).map(year)
spans = (
    st.tuples(st.integers(-12000, 2999), st.integers(-12000, 2999)).map(sorted).map(lambda v: "/".join(map(year, v)))
)
cuts = st.sampled_from([(1, 50), (51, 100), (1, 25), (76, 100), (1, 33), (67, 100), (1, 30), (31, 70), (71, 100)])
parts = st.tuples(st.integers(-90, 21).filter(bool), cuts, st.sampled_from(["", "~", "?", "%"])).map(
    lambda v: f"{year(start_of(v[0]) + v[1][0] - 1)}{v[2]}/{year(start_of(v[0]) + v[1][1] - 1)}{v[2]}"
)
marks = st.sampled_from(["", "~", "?", "%"])
marked = st.tuples(st.integers(-9000, 1200), st.integers(0, 900), marks, marks).map(
    lambda v: f"{year(v[0])}{v[2]}/{year(v[0] + v[1])}{v[3]}"
)
marked_centuries = st.tuples(st.integers(1, 10), st.integers(11, 21), marks, marks).map(
    lambda v: f"{year(start_of(v[0]))}{v[2]}/{year(start_of(v[1]) + 99)}{v[3]}"
)
decades = st.integers(10, 299).map(lambda n: f"{n:03d}X")
opened = st.tuples(st.integers(-9000, 2999), marks, st.sampled_from(["{}/..", "../{}", "{}/", "/{}"])).map(
    lambda v: v[2].format(year(v[0]) + v[1])
)
days = st.tuples(st.integers(100, 2999), st.integers(1, 12), st.integers(1, 28)).map(
    lambda v: f"{v[0]:04d}-{v[1]:02d}-{v[2]:02d}"
)
year_months = days.map(lambda text: text[:7])


@pytest.mark.parametrize("lang", LANGUAGES)
@settings(max_examples=300)
@given(
    text=st.one_of(centuries, single_years, spans, parts, marked, marked_centuries, decades, opened, days, year_months)
)
def test_what_is_shown_is_understood_again(lang: str, text: str) -> None:
    shown = show(text, lang)
    assert bounds(understand(shown, lang)) == bounds(text), shown


@pytest.mark.parametrize("lang", LANGUAGES)
@given(text=st.one_of(centuries, single_years, spans, days))
def test_marks_come_back_too(lang: str, text: str) -> None:
    assert understand(show(text, lang)) == normalise(text)


SHOWN = [
    ("1401/1500", "15th century", "XV век", "XV ғасыр", "XV əsr"),
    ("1301/1500", "14th–15th centuries", "XIV–XV века", "XIV–XV ғасырлар", "XIV–XV əsrlər"),
    ("-0499/-0200", "5th–3rd centuries BC", "V–III века до н. э.", "б.з.д. V–III ғасырлар", "e.ə. V–III əsrlər"),
    (
        "-0499/0300",
        "5th century BC – 3rd century AD",
        "V век до н. э. – III век н. э.",
        "б.з.д. V ғасыр – б.з. III ғасыр",
        "e.ə. V əsr – b.e. III əsr",
    ),
    ("1160", "1160", "1160", "1160", "1160"),
    ("1160~", "c. 1160", "ок. 1160", "шамамен 1160", "təxminən 1160"),
    ("1883?/1885?", "1883–1885 (?)", "1883–1885 (?)", "1883–1885 (?)", "1883–1885 (?)"),
    ("1883~/1885?", "~1883–1885?", "~1883–1885?", "~1883–1885?", "~1883–1885?"),
    ("-0499", "500 BC", "500 г. до н. э.", "б.з.д. 500 ж.", "e.ə. 500-cü il"),
    ("-0499/-0299", "500–300 BC", "500–300 гг. до н. э.", "б.з.д. 500–300 жж.", "e.ə. 500–300-cü illər"),
    ("0005", "AD 5", "5 г. н. э.", "б.з. 5 ж.", "b.e. 5-ci il"),
    ("188X", "1880s", "1880-е", "1880-жылдар", "1880-ci illər"),
    ("190X", "1900–1909", "1900-е", "1900-жылдар", "1900-cü illər"),
    ("1901~/1930~", "early 20th century", "начало XX века", "XX ғасырдың басы", "XX əsrin əvvəli"),
    (
        "1451/1500",
        "second half of the 15th century",
        "вторая половина XV века",
        "XV ғасырдың екінші жартысы",
        "XV əsrin ikinci yarısı",
    ),
    (
        "-1499/-1000",
        "second half of the 2nd millennium BC",
        "вторая половина II тысячелетия до н. э.",
        "б.з.д. II мыңжылдықтың екінші жартысы",
        "e.ə. II minilliyin ikinci yarısı",
    ),
    (
        "Y-11999/Y-7000",
        "12th–8th millennia BC",
        "XII–VIII тысячелетия до н. э.",
        "б.з.д. XII–VIII мыңжылдықтар",
        "e.ə. XII–VIII minilliklər",
    ),
    ("0801~/..", "from the 9th century", "с IX века", "IX ғасырдан бастап", "IX əsrdən"),
    ("1883/..", "from 1883", "с 1883", "1883 жылдан бастап", "1883-cü ildən"),
    ("../1917", "until 1917", "до 1917", "1917 жылға дейін", "1917-ci ilə qədər"),
    ("1401/", "1401 – ?", "1401 – ?", "1401 – ?", "1401 – ?"),
    ("2024-09-26", "26 September 2024", "26 сентября 2024 г.", "2024 ж. 26 қыркүйек", "26 sentyabr 2024"),
    ("2024-09", "September 2024", "сентябрь 2024 г.", "2024 ж. қыркүйек", "sentyabr 2024"),
    ("2001-21", "spring 2001", "весна 2001 г.", "2001 ж. көктемі", "2001-ci ilin yazı"),
    ("1371~/1430~", "late 14th century – early 15th century", "конец XIV века – начало XV века",
     "XIV ғасырдың соңы – XV ғасырдың басы", "XIV əsrin sonu – XV əsrin əvvəli"),
    ("[1667,1668]",) + ("[1667,1668]",) * 4,
]  # fmt: skip


@pytest.mark.parametrize(("edtf", "en", "ru", "kk", "az"), SHOWN)
def test_shown_as_people_write(edtf: str, en: str, ru: str, kk: str, az: str) -> None:
    assert [show(edtf, lang) for lang in ("en", "ru", "kk", "az")] == [en, ru, kk, az]


@pytest.mark.parametrize(
    ("edtf", "ending"), [("1881", "ci"), ("1906", "cı"), ("1910", "cu"), ("1803", "cü"), ("1940", "cı")]
)
def test_azerbaijani_ordinal_follows_the_vowel(edtf: str, ending: str) -> None:
    assert show(f"{edtf}/..", "az") == f"{edtf}-{ending} ildən"


@pytest.mark.parametrize("lang", ["tr", "", "kk-KZ"])
def test_other_language_gets_english(lang: str) -> None:
    assert show("1401/1500", lang) == "15th century"


def test_no_edtf_is_not_shown() -> None:
    with pytest.raises(Problem):
        show("15th c.", "en")
