"""What a thing is called in one language and script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from ortaq.engine.facts import Fact, Words
from ortaq.engine.fields.base import LONGEST_LINE, Context, Field, Piece, Widget, one_line, too_long, wrong_type
from ortaq.engine.problems import Problem

NAME_LANGUAGES = ("kk", "az", "ru", "en", "tr", "ar", "fa", "chg", "ota")
ARABIC = range(0x0600, 0x0780)
CYRILLIC = range(0x0400, 0x0530)


@dataclass
class Name(Field):
    """Canonical value: ``{"text": "…", "lang": "kk", "script": "Cyrl"}``; the script is read off the letters."""

    type: ClassVar[str] = "name"

    def clean(self, value: Any, context: Context) -> Any:
        if isinstance(value, str):
            value = {"text": value, "lang": context.lang}
        if not isinstance(value, dict) or set(value) - {"text", "lang", "script"}:
            raise wrong_type("name")
        text, lang = value.get("text") or "", value.get("lang") or context.lang
        if not isinstance(text, str):
            raise wrong_type("name")
        if lang not in NAME_LANGUAGES:
            raise Problem("language", _("%(lang)s is not a language that names can have here."), lang=lang)
        if len(text) > LONGEST_LINE:
            raise too_long(LONGEST_LINE)
        text = one_line(text)
        return {"text": text, "lang": lang, "script": script(text)} if text else None

    def take(self, form: Mapping[str, Any], name: str) -> Any:
        text = str(form.get(f"{name}.text", "")).strip()
        return {"text": text, "lang": form.get(f"{name}.lang") or "en"} if text else None

    def widget(self, value: Any, name: str, context: Context) -> Widget:
        value = value if isinstance(value, dict) else {"text": value or "", "lang": context.lang}
        return Widget("name", name, self.label, self.help, self.required, value, {"languages": NAME_LANGUAGES})

    def show(self, value: Any, context: Context) -> list[Piece]:
        return [Piece(value["text"], value["lang"])]

    def facts(self, value: Any) -> Iterator[Fact]:
        yield Words(value["lang"], value["text"], "title")

    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["text", "lang", "script"],
            "properties": {
                "text": {"type": "string", "maxLength": LONGEST_LINE},
                "lang": {"enum": list(NAME_LANGUAGES)},
                "script": {"enum": ["Cyrl", "Latn", "Arab"]},
            },
        }


def script(text: str) -> str:
    """ISO 15924 code of the script most letters of ``text`` belong to; Latin for none."""
    letters = [ord(c) for c in text if c.isalpha()]
    counts = {
        "Cyrl": sum(c in CYRILLIC for c in letters),
        "Arab": sum(c in ARABIC for c in letters),
        "Latn": sum(c < CYRILLIC.start for c in letters),
    }
    return max(counts, key=lambda code: counts[code]) if letters else "Latn"
