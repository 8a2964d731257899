"""The controlled vocabularies: short lists of terms with labels in five languages.

Read once from ``data/vocab.csv`` and from ``data/more.csv``, the lists that the kinds need beside
the domain's own; nothing here changes or knows the database. The scales of the two states stay
apart: what they share is the neutral rank, and only search uses it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from ortaq.vocab import table

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


@cache
def _all() -> Mapping[str, Mapping[str, Term]]:
    found: dict[str, dict[str, Term]] = {}
    for row in (*table.rows("vocab.csv"), *table.rows("more.csv")):
        labels, doubtful = table.labels(row)
        term = Term(row["vocabulary"], row["code"], MappingProxyType(labels), doubtful, row["note"])
        found.setdefault(term.vocabulary, {})[term.code] = term
    return found


@cache
def _texts(vocabulary: str) -> tuple[Mapping[str, list[Term]], Mapping[str, list[Term]]]:
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
