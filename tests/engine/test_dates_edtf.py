"""EDTF checked, made canonical, compared with the edtf package, and counted in centuries."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from django.utils import translation
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from ortaq.engine.dates import bounds, centuries, normalise, year_of
from ortaq.engine.problems import Problem


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Messages are compared in English, whatever the node's language is."""
    with translation.override("en"):
        yield


marks = st.sampled_from(["", "?", "~", "%"])


def four(year: int) -> str:
    return f"{'-' if year < 0 else ''}{abs(year):04d}"


years = st.integers(-9999, 9999).map(four)
months = st.tuples(st.integers(-4000, 4000), st.integers(1, 12)).map(lambda v: f"{four(v[0])}-{v[1]:02d}")
days = st.tuples(st.integers(-4000, 4000), st.integers(1, 12), st.integers(1, 28)).map(
    lambda v: f"{four(v[0])}-{v[1]:02d}-{v[2]:02d}"
)
blurred = st.integers(1, 999).map(lambda n: f"{n:03d}X").filter(lambda t: not t.startswith("00")) | st.integers(
    1, 99
).map(lambda n: f"{n:02d}XX")
single = st.one_of(years, months, days, blurred)
marked = st.tuples(st.one_of(years, months, days), marks).map("".join)
long_years = st.integers(10000, 99_999_999).flatmap(lambda n: st.sampled_from([f"Y{n}", f"Y-{n}"]))


def ordered(ends: tuple[str, str]) -> str:
    first, last = sorted(ends, key=lambda e: bounds(e)[0] or 0)
    return f"{first}/{last}"


intervals = st.tuples(marked, marked).map(ordered)
opened = st.tuples(marked, st.sampled_from(["{}/..", "../{}", "{}/", "/{}"])).map(lambda v: v[1].format(v[0]))
forms = st.one_of(single, marked, long_years, intervals, opened)


def slow_bounds(text: str) -> tuple[int | None, int | None]:
    """The package's answer; it adds ten years to an end that is not known, which is not done here."""
    found = parse_edtf(text)
    ends = []
    for at, value in enumerate((found.lower_strict(), found.upper_strict())):
        unknown = text.startswith("/") if at == 0 else text.endswith("/")
        known = not isinstance(value, float) and not unknown
        ends.append(value.tm_year * 10000 + value.tm_mon * 100 + value.tm_mday if known else None)
    return ends[0], ends[1]


@given(forms)
def test_normalise_is_idempotent_and_bounds_stay(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert bounds(once) == bounds(text)


@given(forms)
def test_earliest_is_not_after_latest(text: str) -> None:
    first, last = bounds(text)
    assert first is None or last is None or first <= last
    assert first is not None or last is not None


@settings(max_examples=60)
@given(st.one_of(single, marked, long_years, st.tuples(years, years).map(ordered), opened))
def test_agrees_with_the_package(text: str) -> None:
    assert bounds(text) == slow_bounds(text)


@given(st.integers(-(10**8), 10**8), st.integers(1, 12), st.integers(1, 31))
def test_year_comes_back_from_a_day_number(year: int, month: int, day: int) -> None:
    assert year_of(year * 10000 + month * 100 + day) == year


@given(st.text(alphabet="0123456789-XYxy?~%/.{}[],SE T:Z", max_size=40))
def test_any_text_gives_bounds_or_a_problem(text: str) -> None:
    try:
        first, last = bounds(text)
    except Problem as problem:
        assert problem.code == "date"
        assert problem.text
    else:
        assert first is None or last is None or first <= last


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        (" 1405 ", "1405"),
        ("188x", "188X"),
        ("y-12000", "Y-12000"),
        ("Y-0499", "-0499"),
        ("Y1999", "1999"),
        ("-0000", "0000"),
        ("1883~?", "1883%"),
        ("1883?~", "1883%"),
        ("~1160", "1160~"),
        ("Y-11999/-7000", "Y-11999/Y-7000"),
        ("Y-11999/Y-7000", "Y-11999/Y-7000"),
        ("Y-11999/1500", "Y-11999/1500"),
        ("1985-04-XX", "1985-04-XX"),
        ("2001-21", "2001-21"),
        ("{1667, 1668..1672}", "{1667,1668..1672}"),
    ],
)
def test_canonical_form(text: str, canonical: str) -> None:
    assert normalise(text) == canonical


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1401/1500", (14010101, 15001231)),
        ("-0499/-0200", (-4990000 + 101, -2000000 + 1231)),
        ("1160~", (11600101, 11601231)),
        ("0801~/..", (8010101, None)),
        ("../1500", (None, 15001231)),
        ("1401/", (14010101, None)),
        ("188X", (18800101, 18891231)),
        ("-049X", (-4990000 + 101, -4900000 + 1231)),
        ("14XX", (14000101, 14991231)),
        ("2024-02", (20240201, 20240229)),
        ("1900-02", (19000201, 19000228)),
        ("0000", (101, 1231)),
        ("1985-XX", (19850101, 19851231)),
        ("2001-21", (20010301, 20010531)),
        ("Y-11999/1500", (-119990000 + 101, 15001231)),
    ],
)
def test_bounds(text: str, expected: tuple[int | None, int | None]) -> None:
    assert bounds(text) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2023-02-30", "day 30"),
        ("1900-02-29", "day 29"),
        ("2023-04-31/2024", "day 31"),
        ("2023-01-00", "day 00"),
        ("2023-13", "month 13"),
        ("2023-00", "month 00"),
        ("2023-00-05", "month 00"),
        ("2023-21-05", "month 21"),
        ("1885/1883", "before the start"),
        ("1888-05/1888-03", "before the start"),
        ("../..", "neither"),
        ("/", "neither"),
        ("Y-11999~", "five and more"),
        ("Y99999999999", "digits"),
        ("Y-17E15", "digits"),
        ("", "not a date"),
        ("15th c.", "not a date"),
        ("1405 ad", "not a date"),
        ("[" * 150, "not a date"),
        ("1" * 201, "at most 200"),
        ("?2023-02-30", "not a date"),
    ],
)
def test_wrong_date_says_what_is_wrong(text: str, said: str) -> None:
    with pytest.raises(Problem) as caught:
        normalise(text)
    assert caught.value.code == "date"
    assert said in caught.value.text


def test_ten_megabytes_are_refused_at_once() -> None:
    with pytest.raises(Problem):
        normalise("{" + "1667," * 2_000_000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1500", [15]),
        ("1501", [16]),
        ("1401/1500", [15]),
        ("1301/1500", [14, 15]),
        ("-0499/-0200", [-5, -4, -3]),
        ("-0099/0100", [-1, 1]),
        ("0000", [-1]),
        ("0001", [1]),
        ("../1500", [15]),
        ("1401/", [15]),
    ],
)
def test_centuries(text: str, expected: list[int]) -> None:
    assert centuries(text) == expected


def test_what_goes_on_reaches_this_century() -> None:
    now = (datetime.datetime.now(datetime.UTC).year - 1) // 100 + 1
    assert centuries("1901/..") == list(range(20, now + 1))
    assert centuries("2901/..") == [30]


def test_long_span_keeps_its_latest_centuries() -> None:
    found = centuries("Y-11999/1500")
    assert len(found) == 120
    assert found[-1] == 15 and 0 not in found and found == sorted(found)


@given(forms)
def test_centuries_are_few_and_without_zero(text: str) -> None:
    found = centuries(text)
    assert 1 <= len(found) <= 120 and 0 not in found
