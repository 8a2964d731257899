"""Terms of a controlled vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ortaq.engine import terms
from ortaq.engine.facts import Facet, Fact, Words
from ortaq.engine.fields.base import Context, Field, Piece, Widget, wrong_type
from ortaq.engine.labels import pick
from ortaq.engine.problems import Problem

MOST = 50


@dataclass
class Term(Field):
    """Canonical value: a code, or with ``many`` a list of codes without repetition, in the order given."""

    vocabulary: str = ""
    many: bool = False

    type: ClassVar[str] = "term"

    def clean(self, value: Any, context: Context) -> Any:
        given = value if isinstance(value, list) else [value]
        if not all(isinstance(code, str) for code in given) or len(given) > MOST or (len(given) > 1 and not self.many):
            raise wrong_type("term")
        codes = list(dict.fromkeys(self._code(text.strip()) for text in given if text.strip()))
        if not codes:
            return None
        return codes if self.many else codes[0]

    def read(self, text: str, context: Context) -> Any:
        parts = [part.strip() for part in text.replace("|", ";").split(";") if part.strip()]
        return (parts or None) if self.many else (text.strip() or None)

    def take(self, form: Mapping[str, Any], name: str) -> Any:
        if self.many:
            chosen = form.getlist(name) if hasattr(form, "getlist") else form.get(name, [])
            return [code for code in chosen if code] or None
        return str(form.get(name, "")) or None

    def widget(self, value: Any, name: str, context: Context) -> Widget:
        chosen = value if isinstance(value, list) else [value] if value else []
        choices = [
            {
                "code": term.code,
                "label": terms.label(self.vocabulary, term.code, context.lang),
                "chosen": term.code in chosen,
            }
            for term in terms.source().terms(self.vocabulary)
        ]
        extra = {"choices": choices, "many": self.many, "vocabulary": self.vocabulary}
        return Widget("term", name, self.label, self.help, self.required, value, extra)

    def show(self, value: Any, context: Context) -> list[Piece]:
        return [self._piece(code, context.lang) for code in (value if isinstance(value, list) else [value])]

    def facts(self, value: Any) -> Iterator[Fact]:
        for code in value if isinstance(value, list) else [value]:
            if self.facet:
                yield Facet(self.facet, code)
            term = terms.source().get(self.vocabulary, code)
            for lang, label in (term.labels if term else {}).items():
                yield Words(lang, label, "term")

    def schema(self) -> dict[str, Any]:
        one = {"enum": [term.code for term in terms.source().terms(self.vocabulary)]}
        return {"type": "array", "items": one, "uniqueItems": True, "maxItems": MOST} if self.many else one

    def _code(self, text: str) -> str:
        if terms.source().get(self.vocabulary, text):
            return text
        found = terms.source().find(self.vocabulary, text)
        if len(found) == 1:
            return found[0].code
        lang = get_language() or "en"
        known = ", ".join(
            terms.label(self.vocabulary, term.code, lang) for term in terms.source().terms(self.vocabulary)
        )
        message = _("“%(value)s” is not in the vocabulary “%(vocabulary)s”. Choose one of: %(known)s")
        raise Problem("term", message, value=text, vocabulary=self.label, known=known)

    def _piece(self, code: str, lang: str) -> Piece:
        term = terms.source().get(self.vocabulary, code)
        if term is None:
            return Piece(code)
        shown, label = pick(dict(term.labels), lang)
        note = str(_("label to be checked")) if shown in term.doubtful else ""
        return Piece(label or code, shown, note=note, term=(self.vocabulary, code))
