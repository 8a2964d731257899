"""The concepts that words name: what lets «известковый раствор» find əhəng məhlulu, әк ерітіндісі and lime mortar.

Beside the stems of a text the index holds a mark for each concept of the thesaurus that the text names in its own
language. A question is read in each language that it may be of and asks for the marks: one term a concept, however
many names it has. What is asked depends on the question and on the thesaurus alone, so a hidden record moves nothing.

A name is met in any of its forms, as whole words side by side, and only in its language: dam
is a roof in Azerbaijani. A short one is met only as it is written. A label that is still to be checked is no name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from ortaq.search.analysis import Forms, Word, read, words
from ortaq.search.folding import fold, script
from ortaq.search.languages import detect
from ortaq.search.stems import first
from ortaq.vocab import table, thesaurus

VERSION = 1  # raise it when the thesaurus or what counts as a name changes: the index is then rebuilt
MARK = "@"  # the first sign of a concept among the stems; no word has it
WORDS = 16  # of a question that are looked at
SCRIPTS = {"kk": "cyrillic", "ru": "cyrillic", "az": "latin", "en": "latin", "tr": "latin"}

Span = tuple[int, int]


class Name(NamedTuple):
    """What a concept is called: the stems, for a short name how its words are written (empty: in any form), and
    whether it is the label of the concept or another name for it."""

    stems: tuple[str, ...]
    written: tuple[str, ...]
    concept: str
    label: bool


class Named(NamedTuple):
    """A place of a text where a concept is named: characters from ``start`` to ``end``."""

    start: int
    end: int
    concept: str


class Meant(NamedTuple):
    """Words of a question and what they may mean: characters from ``start`` to ``end``."""

    start: int
    end: int
    concepts: tuple[str, ...]


def marks(found: Sequence[tuple[Word, Forms]], lang: str | None) -> list[str]:
    """The marks of the concepts that a text of ``lang`` names; ``found`` are its words as the index reads them."""
    names = _names(lang or "")
    if not any(_first(form) in names for _, form in found):
        return []
    return list(dict.fromkeys(MARK + place.concept for place in _named(found, lang or "")))


def spans(text: str, lang: str | None, wanted: Iterable[str]) -> list[Span]:
    """Where ``text`` names one of the concepts ``wanted``."""
    wanted = frozenset(wanted)
    tongue = lang or detect(text) or ""
    return [(place.start, place.end) for place in _named(read(text, lang), tongue) if place.concept in wanted]


@lru_cache(maxsize=256)
def asked(text: str, lang: str | None) -> tuple[Meant, ...]:
    """What the words of a question may mean, the longest names first taken; words that name nothing are left out.

    Where they name something in the reader's own language, they are not read in another one.
    """
    plain = [word for word in words(text, None) if not word.compound][:WORDS]
    readings = {tongue: [_stem(word, tongue, lang) for word in plain] for tongue in SCRIPTS}
    tongues = [tongue for tongue, stems in readings.items() if any(stems)]
    found, at = [], 0
    while at < len(plain):
        ways = [(tongue, name) for tongue in tongues for name in _at(plain, readings[tongue], at, tongue)]
        longest = max((len(name.stems) for _, name in ways), default=0)
        ways = [(tongue, name) for tongue, name in ways if len(name.stems) == longest]
        if ways:
            found.append(Meant(plain[at].start, plain[at + longest - 1].end, _likeliest(ways, lang)))
        at += max(longest, 1)
    return tuple(found)


def _likeliest(ways: list[tuple[str, Name]], lang: str | None) -> tuple[str, ...]:
    """In the reader's own language where it is a name; what it is the label of before what else it may name."""
    ways = [way for way in ways if way[0] == lang] or ways
    tongues = {tongue for tongue, name in ways if name.label}
    return tuple(dict.fromkeys(name.concept for tongue, name in ways if name.label or tongue not in tongues))


