"""The thesaurus: concepts of the field as a tree, with alternative labels, scope notes and AAT ids where sure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import takewhile
from types import MappingProxyType

from ortaq.vocab import table

FOR_EDITORS = re.compile(r"\bvocab(\.csv\b| \w+:)", re.IGNORECASE)


@dataclass(frozen=True)
class Concept:
    """One concept.

    ``labels`` and ``alternatives`` by language; ``doubtful``: languages whose label is to be checked;
    ``doubtful_alternatives``: pairs (language, alternative label) to be checked; ``exact_match``: its number
    in the Art & Architecture Thesaurus or empty; ``confidence``: H, M or L.
    """

    id: str
    broader: str | None
    labels: Mapping[str, str] = field(hash=False)
    alternatives: Mapping[str, tuple[str, ...]] = field(hash=False)
    doubtful: frozenset[str]
    doubtful_alternatives: frozenset[tuple[str, str]]
    scope: str
    exact_match: str
    confidence: str

    def label(self, lang: str) -> str:
        """The label for a reader of ``lang``, else the English one, else the id."""
        return self.certain.get(lang) or self.certain.get("en") or self.id

    @property
    def certain(self) -> dict[str, str]:
        """The labels without those that are to be checked: what may be shown and searched by."""
        return {lang: text for lang, text in self.labels.items() if lang not in self.doubtful}

    def others(self, lang: str) -> tuple[str, ...]:
        """The alternative labels of a language without those that are to be checked and the label itself."""
        label, texts = self.certain.get(lang), self.alternatives.get(lang, ())
        return tuple(text for text in texts if text != label and (lang, text) not in self.doubtful_alternatives)

    def names(self, lang: str) -> tuple[str, ...]:
        """All that the concept is called in a language, without what is to be checked."""
        label = self.certain.get(lang)
        return (*((label,) if label else ()), *self.others(lang))


@dataclass(frozen=True)
class Meaning:
    """What a label is in one language: the concept it names there."""

    lang: str
    label: str
    concept: str


@dataclass(frozen=True)
class RiskyLabel:
    """A folded label that search must not widen blindly.

    ``kind``: ``homograph`` (another meaning in another language) or ``short`` (too short to match inside words).
    """

    kind: str
    folded: str
    meanings: tuple[Meaning, ...]


@cache
def _all() -> Mapping[str, Concept]:
    return {row["id"]: _concept(row) for row in table.rows("thesaurus.csv")}


def _concept(row: dict[str, str]) -> Concept:
    labels, doubtful = table.labels(row)
    cells = {lang: row[f"{lang}_alt"].split(table.SEPARATOR) for lang in table.LANGUAGES if row.get(f"{lang}_alt")}
    marked = {lang: [table.certain(text.strip()) for text in texts] for lang, texts in cells.items()}
    return Concept(
        id=row["id"],
        broader=row["broader"] or None,
        labels=MappingProxyType(labels),
        alternatives=MappingProxyType({lang: tuple(text for text, _ in texts) for lang, texts in marked.items()}),
        doubtful=doubtful,
        doubtful_alternatives=frozenset((lang, text) for lang, texts in marked.items() for text, bad in texts if bad),
        scope=_scope(row["scope_en"]),
        exact_match=row["exact_match"],
        confidence=row["confidence"],
    )


def _scope(note: str) -> str:
    """The scope note without what it says about the files of the vocabularies, which is for those who edit them."""
    parts = takewhile(lambda part: not FOR_EDITORS.search(part), note.split(", "))
    said = ", ".join(parts).rstrip(".")
    return f"{said}." if said else ""


@cache
def _narrower() -> Mapping[str | None, tuple[Concept, ...]]:
    found: dict[str | None, list[Concept]] = {}
    for concept in concepts():
        found.setdefault(concept.broader, []).append(concept)
    return {key: tuple(children) for key, children in found.items()}


def concepts() -> tuple[Concept, ...]:
    """All concepts in file order."""
    return tuple(_all().values())


def get(id: str) -> Concept | None:
    return _all().get(id)


def narrower(id: str | None) -> tuple[Concept, ...]:
    """The concepts directly below ``id`` in file order; the top concepts for None."""
    return _narrower().get(id, ())


@cache
def risky_labels() -> tuple[RiskyLabel, ...]:
    """The labels that mean something else in another language or are too short to match inside words."""
    return tuple(
        RiskyLabel(row["kind"], row["folded"], tuple(_meaning(part) for part in row["labels"].split("; ")))
        for row in table.rows("thesaurus_risky_labels.tsv", "\t")
    )


def _meaning(part: str) -> Meaning:
    """``az:dam=roof`` as language, label and concept."""
    lang, _, rest = part.partition(":")
    label, _, concept = rest.rpartition("=")
    return Meaning(lang, label, concept)
