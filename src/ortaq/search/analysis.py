"""Text and its language in, tokens with offsets into the original text out.

The same analysis makes the index, the query and the marks that say why something matched, so
the three never disagree. Stored text is never rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, product
from typing import Literal, NamedTuple

from ortaq.search.folding import APOSTROPHES, consonants, fold, skeletons, sounds

WeightClass = Literal["exact", "skeleton"]
WHOLE_WORDS = 8  # a title longer than this is not looked for as a whole

# Marks belong to their word though Python's \w leaves them out; so do the soft hyphen and the joiners.
_MARKS = "\u0300-\u036f\u0483-\u0487\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u00ad\u200c\u200d"
_LETTERS = rf"[^\W_](?:[^\W_]|[{_MARKS}])*"
_WORD = re.compile(rf"{_LETTERS}(?:[{APOSTROPHES}]{_LETTERS})*")
_HYPHENS = "-\u2010\u2011"

_KAZAKH = re.compile("[қңұіҚҢҰІ]")
_AZERBAIJANI_CYRILLIC = re.compile("[ҹҝјҸҜЈ]")
_SHARED_CYRILLIC = re.compile("[әғөүһӘҒӨҮҺ]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_AZERBAIJANI_LATIN = re.compile("[əğışçöüƏĞİŞÇÖÜ]")
_ARABIC = re.compile("[\u0620-\u06d5]")
_KAZAKH_ARABIC = re.compile("[\u0674\u06d5\u06c7\u06cb]")


class Token(NamedTuple):
    """One form of one word: ``start`` and ``end`` in the original text, ``position`` counts words."""

    form: str
    start: int
    end: int
    position: int
    weight_class: WeightClass


class Word(NamedTuple):
    """One word as it stands in the text; ``compound`` marks Алма-Ата beside its parts Алма and Ата."""

    text: str
    start: int
    end: int
    position: int
    compound: bool


class Forms(NamedTuple):
    """What one word is found by. Names in titles meet by ``skeleton``; in running text that would let
    half the short words of four languages meet, so there ``sounds``, with every vowel, must agree."""

    exact: tuple[str, ...]
    skeleton: tuple[str, ...]
    sounds: tuple[str, ...]


@lru_cache(maxsize=65_536)
def forms(word: str, lang: str | None) -> Forms:
    """All forms of one word."""
    return Forms(fold(word, lang), skeletons(word, lang), sounds(word, lang))


def words(text: str, lang: str | None) -> Iterator[Word]:
    """The words of ``text`` in order; the compound of hyphenated parts follows its last part."""
    part_start = part_position = previous_end = position = -1
    pieces: list[str] = []
    for position, match in enumerate(_WORD.finditer(text)):
        start, end = match.span()
        if lang == "kk" and text[end : end + 1] in tuple(APOSTROPHES):
            end += 1  # the 2017 alphabet ends words in an apostrophe letter: Man'g'ystay'
        joined = pieces and start == previous_end + 1 and text[previous_end] in _HYPHENS
        if not joined:
            if len(pieces) > 1:
                yield Word("".join(pieces), part_start, previous_end, part_position, True)
            pieces, part_start, part_position = [], start, position
        pieces.append(text[start:end])
        yield Word(text[start:end], start, end, position, False)
        previous_end = end
    if len(pieces) > 1:
        yield Word("".join(pieces), part_start, previous_end, part_position, True)


def analyse(text: str, lang: str | None) -> list[Token]:
    """All forms of all words of ``text``; ``lang`` None reads each word in every way that may be meant."""
    tokens: list[Token] = []
    for word in words(text, lang):
        found = forms(word.text, lang)
        tokens += [Token(form, word.start, word.end, word.position, "exact") for form in found.exact]
        tokens += [Token(form, word.start, word.end, word.position, "skeleton") for form in found.skeleton]
    return tokens


class Streams(NamedTuple):
    """One text as the index takes it: lines of forms parted by spaces."""

    exact: list[str]  # whole readings of the text, in word order, so that phrases hold; compounds apart
    skeleton: str


@lru_cache(maxsize=64)  # the two variants of a record hold the same texts
def streams(text: str, lang: str | None, title: bool) -> Streams:
    """Exact readings (one, or two where a word has a second form) and the skeletons of ``text``."""
    first: list[str] = []
    second: list[str] = []
    compounds: list[str] = []
    bones: dict[str, None] = {}
    for word in words(text, lang):
        exact, skeleton, sounded = forms(word.text, lang)
        bones.update(dict.fromkeys(skeleton if title else sounded))
        if word.compound:
            compounds += exact
        elif exact:
            first.append(exact[0])
            second.append(exact[-1])
    readings = [" ".join(first)] if first == second else [" ".join(first), " ".join(second)]
    return Streams([reading for reading in [*readings, *compounds] if reading], " ".join(bones))


def wholes(text: str, lang: str | None) -> list[str]:
    """The text as one term, spaces and hyphens gone, from fine to coarse.

    ``=`` exact, ``^`` skeleton with all its vowels, ``~`` skeleton, ``-`` consonants only. Lets Ақ мешіт,
    Ак-Мечеть and Akmeçit meet, and puts the thing that is called just this first.
    """
    found = [forms(word.text, lang) for word in words(text, lang) if not word.compound]
    if not 0 < len(found) <= WHOLE_WORDS:
        return []
    terms = [f"={form}" for form in _joined([word.exact for word in found])]
    terms += [f"^{form}" for form in _joined([word.sounds or word.exact[:1] for word in found])]
    terms += [f"~{form}" for form in _joined([word.skeleton or word.exact[:1] for word in found])]
    bare = _joined([consonants(word.skeleton) or word.exact[:1] for word in found])
    terms += [f"-{form}" for form in bare if len(form) > 2]
    return terms


def _joined(options: list[tuple[str, ...]]) -> list[str]:
    return list(dict.fromkeys("".join(combination) for combination in islice(product(*options), 8)))


def detect(text: str) -> str | None:
    """The likeliest language by letters alone: kk, az, ru, en; None without a letter of these scripts."""
    if _CYRILLIC.search(text):
        if _AZERBAIJANI_CYRILLIC.search(text):
            return "az"
        return "kk" if _KAZAKH.search(text) or _SHARED_CYRILLIC.search(text) else "ru"
    if _ARABIC.search(text):
        return "kk" if _KAZAKH_ARABIC.search(text) else "az"
    if _AZERBAIJANI_LATIN.search(text):
        return "az"
    return "en" if re.search("[A-Za-z]", text) else None


def highlight(text: str, lang: str | None, query: str, title: bool = False) -> list[tuple[int, int]]:
    """Where ``text`` holds a word of ``query``: spans in order, not overlapping; the last word also as a beginning."""
    asked = [(word, forms(word.text, None)) for word in words(query, None)]
    last = max((word.position for word, _ in asked), default=0)
    exact = {form for _, found in asked for form in found.exact}
    coarse = {form for _, found in asked for form in (found.skeleton if title else found.sounds)}
    typed = tuple(form for word, found in asked if word.position == last for form in found.exact if len(form) > 1)
    spans: list[tuple[int, int]] = []
    for word in words(text, lang):
        found = forms(word.text, lang)
        alike = found.skeleton if title else found.sounds
        if not (exact.isdisjoint(found.exact) and coarse.isdisjoint(alike)) or _begins(found.exact, typed):
            spans.append((word.start, word.end))
    return _merged(sorted(spans))


def _begins(forms_: tuple[str, ...], typed: tuple[str, ...]) -> bool:
    return any(form.startswith(typed) for form in forms_)


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