def aligned(text: str, lang: str | None, places: Sequence[Span]) -> list[Meant]:
    """What is meant by whole places of a question, ``start`` and ``end`` counting these and not characters."""
    starts, ends = {start: n for n, (start, _) in enumerate(places)}, {end: n for n, (_, end) in enumerate(places, 1)}
    return [
        Meant(starts[one.start], ends[one.end], one.concepts)
        for one in asked(text, lang)
        if one.start in starts and one.end in ends
    ]


def with_narrower(concepts: Iterable[str]) -> list[str]:
    """The concepts and all that lie below them."""
    return sorted(frozenset().union(*(_below(concept) for concept in concepts)))


@cache
def _below(concept: str) -> frozenset[str]:
    return frozenset({concept}).union(*(_below(child.id) for child in thesaurus.narrower(concept)))


def _named(found: Sequence[tuple[Word, Forms]], lang: str) -> Iterator[Named]:
    plain = [(word, form) for word, form in found if not word.compound]
    row, keys = [word for word, _ in plain], [_first(form) for _, form in plain]
    for at in range(len(row)):
        for name in _at(row, keys, at, lang):
            yield Named(row[at].start, row[at + len(name.stems) - 1].end, name.concept)


def _at(row: Sequence[Word], keys: Sequence[str], at: int, lang: str) -> Iterator[Name]:
    """The names that begin with the word at place ``at``; ``keys`` are the stems of the words of ``row``."""
    for name in _names(lang).get(keys[at], ()):
        size = len(name.stems)
        if size > 1 and tuple(keys[at : at + size]) != name.stems:
            continue
        if not name.written or name.written == tuple(_written(word.text, lang) for word in row[at : at + size]):
            yield name


def _stem(word: Word, tongue: str, lang: str | None) -> str:
    """The stem of a word of a question in one language, "" when it cannot be of it.

    Kazakh in Latin letters is looked for only among readers of Kazakh.
    """
    if script(word.text) != SCRIPTS[tongue] and (tongue, lang) != ("kk", "kk"):
        return ""
    return first(word.text, tongue)


def _first(form: Forms) -> str:
    """What a word has to have in common with a name: its first stem, or itself where it has none."""
    return form.stem[0] if form.stem else form.exact[0] if form.exact else ""


def _written(word: str, lang: str) -> str:
    """A word as it has to be written: ЧАС is an abbreviation and час an hour, but Daş and daş are one word."""
    return word if sum(map(str.isupper, word)) > 1 else next(iter(fold(word, lang)), "")


@cache
def _names(lang: str) -> Mapping[str, tuple[Name, ...]]:
    """All names of one language by their first stem."""
    short, several = _risky(lang)
    found: dict[str, dict[Name, None]] = {}
    for concept in thesaurus.concepts() if lang in SCRIPTS else ():
        for text in concept.names(lang):
            plain = _plain(text, lang)
            held, label = _stems(plain, lang), text == concept.certain.get(lang)
            if held and all(held) and (label or held not in several):
                written = tuple(_written(word, lang) for word in plain) if held in short else ()
                found.setdefault(held[0], {})[Name(held, written, concept.id, label)] = None
    return {stem: tuple(names) for stem, names in found.items()}


def _risky(lang: str) -> tuple[frozenset[tuple[str, ...]], frozenset[tuple[str, ...]]]:
    """The stems of short names, and of those with several meanings in this one language: there only a label counts."""
    short, several = set(), set()
    for risky in thesaurus.risky_labels():
        own = [_stems(_plain(meaning.label, lang), lang) for meaning in risky.meanings if meaning.lang == lang]
        if risky.kind == "short":
            short.update(own)
        elif len(own) > 1:
            several.update(own)
    return frozenset(short), frozenset(several)


def _stems(plain: Iterable[str], lang: str) -> tuple[str, ...]:
    return tuple(first(word, lang) for word in plain)


def _plain(label: str, lang: str) -> list[str]:
    return [word.text for word in words(table.bare(label), lang) if not word.compound]
