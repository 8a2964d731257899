"""Administrative units, a dated tree that is chosen like a vocabulary and found with everything above it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from ortaq.engine import terms
from ortaq.engine.facts import Facet, Fact, Words
from ortaq.engine.fields.base import Context, Piece
from ortaq.engine.fields.term import Term

UNITS = "admin_unit"


@dataclass
class Unit(Term):
    """Canonical value: the code of a unit; found by the names of the unit and of all units above it."""

    vocabulary: str = UNITS

    type: ClassVar[str] = "term"

    def show(self, value: Any, context: Context) -> list[Piece]:
        """The unit first, then what it lies in."""
        return [self._piece(code, context.lang) for code in above(value)]

    def facts(self, value: Any) -> Iterator[Fact]:
        for code in above(value):
            if self.facet:
                yield Facet(self.facet, code)
            term = terms.source().get(UNITS, code)
            for lang, label in (term.labels if term else {}).items():
                yield Words(lang, label, "term")


def above(code: str) -> list[str]:
    """``code`` and the units it lies in, the smallest first, at most ten steps."""
    path, source = [code], terms.source()
    while len(path) < 10:
        broader = getattr(source.get(UNITS, path[-1]), "broader", "")
        if not broader or broader in path:
            break
        path.append(broader)
    return path
