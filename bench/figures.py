"""A measured figure beside what the design asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """``at_least`` or ``at_most`` is the target, None where the figure only explains another."""

    name: str
    value: float
    unit: str
    at_least: float | None = None
    at_most: float | None = None

    @property
    def met(self) -> bool | None:
        if self.at_least is not None:
            return self.value >= self.at_least
        return self.value <= self.at_most if self.at_most is not None else None

    @property
    def target(self) -> str:
        if self.at_least is not None:
            return f">= {self.at_least:,g}"
        return f"<= {self.at_most:,g}" if self.at_most is not None else ""


def table(title: str, figures: Iterable[Figure]) -> str:
    """The figures as lines of text, with a mark for each target that was met or missed."""
    marks = {True: "met", False: "MISSED", None: ""}
    lines = [title]
    for one in figures:
        value = f"{one.value:,.0f}" if one.value >= 100 else f"{one.value:,.1f}"
        lines.append(f"  {one.name:<46}{value:>12} {one.unit:<16}{one.target:>10}  {marks[one.met]}".rstrip())
    return "\n".join(lines)
