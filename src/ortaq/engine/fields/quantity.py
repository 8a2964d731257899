"""A number with its unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from babel.numbers import format_decimal
from django.utils.translation import gettext_lazy as _

from ortaq.engine.fields.base import Context, Field, Piece, Widget, wrong_type
from ortaq.engine.fields.number import decimal, plain
from ortaq.engine.problems import Problem


@dataclass
class Quantity(Field):
    """Canonical value: ``{"value": "12.5", "unit": "m"}``; ``units`` are those that can be chosen."""

    units: tuple[str, ...] = ("m", "cm", "mm", "km", "m²", "ha", "km²", "m³", "kg", "t")

    type: ClassVar[str] = "quantity"

    def clean(self, value: Any, context: Context) -> Any:
        if not isinstance(value, dict) or set(value) - {"value", "unit"}:
            raise wrong_type("quantity")
        if value.get("value") in (None, ""):
            return None
        if value.get("unit") not in self.units:
            known = ", ".join(self.units)
            raise Problem("unit", _("Give the unit, one of: %(known)s"), known=known)
        return {"value": plain(decimal(value["value"])), "unit": value["unit"]}

    def read(self, text: str, context: Context) -> Any:
        number, _space, unit = text.strip().rpartition(" ")
        return {"value": number, "unit": unit} if text.strip() else None

    def take(self, form: Mapping[str, Any], name: str) -> Any:
        number = str(form.get(f"{name}.value", "")).strip()
        return {"value": number, "unit": form.get(f"{name}.unit")} if number else None

    def widget(self, value: Any, name: str, context: Context) -> Widget:
        value = value if isinstance(value, dict) else {}
        return Widget("quantity", name, self.label, self.help, self.required, value, {"units": self.units})

    def show(self, value: Any, context: Context) -> list[Piece]:
        return [Piece(f"{format_decimal(Decimal(value['value']), locale=context.lang)} {value['unit']}")]

    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["value", "unit"],
            "properties": {"value": {"type": "string"}, "unit": {"enum": list(self.units)}},
        }
