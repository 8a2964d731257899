"""A condition survey: the classes of EN 16096 belong to buildings, each form asks for its own."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from ortaq.engine import actions
from ortaq.engine.facts import Facet
from ortaq.engine.fields import Context, Group
from ortaq.engine.labels import LANGUAGES
from ortaq.engine.models import Record
from ortaq.engine.problems import Problems
from ortaq.kinds.condition_survey import EN_16096, ConditionSurvey
from tests.cast import Cast

pytestmark = pytest.mark.django_db

Found = list[tuple[str, tuple[str | int, ...]]]


def found(data: dict[str, Any], *, publishing: bool = False) -> Found:
    """Code and path of each problem of ``data``."""
    try:
        ConditionSurvey.clean(data, Context(country="KZ", publishing=publishing))
    except Problems as problems:
        return [(problem.code, problem.path) for problem in problems.problems]
    return []


def changed(**changes: Any) -> dict[str, Any]:
    data = deepcopy(ConditionSurvey.example) | changes
    return {name: value for name, value in data.items() if value is not None}


def on_site(**changes: Any) -> dict[str, Any]:
    """The example on the form for sites: no classes, elements only described."""
    elements = [{"_id": "el2abc", "element": "mound", "description": {"kk": {"text": "Үйінді"}}}]
    return changed(**({"form": "site", "classes": None, "elements": elements} | changes))


def survey(cast: Cast, data: dict[str, Any]) -> Record:
    monument = cast.monument()
    record = actions.create(
        cast.aigerim, "condition_survey", data | {"object": {"to": str(monument.id)}}, owner=cast.museum
    )
    actions.submit(cast.aigerim, record.id)
    return actions.publish(cast.dana, record.id)


def test_the_example_fills_every_field() -> None:
    for group in (field for field in ConditionSurvey.fields if isinstance(field, Group)):
        filled = {name for row in ConditionSurvey.example[group.name] for name in row}
        assert {field.name for field in group.fields} - filled <= {"valid", "source"}, group.name
    assert {field.name for field in ConditionSurvey.fields} == set(ConditionSurvey.example)
    assert not found(ConditionSurvey.example, publishing=True)
    assert not found(on_site(), publishing=True)


@pytest.mark.parametrize("key", EN_16096)
@pytest.mark.parametrize("group", ["classes", "elements"])
def test_a_site_has_no_classes_of_the_standard_for_buildings(group: str, key: str) -> None:
    value = {"condition_class": "cc1", "urgency": "uc1", "recommendation": "rc1"}[key]
    data = on_site(**{group: [{"_id": "row2ab", key: value}]})
    assert found(data) == [("form", (group, 0, key))]


def test_a_draft_may_still_lack_what_its_form_asks_for() -> None:
    assert not found(changed(elements=None))
    assert not found(on_site(disturbances=None, looting=None))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (changed(elements=None), [("elements", ("elements",))]),
        (
            changed(elements=[{"_id": "el2abc", "element": "wall", "condition_class": "cc1"}]),
            [("classes", ("elements", 0, "urgency")), ("classes", ("elements", 0, "recommendation"))],
        ),
        (on_site(disturbances=None), [("disturbances", ("disturbances",))]),
        (on_site(looting=None), [("looting", ("looting",))]),
        (changed(grade=None), [("required", ("grade",))]),
    ],
)
def test_each_form_asks_for_its_own_when_publishing(data: dict[str, Any], expected: Found) -> None:
    assert found(data, publishing=True) == expected


def test_the_next_visit_comes_after_the_survey() -> None:
    assert found(changed(next_visit={"to": "2003"})) == [("next_visit", ("next_visit",))]
    assert not found(changed(next_visit={"to": "2004"}))
    assert not found(changed(next_visit={"from": "2005"}))
    assert not found(changed(date={"text": "at the last visit", "lang": "en", "undated": True}))


def test_every_problem_is_said_in_every_language() -> None:
    data = on_site(classes=[{"_id": "row2ab", "urgency": "uc1"}], disturbances=None, looting=None)
    for lang in LANGUAGES:
        with translation.override(lang), pytest.raises(Problems) as caught:
            ConditionSurvey.clean(data, Context(country="KZ", publishing=True))
        texts = [problem.text for problem in caught.value.problems]
        assert len(texts) == len(set(texts)) == 3


def test_the_grade_is_a_facet() -> None:
    grade = ConditionSurvey.field("grade")
    assert grade is not None
    assert Facet("condition", "unsatisfactory") in list(grade.facts("unsatisfactory"))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("data", [changed(), on_site()], ids=["building", "site"])
def test_the_page_shows_each_form_without_its_weak_points(
    cast: Cast, client: Client, data: dict[str, Any], lang: str
) -> None:
    record = survey(cast, data)
    html = client.get(f"/{lang}/o/{record.pid}").content.decode()
    for name in data:
        field = ConditionSurvey.field(name)
        assert field is not None
        assert name == "names" or field.label.at(lang) in html, name
    assert ("CC2" in html) == (data["form"] == "building")
    assert "Есігі жабылмайды" not in html and "Күзет жоқ" not in html
