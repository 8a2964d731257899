"""Whole numbers and decimals; a decimal is kept as the text of its digits."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from babel.numbers import format_decimal
from django.utils.translation import gettext_lazy as _

from ortaq.engine.canonical import LARGEST
from ortaq.engine.fields.base import Context, Field, Piece
from ortaq.engine.problems import Problem

LONGEST_NUMBER = 40


@dataclass
class Number(Field):
    """Canonical value: a whole number, or with ``whole=False`` a decimal as text such as ``"12.5"``."""

    whole: bool = True
    least: int | None = None

    type: ClassVar[str] = "number"

    def clean(self, value: Any, context: Context) -> Any:
        if value == "":
            return None
        number = decimal(value)
        if self.least is not None and number < self.least:
            raise Problem("number", _("The number must be at least %(least)s."), least=self.least)
        if self.whole and number != number.to_integral_value():
            raise Problem("number", _("“%(value)s” is not a whole number."), value=value)
        return int(number) if self.whole else plain(number)

    def show(self, value: Any, context: Context) -> list[Piece]:
        return [Piece(format_decimal(Decimal(value), locale=context.lang))]

    def schema(self) -> dict[str, Any]:
        least = {} if self.least is None else {"minimum": self.least}
        return {"type": "integer", **least} if self.whole else {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}


def decimal(value: Any) -> Decimal:
    """The number somebody typed, with a decimal comma or point and with spaces between thousands; raises Problem."""
    wrong = Problem("number", _("“%(value)s” is not a number. Write digits, for instance 12 or 12.5."), value=value)
    if isinstance(value, bool) or not isinstance(value, int | float | str) or len(str(value)) > LONGEST_NUMBER:
        raise wrong
    try:
        number = Decimal("".join(str(value).split()).replace(",", "."))
    except InvalidOperation:
        raise wrong from None
    if not number.is_finite() or abs(number) > LARGEST:
        raise wrong
    return number


def plain(number: Decimal) -> str:
    """Digits without exponent and without zeros at the end."""
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
