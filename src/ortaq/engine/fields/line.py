"""A short text that is the same in every language: a number as it is written, a title of an act, a dimension."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ortaq.engine.facts import Facet, Fact, Words
from ortaq.engine.fields.base import Field


@dataclass
class Line(Field):
    """Canonical value: text of one line, at most 500 characters."""

    def facts(self, value: Any) -> Iterator[Fact]:
        if self.fulltext:
            yield Words("", value)
        if self.facet:
            yield Facet(self.facet, value)
