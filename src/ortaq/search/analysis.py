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
from ortaq.search.languages import detect
from ortaq.search.numerals import HINT, counted, likeliest
from ortaq.search.spelling import generic, spellings, unadorned
from ortaq.search.stems import stems

WeightClass = Literal["exact", "stem", "skeleton"]
LABEL = 80  # characters up to which a text is likely to stand in other records too
WHOLE_WORDS = 8  # a title longer than this is not looked for as a whole

# Marks belong to their word though Python's \w leaves them out; so do the soft hyphen and the joiners.
_MARKS = "\u0300-\u036f\u0483-\u0487\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u00ad\u200c\u200d"
_LETTERS = rf"[^\W_](?:[^\W_]|[{_MARKS}])*"
_WORD = re.compile(rf"{_LETTERS}(?:[{APOSTROPHES}]{_LETTERS})*")
_HYPHENS = "-\u2010\u2011"


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
    stem: tuple[str, ...]
    skeleton: tuple[str, ...]
    sounds: tuple[str, ...]


@lru_cache(maxsize=65_536)
def forms(word: str, lang: str | None, tongue: str | None = None) -> Forms:
    """All forms of one word; ``tongue`` is the likely language where none is stated, and only stems go by it."""
    return Forms(fold(word, lang), stems(word, lang or tongue), skeletons(word, lang), sounds(word, lang))


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


def read(text: str, lang: str | None) -> list[tuple[Word, Forms]]:
    """The words of ``text`` with their forms, those of centuries included, which take more than one word to see."""
    tongue = None if lang else detect(text)
    found = [(word, forms(word.text, lang, tongue)) for word in words(text, lang)]
    return _counted(found, keep=True) if HINT.search(text) else found


def asked(text: str, lang: str | None) -> list[tuple[Word, Forms]]:
    """The words of a question: each may be of any language, and XV век is the fifteenth century, not any fifteen."""
    found = [(word, forms(word.text, None)) for word in words(text, None)]
    if lang is not None:
        found = [(word, _both(form, forms(word.text, lang))) for word, form in found]
    return _counted(found, keep=False) if HINT.search(text) else found


def _both(one: Forms, other: Forms) -> Forms:
    return one if one == other else Forms(*(tuple(dict.fromkeys(a + b)) for a, b in zip(one, other, strict=True)))


def _counted(found: list[tuple[Word, Forms]], keep: bool) -> list[tuple[Word, Forms]]:
    places = [at for at, (word, form) in enumerate(found) if form.exact and not word.compound]
    for number, mark in counted([likeliest(found[at][1].exact) for at in places]).items():
        word, form = found[places[number]]
        found[places[number]] = word, form._replace(stem=(*(form.stem if keep else ()), mark))
    return found


def analyse(text: str, lang: str | None) -> list[Token]:
    """All forms of all words of ``text``; ``lang`` None reads each word in every way that may be meant."""
    tokens: list[Token] = []
    for word, found in read(text, lang):
        tokens += [Token(form, word.start, word.end, word.position, "exact") for form in found.exact]
        tokens += [Token(form, word.start, word.end, word.position, "stem") for form in found.stem]
        tokens += [Token(form, word.start, word.end, word.position, "skeleton") for form in found.skeleton]
    return tokens


class Streams(NamedTuple):
    """One text as the index takes it."""

    exact: list[str]  # whole readings of the text, in word order, so that phrases hold; compounds apart
    stem: tuple[str, ...]  # after them the marks of the concepts that are named
    skeleton: tuple[str, ...]


def streams(text: str, lang: str | None, title: bool) -> Streams:
    """Exact readings (one, or two where a word has a second form), stems and skeletons of ``text``."""
    return _label(text, lang, title) if len(text) <= LABEL else _passage(text, lang, title)


def _streams(text: str, lang: str | None, title: bool) -> Streams:
    from ortaq.search import concepts  # made of what stands above

    first: list[str] = []
    second: list[str] = []
    compounds: list[str] = []
    stems_: dict[str, None] = {}
    bones: dict[str, None] = {}
    found = read(text, lang)
    for word, (exact, stem, skeleton, sounded) in found:
        for form in skeleton if title else sounded:
            bones[form] = None
        for form in stem:
            stems_[form] = None
        if word.compound:
            compounds += exact
        elif exact:
            first.append(exact[0])
            second.append(exact[-1])
    stems_ |= concepts.marks(found, lang or detect(text))
    readings = [" ".join(first)] if first == second else [" ".join(first), " ".join(second)]
    return Streams([reading for reading in [*readings, *compounds] if reading], tuple(stems_), tuple(bones))


