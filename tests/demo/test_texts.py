"""Each object speaks for itself in four languages, and says nothing that the domain model does not say of it."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from ortaq.demo import facts
from tests.demo.conftest import Demo, numbers, whole_years
from tests.demo.test_build import FABRIC_ONLY, source

pytestmark = pytest.mark.django_db(databases="__all__")

# A sentence ends with a mark after a whole word, which an abbreviation such as "б.з.д." or "e.ə." is not.
END = re.compile(r"(?<=\w\w\w[.!?])\s+(?=[\w«“])|(?<=[»”)\d][.!?])\s+(?=[\w«“])")
# Words that would say of these three more than what they are made of and how old that is.
BEYOND_FABRIC = re.compile(
    r"architect|memar|архитектор|сәулетші|Safikhan|owner|significance|1907|Karabakh|albanian", re.I
)


def sentences(text: str) -> list[str]:
    return [one for one in END.split(text.strip()) if one]


def test_each_object_has_two_sentences_of_its_own_in_each_language(demo: Demo) -> None:
    for id_, view in demo.objects.items():
        assert set(view.data["summary"]) == set(facts.LANGUAGES), id_
        for lang, inner in view.data["summary"].items():
            assert inner["text"] == facts.texts()[id_][lang]
            assert len(sentences(inner["text"])) >= 2, (id_, lang, inner["text"])


def test_no_sentence_is_said_twice(demo: Demo) -> None:
    said = Counter(
        sentence.casefold()
        for view in demo.objects.values()
        for inner in view.data["summary"].values()
        for sentence in sentences(inner["text"])
    )
    assert [sentence for sentence, times in said.items() if times > 1] == []


def test_every_number_is_one_of_the_facts_about_the_object() -> None:
    for id_, text in facts.texts().items():
        known = [*source()[id_].values(), *(facts.facts()[key]["fact"] for key in text.get("facts", ()))]
        for lang in facts.LANGUAGES:
            assert numbers(text[lang]) <= whole_years(numbers(" ".join(known))), (id_, lang)


def test_all_languages_say_the_same_numbers() -> None:
    for id_, text in facts.texts().items():
        said = {lang: years(numbers(text[lang])) for lang in facts.LANGUAGES}
        assert said["kk"] == said["az"] == said["ru"] == said["en"], (id_, said)


def years(found: set[int]) -> set[int]:
    """English writes centuries with digits too; what all languages write with digits are years and numbers."""
    return {number for number in found if number > 21}


def test_the_facts_that_a_text_names_are_about_its_object() -> None:
    for id_, text in facts.texts().items():
        for key in text.get("facts", ()):
            assert id_ in facts.facts()[key]["objects"].split(";"), (id_, key)


def test_each_object_names_the_sources_of_its_text(demo: Demo) -> None:
    for id_, view in demo.objects.items():
        named = [(row["source"]["text"], row["source"]["certainty"]) for row in view.data["sources"]]
        expected = [
            (facts.facts()[k]["source"], facts.facts()[k]["certainty"]) for k in facts.texts()[id_].get("facts", ())
        ]
        assert named[0] == (f"List of demo objects, {id_}", source()[id_]["fact_certainty"])
        assert sorted(named[1:]) == sorted(set(expected)), id_


def test_the_language_of_the_editor_is_the_original(demo: Demo) -> None:
    for id_, view in demo.objects.items():
        own = "kk" if id_.startswith("KZ") else "az"
        origins = {lang: inner["origin"] for lang, inner in view.data["summary"].items()}
        assert origins == {lang: "original" if lang == own else "human" for lang in facts.LANGUAGES}


def test_the_texts_of_three_objects_are_about_their_fabric_only() -> None:
    for id_ in FABRIC_ONLY:
        assert not any(BEYOND_FABRIC.search(facts.texts()[id_][lang]) for lang in facts.LANGUAGES), id_
        assert not any("3000" in facts.texts()[id_][lang] for lang in facts.LANGUAGES)
