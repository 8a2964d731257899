"""What the page of the thesaurus shows: one concept with what is around it, or what a search found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from ortaq.engine.labels import pick
from ortaq.engine.problems import Absent
from ortaq.vocab import table, thesaurus
from ortaq.vocab.thesaurus import Concept
from ortaq.web.reading import lang

MOST = 100  # concepts found on one page


@dataclass(frozen=True)
class Shown:
    """A concept with its name for the reader, and how many lie directly below it."""

    concept: Concept
    lang: str
    text: str
    doubtful: bool
    below: int


def page(asked: QueryDict) -> dict[str, Any]:
    """``under`` is the id of a concept, ``q`` words that one of its names has. Raises Absent for an unknown id."""
    words, under = asked.get("q", "")[:200].strip(), asked.get("under", "")
    concept = thesaurus.get(under) if under else None
    if under and concept is None:
        raise Absent(under)
    found = list(_found(table.fold(words))) if words else list(thesaurus.narrower(under or None))
    return {
        "words": words,
        "here": _shown(concept) if concept else None,
        "names": list(_names(concept)) if concept else [],
        "path": [_shown(one) for one in _path(concept)],
        "rows": [_shown(one) for one in found[:MOST]],
        "more": max(0, len(found) - MOST),
        "count": len(thesaurus.concepts()),
        "title": _shown(concept).text if concept else _("Thesaurus"),
    }


def _found(words: str) -> Iterator[Concept]:
    for concept in thesaurus.concepts():
        others = [text for texts in concept.alternatives.values() for text in texts]
        if any(words in text for text in table.folded([*concept.labels.values(), *others])):
            yield concept


def _shown(concept: Concept) -> Shown:
    code, text = pick(dict(concept.labels), lang())
    below = len(thesaurus.narrower(concept.id))
    return Shown(concept, code, text or concept.id, code in concept.doubtful, below)


def _path(concept: Concept | None) -> list[Concept]:
    """The concepts above one, the widest first."""
    above = thesaurus.get(concept.broader) if concept and concept.broader else None
    return [*_path(above), above] if above else []


def _names(concept: Concept) -> Iterable[dict[str, Any]]:
    """Every language with its label and its other names, each with its doubt."""
    for code in table.LANGUAGES:
        label = concept.labels.get(code)
        if label:
            others = [
                (text, (code, text) in concept.doubtful_alternatives) for text in concept.alternatives.get(code, ())
            ]
            yield {"lang": code, "text": label, "doubtful": code in concept.doubtful, "others": others}
