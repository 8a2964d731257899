"""The concepts that words name: what lets «известковый раствор» find əhəng məhlulu, әк ерітіндісі and lime mortar.

Beside the stems of a text the index holds a mark for each concept of the thesaurus that the text names in its own
language. A question is read in each language that it may be of and asks for the marks: one term a concept, however
many names it has. What is asked depends on the question and on the thesaurus alone, so a hidden record moves nothing.

A name is met in any of its forms, as whole words side by side. A short one, and one that is another word in another
language, is met only as it is written. A label that is still to be checked is no name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from ortaq.search.analysis import Forms, Word, read, words
from ortaq.search.folding import fold, script
from ortaq.search.languages import detect
from ortaq.search.stems import stems
from ortaq.vocab import table, thesaurus

VERSION = 1  # raise it when the thesaurus or what counts as a name changes: the index is then rebuilt
MARK = "@"  # the first sign of a concept among the stems; no word has it
WORDS = 16  # of a question that are looked at
SCRIPTS = {"kk": "cyrillic", "ru": "cyrillic", "az": "latin", "en": "latin", "tr": "latin"}

Span = tuple[int, int]


class Name(NamedTuple):
    """A label of a concept: its stems, and for a risky one how its words are written (empty: in any form)."""

    stems: tuple[str, ...]
    written: tuple[str, ...]
    concept: str


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
    if not any(form.stem and form.stem[0] in names for _, form in found):
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
    tongues = sorted(SCRIPTS, key=lambda tongue: tongue != lang)
    readings = {tongue: [_stem(word, tongue, lang) for word in plain] for tongue in tongues}
    found, at = [], 0
    while at < len(plain):
        ways = [(tongue, name) for tongue in tongues for name in _at(plain, readings[tongue], at, tongue)]
        longest = max((len(name.stems) for _, name in ways), default=0)
        ways = [(tongue, name) for tongue, name in ways if len(name.stems) == longest]
        own = [name.concept for tongue, name in ways if tongue == lang]
        if ways:
            concepts = tuple(dict.fromkeys(own or (name.concept for _, name in ways)))
            found.append(Meant(plain[at].start, plain[at + longest - 1].end, concepts))
        at += max(longest, 1)
    return tuple(found)


def with_narrower(concepts: Iterable[str]) -> list[str]:
    """The concepts and all that lie below them."""
    return sorted(frozenset().union(*(_below(concept) for concept in concepts)))


@cache
def _below(concept: str) -> frozenset[str]:
    return frozenset({concept}).union(*(_below(child.id) for child in thesaurus.narrower(concept)))


def _named(found: Sequence[tuple[Word, Forms]], lang: str) -> Iterator[Named]:
    plain = [(word, form) for word, form in found if not word.compound]
    row, keys = [word for word, _ in plain], [form.stem[0] if form.stem else "" for _, form in plain]
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
    return _key(word.text, tongue)


def _key(word: str, lang: str) -> str:
    """What a word has to have in common with a name: its first stem."""
    return next(iter(stems(word, lang)), "")


def _written(word: str, lang: str) -> str:
    """A word as it has to be written: ЧАС is an abbreviation and час an hour, but Daş and daş are one word."""
    return word if sum(map(str.isupper, word)) > 1 else next(iter(fold(word, lang)), "")


@cache
def _names(lang: str) -> Mapping[str, tuple[Name, ...]]:
    """All names of one language by their first stem."""
    found: dict[str, list[Name]] = {}
    risky = {(one.lang, one.label) for label in thesaurus.risky_labels() for one in label.meanings}
    for concept in thesaurus.concepts() if lang in SCRIPTS else ():
        names: dict[Name, None] = {}
        for label in concept.names(lang):
            plain = [word.text for word in words(table.bare(label), lang) if not word.compound]
            written = tuple(_written(word, lang) for word in plain) if (lang, label) in risky else ()
            names[Name(tuple(_key(word, lang) for word in plain), written, concept.id)] = None
        for name in names:
            if all(name.stems) and name.stems:
                found.setdefault(name.stems[0], []).append(name)
    return {stem: tuple(held) for stem, held in found.items()}

