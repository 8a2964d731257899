"""A restoration work: its own checks, and its page with the table of problems and the lanes of stages."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from ortaq.engine import actions
from ortaq.engine.fields import Context, Group
from ortaq.engine.kinds import KINDS
from ortaq.engine.labels import LANGUAGES
from ortaq.engine.models import Record
from ortaq.engine.problems import Problems
from ortaq.kinds.restoration_work import RestorationWork
from tests.cast import Cast

pytestmark = pytest.mark.django_db

GROUPS = [field for field in RestorationWork.fields if isinstance(field, Group)]


def found(data: dict[str, Any], *, publishing: bool = False) -> list[tuple[str, tuple[str | int, ...]]]:
    """Code and path of each problem of ``data``."""
    try:
        RestorationWork.clean(data, Context(country="KZ", publishing=publishing))
    except Problems as problems:
        return [(problem.code, problem.path) for problem in problems.problems]
    return []


def changed(**changes: Any) -> dict[str, Any]:
    data = deepcopy(RestorationWork.example) | changes
    return {name: value for name, value in data.items() if value is not None}


def work(cast: Cast, **changes: Any) -> Record:
    """A published work of the museum, on a published monument."""
    monument = cast.monument()
    data = changed(objects=[{"_id": "object", "object": {"to": str(monument.id)}}], **changes)
    record = actions.create(cast.aigerim, "restoration_work", data, owner=cast.museum)
    actions.submit(cast.aigerim, record.id)
    return actions.publish(cast.dana, record.id)


def test_the_example_fills_every_field_of_every_group() -> None:
    for group in GROUPS:
        filled = {name for row in RestorationWork.example[group.name] for name in row}
        missing = {field.name for field in group.fields} - filled
        assert missing <= {"valid", "source", "act", "document"}, group.name
    assert not found(RestorationWork.example, publishing=True)


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"admin_unit": "az-sheki"}, "unit_country", ("admin_unit",)),
        ({"kinds": ["restoration"]}, "main_kind", ("kinds",)),
        (
            {"problems": [{"_id": "pr2abc", "element": "wall", "after_years": 3}]},
            "result",
            ("problems", 0, "result"),
        ),
    ],
)
def test_what_contradicts_itself_is_refused_even_in_a_draft(changes: dict[str, Any], code: str, path: Any) -> None:
    assert found(changed(**changes)) == [(code, path)]


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"objects": [{"_id": "ob2abc", "part": {"en": {"text": "Dome"}}}]}, "object", ("objects", 0, "object")),
        ({"degree_of_new_fabric": None}, "lessons", ("degree_of_new_fabric",)),
        ({"reversibility": None}, "lessons", ("reversibility",)),
        ({"acceptance": None}, "acceptance", ("acceptance",)),
    ],
)
def test_what_is_missing_counts_when_publishing(changes: dict[str, Any], code: str, path: Any) -> None:
    assert not found(changed(**changes))
    assert found(changed(**changes), publishing=True) == [(code, path)]


def test_without_lessons_nothing_is_asked_about_new_fabric() -> None:
    assert not found(changed(lessons=None, degree_of_new_fabric=None, reversibility=None), publishing=True)


def test_every_problem_is_said_in_every_language() -> None:
    data = changed(kinds=["restoration"], degree_of_new_fabric=None)
    for lang in LANGUAGES:
        with translation.override(lang), pytest.raises(Problems) as caught:
            RestorationWork.clean(data, Context(country="KZ", publishing=True))
        assert all(problem.text for problem in caught.value.problems)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_has_every_label_the_table_and_the_lanes(cast: Cast, client: Client, lang: str) -> None:
    record = work(cast)
    html = client.get(f"/{lang}/o/{record.pid}").content.decode()
    for field in RestorationWork.fields:
        if field.part == "" and field.name not in ("names", "country", "admin_unit"):
            assert str(field.label.at(lang)).replace("'", "&#x27;") in html, field.name
    problems = KINDS["restoration_work"].field("problems")
    assert isinstance(problems, Group)
    for side in problems.sides:
        assert f'<th scope="col">{side.label.at(lang)}</th>' in html
    assert {name for side in problems.sides for name in side.fields} == {field.name for field in problems.fields}
    for field in problems.fields:
        assert f">{field.label.at(lang)}</dt>" in html
    assert html.count("<rect") == len(RestorationWork.example["stages"])
    assert "style=" not in html


def test_the_contract_sum_is_closed_until_it_is_opened(cast: Cast, client: Client) -> None:
    record = work(cast)
    page = client.get(f"/ru/o/{record.pid}").content.decode()
    assert "900" not in page and "Ш-0000" not in page
    assert "Сумма договора" in page
    assert "Ш-0000" not in client.get(f"/o/{record.pid}?format=json").content.decode()
    request = actions.request_widening(
        cast.aigerim, record.id, "contract", ["public"], reason="published by the client"
    )
    actions.confirm(cast.bolat, request.id)
    assert "Ш-0000" in client.get(f"/ru/o/{record.pid}").content.decode()


def test_a_row_that_only_links_to_what_is_hidden_leaves_no_trace(cast: Cast, client: Client) -> None:
    hidden = actions.create(
        cast.aigerim, "organisation", {"country": "KZ", "names": [{"name": "Жасырын ұйым"}]}, owner=cast.museum
    )
    link = {"to": str(hidden.id)}
    record = work(
        cast, participants=[{"_id": "partic", "agent": link}], stages=[{"_id": "stages", "responsible": link}]
    )
    html = client.get(f"/en/o/{record.pid}").content.decode()
    assert "Жасырын ұйым" not in html and str(hidden.id) not in html
    assert 'id="participants"' not in html and 'id="stages"' not in html
    client.force_login(cast.users["aigerim"])
    own = client.get(f"/en/o/{record.pid}").content.decode()
    assert own.count("Жасырын ұйым") == 2 and 'id="participants"' in own and 'id="stages"' in own
