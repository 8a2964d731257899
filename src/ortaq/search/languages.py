"""The likeliest language of a text that states none, kk, az, ru, en or tr: first by letters, then by small words.

A few letters of another alphabet are names (a Russian text about Қостанай), so letters are counted. Small words
decide where the letters of two languages are the same. There is no model and no state: 4 µs a name, 100 a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

READ = 2_000  # characters of a text that decide
LONG = 60  # letters in which a frequent letter of a language is bound to stand
FOREIGN = 0.03  # the share of letters up to which they may be those of names

_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-zÀ-ɏəƏ\u1e00-\u1eff]")
_ARABIC = re.compile("[\u0620-\u06d5]")
_KAZAKH_ARABIC = re.compile("[\u0674\u06d5\u06c7\u06cb]")
_KAZAKH = re.compile("[қңұіҚҢҰІ]")
_AZERBAIJANI_CYRILLIC = re.compile("[ҹҝјҸҜЈ]")
_SHARED_CYRILLIC = re.compile("[әғөүһӘҒӨҮҺ]")
_SCHWA = re.compile("[əƏ]")
_TURKIC = re.compile("[ğışçöüĞİŞÇÖÜ]")
_KAZAKH_LATIN = re.compile("[ñūäáǵńóúýÑŪÄÁǴŃÓÚÝ]")
_WORD = re.compile(r"[^\W\d_]+")

_SMALL = {
    "ru": "и в во на с со по из от до для к о об не что как это при за у его её их был была было были или также между",
    "kk": "мен пен бен және үшін бұл осы ол бар емес туралы да де та те болып деп бір кейін дейін бойынша орналасқан",
    "en": "the of and in to a is for on by with from at as was were are that this which has have it its or an be not",
    "az": "və bu bir ilə üçün olan kimi da də ki edilib olub edir isə daha çox sonra qədər görə onun heç hər öz etmək",
    "tr": "ve bir bu için ile olan olarak gibi daha çok değil sonra kadar göre her hiç ne de da ki şey ise olduğu",
    "kk_latin": "jäne zhane jane men ben pen úshin üşin ushin bul osy ol bar emes turaly týraly boıynsha boyynşa bir",
}
_WORDS = {lang: frozenset(words.split(" ")) for lang, words in _SMALL.items()}


@lru_cache(maxsize=512)
def detect(text: str) -> str | None:
    """kk, az, ru, en or tr; None without a letter of these scripts."""
    text = text[:READ]
    cyrillic, latin, arabic = (len(letters.findall(text)) for letters in (_CYRILLIC, _LATIN, _ARABIC))
    if not cyrillic + latin + arabic:
        return None
    if arabic > max(cyrillic, latin):
        return "kk" if _KAZAKH_ARABIC.search(text) else "az"
    words = [word.lower().replace("i\u0307", "i") for word in _WORD.findall(text)]
    return _of_cyrillic(text, words, cyrillic) if cyrillic >= latin else _of_latin(text, words, latin)


def _of_cyrillic(text: str, words: list[str], letters: int) -> str:
    kazakh, azerbaijani = len(_KAZAKH.findall(text)), len(_AZERBAIJANI_CYRILLIC.findall(text))
    own = kazakh + azerbaijani + len(_SHARED_CYRILLIC.findall(text))
    russian = _count(words, "ru")
    if own > FOREIGN * letters or (own and not russian):
        if not kazakh and letters > LONG:
            return "az"  # Kazakh hardly ever writes so much without қ, ң, ұ and і
        return "az" if azerbaijani > kazakh else "kk"
    return "kk" if _count(words, "kk") > russian else "ru"


def _of_latin(text: str, words: list[str], letters: int) -> str:
    schwas, turkic = len(_SCHWA.findall(text)), len(_TURKIC.findall(text))
    english = _count(words, "en")
    if schwas > 2 * FOREIGN * letters or (schwas and not english):
        return "az"
    kazakh, turkish, azerbaijani = _count(words, "kk_latin"), _count(words, "tr"), _count(words, "az")
    if turkic and not schwas and letters > LONG:
        turkish += 1  # Azerbaijani hardly ever writes so much without ə
    best = max(english, kazakh, turkish, azerbaijani)
    if best == 0:
        return "kk" if _KAZAKH_LATIN.search(text) and not turkic else "az" if turkic else "en"
    if english == best:
        return "en"
    return "kk" if kazakh > max(turkish, azerbaijani) else "tr" if turkish > azerbaijani else "az"


def _count(words: Iterable[str], lang: str) -> int:
    known = _WORDS[lang]
    return sum(word in known for word in words)
