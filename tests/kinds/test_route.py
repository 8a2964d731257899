"""A route takes no more people than its weakest stop bears, and no less time than its stops."""

from __future__ import annotations

from typing import Any

import pytest

from ortaq.engine.problems import Problem
from ortaq.kinds.route import Route
from tests.kinds.checking import found, problems


def stops(**changes: Any) -> list[dict[str, Any]]:
    first = {**Route.example["stops"][0], **changes}
    return [first, *Route.example["stops"][1:]]


@pytest.mark.parametrize("name", ["at_once", "per_day"])
@pytest.mark.parametrize("number", [0, -3])
def test_a_place_that_bears_nobody_is_no_stop(name: str, number: int) -> None:
    assert found(Route, stops=stops(**{name: number})) == [("number", ("stops", 0, name))]
    whole: dict[str, Any] = {name: number}
    assert found(Route, **whole) == [("number", (name,))]


def test_a_day_takes_as_many_as_a_moment() -> None:
    assert found(Route, stops=stops(per_day=14), per_day=None) == [("capacity", ("stops", 0, "per_day"))]
    assert found(Route, per_day=14) == [("capacity", ("per_day",))]


def test_the_weakest_stop_says_how_many_go() -> None:
    assert found(Route, at_once=15) == []
    wrong: list[Problem] = problems(Route, at_once=16)
    assert [(p.code, p.path, p.params["least"]) for p in wrong] == [("capacity", ("at_once",), 15)]
    assert found(Route, per_day=121) == [("capacity", ("per_day",))]
    assert found(Route, at_once=None, per_day=None) == []


def test_the_whole_takes_no_less_time_than_its_stops() -> None:
    assert found(Route, minutes=70) == []
    wrong = problems(Route, minutes=69)
    assert [(p.code, p.params["spent"]) for p in wrong] == [("minutes", 70)]
    assert found(Route, minutes=None) == []


def test_a_route_without_stops_is_a_draft() -> None:
    assert found(Route, stops=None) == []
    assert found(Route, publishing=True, stops=None) == [("required", ("stops",))]
