"""What the tests of single kinds share: the example with changes, and the problems it then has."""

from __future__ import annotations

from typing import Any

from ortaq.engine.fields import Context
from ortaq.engine.kinds import Kind
from ortaq.engine.problems import Problem, Problems


def problems(kind: type[Kind], *, publishing: bool = False, **changes: Any) -> list[Problem]:
    """The problems of the example with ``changes``; None takes a field away."""
    data = {key: value for key, value in {**kind.example, **changes}.items() if value is not None}
    try:
        kind.clean(data, Context(country=str(data.get("country", "")), publishing=publishing))
    except Problems as wrong:
        return list(wrong.problems)
    return []


def found(kind: type[Kind], *, publishing: bool = False, **changes: Any) -> list[tuple[str, tuple[Any, ...]]]:
    """(code, path) of each problem."""
    return [(problem.code, tuple(problem.path)) for problem in problems(kind, publishing=publishing, **changes)]
