"""A lesson is published with its result and with what must hold where it is used again."""

from __future__ import annotations

import pytest

from ortaq.engine import actions
from ortaq.engine.problems import Problems
from ortaq.kinds.practice import Practice
from tests.cast import Cast
from tests.kinds.checking import found


def test_a_lesson_needs_its_result_and_its_conditions_to_be_published() -> None:
    assert found(Practice, publishing=True, result=None) == [("result", ("result",))]
    assert found(Practice, publishing=True, transfer=None) == [("transfer", ("transfer",))]
    assert [code for code, _path in found(Practice, publishing=True, result=None, transfer=None)] == [
        "result",
        "transfer",
    ]


def test_a_draft_may_wait_for_its_result() -> None:
    assert found(Practice, result=None, transfer=None) == []


def test_a_good_practice_stands_without_them() -> None:
    assert found(Practice, publishing=True, sort="good_practice", result=None, transfer=None) == []


@pytest.mark.django_db
def test_nobody_publishes_half_a_lesson(cast: Cast) -> None:
    data = {**Practice.example, "result": None}
    record = actions.create(cast.leyla, "practice", data, owner=cast.reserve)
    with pytest.raises(Problems) as caught:
        actions.submit(cast.leyla, record.id)
        actions.publish(cast.murad, record.id)
    assert [problem.code for problem in caught.value.problems] == ["result"]
