"""The concepts that words name: what lets «известковый раствор» find əhəng məhlulu, әк ерітіндісі and lime mortar.

Beside the stems of a text the index holds a mark for each concept of the thesaurus that the text names in its own
language. A question is read in each language that it may be of and asks for the marks: one term a concept, however
many names it has. What is asked depends on the question and on the thesaurus alone, so a hidden record moves nothing.

A name is met in any of its forms, as whole words side by side, and only in its language: dam
is a roof in Azerbaijani. A short one is met only as it is written. A label that is still to be checked is no name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
Read = Sequence[tuple[Word, Forms]]  # the words of a text as the index reads them


class Name(NamedTuple):
    """What a concept is called: the stems, for a short name how its words are written (empty: in any form), and
    whether it is the label of the concept or another name for it."""

    stems: tuple[str, ...]
    written: tuple[str, ...]
    concept: str
    label: bool


class Names(NamedTuple):
    """Names that begin with one stem: those of one word, and longer ones by their second stem. ``marks`` are those of
    the single ones where none of them is short, so that most words of a text need no closer look."""

    single: tuple[Name, ...]
    longer: Mapping[str, tuple[Name, ...]]
    marks: Mapping[str, None] | None


class Meant(NamedTuple):
    """Words of a question and what they may mean: characters from ``start`` to ``end``."""

    start: int
    end: int
    concepts: tuple[str, ...]


def marks(found: Read, lang: str | None) -> dict[str, None]:
    """The marks of the concepts that a text of ``lang`` names."""
    names, row, keys = _read(found, lang or "")
    marked: dict[str, None] = {}
    for at, key in enumerate(keys):
        held = names.get(key)
        if held is not None:
            if held.marks is not None and (at + 1 == len(keys) or keys[at + 1] not in held.longer):
                marked |= held.marks
            else:
                marked |= dict.fromkeys(MARK + name.concept for name in _at(row, keys, at, lang or ""))
    return marked


def spans(text: str, lang: str | None, wanted: Iterable[str]) -> list[Span]:
    """Where ``text`` names one of the concepts ``wanted``."""
    wanted = frozenset(wanted)
    tongue = lang or detect(text) or ""
    named = _named(read(text, lang), tongue)
    return [(first.start, last.end) for first, last, name in named if name.concept in wanted]


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


def _named(found: Read, lang: str) -> Iterator[tuple[Word, Word, Name]]:
    """The names in a text, each with its first and its last word."""
    names, row, keys = _read(found, lang)
    for at, key in enumerate(keys):
        for name in _at(row, keys, at, lang) if key in names else ():
            yield row[at], row[at + len(name.stems) - 1], name


def _read(found: Read, lang: str) -> tuple[Mapping[str, Names], list[Word], list[str]]:
    """The names of the language; the words without compounds; of each its first stem, or itself where it has none."""
    plain = [pair for pair in found if not pair[0].compound]
    keys = [form.stem[0] if form.stem else form.exact[0] if form.exact else "" for _, form in plain]
    return _names(lang), [word for word, _ in plain], keys


def _at(row: Sequence[Word], keys: Sequence[str], at: int, lang: str) -> list[Name]:
    """The names that begin with the word at place ``at`` of ``row``; ``keys`` are the stems of its words."""
    names = _names(lang).get(keys[at])
    if names is None:
        return []
    found = [name for name in names.single if not name.written or name.written[0] == _written(row[at].text, lang)]
    for name in names.longer.get(keys[at + 1], ()) if at + 1 < len(keys) else ():
        end = at + len(name.stems)
        if tuple(keys[at:end]) == name.stems and (not name.written or name.written == _as_written(row[at:end], lang)):
            found.append(name)
    return found


def _as_written(row: Sequence[Word], lang: str) -> tuple[str, ...]:
    return tuple(_written(word.text, lang) for word in row)


def _stem(word: Word, tongue: str, lang: str | None) -> str:
    """The stem of a word of a question in one language, "" when it cannot be of it.

    Kazakh in Latin letters is looked for only among readers of Kazakh.
    """
    if script(word.text) != SCRIPTS[tongue] and (tongue, lang) != ("kk", "kk"):
        return ""
    return first(word.text, tongue)


def _written(word: str, lang: str) -> str:
    """A word as it has to be written: ЧАС is an abbreviation and час an hour, but Daş and daş are one word."""
    return word if sum(map(str.isupper, word)) > 1 else next(iter(fold(word, lang)), "")


@cache
def _names(lang: str) -> Mapping[str, Names]:
    """All names of one language by their first stem."""
    stem = cache(lambda word: first(word, lang))  # labels share most of their words
    short, several = _risky(lang, stem)
    found: dict[str, dict[Name, None]] = {}
    for concept in thesaurus.concepts() if lang in SCRIPTS else ():
        for text in concept.names(lang):
            plain = _plain(text, lang)
            held, label = _stems(plain, stem), text == concept.certain.get(lang)
            if held and all(held) and (label or held not in several):
                written = tuple(_written(word, lang) for word in plain) if held in short else ()
                found.setdefault(held[0], {})[Name(held, written, concept.id, label)] = None
    return {begin: _sorted(list(names)) for begin, names in found.items()}


def _sorted(names: Sequence[Name]) -> Names:
    longer: dict[str, list[Name]] = {}
    for name in names:
        if len(name.stems) > 1:
            longer.setdefault(name.stems[1], []).append(name)
    single = tuple(name for name in names if len(name.stems) == 1)
    marked = None if any(name.written for name in single) else dict.fromkeys(MARK + name.concept for name in single)
    return Names(single, {stem: tuple(held) for stem, held in longer.items()}, marked)


def _risky(lang: str, stem: Callable[[str], str]) -> tuple[frozenset[tuple[str, ...]], frozenset[tuple[str, ...]]]:
    """The stems of short names, and of those with several meanings in this one language: there only a label counts."""
    short, several = set(), set()
    for risky in thesaurus.risky_labels():
        own = [_stems(_plain(meaning.label, lang), stem) for meaning in risky.meanings if meaning.lang == lang]
        if risky.kind == "short":
            short.update(own)
        elif len(own) > 1:
            several.update(own)
    return frozenset(short), frozenset(several)


def _stems(plain: Iterable[str], stem: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(stem(word) for word in plain)


def _plain(label: str, lang: str) -> list[str]:
    return [word.text for word in words(table.bare(label), lang) if not word.compound]
