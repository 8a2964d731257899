"""What a search looked for beside the words that were typed, and the ways to look for more or for less."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.conf import settings
from django.http import QueryDict

from ortaq.engine.fields.base import Piece
from ortaq.search.concepts import with_narrower
from ortaq.search.query import Query
from ortaq.search.question import meant
from ortaq.vocab import table, thesaurus
from ortaq.vocab.thesaurus import Concept
from ortaq.web.reading import lang
from ortaq.web.thesaurus import NARROWER, under

EXACT = "exact"  # of an address of the search: nothing but the words that were typed
REACH = (EXACT, NARROWER)
MOST = 9  # names that are told


@dataclass(frozen=True)
class Widened:
    """``names`` are other names that were looked for, ``concepts`` links to what they name in the thesaurus.

    ``exact`` is the address of the same search without them, or with them again where it is without. ``narrower``:
    the address with what lies below as well, or without it again; ``below`` is how many concepts that are.
    """

    names: list[Piece]
    more: bool
    concepts: list[Piece]
    literal: bool
    exact: str
    narrower: str
    narrowed: bool
    below: int


def widened(query: Query, given: QueryDict) -> Widened | None:
    """None where the words name no concept."""
    named = [concept for id_ in meant(query.text, query.lang) if (concept := thesaurus.get(id_))]
    if not named:
        return None
    names = list(islice(_names(named, query.text), MOST + 1))
    below = len(with_narrower(one.id for one in named)) - len(named)
    return Widened(
        names=names[:MOST],
        more=len(names) > MOST,
        concepts=[_linked(concept) for concept in named],
        literal=not query.expand,
        exact=_toggled(given, EXACT, query.expand),
        narrower=_toggled(given, NARROWER, not query.narrower) if below else "",
        narrowed=query.narrower,
        below=below,
    )


def _names(named: list[Concept], typed: str) -> Iterator[Piece]:
    """The labels of each concept in the languages of the node, the reader's first; not what was typed itself."""
    languages = sorted((code for code, _name in settings.LANGUAGES), key=lambda code: code != lang())
    told = {table.fold(typed)}
    for concept in named:
        for code in languages:
            label = concept.certain.get(code)
            if label and table.fold(label) not in told:
                told.add(table.fold(label))
                yield Piece(label, code)


def _linked(concept: Concept) -> Piece:
    label = concept.certain.get(lang())
    return Piece(label or concept.label("en"), lang() if label else "en", href=under(concept.id))


def _toggled(given: QueryDict, name: str, on: bool) -> str:
    new = given.copy()
    for gone in ("page", name):
        new.pop(gone, None)
    if on:
        new[name] = "1"
    return f"?{new.urlencode()}"
