"""How much of a question is read, and how much of an answer is given at once."""

from __future__ import annotations

from ortaq.search.query import DEEPEST, PAGE, Query
from ortaq.search.question import parse


def test_limits() -> None:
    assert Query(limit=10**9).window == (0, PAGE)
    assert Query(offset=-5, limit=-5).window == (0, 0)
    assert Query(offset=DEEPEST + 1).window == (DEEPEST + 1, 0)
    long = parse("слово " * 10_000)
    assert len(long.clauses) <= 16
