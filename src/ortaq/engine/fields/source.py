"""Where a statement comes from: words, and if there is one the record or address of the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from ortaq.engine.facts import Fact
from ortaq.engine.fields.base import LONGEST_LINE, Context, Piece, Widget, one_line, too_long, wrong_type
from ortaq.engine.fields.link import Link
from ortaq.engine.labels import L
from ortaq.engine.problems import Problem

CERTAINTIES = {
    "V": L(kk="тексерілген", az="yoxlanılıb", ru="проверено", en="verified"),
    "H": L(kk="сенімді", az="etibarlı", ru="уверенно", en="confident"),
    "M": L(kk="орташа сенімді", az="orta dərəcədə etibarlı", ru="умеренно", en="moderate"),
    "L": L(kk="тексеруді қажет етеді", az="yoxlanılmalıdır", ru="требует проверки", en="to be checked"),
}


@dataclass
class Source(Link):
    """Canonical value: ``{"text": "…", "certainty": "V"}`` with ``to`` or ``uri`` of a link where there is one."""

    role: str = "source"

    type: ClassVar[str] = "source"

    def clean(self, value: Any, context: Context) -> Any:
        if isinstance(value, str):
            value = {"text": value}
        if not isinstance(value, dict) or set(value) - {"text", "certainty", "to", "uri", "link"}:
            raise wrong_type("source")
        found: dict[str, Any] = {}
        text, certainty = value.get("text") or "", value.get("certainty")
        if not isinstance(text, str) or len(text) > LONGEST_LINE:
            raise too_long(LONGEST_LINE) if isinstance(text, str) else wrong_type("source")
        if one_line(text):
            found["text"] = one_line(text)
        if certainty and (not isinstance(certainty, str) or certainty not in CERTAINTIES):
            known = ", ".join(CERTAINTIES)
            message = _("“%(value)s” is not known here. Choose one of: %(known)s")
            raise Problem("choice", message, value=certainty, known=known)
        if certainty:
            found["certainty"] = certainty
        link = value.get("link") or {key: value[key] for key in ("to", "uri") if value.get(key)} or None
        found |= (super().clean(link, context) or {}) if link else {}
        return found or None

    def take(self, form: Mapping[str, Any], name: str) -> Any:
        given = {key: str(form.get(f"{name}.{key}", "")).strip() for key in ("text", "link", "certainty")}
        return {key: text for key, text in given.items() if text} or None

    def widget(self, value: Any, name: str, context: Context) -> Widget:
        value = value if isinstance(value, dict) else {"text": value or ""}
        shown = value.get("link") or value.get("uri") or value.get("to", "")
        extra = {"certainties": list(CERTAINTIES.items()), "link": shown}
        return Widget("source", name, self.label, self.help, self.required, value, extra)

    def show(self, value: Any, context: Context) -> list[Piece]:
        note = CERTAINTIES[value["certainty"]].at(context.lang) if value.get("certainty") else ""
        lang, title, href = context.names.get(value.get("to", ""), ("", "", value.get("uri", "")))
        return [Piece(value.get("text") or title or href, lang if title else "", href, note)]

    def facts(self, value: Any) -> Iterator[Fact]:
        if value.get("to") or value.get("uri"):
            yield from super().facts(value)

    def schema(self) -> dict[str, Any]:
        text = {"type": "string"}
        return {
            "type": "object",
            "properties": {"text": text, "certainty": {"enum": list(CERTAINTIES)}, "to": text, "uri": text},
        }
