"""Azerbaijani in Cyrillic letters and Kazakh in Latin ones, brought to the alphabet in which their endings are known.

Only forms for the index are made here; stored text is never rewritten. Azerbaijani Cyrillic is exact, letter for
letter. Kazakh Latin is several alphabets (2017 with apostrophes, 2018 and 2019 with acutes, 2021, BGN) in which u, i,
ı and y stand for different letters: where letters do not tell, the harmony of the word decides.
"""

from __future__ import annotations

import re

_AZERBAIJANI = str.maketrans(
    dict(
        zip(
            "абвгғдејжзиыйкҝлмноөпрстуүфхһчҹшәэеёц",
            "abvqğdeyjziıykglmnoöprstuüfxhçcşəeeos",
            strict=True,
        )
    )
    | {"я": "ya", "ю": "yu", "щ": "ş", "ь": "", "ъ": ""}
)
_FOLDED_SIGNS = re.compile("([aosygnuic])['’‘ʻʼ`´]")
_SIGNED = {"a": "ä", "o": "ö", "u": "ü", "g": "ğ", "n": "ñ", "s": "ş", "c": "ç", "y": "w", "i": "y"}
_DIGRAPHS = {"shch": "щ", "sh": "ш", "ch": "ч", "zh": "ж", "gh": "ғ", "kh": "х", "ts": "ц", "ng": "ң"}
_DIGRAPH = re.compile("|".join(_DIGRAPHS))
_KAZAKH = str.maketrans(
    dict(
        zip(
            "aäáəbvgğǵdejzkqlmnñńŋoöóprstuūúüfhxcçşwýīïɪ",
            "аәәәбвгғғдежзкқлмнңңңоөөпрстұуүүфххцчшууиии",
            strict=True,
        )
    )
)
_FRONT = re.compile("[äáəöóüúe]")
_BACK = re.compile("[aoqğǵ]")
_VOWEL = "аәеоөұүуыіи"


def azerbaijani_latin(word: str) -> str:
    """A folded word of Cyrillic letters in Latin ones."""
    return word.translate(_AZERBAIJANI)


def kazakh_cyrillic(word: str) -> str:
    """A word of small Latin letters, apostrophes still there, in Cyrillic ones."""
    word = _FOLDED_SIGNS.sub(lambda m: _SIGNED[m[1]], word)
    back = bool(_BACK.search(word)) and not _FRONT.match(word)
    close, round_ = ("ы", "ұ") if back or not _FRONT.search(word) else ("і", "ү")
    text = _DIGRAPH.sub(lambda m: _DIGRAPHS[m[0]], word).translate(_KAZAKH)
    text = re.sub(f"(?<=[{_VOWEL}])ұ|ұ(?=[{_VOWEL}iıy])", "у", text)
    text = re.sub("(?<=[аәеоөұүыі])[iıy]", "й", text)
    text = re.sub("[iıy]", lambda m: _close(m, close), text)
    return text.replace("ұ", round_)


def _close(match: re.Match[str], otherwise: str) -> str:
    """ы or і, as the vowel before asks for."""
    for letter in reversed(match.string[: match.start()]):
        if letter in "аоұы":
            return "ы"
        if letter in "әөүе":
            return "і"
    return otherwise
