"""Labels written beside what they label, in every interface language."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language

LANGUAGES = ("kk", "az", "ru", "en")
# What a reader gets when a text is missing in his language; ends with whatever there is.
FALLBACK = {
    "kk": ("kk", "ru", "az", "en"),
    "az": ("az", "en", "ru", "kk"),
    "ru": ("ru", "kk", "en", "az"),
    "en": ("en", "ru", "kk", "az"),
}


@dataclass(frozen=True)
class L:
    """One label in the four interface languages; ``str()`` gives the active one."""

    kk: str
    az: str
    ru: str
    en: str

    def __str__(self) -> str:
        return self.at(get_language() or "en")

    def at(self, lang: str) -> str:
        """The label in ``lang``, English for a language without one."""
        return str(getattr(self, lang[:2], self.en))


def pick(texts: dict[str, str], lang: str) -> tuple[str, str]:
    """(language, text) of a language map for a reader of ``lang``; ("", "") when the map is empty."""
    for code in (*FALLBACK.get(lang, (lang, "en")), *texts):
        if texts.get(code):
            return code, texts[code]
    return "", ""
