"""A person or an organisation: a record of this node, or a name when there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from ortaq.engine.facts import Fact, Words
from ortaq.engine.fields.base import LONGEST_LINE, Context, Piece, Widget, one_line, too_long
from ortaq.engine.fields.link import Link
from ortaq.engine.problems import Problem


@dataclass
class Agent(Link):
    """Canonical value: ``{"to": UUID}`` or ``{"name": "…"}``."""

    to: tuple[str, ...] = ("person", "organisation")

    type: ClassVar[str] = "link"

    def clean(self, value: Any, context: Context) -> Any:
        if isinstance(value, dict) and set(value) == {"name"} and isinstance(value["name"], str):
            return self._named(value["name"])
        if isinstance(value, str):
            try:
                return super().clean(value, context)
            except Problem:
                return self._named(value)
        return super().clean(value, context)

    def widget(self, value: Any, name: str, context: Context) -> Widget:
        if isinstance(value, dict) and "name" in value:
            value = value["name"]
        return super().widget(value, name, context)

    def show(self, value: Any, context: Context) -> list[Piece]:
        return [Piece(value["name"])] if "name" in value else super().show(value, context)

    def facts(self, value: Any) -> Iterator[Fact]:
        if "name" in value:
            yield Words("", value["name"])
        else:
            yield from super().facts(value)

    def schema(self) -> dict[str, Any]:
        named = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}
        return {"oneOf": [super().schema(), named]}

    def take(self, form: Mapping[str, Any], name: str) -> Any:
        return str(form.get(name, "")).strip() or None

    def _named(self, text: str) -> dict[str, str] | None:
        if len(text) > LONGEST_LINE:
            raise too_long(LONGEST_LINE)
        name = one_line(text)
        return {"name": name} if name else None
