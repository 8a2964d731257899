"""What is left of a word without its endings, so that кесенелерде finds кесене.

Kazakh and Azerbaijani have our own rules: the endings of nouns, taken off in layers from the end (link, case, owner,
plural). An ending comes off only where the language could have put it: its vowels agree with the last vowel of what
stays, its first letter with the last letter of what stays, and what stays is long enough to be a word. Endings that
make new words (-шы, -лық, -çi, -lıq) stay. What sound laws change in the stem (кітап, кітабы; орын, орны) is evened
out, so a stem is a key, not a word to show.

Russian, English and Turkish have the rules of Snowball.
"""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any, NamedTuple

from ortaq.search.alphabets import azerbaijani_latin, kazakh_cyrillic
from ortaq.search.folding import LONGEST, fold, script, sounds
from ortaq.search.numerals import likeliest, number

SNOWBALL = {"ru": "russian", "en": "english", "tr": "turkish"}


class Layer(NamedTuple):
    """Endings of which one may come off, and how many vowels must stay then. Before the colon of an ending stands
    the group of letters that it follows; ``A`` is the wide and ``I`` the close vowel that the word asks for."""

    endings: str
    vowels: int = 1
    evens: bool = False  # comes off for the sake of the key alone: as often as not it is no ending


class Language:
    """The endings of nouns of one language.

    ``harmony`` has, for each class of vowels in a stem, the wide and the close vowel of its endings; ``neutral``
    vowels ask for nothing.
    """

    def __init__(
        self, harmony: list[tuple[str, str, str]], neutral: str, groups: dict[str, str], layers: list[Layer]
    ) -> None:
        self._asking = frozenset("".join(vowels for vowels, _, _ in harmony))
        self._vowels = self._asking | frozenset(neutral)
        self._layers: list[tuple[dict[str, list[tuple[str, str]]], int, Layer]] = []
        for layer in layers:
            rules: dict[str, list[tuple[str, str]]] = {}
            for group, _, ending in (part.partition(":") for part in layer.endings.split()):
                for vowels, wide, close in harmony:
                    written = ending.replace("A", wide).replace("I", close)
                    rules.setdefault(written, []).append((groups[group], vowels))
            self._layers.append((rules, max(map(len, rules)), layer))

    def stripped(self, word: str) -> str:
        """The word without its endings, taken off again and again: what looks like an ending in the dictionary form
        comes off there too, and all forms end alike."""
        before = ""
        while word != before:
            before, word = word, self.once(word, even=True)
        return word

    def once(self, word: str, even: bool = False) -> str:
        """At most one ending of each layer off."""
        for rules, longest, layer in self._layers:
            if layer.evens and not even:
                continue
            for size in range(min(longest, len(word) - 2), 0, -1):
                if self._fits(word[:-size], rules.get(word[-size:], ()), layer.vowels):
                    word = word[:-size]
                    break
        return word

    def _fits(self, stem: str, rules: Any, vowels: int) -> bool:
        if not rules or sum(c in self._vowels for c in stem) < vowels:
            return False
        if len(stem) == 2 and stem[1] in self._vowels:
            return False  # ат and su may be words, what is left of бас and qız is none
        last = next((c for c in reversed(stem) if c in self._asking), "")
        return any(stem[-1] in before and last in agreeing for before, agreeing in rules)


_KK = "аәоөұүыіеэиуюяё"
_KK_VOICELESS = "пткқсшщчцфхһбгвд"
_KK_SONANT = "рлйузжмнңғў"
_KAZAKH = Language(
    [("аоұыяё", "а", "ы"), ("әөүіеэ", "е", "і")],
    "иую",
    {
        "V": _KK,
        "C": _KK_VOICELESS + _KK_SONANT,
        "t": _KK_VOICELESS,
        "d": _KK_SONANT,
        "Vd": _KK + _KK_SONANT,
        "VN": _KK + "мнң",
        "N": "мнң",
        "I": "ыі",
        "M": "мң",
        "z": "зж",
        "r": _KK + "рйуғў",
        "L": "лмнңзж",
    },
    [
        Layer("Vd:дAғы Vd:дAгі t:тAғы t:тAгі I:ндAғы I:ндAгі Vd:дAй t:тAй"),
        Layer(
            "VN:нIң d:дIң t:тIң V:нI d:дI t:тI Vd:ғA Vd:гA t:қA t:кA I:нA Vd:дA t:тA I:ндA Vd:дAн t:тAн N:нAн I:нAн "
            "I:н M:A Vd:мен z:бен t:пен Vd:менен z:бенен t:пенен"
        ),
        Layer("V:мIз C:IмIз V:ңIз C:IңIз C:Iм C:Iң V:сI C:I"),
        Layer("V:м V:ң V:н", 2, evens=True),
        Layer("r:лAр L:дAр t:тAр"),
        Layer("C:I", evens=True),
    ],
)
_AZ = "aıoueəiöü"
_AZ_CONSONANT = "bcçdfgğhxjkqlmnprsştvyzw"
_AZERBAIJANI = Language(
    [("aı", "a", "ı"), ("ou", "a", "u"), ("eəi", "ə", "i"), ("öü", "ə", "ü")],
    "",
    {"V": _AZ, "C": _AZ_CONSONANT, "VC": _AZ + _AZ_CONSONANT, "I": "ıiuü", "P": "mnz"},
    [
        Layer("VC:dIr VC:dAkI I:ndAkI"),
        Layer(
            "C:In V:nIn V:nI V:yA I:nA VC:dA I:ndA VC:dAn I:ndAn C:lA V:ylA",
        ),
        Layer("C:A", 2, evens=True),
        Layer("V:mIz C:ImIz V:nIz C:InIz C:Im C:In V:sI C:I"),
        Layer("V:m V:n", 2, evens=True),
        Layer("VC:lAr"),
        Layer("C:I", evens=True),
    ],
)


