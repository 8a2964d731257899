"""The thesaurus: one tree, the doubt of labels kept, the risky labels all explained."""

from __future__ import annotations

import pytest

from ortaq.vocab import thesaurus

CONCEPTS = thesaurus.concepts()
IDS = {concept.id for concept in CONCEPTS}


def test_all_concepts_are_there_once() -> None:
    assert len(CONCEPTS) == len(IDS) == 1607


def test_the_tree_reaches_every_concept_from_the_top_without_a_loop() -> None:
    reached: list[str] = []
    level = thesaurus.narrower(None)
    assert level
    while level:
        reached += [concept.id for concept in level]
        level = tuple(child for concept in level for child in thesaurus.narrower(concept.id))
        assert len(reached) <= len(IDS)
    assert sorted(reached) == sorted(IDS)


def test_narrower_and_broader_are_the_same_relation() -> None:
    assert all(child.broader == "stone" for child in thesaurus.narrower("stone"))
    assert thesaurus.narrower("stone")
    assert thesaurus.narrower("no-such-concept") == ()


def test_every_concept_is_named_in_the_four_languages_and_keeps_no_mark() -> None:
    assert not [c.id for c in CONCEPTS for lang in ("kk", "az", "ru", "en") if not c.labels.get(lang)]
    texts = [text for c in CONCEPTS for text in c.labels.values()]
    texts += [text for c in CONCEPTS for alternatives in c.alternatives.values() for text in alternatives]
    assert not [text for text in texts if not text or "?" in text or "|" in text]


def test_doubt_is_kept_for_labels_and_alternatives() -> None:
    vault = thesaurus.get("vault")
    pipe = thesaurus.get("ceramic-pipe")
    assert vault is not None
    assert pipe is not None
    assert vault.labels["kk"] == "свод"
    assert vault.doubtful == {"kk"}
    assert pipe.alternatives["az"] == ("tüng", "güng")
    assert pipe.doubtful_alternatives == {("az", "tüng"), ("az", "güng")}
    assert pipe.doubtful == frozenset()


def test_a_concept_reads_whole() -> None:
    brick = thesaurus.get("brick")
    assert brick is not None
    assert brick.broader == "materials"
    assert brick.labels["az"] == "kərpic"
    assert brick.alternatives["ru"] == ("кирпичи", "кирпичный")
    assert brick.exact_match == "300010463"
    assert brick.confidence == "H"
    assert brick.scope.startswith("Formed masonry unit")
    assert brick.label("fr") == "brick"
    assert thesaurus.get("no-such-concept") is None


def test_confidence_and_matches_are_of_the_known_form() -> None:
    assert {concept.confidence for concept in CONCEPTS} == {"H", "M", "L"}
    assert all(c.exact_match == "" or (c.exact_match.isdigit() and len(c.exact_match) == 9) for c in CONCEPTS)


def test_risky_labels_name_known_concepts() -> None:
    risky = thesaurus.risky_labels()
    assert len(risky) == 206
    assert {label.kind for label in risky} == {"homograph", "short"}
    assert not [m for label in risky for m in label.meanings if m.concept not in IDS or not m.label]


@pytest.mark.parametrize(("folded", "languages"), [("cam", {"tr"}), ("dam", {"az", "en"})])
def test_a_homograph_has_several_meanings(folded: str, languages: set[str]) -> None:
    (label,) = [label for label in thesaurus.risky_labels() if (label.kind, label.folded) == ("homograph", folded)]
    assert {meaning.lang for meaning in label.meanings} == languages
    assert len({meaning.concept for meaning in label.meanings}) == len(label.meanings) == 2


def test_scope_notes_say_nothing_about_files() -> None:
    notes = {concept.id: concept.scope for concept in thesaurus.concepts()}
    assert [note for note in notes.values() if "vocab" in note.lower()] == []
    assert notes["ancient_city"] == "" and notes["materials"] == "What monuments and heritage objects are made of."
    cut = thesaurus._scope("Roof over open remains, see vocab work_kind:shelter.")
    assert cut == "Roof over open remains."
    assert thesaurus._scope("Ring, square or row of stones.") == "Ring, square or row of stones."
