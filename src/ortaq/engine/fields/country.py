"""Countries by ISO 3166-1 code, named by CLDR in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from babel import Locale
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ortaq.engine.facts import Facet, Fact, Words
from ortaq.engine.fields.base import Context, Field, Piece, Widget
from ortaq.engine.labels import LANGUAGES
from ortaq.engine.problems import Problem


@dataclass
class Country(Field):
    """Canonical value: two letters; which countries can be chosen is a setting of the node."""

    type: ClassVar[str] = "country"

    def clean(self, value: Any, context: Context) -> Any:
        if not isinstance(value, str) or (value and value.strip().upper() not in settings.ORTAQ_COUNTRIES):
            known = ", ".join(settings.ORTAQ_COUNTRIES)
            raise Problem(
                "country", _("“%(value)s” is not a country of this node: %(known)s"), value=value, known=known
            )
        return value.strip().upper() or None

    def widget(self, value: Any, name: str, context: Context) -> Widget:
        choices = [
            {"code": code, "label": country_name(code, context.lang), "chosen": code == value}
            for code in settings.ORTAQ_COUNTRIES
        ]
        return Widget("term", name, self.label, self.help, self.required, value, {"choices": choices, "many": False})

    def show(self, value: Any, context: Context) -> list[Piece]:
        return [Piece(country_name(value, context.lang), context.lang)]

    def facts(self, value: Any) -> Iterator[Fact]:
        if self.facet:
            yield Facet(self.facet, value)
        for lang in LANGUAGES:
            yield Words(lang, country_name(value, lang), "term")

    def schema(self) -> dict[str, Any]:
        return {"enum": list(settings.ORTAQ_COUNTRIES)}


@lru_cache(maxsize=512)
def country_name(code: str, lang: str) -> str:
    """The name of a country in a language, the code itself for one that CLDR does not know."""
    return str(Locale.parse(lang).territories.get(code, code))