@lru_cache(maxsize=4_096)
def stems(word: str, lang: str | None) -> tuple[str, ...]:
    """All stems of a word as written, few: in each language that it may be of when ``lang`` is None.

    ``~`` marks the sounds of a stem, by which Түркістанда meets Turkistan; a small number, however written, is itself.
    """
    folded = fold(word, lang)
    if not folded:
        return ()
    written = likeliest(folded)
    if (value := number(written)) is not None:
        return (str(value),) if len(written) > 1 or written.isdigit() else ()
    found: dict[str, None] = {}
    for tongue in (lang,) if lang else _tongues(folded[0]):
        native = _native(word, folded[0], tongue)
        found[stem(native, tongue)] = None
        found |= dict.fromkeys(f"~{sound}" for sound in sounds(_heard(native, tongue), tongue))
    return tuple(found)


def first(word: str, lang: str) -> str:
    """The first of the stems in a stated language, without the sounds that take most of the time; the word as it is
    folded where it has none."""
    folded = fold(word, lang)
    if not folded or number(likeliest(folded)) is not None:
        return next(iter(stems(word, lang) or folded), "")
    return stem(_native(word, folded[0], lang), lang)


def _native(word: str, folded: str, lang: str) -> str:
    """The folded word in the alphabet in which the rules of its language are written."""
    kind = script(folded)
    if lang == "az" and kind == "cyrillic":
        return azerbaijani_latin(folded)
    if lang == "kk" and kind == "latin":
        return kazakh_cyrillic(word.lower())
    return folded


def _tongues(folded: str) -> tuple[str, ...]:
    """The languages that a word may be of, by its letters."""
    kind = script(folded)
    if kind == "cyrillic":
        if _KK_LETTER.search(folded):
            return ("kk",)
        return ("az",) if _AZ_CYRILLIC.search(folded) else ("kk", "az") if _SHARED.search(folded) else ("ru", "kk")
    if kind == "latin":
        return ("az",) if "ə" in folded else ("az", "tr") if _TURKIC.search(folded) else ("en", "az")
    return ()


_KK_LETTER, _AZ_CYRILLIC, _SHARED = re.compile("[қңұі]"), re.compile("[ҹҝј]"), re.compile("[әғөүһ]")
_TURKIC = re.compile("[ğışçöü]")


def stem(word: str, lang: str | None) -> str:
    """The stem of a folded word; the word itself where the language has no rules here or nothing comes off."""
    if len(word) > LONGEST or not word.isalpha():
        return word
    kind = script(word)
    if lang == "kk" and kind == "cyrillic":
        return _kazakh(word)
    if lang == "az" and kind == "latin":
        return _azerbaijani(word)
    if lang in SNOWBALL and (lang == "ru") == (kind == "cyrillic") and kind != "arabic":
        found: str = _snowball(SNOWBALL[lang]).stemWord(word)
        if lang == "ru" and len(found) > 3:
            found = found.removesuffix("е")  # its rules give мавзол for мавзолей and мавзоле for мавзолея
        return found if 0 < len(found) <= len(word) else word
    return word


def _heard(word: str, lang: str) -> str:
    """The stem as other languages take the word over: endings off once only, the -тан of Түркістан stays."""
    rules = {"kk": _KAZAKH, "az": _AZERBAIJANI}.get(lang)
    return rules.once(word) if rules else stem(word, lang)


_KK_LAST = str.maketrans("бгғ", "пкқ")
_KK_WEAK = re.compile("(?<=[аәоөұүыіеэиуюяё][бвгғджзйкқлмнңпрстфхшчц])[ыі](?=[нқкғгрлзмбп]$)")
_AZ_WEAK = re.compile("(?<=[aıoueəiöü][bcçdfgğhxjkqlmnprsştvyz])[ıiuü](?=[bcçdfgğhxjkqlmnprsştvyz]$)")


def _kazakh(word: str) -> str:
    left = _KK_WEAK.sub("", _KAZAKH.stripped(word))
    return left[:-1] + left[-1].translate(_KK_LAST)


def _azerbaijani(word: str) -> str:
    left = _AZ_WEAK.sub("", _AZERBAIJANI.stripped(word))
    if left.endswith("ğ"):
        return left[:-1] + "q"
    if left.endswith("y") and left[-2:-1] in tuple("əiüeö"):
        return left[:-1] + "k"
    return left


@lru_cache(maxsize=len(SNOWBALL))
def _snowball(name: str) -> Any:
    """The stemmer of one language. The package's own start reads thirty: 14 MB that each web process would hold."""
    package, before = ModuleType("snowballstemmer"), sys.modules.get("snowballstemmer")
    spec = find_spec("snowballstemmer")
    assert spec is not None
    package.__path__ = list(spec.submodule_search_locations or ())
    sys.modules["snowballstemmer"] = package
    try:
        module = import_module(f"snowballstemmer.{name}_stemmer")
    finally:
        del sys.modules["snowballstemmer"]
        if before is not None:
            sys.modules["snowballstemmer"] = before
    return getattr(module, f"{name.capitalize()}Stemmer")()
