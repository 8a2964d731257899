"""A text taken apart into clauses and phrases: what is asked, before it meets an index.

Any string is a valid text: there is no syntax but quotation marks around words that must stand
together as written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from ortaq.search import concepts
from ortaq.search.analysis import asked, forms, wholes, words
from ortaq.search.concepts import Meant

TEXT_CHARACTERS = 400  # of a query that are read
TEXT_WORDS = 16

_QUOTED = re.compile('"([^"]*)"|«([^»]*)»|[“„]([^”“]*)[”“]')


class Wanted(NamedTuple):
    """One word asked for, in every form it may have; ``beginning`` when more letters may follow."""

    exact: tuple[str, ...]
    stem: tuple[str, ...]
    skeleton: tuple[str, ...]
    sounds: tuple[str, ...]
    beginning: bool


@dataclass(frozen=True)
class Question:
    """A text taken apart. Every clause must hold; of a clause one alternative, of an alternative every word.

    ``meant``: for clauses from ``start`` to before ``end`` one of the concepts will do as well.
    """

    clauses: list[list[list[Wanted]]]
    phrases: list[list[list[str]]]  # of a phrase one reading, its words side by side
    whole: list[str]
    meant: list[Meant]

    @property
    def empty(self) -> bool:
        return not (self.clauses or self.phrases)


def parse(text: str, lang: str | None = None) -> Question:
    """``text`` as clauses and phrases; what stands between unpaired quotation marks is plain words."""
    text = text[:TEXT_CHARACTERS]
    phrases: list[list[list[str]]] = []
    for match in _QUOTED.finditer(text):
        if readings := _phrase(next(part for part in match.groups() if part is not None), lang):
            phrases.append(readings)
    rest = _QUOTED.sub(" ", text)
    clauses, places = _clauses(rest, lang, open_end=rest == text and not text.endswith((" ", "-")))
    whole = [] if phrases else list(dict.fromkeys([*wholes(text, None), *wholes(text, lang)]))
    return Question(clauses, phrases[:TEXT_WORDS], whole, concepts.aligned(rest, lang, places))


@lru_cache(maxsize=64)
def meant(text: str, lang: str | None) -> tuple[str, ...]:
    """The concepts of the thesaurus that the words of ``text`` name, in their order; those in quotation marks apart."""
    found = parse(text, lang).meant
    return tuple(dict.fromkeys(concept for one in found for concept in one.concepts))


def _clauses(text: str, lang: str | None, open_end: bool) -> tuple[list[list[list[Wanted]]], list[tuple[int, int]]]:
    """The clauses, and where in the text the words of each stand."""
    found = asked(text, lang)[:TEXT_WORDS]
    last = max((word.position for word, _ in found), default=-1)
    compounds = {word.position: (word, own) for word, own in found if word.compound}
    clauses: list[list[list[Wanted]]] = []
    places: list[tuple[int, int]] = []
    parts_until = -1
    for word, own in found:
        if word.compound or not own.exact:
            continue
        wanted = Wanted(*own, open_end and word.position == last)
        if word.position in compounds:
            whole, joined = compounds[word.position]
            parts_until = whole.end
            clauses.append([[wanted], [Wanted(*joined, open_end and whole.end == found[-1][0].end)]])
            places.append((whole.start, whole.end))
        elif word.end <= parts_until:
            clauses[-1][0].append(wanted)
        else:
            clauses.append([[wanted]])
            places.append((word.start, word.end))
    return clauses, places


def _phrase(text: str, lang: str | None) -> list[list[str]]:
    found = [forms(word.text, None).exact for word in words(text, None) if not word.compound][:TEXT_WORDS]
    own = [forms(word.text, lang).exact for word in words(text, lang) if not word.compound][:TEXT_WORDS]
    readings = [[f[0] for f in found if f], [f[-1] for f in found if f], [f[0] for f in own if f]]
    return [list(reading) for reading in dict.fromkeys(tuple(r) for r in readings) if reading]
