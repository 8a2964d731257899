"""Groups as tables and as lanes along time."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from ortaq.engine.fields import Context, Group, Line, Number, Period, Text
from ortaq.engine.labels import L
from ortaq.engine.outputs.arranged import AXIS, Timeline, table, timeline
from ortaq.engine.outputs.page import Section


def label(word: str) -> L:
    return L(kk=word, az=word, ru=word, en=word)


TABLE = Group(
    "table",
    label("Table"),
    table=True,
    fields=[Line("what", label("What")), Number("years", label("Years")), Text("note", label("Note"))],
)
LANES = Group(
    "lanes",
    label("Lanes"),
    timeline=True,
    fields=[Line("what", label("What")), Period("when", label("When")), Line("who", label("Who"))],
)


def lanes(*periods: dict[str, str] | None, names: str = "") -> Timeline:
    rows: list[dict[str, Any]] = []
    for number, period in enumerate(periods):
        name = names[number] if names else str(number)
        rows.append({"_id": f"row{number:03d}", "what": name, **({"when": period} if period else {})})
    return timeline(LANES, rows, Context(lang="en"))


def bars(found: Timeline) -> list[tuple[int, int, bool]]:
    return [(bar.x, bar.width, bar.open) for lane in found.lanes for bar in lane.bars]


def drawn(name: str, **section: Any) -> str:
    with translation.override("en"):
        html = render_to_string(f"ortaq/{name}.html", {"section": Section(name, label(name), **section), **section})
    return " ".join(html.split())


def test_a_table_has_the_columns_that_somebody_filled() -> None:
    found = table(TABLE, [{"_id": "a2a2a2", "what": "dome", "years": 0}, {"_id": "b2b2b2", "years": 5}], Context())
    assert [head.en for head in found.head] == ["What", "Years"]
    assert [["".join(p.text for p in cell) for _label, cell in row] for row in found.rows] == [["dome", "0"], ["", "5"]]


def test_a_table_says_in_each_cell_what_it_is_for_those_who_see_no_columns() -> None:
    value = [{"_id": "a2a2a2", "what": "<dome>", "note": {"kk": {"text": "Жарық", "origin": "original"}}}]
    html = drawn("table", table=table(TABLE, value, Context(lang="en")))
    assert '<th scope="col">What</th> <th scope="col">Note</th>' in html.replace("</th><th", "</th> <th")
    assert '<th scope="row" data-label="What">&lt;dome&gt;</th>' in html
    assert '<td data-label="Note"><span lang="kk">Жарық</span></td>' in html
    assert 'tabindex="0"' in html and 'aria-labelledby="table-title"' in html


def test_a_bar_lies_between_its_first_and_last_day() -> None:
    found = lanes({"from": "2001", "to": "2002"}, {"from": "2003", "to": "2004"})
    assert found.years == ["2001", "2002", "2003", "2004"]
    assert found.grid == [0, 250, 500, 750]
    assert bars(found) == [(0, 500, False), (500, 500, False)]


def test_parallel_stages_overlap_and_stand_in_the_order_in_which_they_begin() -> None:
    found = lanes({"from": "2002-07", "to": "2002"}, {"from": "2001", "to": "2002"}, names="BA")
    assert [lane.name[0].text for lane in found.lanes] == ["A", "B"]
    assert bars(found) == [(0, 1000, False), (750, 250, False)]


def test_what_has_one_name_shares_a_lane() -> None:
    found = lanes({"from": "2001", "to": "2001"}, {"from": "2002", "to": "2002"}, {"from": "2001"}, names="AAB")
    assert [(lane.name[0].text, len(lane.bars), len(lane.entries)) for lane in found.lanes] == [
        ("A", 2, 2),
        ("B", 1, 1),
    ]


def test_an_open_end_reaches_to_the_end_of_the_axis() -> None:
    found = lanes({"from": "2001", "to": "2004"}, {"from": "2003"}, {"to": "2001"})
    assert sorted(bars(found)) == [(0, 250, True), (0, 1000, False), (500, 500, True)]


def test_one_day_can_still_be_seen() -> None:
    for bar in bars(lanes({"from": "2001", "to": "2008"}, {"from": "2008-12-31", "to": "2008-12-31"})):
        assert bar[1] >= 6 and bar[0] + bar[1] <= AXIS


def test_what_has_no_date_comes_last_and_says_so() -> None:
    found = lanes(None, {"from": "2001", "to": "2001"})
    assert [len(lane.bars) for lane in found.lanes] == [1, 0]
    assert "date not given" in drawn("lanes", timeline=found)


def test_without_any_date_there_is_no_axis() -> None:
    found = lanes(None, None)
    assert not found.years and not found.grid
    html = drawn("lanes", timeline=found)
    assert "<svg" not in html and "years" not in html


@pytest.mark.parametrize(
    ("start", "end", "years"),
    [
        ("1992", "2023", ["1990", "1995", "2000", "2005", "2010", "2015", "2020"]),
        ("1895", "2005", ["1880", "1900", "1920", "1940", "1960", "1980", "2000"]),
    ],
)
def test_a_long_time_is_counted_in_larger_steps(start: str, end: str, years: list[str]) -> None:
    assert lanes({"from": start, "to": end}).years == years


def test_the_drawing_is_hidden_from_those_who_hear_the_page_and_all_is_said_in_words() -> None:
    value = [{"_id": "a2a2a2", "what": "works", "when": {"from": "2001", "to": "2002"}, "who": "Example"}]
    html = drawn("lanes", timeline=timeline(LANES, value, Context(lang="en")))
    assert html.count('aria-hidden="true"') == 2
    assert "works" in html and "2001 – 2002" in html and "Who: Example" in html
    assert "style=" not in html


ENDS = st.one_of(st.none(), st.integers(-3000, 2100).map(lambda year: f"{year:05d}" if year < 0 else f"{year:04d}"))


@given(st.lists(st.tuples(ENDS, ENDS), min_size=1, max_size=6))
def test_every_bar_lies_on_the_axis(ends: list[tuple[str | None, str | None]]) -> None:
    periods = [{name: end for name, end in zip(("from", "to"), pair, strict=True) if end} for pair in ends]
    found = lanes(*(p for p in periods if len(p) < 2 or int(p["from"]) <= int(p["to"])))
    assert len(found.years) == len(found.grid) <= 9
    for x, width, _open in bars(found):
        assert x >= 0 and width > 0 and x + width <= AXIS
