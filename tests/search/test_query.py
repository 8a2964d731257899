"""What is found: the same as a plain loop over all documents finds, never more than the reader may know."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ortaq.search import concepts
from ortaq.search.analysis import forms, wholes, words
from ortaq.search.facets import without
from ortaq.search.index import IndexReader, IndexWriter
from ortaq.search.matching import WHOLE
from ortaq.search.query import Query, micro
from ortaq.search.schema import Document, dates, facets_of, place

SCALE = int(os.environ.get("ORTAQ_TEST_SCALE", "1"))
TOKENS = ("public", "registered", "national:KZ", "national:AZ", "org:1", "org:2")
TITLES = [
    ("kk", "Түркістан"),
    ("ru", "Туркестан"),
    ("az", "Şəki xan sarayı"),
    ("ru", "Дворец шекинских ханов"),
    ("en", "Sheki"),
    ("az", "Nizami Gəncəvi türbəsi"),
    ("ru", "Мавзолей Низами Гянджеви"),
    ("kk", "Қожа Ахмет Ясауи кесенесі"),
    ("kk", "Алма-Ата"),
]
TEXTS = [
    ("ru", "известковый раствор и кирпич"),
    ("az", "əhəng məhlulu, kərpic"),
    ("en", "lime mortar, brick"),
    ("kk", "әк ерітіндісі"),
]
ASKED = [
    "",
    "  ",
    "Turkistan",
    "шеки",
    "Низами",
    "nizami ganjavi",
    "xan sar",
    "lime mor",
    "lime brick",
    '"lime mortar"',
    '"mortar lime"',
    "ясави",
    "алмаата",
    "алма ата",
    "кир",
    "кирпич мавзолей",
    "ИЗВЕСТКОВЫЙ",
    "«Şəki xan»",
    "nothing",
    "mortar",
    "kerpic harc",
    "binders and mortars ",
    "мортар lime",
    "***",
    '"',
    "türbəsi",
]


def records(chance: random.Random, number: int) -> list[Document]:
    """Random records, some with a closed part that has a document of its own."""
    found = []
    for n in range(number):
        thing = f"{chance.randrange(16**8):08x}-{n}"
        first = chance.choice([None, chance.randrange(-500, 2000)])
        common: dict[str, Any] = {
            "thing": thing,
            "tokens": chance.sample(TOKENS, chance.randrange(1, 3)),
            "part_tokens": chance.sample(TOKENS[1:], chance.randrange(1, 3)) if chance.random() < 0.5 else [],
            "kind": chance.choice(["heritage_object", "film"]),
            "country": chance.choice(["KZ", "AZ", ""]),
            "types": chance.sample(["mosque", "tomb", "palace", "bath"], chance.randrange(3)),
            "facets": {"century": chance.sample(["12", "15", "2020-01-01T00:00:00Z"], chance.randrange(3))},
            "titles": dict(chance.sample(TITLES, chance.randrange(1, 3))),
            "texts": [(lang, text, chance.choice(["text", "term"])) for lang, text in chance.sample(TEXTS, 1)],
            "date_min": first,
            "date_max": None if first is None else chance.choice([None, first + chance.randrange(300)]),
            "updated": chance.randrange(10),
            "sort_keys": {"az": f"{chance.randrange(99):02d}"},
        }
        lat, lon = chance.randrange(-60, 60), chance.choice([-179, -60, 0, 47, 71, 179])
        found.append(Document(key=thing, variant="open", lat=lat, lon=lon, cells=["open"], **common))
        if common["part_tokens"]:
            at: dict[str, Any] = {
                "lat": lat + chance.random() - 0.5,
                "lon": lon + chance.random() - 0.5,
                "cells": ["exact"],
            }
            found.append(Document(key=f"{thing}+place", variant="exact", **at, **common))
    return found


def readable(row: Document, tokens: frozenset[str]) -> bool:
    part = bool(tokens & set(row.part_tokens))
    return bool(tokens & set(row.tokens)) and part == (row.variant == "exact")


def allowed(row: Document, query: Query) -> bool:
    values = facets_of(row)
    asked = [("kind", query.kind or []), ("country", query.country or []), *query.filters.items()]
    if any(wanted and not set(wanted) & set(values.get(name, [])) for name, wanted in asked):
        return False
    if query.bbox is not None:
        (west, south, east, north), at = micro(query.bbox), place(row)
        if at is None or not south <= at[0] <= north:
            return False
        if not (west <= at[1] <= east if west <= east else at[1] >= west or at[1] <= east):
            return False
    if query.dates is not None:
        span, (first, last) = dates(row), query.dates
        if span is None or (first is not None and span[1] < first) or (last is not None and span[0] > last):
            return False
    return row.thing not in query.excluded


def lines(row: Document) -> list[tuple[str, str, str]]:
    return [(lang, text, "title") for lang, text in row.titles.items()] + [(str(a), b, c) for a, b, c in row.texts]


def says(row: Document, query: Query) -> bool:
    """Every word of the query in some form, or side by side when quoted."""
    text = query.text.strip()
    if not text:
        return True
    if text[0] in '"«' and len(text) > 1:
        asked = [forms(word.text, None).exact[0] for word in words(text, None)]
        for lang, line, _ in lines(row):
            held = [forms(word.text, lang).exact for word in words(line, lang) if not word.compound]
            for at in range(len(held) - len(asked) + 1):
                if all(form in held[at + n] for n, form in enumerate(asked)):
                    return True
        return False
    asked_words = list(words(text, None))
    if not asked_words:
        return False
    for mark in WHOLE:
        terms = {term for term in wholes(text, None) if term[0] == mark}
        if any(terms & set(wholes(line, lang)) for lang, line, weight in lines(row) if weight == "title"):
            return True
    missing = [
        word
        for word in asked_words
        if not holds(row, word.text, word is asked_words[-1] and not query.text.endswith(" "))
    ]
    return all(any(one.start <= word.start < one.end for one in meant_by(row, query)) for word in missing)


def meant_by(row: Document, query: Query) -> list[concepts.Meant]:
    """Of what words of the query mean, that which the record names in some language."""
    found = []
    for one in concepts.asked(query.text, query.lang) if query.expand else ():
        wanted = concepts.with_narrower(one.concepts) if query.narrower else one.concepts
        if any(concepts.spans(line, lang, wanted) for lang, line, _ in lines(row)):
            found.append(one)
    return found


def holds(row: Document, word: str, last: bool) -> bool:
    asked = forms(word, None)
    for lang, line, weight in lines(row):
        for own in (forms(found.text, lang) for found in words(line, lang)):
            alike = (asked.skeleton, own.skeleton) if weight == "title" else (asked.sounds, own.sounds)
            begun = last and any(form.startswith(a) for form in own.exact for a in asked.exact if len(a) > 1)
            if set(asked.stem) & set(own.stem):
                return True
            if set(asked.exact) & set(own.exact) or set(alike[0]) & set(alike[1]) or begun:
                return True
    return False


def looped(rows: list[Document], query: Query) -> tuple[list[Document], dict[str, dict[str, int]]]:
    """What is found, and each facet counted over what would be found with nothing chosen of it."""
    known = [row for row in rows if readable(row, query.tokens) and says(row, query)]
    counts = {}
    for name in query.facets:
        over = [row for row in known if allowed(row, without(query, frozenset({name})))]
        counts[name] = dict(Counter(value for row in over for value in facets_of(row).get(name, [])))
    return [row for row in known if allowed(row, query)], counts


def question(chance: random.Random, rows: list[Document]) -> Query:
    def maybe(value: Any, other: Any = None) -> Any:
        return value if chance.random() < 0.3 else other

    west, east = chance.uniform(-180, 180), chance.uniform(-180, 180)
    south = chance.uniform(-60, 60)
    return Query(
        text=chance.choice(ASKED),
        tokens=frozenset(chance.sample(TOKENS, chance.randrange(4))),
        kind=maybe([chance.choice(["film", "heritage_object", "none"])]),
        country=maybe(chance.sample(["KZ", "AZ"], chance.randrange(3))),
        filters={
            "type": maybe(chance.sample(["mosque", "tomb", "bath"], 2), []),
            "century": maybe(["2020-01-01T00:00:00Z"], []),
        },
        bbox=maybe((west, south, east, south + chance.uniform(0, 90))),
        dates=maybe((chance.choice([None, chance.randrange(2000)]), chance.choice([None, chance.randrange(2000)]))),
        excluded=frozenset(row.thing for row in chance.sample(rows, 5)),
        sort=chance.choice(["relevance", "name:az", "name:xx", "date", "updated", "odd"]),
        limit=200,
        facets=("kind", "country", "type", "century", "state", "never"),
        expand=chance.random() < 0.7,
        narrower=chance.random() < 0.5,
    )


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
