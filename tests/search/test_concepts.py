"""Concepts: what words mean in their language, what the index is asked for, and that it stays below what is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ortaq.search import concepts
from ortaq.search.analysis import read, streams
from ortaq.search.concepts import MARK, asked, marks, spans, with_narrower
from ortaq.search.index import IndexReader, IndexWriter
from ortaq.search.matching import ALIKE_STEM, CONCEPT, EXACT, SKELETON, STEM
from ortaq.search.query import Query
from ortaq.search.question import meant, parse
from ortaq.search.schema import Document
from ortaq.vocab import table, thesaurus

PUBLIC = frozenset({"public"})
MORTARS = {
    "ru": "Стены сложены на известковом растворе с золой.",
    "az": "Divarlar əhəng məhlulu ilə hörülüb.",
    "kk": "Қабырға әк ерітіндісімен қаланған.",
    "en": "The walls are laid in lime mortar.",
}


def document(thing: str, *texts: tuple[str | None, str, Any], **values: Any) -> Document:
    given: dict[str, Any] = {"tokens": ["public"], "part_tokens": [], "kind": "film", "variant": "open"}
    return Document(key=thing, thing=thing, texts=list(texts), **(given | values))


def index(folder: Path, *rows: Document) -> IndexReader:
    with IndexWriter(folder) as writer:
        assert writer.put(list(rows), [], 1) == []
    return IndexReader(folder)


def found(reader: IndexReader, text: str, **values: Any) -> list[str]:
    return [hit.thing for hit in reader.search(Query(**{"text": text, "tokens": PUBLIC} | values)).hits]


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("известковый раствор", "ru"),
        ("известкового раствора", None),
        ("әк ерітіндісі", "kk"),
        ("əhəng məhlulu", "ru"),
        ("Lime Mortar", "az"),
        ("kireç harcı", "en"),
    ],
)
def test_words_of_one_language_find_what_is_written_in_all(tmp_path: Path, text: str, lang: str | None) -> None:
    assert [one.concepts for one in asked(text, lang)] == [("lime-mortar",)]
    reader = index(tmp_path, *(document(code, (code, said, "text")) for code, said in MORTARS.items()))
    assert sorted(found(reader, text, lang=lang)) == sorted(MORTARS)
    assert len(found(reader, text, lang=lang, expand=False)) <= 1


def test_a_text_without_a_stated_language_is_read_in_the_likeliest(tmp_path: Path) -> None:
    reader = index(tmp_path, *(document(code, (None, said, "text")) for code, said in MORTARS.items()))
    assert sorted(found(reader, "lime mortar")) == sorted(MORTARS)


def test_a_name_means_something_only_in_its_own_language(tmp_path: Path) -> None:
    reader = index(
        tmp_path, document("az", ("az", "dam örtüyü", "text")), document("en", ("en", "a dam of earth", "text"))
    )
    assert found(reader, "крыша", lang="ru") == ["az"]
    assert found(reader, "плотина", lang="ru") == ["en"]
    assert asked("dam", "az")[0].concepts == ("roof",)
    assert asked("dam", "en")[0].concepts == ("dam",)
    assert set(asked("dam", "ru")[0].concepts) == {"roof", "dam"}


def test_short_names_are_met_only_as_they_are_written() -> None:
    assert set(spans("divarda çat var", "az", ["crack"])) == {(8, 11)}
    assert spans("Çat", "az", ["crack"]) and not spans("çatda", "az", ["crack"])
    assert spans("kərpicdən", "az", ["brick"]), "the language tells it from tr kerpiç"
    assert spans("биоцид ЧАС", "ru", ["quaternary-ammonium"]) == [(7, 10)]
    assert not spans("работали целый час", "ru", ["quaternary-ammonium"])
    assert not asked("час", "ru") and asked("ЧАС", "ru")


def test_a_label_to_be_checked_is_no_name() -> None:
    pipe, vault = thesaurus.get("ceramic-pipe"), thesaurus.get("vault")
    assert pipe and vault and vault.doubtful == {"kk"}
    assert pipe.names("az") == ("saxsı boru",) and "kk" not in vault.certain
    assert not spans("köhnə tüng", "az", ["ceramic-pipe"]) and spans("saxsı boru", "az", ["ceramic-pipe"])
    assert not spans("свод қаланған", "kk", ["vault"]) and spans("свод из кирпича", "ru", ["vault"])


def test_the_longest_name_is_meant_and_other_words_stay_as_they_are() -> None:
    found_ = parse("мавзолей известковый раствор кирпич zzz", "ru")
    assert [(one.start, one.end) for one in found_.meant] == [(0, 1), (1, 3), (3, 4)]
    assert meant("мавзолей известковый раствор кирпич zzz", "ru") == ("mausoleum", "lime-mortar", "brick")
    assert meant('"известковый раствор"', "ru") == ()
    assert meant("", "ru") == meant("zzz", "ru") == ()


def test_more_words_must_all_be_said_in_one_way_or_another(tmp_path: Path) -> None:
    reader = index(
        tmp_path,
        document("both", ("az", "bişmiş kərpic və əhəng məhlulu", "text")),
        document("one", ("az", "əhəng məhlulu", "text")),
        document("apart", ("ru", "обожжённый кирпич", "text"), ("az", "əhəng məhlulu", "text")),
    )
    assert sorted(found(reader, "fired brick lime mortar", lang="en")) == ["apart", "both"]


def test_what_is_written_as_it_was_asked_for_comes_first(tmp_path: Path) -> None:
    reader = index(
        tmp_path,
        document("meant", titles={"az": "əhəng məhlulu"}),
        document("written", ("en", "a lime mortar", "text")),
    )
    assert found(reader, "lime mortar") == ["written", "meant"]
    literal = [*EXACT.values(), *STEM.values(), *ALIKE_STEM.values(), *SKELETON.values()]
    assert max(CONCEPT.values()) * 1.03 < min(literal)


def test_hidden_records_move_no_score(tmp_path: Path) -> None:
    rows = [document(code, (code, said, "text")) for code, said in MORTARS.items()]
    hidden = [document(f"h{n}", ("az", "əhəng məhlulu", "title"), tokens=["org:1"]) for n in range(50)]
    few, many = index(tmp_path / "few", *rows), index(tmp_path / "many", *rows, *hidden)
    for text in ("lime mortar", "mortar", "раствор"):
        for narrower in (False, True):
            query = Query(text=text, tokens=PUBLIC, narrower=narrower)
            assert few.search(query) == many.search(query)


def test_narrower_concepts_only_when_asked_for(tmp_path: Path) -> None:
    below = with_narrower(["mortar"])
    assert "lime-mortar" in below and "mortar" in below and "brick" not in below
    reader = index(
        tmp_path, document("az", ("az", "xorasan məhlulu", "text")), document("ru", ("ru", "цемянка", "text"))
    )
    assert found(reader, "mortar", lang="en") == ["az"]
    assert sorted(found(reader, "mortar", lang="en", narrower=True)) == ["az", "ru"]
    assert found(reader, "mortar", lang="en", narrower=True, expand=False) == []
    assert Query(text="mortar", lang="en", narrower=True).concepts == set(below)


def test_however_many_concepts_there_are_three_clauses_look_for_them() -> None:
    from ortaq.search.matching import _concepts

    assert len(_concepts(with_narrower(["materials"]))) == len(_concepts(["brick"])) == 3


@given(
    st.lists(st.sampled_from([label for one in thesaurus.concepts()[::9] for label in one.labels.values()]), max_size=4)
)
def test_the_index_is_marked_where_the_reader_is_shown_it(labels: list[str]) -> None:
    text = ", ".join(labels)
    for lang in table.LANGUAGES:
        found_ = marks(read(text, lang), lang)
        assert {mark for mark in streams(text, lang, title=False).stem if mark[0] == MARK} == set(found_)
        for concept in thesaurus.concepts()[::40]:
            assert bool(spans(text, lang, [concept.id])) == (MARK + concept.id in found_)


def test_every_certain_label_names_its_concept_in_its_language() -> None:
    """Save another name that the list of risky ones has as the label of a second concept there."""
    lost = [
        (lang, name, concept.id)
        for concept in thesaurus.concepts()
        for lang in ("kk", "az", "ru", "en")
        for name in concept.names(lang)
        if not spans(table.bare(name), lang, [concept.id])
    ]
    assert lost == [("kk", "күмбез", "mausoleum")]


def test_a_word_that_is_the_label_of_one_concept_is_not_read_as_another_one() -> None:
    assert asked("күмбез", "kk")[0].concepts == ("dome",)
    assert not spans("күмбез", "kk", ["mausoleum"]) and spans("күмбез", "kk", ["dome"])


def test_an_index_of_another_thesaurus_is_rebuilt() -> None:
    """When this fails: raise ``concepts.VERSION`` and write the new sum here."""
    folder = Path(thesaurus.__file__).parent / "data"
    held = (folder / "thesaurus.csv").read_bytes() + (folder / "thesaurus_risky_labels.tsv").read_bytes()
    assert (concepts.VERSION, crc32(held)) == (1, 3333383554)
