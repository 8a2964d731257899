"""A number or code that somebody else gave the thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from ortaq.engine.facts import Fact, Words
from ortaq.engine.fields.base import LONGEST_LINE, Context, Field, Piece, Widget, one_line, too_long, wrong_type
from ortaq.engine.problems import Problem


@dataclass
class Identifier(Field):
    """Canonical value: ``{"scheme": "whl", "value": "1442-004"}``; the value is text, never a number."""

    schemes: tuple[str, ...] = (
        "whl",
        "wikidata",
        "osm",
        "wlm",
        "caal",
        "aat",
        "inventory",
        "cadastre",
        "isil",
        "orcid",
    )

    type: ClassVar[str] = "identifier"

    def clean(self, value: Any, context: Context) -> Any:
        if not isinstance(value, dict) or set(value) - {"scheme", "value"} or not isinstance(value.get("value"), str):
            raise wrong_type("identifier")
        text = one_line(value["value"])
        if len(text) > LONGEST_LINE:
            raise too_long(LONGEST_LINE)
        if not text:
            return None
        if value.get("scheme") not in self.schemes:
            raise Problem("scheme", _("Say whose number it is, one of: %(known)s"), known=", ".join(self.schemes))
        return {"scheme": value["scheme"], "value": text}

    def read(self, text: str, context: Context) -> Any:
        scheme, _colon, number = text.strip().partition(":")
        return {"scheme": scheme.strip(), "value": number.strip()} if text.strip() else None

    def take(self, form: Mapping[str, Any], name: str) -> Any:
        text = str(form.get(f"{name}.value", "")).strip()
        return {"scheme": form.get(f"{name}.scheme"), "value": text} if text else None

    def widget(self, value: Any, name: str, context: Context) -> Widget:
        value = value if isinstance(value, dict) else {}
        return Widget("identifier", name, self.label, self.help, self.required, value, {"schemes": self.schemes})

    def show(self, value: Any, context: Context) -> list[Piece]:
        return [Piece(value["value"], note=value["scheme"])]

    def facts(self, value: Any) -> Iterator[Fact]:
        yield Words("", value["value"])

    def schema(self) -> dict[str, Any]:
        properties = {"scheme": {"enum": list(self.schemes)}, "value": {"type": "string", "maxLength": LONGEST_LINE}}
        return {"type": "object", "required": ["scheme", "value"], "properties": properties}
