"""An amount in a currency."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from babel.numbers import format_currency

from ortaq.engine.fields.base import Context, Piece
from ortaq.engine.fields.quantity import Quantity


@dataclass
class Money(Quantity):
    """Canonical value: ``{"value": "317000000", "unit": "KZT"}``; units are ISO 4217 codes."""

    units: tuple[str, ...] = ("KZT", "AZN", "USD", "EUR", "RUB", "TRY")

    type: ClassVar[str] = "quantity"

    def show(self, value: Any, context: Context) -> list[Piece]:
        return [Piece(format_currency(Decimal(value["value"]), value["unit"], locale=context.lang))]
