"""Yes, no, or not given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from ortaq.engine.facts import Facet, Fact
from ortaq.engine.fields.base import Context, Field, Piece, wrong_type

YES = {"true", "yes", "1", "иә", "bəli", "да"}
NO = {"false", "no", "0", "жоқ", "xeyr", "нет"}


@dataclass
class Flag(Field):
    """Canonical value: true or false."""

    type: ClassVar[str] = "flag"

    def clean(self, value: Any, context: Context) -> Any:
        if isinstance(value, str):
            folded = value.strip().casefold()
            if folded in YES | NO:
                return folded in YES
            if not folded:
                return None
        if not isinstance(value, bool):
            raise wrong_type("yes / no")
        return value

    def take(self, form: Mapping[str, Any], name: str) -> Any:
        return str(form.get(name, "")) or None

    def show(self, value: Any, context: Context) -> list[Piece]:
        return [Piece(str(_("yes") if value else _("no")), context.lang)]

    def facts(self, value: Any) -> Iterator[Fact]:
        if self.facet:
            yield Facet(self.facet, "yes" if value else "no")

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean"}
