"""Which concept of the thesaurus a term of a vocabulary means."""

from __future__ import annotations

import pytest

from ortaq.vocab import meaning, terms, thesaurus


@pytest.mark.parametrize(("vocabulary", "heading"), meaning.HEADINGS.items())
def test_the_headings_are_there_and_explain_something(vocabulary: str, heading: str) -> None:
    top = thesaurus.get(heading)
    assert top and top.broader is None and vocabulary in terms.vocabularies()
    found = [concept for term in terms.terms(vocabulary) if (concept := meaning.concept(vocabulary, term.code))]
    assert found and all(root(concept.id) == heading for concept in found)


def root(id_: str) -> str:
    above = thesaurus.get(id_)
    return root(above.broader) if above and above.broader else id_


def test_a_word_means_what_it_means_in_its_vocabulary() -> None:
    granite = meaning.concept("material", "granite")
    assert granite and [above.id for above in meaning.path(granite)] == ["stone"]
    assert meaning.concept("material", "no_such") is None
    assert meaning.concept("protection_category", "kz_local") is None
    assert meaning.path(None) == [] == meaning.path(thesaurus.get("materials"))
