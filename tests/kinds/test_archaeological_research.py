"""Archaeological research: permits of each country, seasons as lanes, the depository never public."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from ortaq.engine import actions
from ortaq.engine.fields import Context, Group
from ortaq.engine.labels import LANGUAGES
from ortaq.engine.models import Record
from ortaq.engine.problems import Problems
from ortaq.kinds.archaeological_research import ArchaeologicalResearch
from tests.cast import Cast

pytestmark = pytest.mark.django_db

PERMIT = {"_id": "pm2abc", "country": "AZ", "kind": "permit", "number": "İ-0000"}


def found(data: dict[str, Any], *, publishing: bool = False) -> list[tuple[str, tuple[str | int, ...]]]:
    """Code and path of each problem of ``data``."""
    try:
        ArchaeologicalResearch.clean(data, Context(country="KZ", publishing=publishing))
    except Problems as problems:
        return [(problem.code, problem.path) for problem in problems.problems]
    return []


def changed(**changes: Any) -> dict[str, Any]:
    return deepcopy(ArchaeologicalResearch.example) | changes


def research(cast: Cast) -> Record:
    monument = cast.monument()
    data = changed(objects=[{"_id": "object", "object": {"to": str(monument.id)}}])
    record = actions.create(cast.aigerim, "archaeological_research", data, owner=cast.museum)
    actions.submit(cast.aigerim, record.id)
    return actions.publish(cast.dana, record.id)


def test_the_example_fills_every_field() -> None:
    for group in (field for field in ArchaeologicalResearch.fields if isinstance(field, Group)):
        filled = {name for row in ArchaeologicalResearch.example[group.name] for name in row}
        assert {field.name for field in group.fields} - filled <= {"valid", "source"}, group.name
    assert {field.name for field in ArchaeologicalResearch.fields} == set(ArchaeologicalResearch.example)
    assert not found(ArchaeologicalResearch.example, publishing=True)


def test_seasons_have_different_names() -> None:
    seasons = [{"_id": "se2abc", "season": "A"}, {"_id": "se3abc", "season": "a"}, {"_id": "se4abc", "season": "B"}]
    assert found(changed(seasons=seasons)) == [("season", ("seasons", 1, "season"))]


@pytest.mark.parametrize("name", ["country", "kind", "number"])
def test_a_permit_is_known_by_three_things(name: str) -> None:
    known = ArchaeologicalResearch.example["permits"][0]
    data = changed(permits=[{key: value for key, value in known.items() if key != name}])
    assert not found(data)
    assert found(data, publishing=True) == [("permit", ("permits", 0, name))]


def test_a_permit_of_the_country_of_the_research_is_among_them() -> None:
    assert found(changed(permits=[PERMIT]), publishing=True) == [("permit_country", ("permits",))]
    both = [*ArchaeologicalResearch.example["permits"], PERMIT]
    assert not found(changed(permits=both), publishing=True)


def test_every_problem_is_said_in_every_language() -> None:
    for lang in LANGUAGES:
        with translation.override(lang), pytest.raises(Problems) as caught:
            ArchaeologicalResearch.clean(changed(permits=[PERMIT]), Context(country="KZ", publishing=True))
        assert caught.value.problems[0].text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_has_every_label_and_neither_place_nor_depository(cast: Cast, client: Client, lang: str) -> None:
    record = research(cast)
    html = client.get(f"/{lang}/o/{record.pid}").content.decode()
    for field in ArchaeologicalResearch.fields:
        assert field.name == "names" or field.label.at(lang) in html, field.name
    assert html.count("<rect") == len(ArchaeologicalResearch.example["seasons"])
    assert "3-бөлме" not in html
    for format_ in ("json", "geojson"):
        answer = client.get(f"/o/{record.pid}?format={format_}").content.decode()
        assert "68.27" not in answer and "3-бөлме" not in answer
