"""Whether a statement held on a day, with dates that are exact, uncertain, BCE, open or missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ortaq.engine.dates.holding import EVER, NEVER, NOT, PERHAPS, SURELY, held

TODAY = 20260101


@pytest.mark.parametrize(
    ("valid", "day", "state"),
    [
        ({"from": "1982-05-01", "to": "2001-12-31"}, 19820430, NOT),
        ({"from": "1982-05-01", "to": "2001-12-31"}, 19820501, SURELY),
        ({"from": "1982-05-01", "to": "2001-12-31"}, 20011231, SURELY),
        ({"from": "1982-05-01", "to": "2001-12-31"}, 20020101, NOT),
        ({"from": "1982"}, 19820601, PERHAPS),
        ({"from": "1982"}, 19830101, SURELY),
        ({"from": "1982"}, 20990101, SURELY),
        ({"to": "2001"}, 19000101, PERHAPS),
        ({"to": "2001"}, 20010601, PERHAPS),
        ({"to": "2001"}, 20020101, NOT),
        ({}, 19000101, PERHAPS),
        (None, TODAY, SURELY),
        ({"from": "-0499", "to": "-0200"}, -3000000 + 615, SURELY),
        ({"from": "-0499", "to": "-0200"}, 10000, NOT),
        ({"from": "1301/1400", "to": "1500"}, 13500101, PERHAPS),
        ({"from": "1301/1400", "to": "1500"}, 14500101, SURELY),
        ({"from": "1950", "to": ".."}, 20200101, SURELY),
    ],
)
def test_a_statement_on_a_day(valid: dict[str, str] | None, day: int, state: str) -> None:
    if valid and valid.get("to") == "..":
        valid = {"from": valid["from"]}
    assert held(valid, TODAY).on(day) == state


years = st.integers(-3000, 2020)


def written(year: int) -> str:
    return f"{'-' if year < 0 else ''}{abs(year):04d}"


@given(years, st.integers(0, 400), st.integers(-4000, 2400))
def test_a_day_between_two_years_is_sure_and_one_outside_is_not(first: int, length: int, year: int) -> None:
    state = held({"from": written(first), "to": written(first + length)}, TODAY).on(year * 10000 + 615)
    if first < year < first + length:
        assert state == SURELY
    elif first <= year <= first + length:
        assert state == PERHAPS
    else:
        assert state == NOT


@given(st.none() | years, st.none() | years)
def test_the_bounds_are_in_order(first: int | None, last: int | None) -> None:
    valid = {"from": first, "to": last}
    found = held({end: written(year) for end, year in valid.items() if year is not None}, TODAY)
    assert EVER <= found.begun[0] <= found.begun[1]
    assert found.begun[0] <= found.ended[0] <= found.ended[1] <= NEVER
