"""What a record is found by that no field of its kind declares: who keeps it, how highly it is protected, its time.

The index itself adds the kind, the state and the languages that a record is written in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from ortaq.engine import kinds
from ortaq.engine.facts import Fact, Span
from ortaq.vocab.terms import rank

OWNER, RANK, LANGUAGE = "owner", "rank", "language"
NAMES = (RANK, OWNER, LANGUAGE)
RANKS = ("1", "2", "3", "4")  # 1 is the highest


def facets(owner: UUID, declared: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """``declared`` are the facets of the record's fields: a rank follows from the categories among them."""
    ranks = sorted({str(found) for code in declared.get("protection", ()) if (found := rank(code))})
    return {OWNER: [str(owner)]} | ({RANK: ranks} if ranks else {})


def dating(kind: type[kinds.Kind], facts: Iterable[Fact]) -> list[Span]:
    """The spans that say of what time the thing is; of a kind that dates nothing every span that it has.

    A mosque of the fifteenth century that was looked at yesterday is not of the time in between.
    """
    spans = [fact for fact in facts if isinstance(fact, Span)]
    dates = any(getattr(inner, "facet", "") == "century" for of in kind.fields for inner in getattr(of, "fields", [of]))
    return [span for span in spans if span.dating] if dates else spans
