"""How to reach somebody: an e-mail address or a telephone number. Personal data: always in a closed part."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from ortaq.engine.fields.base import Context, Field, Piece, wrong_type
from ortaq.engine.problems import Problem

PHONE = re.compile(r"\+?[\d\s().-]{5,25}")


@dataclass
class Contact(Field):
    """Canonical value: an e-mail address, or a telephone number as digits with an optional ``+``."""

    type: ClassVar[str] = "contact"

    def clean(self, value: Any, context: Context) -> Any:
        if not isinstance(value, str):
            raise wrong_type("contact")
        text = value.strip()
        if not text:
            return None
        if PHONE.fullmatch(text):
            return ("+" if text.startswith("+") else "") + re.sub(r"\D", "", text)
        try:
            validate_email(text)
        except ValidationError:
            message = _("“%(value)s” is neither an e-mail address nor a telephone number.")
            raise Problem("contact", message, value=text) from None
        return text

    def show(self, value: Any, context: Context) -> list[Piece]:
        return [Piece(value, href=("mailto:" if "@" in value else "tel:") + value)]
