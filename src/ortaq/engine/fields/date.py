"""A date as people give it, with what was understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from ortaq.engine import dates
from ortaq.engine.facts import Facet, Fact, Span
from ortaq.engine.fields.base import LONGEST_LINE, Context, Field, Piece, Widget, one_line, too_long, wrong_type
from ortaq.engine.labels import L

LONGEST_CODE = 8  # characters of a language code
UNDATED = L(kk="мерзімі белгісіз", az="tarixi məlum deyil", ru="дата неизвестна", en="undated")


@dataclass
class Date(Field):
    """Canonical value: ``{"edtf": "1401/1500", "text": "15th c.", "lang": "en"}``.

    ``text`` is kept as given and may stand alone when no calendar date is meant; EDTF
    given beside it is checked, not guessed again.
    """

    type: ClassVar[str] = "date"

    def clean(self, value: Any, context: Context) -> Any:
        if isinstance(value, str):
            value = {"text": value}
        if not isinstance(value, dict) or set(value) - {"edtf", "text", "lang", "undated"}:
            raise wrong_type("date")
        text, edtf = value.get("text") or "", value.get("edtf") or ""
        if not isinstance(text, str) or not isinstance(edtf, str):
            raise wrong_type("date")
        lang = value.get("lang") or context.lang
        if not isinstance(lang, str) or len(lang) > LONGEST_CODE:
            raise wrong_type("language")
        if max(len(text), len(edtf)) > LONGEST_LINE:
            raise too_long(LONGEST_LINE)
        text = one_line(text)
        if not text and not edtf:
            return None
        found: dict[str, Any] = {"text": text, "lang": lang} if text else {}
        if edtf:
            found["edtf"] = dates.normalise(edtf)
        elif value.get("undated"):
            found["undated"] = True
        else:
            found["edtf"] = dates.understand(text, found["lang"])
        return found

    def take(self, form: Mapping[str, Any], name: str) -> Any:
        text, edtf = str(form.get(f"{name}.text", "")).strip(), str(form.get(f"{name}.edtf", "")).strip()
        given = {"text": text, "edtf": edtf, "lang": form.get(f"{name}.lang")}
        if form.get(f"{name}.undated"):
            given["undated"] = True
        return given if text or edtf else None

    def widget(self, value: Any, name: str, context: Context) -> Widget:
        value = value if isinstance(value, dict) else {"text": value or ""}
        return Widget("date", name, self.label, self.help, self.required, value, {"lang": context.lang})

    def show(self, value: Any, context: Context) -> list[Piece]:
        text, lang = value.get("text", ""), value.get("lang", "")
        understood = dates.show(value["edtf"], context.lang) if value.get("edtf") else ""
        understood = understood or (UNDATED.at(context.lang) if value.get("undated") else "")
        if text and lang == context.lang:
            return [Piece(text, lang, note=understood if understood != text else "")]
        if understood:
            return [Piece(understood, context.lang, note=text if text != understood else "")]
        return [Piece(text, lang)]

    def facts(self, value: Any) -> Iterator[Fact]:
        if not value.get("edtf"):
            return
        yield Span(*dates.bounds(value["edtf"]), dating=bool(self.facet))
        if self.facet:
            for number in dates.centuries(value["edtf"]):
                yield Facet(self.facet, str(number))

    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "properties": {
                "edtf": {"type": "string", "description": "EDTF level 1"},
                "text": {"type": "string", "maxLength": LONGEST_LINE},
                "lang": {"type": "string"},
                "undated": {"const": True},
            },
        }