_label = lru_cache(maxsize=2_048)(_streams)  # names of terms and places, which many records share
_passage = lru_cache(maxsize=128)(_streams)  # the two variants of a record hold the same texts


@lru_cache(maxsize=128)
def wholes(text: str, lang: str | None) -> tuple[str, ...]:
    """The text as one term, spaces and hyphens gone, from fine to coarse.

    ``=`` exact, ``:`` spelling in common letters, ``^`` skeleton with all its vowels, ``~`` skeleton, ``_`` the
    spelling without what kind of place it is, ``-`` consonants only. Lets Ақ мешіт, Ак-Мечеть and Akmeçit meet,
    and puts the thing that is called just this first.
    """
    plain = [word.text for word in islice(words(text, lang), 2 * WHOLE_WORDS) if not word.compound]
    if not 0 < len(plain) <= WHOLE_WORDS:
        return ()
    found = [forms(word, lang) for word in plain]
    names = [word for word in plain if not generic(word)]
    terms = [f"={form}" for form in _joined([word.exact for word in found])]
    spelt = [spellings(word, lang) or ("",) for word in plain]
    terms += [f":{form}" for form in _joined(spelt)]
    plainest = [sum(map(unadorned, spellings(word, lang)), ()) for word in names]
    terms += [f"_{form}" for form in _joined(plainest) if form]
    terms += [f"^{form}" for form in _joined([word.sounds or word.exact[:1] for word in found])]
    terms += [f"~{form}" for form in _joined([word.skeleton or word.exact[:1] for word in found])]
    bare = _joined([consonants(word.skeleton) or word.exact[:1] for word in found])
    terms += [f"-{form}" for form in bare if len(form) > 2]
    return tuple(terms)


def _joined(options: list[tuple[str, ...]]) -> list[str]:
    return list(dict.fromkeys("".join(combination) for combination in islice(product(*options), 8)))


class _Looked:
    """A question taken apart once, and which written words it has been found to mean."""

    def __init__(self, query: str, lang: str | None) -> None:
        found = asked(query, lang)
        last = max((word.position for word, _ in found), default=0)
        self.exact = {form for _, forms_ in found for form in forms_.exact}
        self.stem = {form for _, forms_ in found for form in forms_.stem}
        self.skeleton = {form for _, forms_ in found for form in forms_.skeleton}
        self.sounds = {form for _, forms_ in found for form in forms_.sounds}
        ends = (form for word, forms_ in found if word.position == last for form in forms_.exact)
        self.typed = tuple(form for form in ends if len(form) > 1)
        self.known: dict[tuple[str, str | None, str | None, bool], bool] = {}
        self._label = lru_cache(maxsize=4_096)(self._spans)

    def means(self, found: Forms, title: bool) -> bool:
        if not (self.exact.isdisjoint(found.exact) and self.stem.isdisjoint(found.stem)):
            return True
        alike, own = (self.skeleton, found.skeleton) if title else (self.sounds, found.sounds)
        return not alike.isdisjoint(own) or any(form.startswith(self.typed) for form in found.exact)

    def spans(self, text: str, lang: str | None, title: bool) -> list[tuple[int, int]]:
        """Where words of the question stand. Short texts, names of terms and places, stand in many records."""
        return self._label(text, lang, title) if len(text) <= LABEL else self._spans(text, lang, title)

    def _spans(self, text: str, lang: str | None, title: bool) -> list[tuple[int, int]]:
        if HINT.search(text):
            return [(word.start, word.end) for word, found in read(text, lang) if self.means(found, title)]
        tongue = None if lang else detect(text)
        spans = []
        for word in words(text, lang):
            key = (word.text, lang, tongue, title)
            hit = self.known.get(key)
            if hit is None:
                hit = self.known[key] = self.means(forms(word.text, lang, tongue), title)
            if hit:
                spans.append((word.start, word.end))
        return spans


@lru_cache(maxsize=16)
def _looked(query: str, lang: str | None) -> _Looked:
    return _Looked(query, lang)


def highlight(
    text: str, lang: str | None, query: str, title: bool = False, reader: str | None = None
) -> list[tuple[int, int]]:
    """Where ``text`` holds a word of ``query``: spans in order, not overlapping; the last word also as a beginning.

    ``reader`` is the language of who asks. One question is held against many texts: it is taken apart once.
    """
    return merged(_looked(query, reader).spans(text, lang, title))


def merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, not overlapping."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
