"""A web address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from ortaq.engine.fields.base import Context, Field, Piece
from ortaq.engine.fields.link import uri


@dataclass
class Url(Field):
    """Canonical value: an address that starts with https:// or http://."""

    type: ClassVar[str] = "url"

    def clean(self, value: Any, context: Context) -> Any:
        return uri(value) if value != "" else None

    def show(self, value: Any, context: Context) -> list[Piece]:
        return [Piece(value, href=value)]

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "format": "uri"}
