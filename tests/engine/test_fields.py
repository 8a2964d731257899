"""Bad input: each wrong value gets a clear message at its place, and nothing is written."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from ortaq.engine import actions, kinds
from ortaq.engine.canonical import LARGEST, canonical
from ortaq.engine.fields import Context, Date, Flag, Money, Number, Quantity, Text
from ortaq.engine.labels import L
from ortaq.engine.models import Record
from ortaq.engine.problems import Problem, Problems
from tests.cast import Cast, entries, monument_data

LABEL = L(kk="x", az="x", ru="x", en="x")
CONTEXT = Context(lang="en", country="KZ")

WRONG: list[tuple[str, Any, str, tuple[Any, ...]]] = [
    ("names", "Мавзолей", "type", ("names",)),
    ("names", [{"name": {"text": "x", "lang": "xx"}}], "language", ("names", 0, "name")),
    ("names", [{"name": {"text": "x" * 501, "lang": "kk"}}], "too_long", ("names", 0, "name")),
    ("names", [{"_id": "same22", "name": "a"}, {"_id": "same22", "name": "b"}], "occurrence", ("names", 1)),
    ("object_type", ["castle_in_the_air"], "term", ("object_type",)),
    ("country", "XX", "country", ("country",)),
    ("admin_unit", "az-sheki", "unit_country", ("admin_unit",)),
    ("dating", [{"date": {"edtf": "2023-02-30"}}], "date", ("dating", 0, "date")),
    ("dating", [{"date": {"text": "давно"}}], "date", ("dating", 0, "date")),
    ("summary", {"ru": {"text": "x" * 10_000_000}}, "too_long", ("summary", "ru")),
    ("summary", {"ru": 5}, "type", ("summary", "ru")),
    ("use", [{"visitors": "many"}], "term", ("use", 0, "visitors")),
    ("protection", [{"category": "az_world"}], "category_country", ("protection", 0, "category")),
    ("colour", "turquoise", "unknown_field", ("colour",)),
]


@pytest.mark.parametrize(("field", "value", "code", "path"), WRONG)
def test_a_wrong_value_is_named_and_nothing_is_written(
    cast: Cast, field: str, value: Any, code: str, path: tuple[Any, ...]
) -> None:
    before = entries()
    with pytest.raises(Problems) as caught:
        actions.create(cast.aigerim, "heritage_object", monument_data(**{field: value}), owner=cast.museum)
    found = caught.value.problems
    assert path in [p.path for p in found]
    if code != "term" or field == "object_type":
        assert code in [p.code for p in found]
    assert all(len(p.text) < 3_000 for p in found)
    assert entries() == before
    assert Record.objects.filter(kind="heritage_object").count() == 0


def test_a_word_that_is_no_term_is_answered_with_words(cast: Cast) -> None:
    with translation.override("en"), pytest.raises(Problems) as caught:
        actions.create(cast.aigerim, "heritage_object", monument_data(object_type=["rocket"]), owner=cast.museum)
    said = next(p for p in caught.value.problems if p.code == "term").text
    assert "“Object type”" in said and "ancient town site" in said and "ancient_city" not in said


def test_a_date_is_not_said_twice() -> None:
    of, context = Date("date", LABEL), Context(lang="ru")
    assert of.show({"edtf": "1186", "text": "1186", "lang": "en"}, context)[0].note == ""
    assert of.show({"edtf": "1201/1300", "text": "13th c.", "lang": "en"}, context)[0].note == "13th c."


SELF_CROSSING = {"type": "Polygon", "coordinates": [[[68, 42], [69, 43], [69, 42], [68, 43], [68, 42]]]}


@pytest.mark.parametrize(
    "geometry",
    [
        SELF_CROSSING,
        {"type": "Point", "coordinates": [42.85, 68.27]},
        {"type": "Point", "coordinates": [float("nan"), 1]},
        {"type": "Point", "coordinates": ["68", "42"]},
        {"type": "Sphere", "coordinates": [1, 2]},
        {"type": "Polygon", "coordinates": []},
    ],
)
def test_an_impossible_place_is_refused(cast: Cast, geometry: dict[str, Any]) -> None:
    with pytest.raises(Problems) as caught:
        actions.create(cast.aigerim, "heritage_object", monument_data(place={"geometry": geometry}), owner=cast.museum)
    assert {p.path[0] for p in caught.value.problems} == {"place"}


def test_messages_are_in_the_language_of_the_user(cast: Cast) -> None:
    texts = set()
    for lang in ("kk", "az", "ru", "en"):
        with translation.override(lang), pytest.raises(Problems) as caught:
            actions.create(cast.aigerim, "heritage_object", monument_data(country="XX"), owner=cast.museum)
        with translation.override(lang):
            texts.add(caught.value.problems[0].text)
    assert len(texts) == 4


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


@given(st.sampled_from(sorted(kinds.KINDS)), st.data())
def test_any_json_gives_canonical_data_or_problems(slug: str, data: st.DataObject) -> None:
    kind = kinds.KINDS[slug]
    names = [field.name for field in kind.fields]
    raw = data.draw(st.dictionaries(st.sampled_from([*names, "other"]), json_values, max_size=4))
    try:
        cleaned = kind.clean(raw, CONTEXT)
    except Problems as wrong:
        assert wrong.problems
        assert all(isinstance(p, Problem) and p.text for p in wrong.problems)
        return
    assert kind.clean(cleaned, CONTEXT) == cleaned
    canonical(cleaned)


@given(st.integers(-LARGEST, LARGEST))
def test_whole_numbers_come_back(number: int) -> None:
    assert Number("n", LABEL).clean(str(number), CONTEXT) == number


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_decimals_are_kept_as_their_digits(number: Any) -> None:
    from decimal import Decimal

    cleaned = Quantity("q", LABEL).clean({"value": str(number).replace(".", ","), "unit": "m"}, CONTEXT)
    assert Decimal(cleaned["value"]) == number
    assert "e" not in cleaned["value"].lower()


@pytest.mark.parametrize(("text", "value"), [("иә", True), ("xeyr", False), ("Да", True), ("0", False), ("", None)])
def test_yes_and_no_in_four_languages(text: str, value: bool | None) -> None:
    assert Flag("f", LABEL).clean(text, CONTEXT) is value


def test_money_needs_its_currency() -> None:
    with pytest.raises(Problem):
        Money("m", LABEL).clean({"value": "5", "unit": "XXX"}, CONTEXT)


@pytest.mark.parametrize(
    ("lang", "text"), [("en", "not told"), ("ru", "дата неизвестна"), ("az", "tarixi məlum deyil")]
)
def test_what_has_no_date_says_so_in_the_language_of_the_reader(lang: str, text: str) -> None:
    field = Date("d", LABEL)
    value = field.clean({"text": "not told", "lang": "en", "undated": True}, CONTEXT)
    shown = field.show(value, Context(lang=lang))[0]
    assert (shown.text, shown.lang, shown.note) == (text, lang, "undated" if lang == "en" else "not told")


def test_a_machine_text_is_shown_only_when_there_is_no_other() -> None:
    field = Text("t", LABEL)
    value = field.clean({"kk": {"text": "машина", "origin": "machine"}, "ru": {"text": "человек"}}, CONTEXT)
    shown = field.show(value, Context(lang="kk"))[0]
    assert (shown.text, shown.lang) == ("человек", "ru")
    alone = field.show({"kk": value["kk"]}, Context(lang="kk"))[0]
    assert alone.origin == "machine"
