"""What is found: the same as a plain loop over all documents finds, never more than the reader may know."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ortaq.search.index import IndexReader, IndexWriter
from ortaq.search.query import Query
from ortaq.search.schema import Document
from tests.search.loop import TOKENS, looped, question, readable, records

SCALE = int(os.environ.get("ORTAQ_TEST_SCALE", "1"))


@pytest.mark.parametrize("seed", range(4 * SCALE))
def test_the_index_finds_what_a_loop_finds(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    rows = records(chance, 80)
    by_thing: dict[str, list[Document]] = {}
    for row in rows:
        by_thing.setdefault(row.thing, []).append(row)
    with IndexWriter(tmp_path) as writer:
        for turn in range(4):  # several segments, with deletions
            part = [row for thing in list(by_thing)[turn * 15 : 35 + turn * 15] for row in by_thing[thing]]
            assert writer.put(part, [], turn) == []
    reader, found_some = IndexReader(tmp_path), 0
    for _ in range(150):
        query = question(chance, rows)
        found, counts = looped(rows, query)
        page = reader.search(query)
        assert reader.count(query) == len(found), query
        if page.near:
            assert not found and {hit.thing for hit in page.hits} <= {
                r.thing for r in rows if readable(r, query.tokens)
            }
            continue
        assert sorted(hit.thing for hit in page.hits) == sorted(row.thing for row in found), query
        assert page.count == len(found)
        assert {name: dict(values) for name, values in page.facets.items()} == counts, query
        found_some += bool(found)
    assert found_some > 30


@pytest.mark.parametrize("sort", ["relevance", "name:az", "date", "updated"])
@pytest.mark.parametrize("text", ["", "шеки"])
def test_pages_do_not_overlap(tmp_path: Path, sort: str, text: str) -> None:
    rows = records(random.Random(1), 120)
    with IndexWriter(tmp_path) as writer:
        writer.put(rows, [], 1)
    reader, tokens = IndexReader(tmp_path), frozenset(TOKENS)
    whole = [hit.thing for hit in reader.search(Query(text=text, tokens=tokens, sort=sort, limit=200)).hits]
    assert len(whole) == len(set(whole)) > 10
    pages = [
        reader.search(Query(text=text, tokens=tokens, sort=sort, offset=at, limit=7)).hits for at in range(0, 200, 7)
    ]
    assert [hit.thing for page in pages for hit in page] == whole


@pytest.fixture
def small(tmp_path: Path) -> Iterator[tuple[IndexWriter, IndexReader]]:
    with IndexWriter(tmp_path) as writer:
        yield writer, IndexReader(tmp_path)


def plain(thing: str, **values: Any) -> Document:
    given: dict[str, Any] = {"variant": "open", "tokens": ["public"], "part_tokens": [], "kind": "heritage_object"}
    return Document(key=thing, thing=thing, **{**given, **values})


def ask(reader: IndexReader, text: str = "", **values: Any) -> list[str]:
    reader.refresh()
    page = reader.search(Query(text=text, **{"tokens": frozenset({"public"}), **values}))
    return [hit.thing for hit in page.hits]


def test_sorting(small: tuple[IndexWriter, IndexReader]) -> None:
    writer, reader = small
    writer.put(
        [
            plain("a", sort_keys={"kk": "0a", "az": "ff"}, date_min=1500, date_max=1600, updated=5),
            plain("b", sort_keys={"kk": "0b", "az": "01"}, updated=9),
            plain("c", sort_keys={"kk": "0c"}, date_max=-3000, updated=7),
        ],
        [],
        1,
    )
    assert ask(reader, sort="name:kk") == ["a", "b", "c"]
    assert ask(reader, sort="name:az") == ["b", "a", "c"], "without a key in this language: last"
    assert ask(reader, sort="date") == ["c", "a", "b"], "undated: last"
    assert ask(reader, sort="updated") == ask(reader) == ["b", "c", "a"]


def test_exact_before_alike_and_title_before_text(small: tuple[IndexWriter, IndexReader]) -> None:
    writer, reader = small
    writer.put(
        [
            plain("text", titles={"en": "Report"}, texts=[("az", "Şəki", "text")]),
            plain("longer", titles={"az": "Şəki xan sarayı"}),
            plain("alike", titles={"ru": "Шеки дворец"}),
            plain("whole", titles={"az": "Şəki"}),
            plain("alike text", titles={"en": "Note"}, texts=[("ru", "город Шеки", "text")]),
        ],
        [],
        1,
    )
    assert ask(reader, "Şəki", lang="az") == ["whole", "longer", "alike", "text", "alike text"]


def test_scores_do_not_depend_on_what_is_hidden(small: tuple[IndexWriter, IndexReader]) -> None:
    writer, reader = small
    shown = [
        plain("a", titles={"az": "Şəki qalası"}),
        plain("b", titles={"az": "Şəki"}, texts=[("az", "qala divarı", "text")]),
    ]
    writer.put(shown, [], 1)
    reader.refresh()
    asked = Query(text="şəki qala", tokens=frozenset({"public"}))
    before = reader.search(asked)
    assert before.count == 2
    writer.put([plain(f"hidden {n}", tokens=["org:1"], titles={"az": f"Şəki qala{n}"}) for n in range(200)], [], 2)
    reader.refresh()
    assert reader.search(asked) == before


def test_beginnings_are_not_crowded_out_by_hidden_words(small: tuple[IndexWriter, IndexReader]) -> None:
    writer, reader = small
    hidden = [plain(f"h{n}", tokens=["org:1"], titles={"en": f"kar{n:03d}a"}) for n in range(120)]
    writer.put([*hidden, plain("seen", titles={"en": "karzzz"})], [], 1)
    assert ask(reader, "kar") == ["seen"]


def test_the_exact_cell_is_not_found_nor_measured_without_the_part_token(
    small: tuple[IndexWriter, IndexReader],
) -> None:
    writer, reader = small
    common: dict[str, Any] = {
        "thing": "canary",
        "tokens": ["public"],
        "part_tokens": ["org:1"],
        "kind": "heritage_object",
    }
    writer.put(
        [
            Document(key="canary", variant="open", lat=41.0, lon=47.0, **common),
            Document(key="canary+place", variant="exact", lat=41.2345, lon=47.5432, **common),
            plain("other", lat=10.0, lon=10.0),
        ],
        [],
        1,
    )
    reader.refresh()
    near, far = (47.5, 41.2, 47.6, 41.3), (46.9, 40.9, 47.1, 41.1)
    for token, boxes in (("org:2", (0, 1)), ("org:1", (1, 0))):
        tokens = frozenset({"public", token})
        for box, number in zip((near, far), boxes, strict=True):
            page = reader.search(Query(tokens=tokens, bbox=box))
            assert page.count == len(page.hits) == number
            assert page.facets["kind"] == [("heritage_object", 1)][:number]
        assert reader.count(Query(tokens=tokens)) == 2, "one variant of a record, whoever asks"
    assert reader.count(Query(tokens=frozenset({"org:1"}))) == 0, "the part's token alone opens nothing"


def test_nothing_without_tokens_and_never_the_cursor(small: tuple[IndexWriter, IndexReader]) -> None:
    writer, reader = small
    writer.put([plain("a", titles={"en": "cursor"})], [], 1)
    assert ask(reader, tokens=frozenset()) == [] and ask(reader) == ["a"]
    assert ask(reader, "__cursor__") == ["a"]


def test_nearest_names_when_nothing_matches(small: tuple[IndexWriter, IndexReader]) -> None:
    writer, reader = small
    writer.put([plain("a", titles={"az": "Naxçıvan"}), plain("b", tokens=["org:1"], titles={"ru": "Нахичеван"})], [], 1)
    reader.refresh()
    page = reader.search(Query(text="Нахичевань шаар", tokens=frozenset({"public"})))
    assert page.near and [hit.thing for hit in page.hits] == ["a"] and page.count == 1
    assert not reader.search(Query(text='"Нахичевань шаар"', tokens=frozenset({"public"}))).near
    assert not reader.search(Query(text="Нахичевань", tokens=frozenset({"public"}))).near


@settings(max_examples=150 * SCALE, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(max_size=60) | st.text(alphabet="ab\"«»“”-\\()[]{}:^~*?+&|!/ 'AND", max_size=60),
    lang=st.sampled_from([None, "az", "kk"]),
)
def test_any_string_is_a_valid_query(small: tuple[IndexWriter, IndexReader], text: str, lang: str | None) -> None:
    writer, reader = small
    if not writer.cursor():
        writer.put([plain("a", titles={"en": "ab"})], [], 1)
    assert set(ask(reader, text, lang=lang)) <= {"a"}
    assert ask(reader, "x" * 100_000) == []
