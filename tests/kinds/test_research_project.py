"""A research project asks something, and its people hold their roles for a time."""

from __future__ import annotations

from ortaq.engine import derive
from ortaq.engine.facts import Reference
from ortaq.kinds.research_project import ResearchProject
from tests.kinds.checking import found


def test_a_project_without_a_question_is_not_published() -> None:
    assert found(ResearchProject, question=None) == []
    assert found(ResearchProject, publishing=True, question=None) == [("required", ("question",))]


def test_what_came_of_it_is_linked() -> None:
    data = {**ResearchProject.example, "outputs": [{"_id": "ou2abc", "material": {"uri": "https://example.org/m"}}]}
    roles = {fact.role for fact in derive.facts(ResearchProject, data) if isinstance(fact, Reference)}
    assert {"output", "about", "about_work", "see_also"} <= roles


def test_a_role_ends_after_it_begins() -> None:
    row = {**ResearchProject.example["participants"][0], "valid": {"from": "2022", "to": "2020"}}
    assert found(ResearchProject, participants=[row]) == [("period", ("participants", 0, "valid"))]
