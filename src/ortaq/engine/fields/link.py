"""A reference to another thing, or to a URI outside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ortaq.engine.facts import Fact, Reference
from ortaq.engine.fields.base import Context, Field, Piece, Widget, wrong_type
from ortaq.engine.problems import Problem

URI = re.compile(r"https?://[^\s<>\"']{3,1990}")


@dataclass
class Link(Field):
    """Canonical value: ``{"to": UUID}`` or ``{"uri": "https://…"}``; ``to`` names the kinds it may lead to."""

    to: tuple[str, ...] = ()
    role: str = ""

    type: ClassVar[str] = "link"

    def clean(self, value: Any, context: Context) -> Any:
        if isinstance(value, str):
            value = self._typed(value.strip(), context)
        if value is None:
            return None
        if not isinstance(value, dict) or len(value) != 1 or set(value) - {"to", "uri"}:
            raise wrong_type("link")
        if "uri" in value:
            return {"uri": uri(value["uri"])}
        try:
            return {"to": str(UUID(value["to"]))}
        except (ValueError, TypeError, AttributeError):
            raise wrong_type("link") from None

    def widget(self, value: Any, name: str, context: Context) -> Widget:
        shown = value if isinstance(value, str) else ""
        if isinstance(value, dict):
            shown = value.get("uri") or value.get("to", "")
            title = context.names.get(shown)
        else:
            title = None
        extra = {"title": title, "kinds": self.to}
        return Widget("link", name, self.label, self.help, self.required, shown, extra)

    def show(self, value: Any, context: Context) -> list[Piece]:
        if "uri" in value:
            return [Piece(value["uri"], href=value["uri"])]
        lang, title, href = context.names.get(value["to"], ("", "", ""))
        return [Piece(title, lang, href)] if title else []

    def facts(self, value: Any) -> Iterator[Fact]:
        yield Reference(self.role or self.name, target=value.get("to", ""), uri=value.get("uri", ""))

    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "maxProperties": 1,
            "minProperties": 1,
            "additionalProperties": False,
            "properties": {"to": {"type": "string", "format": "uuid"}, "uri": {"type": "string", "format": "uri"}},
        }

    def _typed(self, text: str, context: Context) -> dict[str, str] | None:
        """What a person types: a pid, an address of this node, a UUID or any web address."""
        if not text:
            return None
        found = context.find(text) if context.find else None
        if found:
            return {"to": found}
        if URI.fullmatch(text):
            return {"uri": text}
        message = _("Nothing is known here as “%(value)s”. Give a permanent number such as KZ-000123 or a web address.")
        raise Problem("link", message, value=text)


def uri(value: Any) -> str:
    """A web address, checked for form only; raises Problem."""
    if not isinstance(value, str) or not URI.fullmatch(value.strip()):
        raise Problem("uri", _("“%(value)s” is not a web address. It starts with https:// or http://."), value=value)
    return value.strip()
