"""What a term of a vocabulary means: the concept of the thesaurus that has its name under the right heading."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ortaq.vocab import table, terms, thesaurus
from ortaq.vocab.thesaurus import Concept

# The heading of the thesaurus under which the terms of a vocabulary stand: elsewhere the same word means another thing.
HEADINGS = {
    "deterioration": "deterioration",
    "disturbance": "causes",
    "element": "building-parts",
    "material": "materials",
    "object_type": "monument-types",
    "research_kind": "archaeology-terms",
    "survey_method": "diagnostics-documentation",
    "threat": "causes",
    "work_kind": "conservation-techniques",
}


def concept(vocabulary: str, code: str) -> Concept | None:
    """None where no concept, or more than one, has the English name of the term."""
    term = terms.shipped(vocabulary, code)
    found = _named(vocabulary).get(table.fold(term.labels.get("en", "")), ()) if term else ()
    return found[0] if len(found) == 1 else None


def path(concept: Concept | None) -> list[Concept]:
    """What lies above, the nearest first, without the heading of the whole part."""
    above = thesaurus.get(concept.broader) if concept and concept.broader else None
    return [above, *path(above)] if above and above.broader else []


@cache
def _named(vocabulary: str) -> dict[str, list[Concept]]:
    found: dict[str, list[Concept]] = {}
    for one in _below(HEADINGS.get(vocabulary, "")):
        for name in table.folded([one.labels.get("en", ""), *one.alternatives.get("en", ())]):
            found.setdefault(name, []).append(one)
    return found


def _below(heading: str) -> Iterator[Concept]:
    for one in thesaurus.narrower(heading) if heading else ():
        yield one
        yield from _below(one.id)
