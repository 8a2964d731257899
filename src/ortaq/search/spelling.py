"""One name in two alphabets, letter by letter: closer than the sound classes of :mod:`ortaq.search.folding`.

Classes of sounds let Абай meet Epe; what tells them apart is written here. Each letter becomes the Latin letter
that the transliterations of our languages agree upon: what they disagree about (я, ий, ау, double letters) is
evened out on both sides. Used for whole titles, where it decides who comes first.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from ortaq.search.folding import APOSTROPHES, LONGEST, TURKIC_I, fold, script

_CYRILLIC = (
    "а=a ә=a б=b в=v г=g ғ=g ґ=g ҝ=g д=d дж=j дз=dz е=e є=e ё=o ж=j з=z и=i й=y ј=y і=i ї=i к=k қ=k л=l м=m н=n "
    "ң=n о=o ө=o п=p р=r с=s т=t у=u ў=u ұ=u ү=u ф=f х=h һ=h ҳ=h ц=ts ч=c ҹ=j ҷ=c ш=ş щ=ş ъ= ы=i ь= э=e ю=yu я=ya"
)
_SHARED = (
    "a=a ä=a æ=a b=b č=c ć=c ç=c d=d e=e f=f g=g ğ=g ġ=g h=h ı=i i=i j=j k=k l=l ł=l m=m n=n ñ=n ŋ=n o=o ö=o ø=o p=p "
    "r=r s=s ş=ş š=ş ś=ş ß=s t=t u=u ü=u v=v y=y ý=y z=z ž=j þ=t ð=t đ=d ë=ë"
)
_TURKIC = "ə=a x=h q=q c=j w=v ch=c sh=ş zh=j kh=h gh=g"
_KAZAKH = "ə=a x=h q=k c=c w=u ch=c sh=ş shch=ş zh=j kh=h gh=g ng=n ts=ts ý=u"
_OTHER = (
    "ə=a x=ks q=k qu=kv c=k w=v ch=c tch=c tsch=c sch=ş sh=ş shch=ş zh=j dzh=j dj=j kh=h gh=g ph=f th=t tz=ts ck=k "
    "ee=i oo=u ou=u wh=v rh=r"
)


# What kind of place it is, said by some languages and left out or turned into an adjective by others.
_GENERIC = re.compile(
    "ауданы?|облыс(?:ы|тары)?|арал(?:ы|дары)?|қала(?:сы)?|ауылы?|республикасы|audany?|oblys(?:y|tary)?|aral(?:y|dary)?|"
    "qala(?:sy)?|a[uū]yly?|rayonu?|vilayəti?|ada(?:sı|ları)?|şəhəri?|kəndi?|qəsəbəsi|respublikası|ili|район|область|"
    "острова?|город|село|пос[её]лок|республика|district|region|province|islands?|city|town|village|republic|of"
)
_ADJECTIVE = re.compile("(?<=.{3})sk(?:i|oe|a|oy|ie)$")
_OF_A_NAME = re.compile("(?<=.{3})(?:in|ov|ev)$|(?<=.{4})[aeiou]$")


def _table(*parts: str) -> dict[str, str]:
    return dict(pair.split("=") for part in parts for pair in part.split(" "))


def _pattern(table: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(table, key=len, reverse=True)))


_TABLES = {
    "cyrillic": _table(_CYRILLIC),
    "turkic": _table(_SHARED, _TURKIC),
    "kazakh": _table(_SHARED, _KAZAKH),
    "other": _table(_SHARED, _OTHER),
}
_PATTERNS = {name: _pattern(table) for name, table in _TABLES.items()}
# How English spells what the others write as they say it.
_ENGLISH = re.compile("(ew)|(ea)|(dge?(?=[ei]|$)|ge$|(?<!n)g(?=[ei]))|(gu(?=[ei]))|(ey$)|((?<=[^aeiouy])e$)|(au|aw)")
_SOUNDS = ("u", "i", "j", "g", "i", "", "o")
_SOFT_C = re.compile("c(?=[eiyéè])")
_OWN = re.compile("[əğışçöüxqäáñńūī]")
_YO = re.compile("[ёЁ]")
_GLIDE = re.compile("y(?=[aeiou])|i(?=u)")
_AFTER_I = re.compile("(?<=i)[iy]+")
_VOWEL_Y = re.compile("(?<![aeou])y")
_SEMIVOWEL = re.compile("(?<=[ae])u")
_DOUBLE = re.compile(r"(.)\1+")


@lru_cache(maxsize=4_096)
def spellings(word: str, lang: str | None) -> tuple[str, ...]:
    """The word in the common letters, two ways where ё may be е; as folded where it is neither Latin nor Cyrillic."""
    text = unicodedata.normalize("NFKC", word[:LONGEST])
    kind = script(text)
    if kind == "latin":
        return tuple(dict.fromkeys(form for reading in _readings(text, lang) for form in reading))
    forms = fold(_YO.sub("ө", text), lang)
    if not forms or script(forms[-1]) != "cyrillic":
        return forms[-1:]
    table, pattern = _TABLES["cyrillic"], _PATTERNS["cyrillic"]
    found = [pattern.sub(lambda m: table[m[0]], forms[-1])]
    if _YO.search(text):
        found.append(pattern.sub(lambda m: table[m[0]], fold(text, lang)[-1]))
    return tuple(dict.fromkeys(_even(form) for form in found))


def _readings(text: str, lang: str | None) -> list[tuple[str, ...]]:
    """As its language reads it; a name without a letter of its own alphabet may be an English one left as it is."""
    small = unicodedata.normalize("NFC", text.replace("İ", "i").replace("I", "i").lower().replace("i\u0307", "i"))
    name = "turkic" if lang in TURKIC_I or "ə" in small else "kazakh" if lang == "kk" else "other"
    ways = [_both(_latin(small, name))]
    if not _OWN.search(small):
        english = _ENGLISH.sub(lambda m: _SOUNDS[(m.lastindex or 1) - 1], small)
        ways.append((_even(_latin(english, "other")),))
    return ways


def _latin(small: str, name: str) -> str:
    small = _bare(small, _TABLES[name])
    if name == "other":
        small = _SOFT_C.sub("s", small)
    return _PATTERNS[name].sub(lambda m: _TABLES[name][m[0]], small)


def _both(text: str) -> tuple[str, ...]:
    """Two ways where there are two: yo and ë are ё or е, the Azerbaijani q is г in one Russian name, к in another."""
    ways = (text.replace("yo", vowel).replace("ë", vowel).replace("q", stop) for vowel, stop in ("og", "ek"))
    return tuple(dict.fromkeys(_even(way) for way in ways))


def _bare(small: str, known: dict[str, str]) -> str:
    """Letters outside the table without their marks, apostrophes gone."""
    letters = (c if c in known else unicodedata.normalize("NFD", c)[0] for c in small if c not in APOSTROPHES)
    return "".join(c for c in letters if not unicodedata.combining(c))


def _even(text: str) -> str:
    """What transliterations do now this way, now that: glides before vowels, ий and y, ау and av, double letters."""
    text = _VOWEL_Y.sub("i", _GLIDE.sub("", text))
    return _DOUBLE.sub(r"\1", _SEMIVOWEL.sub("v", _AFTER_I.sub("", text)))


def generic(word: str) -> bool:
    """Whether this word says only what kind of place is meant."""
    return _GENERIC.fullmatch(word.lower().replace("i\u0307", "i")) is not None


def unadorned(spelt: str) -> tuple[str, ...]:
    """A spelling without the ending of a Russian adjective: Сарысуский район and Сарысу ауданы are one name.

    Between the name and this ending stands -ин- or -ов- now and then, in place of the last vowel: Акмола, Акмолинская.
    """
    bare = _ADJECTIVE.sub("", spelt)
    return tuple(dict.fromkeys((bare, _OF_A_NAME.sub("", bare))))
