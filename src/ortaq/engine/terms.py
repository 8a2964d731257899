"""Where the engine finds the terms of controlled vocabularies; the vocabulary app registers itself as the source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from ortaq.engine.labels import pick


class Term(Protocol):
    """A term: ``labels`` by language, ``doubtful`` the languages whose label is still to be checked."""

    @property
    def code(self) -> str: ...
    @property
    def labels(self) -> Mapping[str, str]: ...
    @property
    def doubtful(self) -> frozenset[str]: ...


class Source(Protocol):
    def get(self, vocabulary: str, code: str) -> Term | None: ...
    def terms(self, vocabulary: str) -> Sequence[Term]: ...
    def find(self, vocabulary: str, text: str) -> Sequence[Term]: ...
    def version(self) -> str: ...
    def refresh(self) -> None: ...


_sources: list[Source] = []


def register(source: Source) -> None:
    """Makes ``source`` the one that is asked."""
    _sources[:] = [source]


def source() -> Source:
    return _sources[0]


def label(vocabulary: str, code: str, lang: str) -> str:
    """The label of a term for a reader of ``lang``; the code itself when the vocabulary does not know it."""
    term = source().get(vocabulary, code)
    if term is None:
        return code
    return pick(dict(term.labels), lang)[1] or code


def version() -> str:
    """Another one whenever a label has changed: what is kept with labels in it is kept under this."""
    return source().version()


def refresh() -> None:
    """Takes in the labels that are in force now; what runs long without pages calls it before it reads labels."""
    source().refresh()
