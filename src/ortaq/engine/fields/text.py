"""Text people write, in one or more languages, each with its origin."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from ortaq.engine.facts import Fact, Words
from ortaq.engine.fields.base import Context, Field, Piece, Widget, too_long, wrong_type
from ortaq.engine.labels import FALLBACK, LANGUAGES
from ortaq.engine.problems import Problem, Problems

WRITTEN = (*LANGUAGES, "tr")  # languages a text can have; Turkish has no interface yet
ORIGINS = ("original", "official", "human", "machine_checked", "machine")
LONGEST = 100_000


@dataclass
class Text(Field):
    """Canonical value: ``{"ru": {"text": "…", "origin": "original"}}``, at most 100,000 characters a language."""

    type: ClassVar[str] = "text"

    def clean(self, value: Any, context: Context) -> Any:
        if isinstance(value, str):
            value = {context.lang: {"text": value}}
        if not isinstance(value, dict):
            raise wrong_type("language map")
        found, wrong = {}, []
        for lang, inner in value.items():
            try:
                cleaned = _clean_one(lang, inner)
            except Problem as problem:
                wrong.append(problem.at(str(lang)))
                continue
            if cleaned:
                found[lang] = cleaned
        if wrong:
            raise Problems(wrong)
        return found or None

    def read(self, text: str, context: Context) -> Any:
        return {context.lang: {"text": text}} if text.strip() else None

    def take(self, form: Mapping[str, Any], name: str) -> Any:
        given = {}
        for lang in WRITTEN:
            text = str(form.get(f"{name}.{lang}", ""))
            if text.strip():
                given[lang] = {"text": text, "origin": form.get(f"{name}.{lang}.origin") or "original"}
        return given or None

    def widget(self, value: Any, name: str, context: Context) -> Widget:
        value = value if isinstance(value, dict) else {}
        rows = [
            {
                "lang": lang,
                "name": f"{name}.{lang}",
                "text": (value.get(lang) or {}).get("text", ""),
                "origin": (value.get(lang) or {}).get("origin", "original"),
            }
            for lang in (*LANGUAGES, *(code for code in value if code not in LANGUAGES))
        ]
        return Widget("text", name, self.label, self.help, self.required, value, {"rows": rows, "origins": ORIGINS})

    def show(self, value: Any, context: Context) -> list[Piece]:
        """The reader's language; without it the stated fallback, a machine text only when there is no other."""
        order = [*FALLBACK.get(context.lang, (context.lang,)), *value]
        best = [code for code in order if code in value and value[code]["origin"] != "machine"]
        lang = (best or [code for code in order if code in value])[0]
        return [Piece(value[lang]["text"], lang, origin=value[lang]["origin"])]

    def facts(self, value: Any) -> Iterator[Fact]:
        if self.fulltext:
            for lang, inner in value.items():
                yield Words(lang, inner["text"])

    def schema(self) -> dict[str, Any]:
        one = {
            "type": "object",
            "required": ["text", "origin"],
            "properties": {"text": {"type": "string", "maxLength": LONGEST}, "origin": {"enum": list(ORIGINS)}},
        }
        return {"type": "object", "additionalProperties": one, "description": "language code: text and its origin"}


def _clean_one(lang: Any, inner: Any) -> dict[str, str] | None:
    if lang not in WRITTEN:
        raise Problem("language", _("%(lang)s is not a language of this node. Use kk, az, ru, en or tr."), lang=lang)
    if isinstance(inner, str):
        inner = {"text": inner}
    if not isinstance(inner, dict) or not isinstance(inner.get("text"), str) or set(inner) - {"text", "origin"}:
        raise wrong_type("text")
    origin = inner.get("origin") or "original"
    if origin not in ORIGINS:
        raise Problem("origin", _("%(origin)s is not an origin of a text."), origin=origin)
    if len(inner["text"]) > LONGEST:
        raise too_long(LONGEST)
    text = unicodedata.normalize("NFC", inner["text"].replace("\r\n", "\n")).strip()
    text = "".join(c for c in text if c in "\n\t" or c.isprintable())
    return {"text": text, "origin": origin} if text else None
