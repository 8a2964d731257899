"""How words of Cyrillic, Latin and Arabic script are reduced to forms that meet.

Two steps. :func:`fold` removes what people do not mean when they type: case (by the rules
of the language), accents of composition, apostrophes, Arabic vowel signs. :func:`skeletons`
writes a word as classes of sounds that the alphabets of our languages share, so that
Гянджеви, Gəncəvi, Ganjavi and گنجوی become one string.

Consonant classes are small letters: ``k`` (к қ г ғ х һ, q g ğ h x kh gh), ``c`` (ж ч ш щ дж, c ç
j ş ch sh zh), ``t`` (т д), ``p`` (п б), ``s`` (с з ц), ``v``, ``f``, ``l``, ``m``, ``n``, ``r``.
Vowel classes are capitals: ``A`` (а ә е э), ``I`` (и ы і), ``U`` (о ө у ұ ү). A skeleton holds
every consonant and the first vowel: vowels after it differ too much between the spellings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import islice, product

VERSION = 2  # raise it when a form changes: the index is then rebuilt
LONGEST = 48  # characters of a word that count; nothing in our languages is longer
READINGS = 4  # of one word, at most: an ambiguous letter must not multiply the index
APOSTROPHES = "'’‘ʻʼʹ`´′＇"
TURKIC_I = frozenset({"az", "tr"})
IN_LATIN = frozenset({"az", "tr", "kk", "en"})  # languages whose reading of Latin letters is known
_TURKIC_LETTER = re.compile("[əƏğĞışŞİ]")
_UNWRITTEN = frozenset("ـ\u00ad\u200c\u200d\u2060\ufeff" + APOSTROPHES)

# A bar parts the readings of one letter. W is у/w: a vowel or the glide v, Y is й/y: a vowel or nothing.
_CYRILLIC = (
    "а=A ә=A б=p в=v г=k ғ=k ґ=k ҝ=k д=t дж=c дз=s е=A є=A ё=U ж=c з=s и=I й=y ј=y і=I ї=I к=k қ=k л=l м=m н=n "
    "ң=n|nk о=U ө=U п=p р=r с=s т=t тс=s у=W ў=W ұ=U ү=U ф=f х=k һ=k ҳ=k ц=s ч=c тч=c ҹ=c ҷ=c ш=c щ=c ъ= ы=I ь= "
    "э=A ю=yU я=yA"
)
_LATIN = (
    "a=A ə=A ä=A æ=A b=p c=k č=c ć=c ç=c ch=c|k tch=c tsch=c sch=c ck=k d=t đ=t dj=c dzh=c e=A eu=U f=f ph=f g=k "
    "ğ=k ġ=k gh=k h=k ı=I i=I j=c k=k kh=k l=l ł=l m=m n=n ñ=n ng=nk ŋ=n|nk o=U ou=U oo=U ö=U ø=U p=p q=k qu=k r=r s=s "
    "ş=c š=c ś=c ŝ=c sh=c shch=c tsh=tc ß=s t=t th=t ts=s tz=s u=W ü=U ū=W v=v w=v wh=v x=ks y=Y ý=W|Y z=s "
    "ž=c zh=c þ=t ð=t"
)
_ARABIC = (
    "ا=a آ=A أ=a إ=I ء= ئ= ع=a غ=k ب=p پ=p ت=t ث=s ج=c چ=c ح=k خ=k د=t ذ=s ر=r ز=s ژ=c س=s ش=c ص=s ض=s ط=t ظ=s "
    "ف=f ق=k ک=k گ=k ڭ=n|nk ڬ=k ل=l م=m ن=n و=w ؤ=w ۆ=U ۇ=U ۈ=U ۋ=v ه=k ە=A ۀ=A ة=A ی=i ې=I"
)
_SAME_LETTER = str.maketrans("يىكھہۃأإ", "ییکهههاا")
_LOOKALIKE_LATIN = str.maketrans("авсԁеһіјкмнорԛѕтухүѵ", "abcdehijkmhopqstyxyv")
_LOOKALIKE_CYRILLIC = str.maketrans("abcehikmnoptxyə", "авсеһікмпортхуә")
_ROMAN = re.compile(r"[ivxlcdm]+")
_CYRILLIC_LETTER = re.compile("[\u0400-\u052f\u1c80-\u1c8f]")
_LATIN_LETTER = re.compile("[a-zß-öø-ɏə\u1e00-\u1eff]", re.IGNORECASE)
_ARABIC_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5]")


def _table(text: str) -> dict[str, tuple[str, ...]]:
    return {letters: tuple(codes.split("|")) for letters, codes in (pair.split("=") for pair in text.split(" "))}


def _letters(table: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(table, key=len, reverse=True)))


_TABLES: Mapping[str, dict[str, tuple[str, ...]]] = {
    "cyrillic": _table(_CYRILLIC),
    "latin": _table(_LATIN),
    "arabic": _table(_ARABIC),
}
_PATTERNS = {script: _letters(table) for script, table in _TABLES.items()}


def script(word: str) -> str:
    """``cyrillic``, ``latin``, ``arabic`` or ``other``; a word of mixed letters goes to the majority."""
    found = {
        "cyrillic": len(_CYRILLIC_LETTER.findall(word)),
        "latin": len(_LATIN_LETTER.findall(word)),
        "arabic": len(_ARABIC_LETTER.findall(word)),
    }
    best = max(found, key=lambda name: found[name])
    return best if found[best] else "other"


@lru_cache(maxsize=2_048)
def fold(word: str, lang: str | None) -> tuple[str, ...]:
    """The exact forms of one word, the language's own first.

    One form for almost all words; a second one where I may be ı or i because the language is not
    known, or where Latin and Cyrillic look-alikes stand in one word (ХV, Қазaқстан).
    """
    text = unicodedata.normalize("NFKC", word[:LONGEST]).translate(_SAME_LETTER)
    kind = script(text)
    tongue = _tongue(text, lang) if kind == "latin" else lang
    turkic = tongue in TURKIC_I or (tongue == "kk" and kind == "latin")
    forms = []
    if turkic or tongue is None:
        forms.append(_lower(text.replace("I", "ı").replace("İ", "i")))
    if not turkic:
        forms.insert(0, _lower(text))
    forms += [clean for form in forms for clean in _lookalikes(form)]
    return tuple(dict.fromkeys(form for form in forms if form))


def _tongue(text: str, lang: str | None) -> str | None:
    """The language whose rules read this Latin word: a Turkic letter in English or Russian text tells a Turkic name."""
    if lang in {"az", "tr", "kk"}:
        return lang
    if _TURKIC_LETTER.search(text):
        return "az"
    return lang if lang in IN_LATIN else None


def _lower(text: str) -> str:
    """Small letters without what typing often leaves out: apostrophes, vowel signs, the dots of ё."""
    small = text.lower().replace("i\u0307", "i").replace("ё", "е")
    return "".join(c for c in small if not (c in _UNWRITTEN or c.isspace() or unicodedata.combining(c)))


def _lookalikes(form: str) -> list[str]:
    cyrillic, latin = bool(_CYRILLIC_LETTER.search(form)), bool(_LATIN_LETTER.search(form))
    if not cyrillic:
        return []
    numeral = form.translate(_LOOKALIKE_LATIN)
    if _ROMAN.fullmatch(numeral):
        return [numeral]
    if not latin:
        return []
    # What only one of the two alphabets has decides; where neither has any, the majority does.
    cleaned = form.translate(_LOOKALIKE_CYRILLIC)
    own = bool(_CYRILLIC_LETTER.search(numeral)), bool(_LATIN_LETTER.search(cleaned))
    return [cleaned if own == (True, False) or (own[0] == own[1] and script(form) == "cyrillic") else numeral]


def skeletons(word: str, lang: str | None) -> tuple[str, ...]:
    """The sound skeletons of one word, at most ``READINGS`` of them; none for numbers and other scripts."""
    return _unique(_skeleton(sound) for sound in _settled_readings(word, lang))


def sounds(word: str, lang: str | None) -> tuple[str, ...]:
    """The finest skeleton: every vowel keeps its place."""
    return _unique(_settled_readings(word, lang))


@lru_cache(maxsize=2_048)
def _settled_readings(word: str, lang: str | None) -> tuple[str, ...]:
    plain = fold(word, lang)
    if not plain or any(c.isdigit() for c in plain[0]):
        return ()
    return tuple(dict.fromkeys(_settled(codes) for codes in _readings(word, lang)))


def consonants(skeletons_: tuple[str, ...]) -> tuple[str, ...]:
    """The coarsest form: consonants only, ``A`` for any vowel at the beginning. Only for whole titles."""
    return _unique(_bare(form) for form in skeletons_)


def _bare(skeleton: str) -> str:
    start = "A" if skeleton[:1].isupper() else ""
    return start + _single("".join(c for c in skeleton if c.islower()))


def _unique(forms: Iterable[str]) -> tuple[str, ...]:
    return tuple(islice(dict.fromkeys(form for form in forms if form), READINGS))


def _readings(word: str, lang: str | None) -> Iterable[str]:
    """Strings of sound codes, vowels still all there, likeliest first."""
    text = unicodedata.normalize("NFKC", word[:LONGEST]).translate(_SAME_LETTER)
    if _CYRILLIC_LETTER.search(text) and (clean := _lookalikes(_lower(text))):
        text = clean[0]
    kind = script(text)
    if kind == "other":
        return []
    if kind == "latin":
        lang = _tongue(text, lang)
        text = _latin(text, lang)
    else:
        # ё is ө here: folding takes it for е, which is right for reading and wrong for the sound.
        text = _lower(text.replace("ё", "ө").replace("Ё", "Ө"))
    text = re.sub(r"(.)\1", r"\1", text)
    options = [_sound(kind, m, text, lang) for m in _PATTERNS[kind].finditer(text)]
    if kind == "arabic":
        options = _vocalise(options)
    return ("".join(codes) for codes in islice(product(*options), 4 * READINGS))


def _latin(text: str, lang: str | None) -> str:
    """Small Latin letters, each either in the table or stripped of its marks."""
    small = unicodedata.normalize("NFC", text.replace("İ", "i").replace("I", "i").lower().replace("i\u0307", "i"))
    if lang == "kk":
        small = re.sub(f"y[{APOSTROPHES}]", "ý", re.sub(f"[sc][{APOSTROPHES}]", "ç", small))
    elif lang is None:
        small = re.sub(f"[sc][{APOSTROPHES}](?=[aeioıuy])", "ç", small)
    known = _TABLES["latin"]
    return "".join(c if c in known else unicodedata.normalize("NFD", c)[0] for c in small if c not in _UNWRITTEN)


def _sound(kind: str, match: re.Match[str], text: str, lang: str | None) -> tuple[str, ...]:
    letter, following = match.group(), text[match.end() : match.end() + 1]
    codes = _TABLES[kind][letter]
    if kind != "latin":
        return codes
    if letter == "c":
        soft = "s" if following in ("e", "i", "y", "é", "è") else "k"
        return ("c", soft) if lang in TURKIC_I else (soft,) if lang else (soft, "c")
    if letter == "ng" and (lang is None or lang == "kk"):
        return ("n", "nk") if lang else ("nk", "n")  # ң in the romanisations of Kazakh
    if letter == "qu" and lang not in {"ru", "en"}:
        return ("kU",) if lang else ("k", "kU")  # two letters in the Turkic alphabets
    if letter == "eu" and lang in {"az", "tr", "kk"}:
        return ("AW",)
    if letter == "w" and lang == "kk":
        return ("W",)  # у of the 2019 alphabet
    if letter == "sh" and lang in TURKIC_I:
        return ("c", "sk")  # İshaq
    if letter == "x":
        return ("k", "ks") if lang in {"az", "tr", "kk"} else ("ks",) if lang else ("ks", "k")
    if letter == "g" and following in ("e", "i", "y") and lang not in {"az", "tr", "kk"}:
        return ("k", "c")
    if letter == "h" and match.start() and following not in tuple("aəeıioöuüy"):
        return ("k", "")
    return codes


def _vocalise(options: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Arabic script writes few vowels: the first one is guessed three ways when it is not written."""
    anything = ("A", "I", "U")
    last = len(options) - 1
    plain = {"a": ("A",), "w": ("v", ""), "i": ("I",)}
    done = [plain.get(codes[0], codes) for codes in options]
    if last < 0:
        return done
    first, second = options[0][0], options[1][0] if last else ""
    if first in ("a", "i", "w"):
        start = {"a": anything, "i": anything, "w": ("vA", "U", "vI")}[first]
        return [start, *(("",) if c in (("I",), ("A",)) else c for c in done[1:])]
    if first == "A":
        return done
    if second == "w":
        return [done[0], ("U", "Av", "Iv"), *done[2:]]
    if second in ("a", "i", "A", "U", "I"):
        return [done[0], {"a": ("A",), "i": ("I", "A")}.get(second, (second,)), *done[2:]]
    return [tuple(f"{options[0][0]}{vowel}" for vowel in anything), *done[1:]]


_GLIDE = re.compile("(?<=[AI])W|(?<=U)W(?=[AI])")
_NASAL = re.compile("m(?=[pfv])")
_VOWEL = re.compile("[AIU]")
_VOWELS = re.compile("([AIU])[AIU]+")
_SEMIVOWEL = re.compile("Y(?=[AIU])|(?<=[AIU])Y|y")
_DOUBLE = re.compile(r"([a-z])\1+")


def _single(text: str) -> str:
    return _DOUBLE.sub(r"\1", text)


def _settled(codes: str) -> str:
    """Glides decided, doubles joined, all vowels still there."""
    text = _GLIDE.sub("v", codes).replace("W", "U")
    text = _SEMIVOWEL.sub("", text).replace("Y", "I")
    return _VOWELS.sub(r"\1", _NASAL.sub("n", _single(text)))


def _skeleton(text: str) -> str:
    """Of the vowels only the first kept; all of them when consonants are few."""
    first = _VOWEL.search(text)
    if first is None or sum(map(str.islower, text)) < 2:
        return text
    head, tail = text[: first.end()], _VOWEL.sub("", text[first.end() :])
    return _single(head[:-1]) + head[-1] + _single(tail)
