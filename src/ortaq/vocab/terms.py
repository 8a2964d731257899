"""The controlled vocabularies: short lists of terms with labels in five languages.

Read once from ``data/vocab.csv`` and from ``data/more.csv``, the lists that the kinds need beside
the domain's own; over them lie the labels that this node accepted (:mod:`ortaq.vocab.overlay`).
The scales of the two states stay apart: what they share is the neutral rank, and only search uses it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from types import MappingProxyType

from ortaq.vocab import overlay, table
from ortaq.vocab.overlay import Labels, Overlay

PROTECTION = "protection_category"
_RANK = re.compile(r"\brank ([1-4])\b")


@dataclass(frozen=True)
class Term:
    """One term. ``labels`` by language (kk az ru en tr); ``doubtful``: languages whose label is to be checked."""

    vocabulary: str
    code: str
    labels: Mapping[str, str] = field(hash=False)
    doubtful: frozenset[str]
    note: str

    def label(self, lang: str) -> str:
        """The label for a reader of ``lang``, else the English one, else the code."""
        return self.labels.get(lang) or self.labels.get("en") or self.code


Tables = Mapping[str, Mapping[str, Term]]
Texts = Mapping[str, list[Term]]


@cache
def _shipped() -> Tables:
    found: dict[str, dict[str, Term]] = {}
    for row in (*table.rows("vocab.csv"), *table.rows("more.csv")):
        labels, doubtful = table.labels(row)
        term = Term(row["vocabulary"], row["code"], MappingProxyType(labels), doubtful, row["note"])
        found.setdefault(term.vocabulary, {})[term.code] = term
    return found


def _all() -> Tables:
    return _laid_over(overlay.now())


@lru_cache(maxsize=2)
def _laid_over(accepted: Overlay) -> Tables:
    if not accepted.labels:
        return _shipped()
    found = {name: dict(held) for name, held in _shipped().items()}
    for (name, code), labels in accepted.labels.items():
        held = found.setdefault(name, {})
        held[code] = _relabelled(held.get(code) or _new(name, code), labels)
    return found


def _new(vocabulary: str, code: str) -> Term:
    return Term(vocabulary, code, MappingProxyType({}), frozenset(), "")


def _relabelled(term: Term, labels: Labels) -> Term:
    """An accepted label is no doubtful one any more."""
    return replace(term, labels=MappingProxyType({**term.labels, **labels}), doubtful=term.doubtful - set(labels))


def _texts(vocabulary: str) -> tuple[Texts, Texts]:
    return _folded(overlay.now(), vocabulary)


@lru_cache(maxsize=200)
def _folded(_accepted: Overlay, vocabulary: str) -> tuple[Texts, Texts]:
    """(whole, bare): the terms by folded code or label, and by folded label without its brackets."""
    whole: dict[str, list[Term]] = {}
    bare: dict[str, list[Term]] = {}
    for term in terms(vocabulary):
        for text in table.folded((term.code, *term.labels.values())):
            whole.setdefault(text, []).append(term)
        for text in table.folded(table.bare(label) for label in term.labels.values()):
            bare.setdefault(text, []).append(term)
    return whole, bare


def vocabularies() -> tuple[str, ...]:
    """The names of all vocabularies in file order; their labels are in :mod:`ortaq.vocab.names`."""
    return tuple(_all())


def terms(vocabulary: str) -> tuple[Term, ...]:
    """The terms in file order; empty for a vocabulary that does not exist here (a foreign record may name one)."""
    return tuple(_all().get(vocabulary, {}).values())


def get(vocabulary: str, code: str) -> Term | None:
    return _all().get(vocabulary, {}).get(code)


def shipped(vocabulary: str, code: str) -> Term | None:
    """The term as it came with the program, whatever was accepted since."""
    return _shipped().get(vocabulary, {}).get(code)


def label(vocabulary: str, code: str, lang: str) -> str:
    """The label for a reader of ``lang``, else the English one, else the code itself."""
    term = get(vocabulary, code)
    return term.label(lang) if term else code


def find(vocabulary: str, text: str) -> list[Term]:
    """The terms whose code or label in any language is ``text``, as a whole; for imports.

    Only when there is none, labels are compared without what stands in brackets at their end. More than one
    term means that ``text`` does not decide, as with ``local significance`` of either state.
    """
    whole, bare = _texts(vocabulary)
    wanted = table.fold(text)
    return list(whole.get(wanted) or bare.get(wanted) or ())


def rank(code: str) -> int | None:
    """The neutral rank 1 (highest) to 4 of a protection category, for search only; None for one without."""
    term = get(PROTECTION, code)
    match = _RANK.search(term.note) if term else None
    return int(match[1]) if match else None


def is_overlay(code: str) -> bool:
    """Whether a protection category stands beside the national one (a UNESCO list) and never replaces it."""
    term = get(PROTECTION, code)
    return term is not None and term.note.startswith("overlay")
