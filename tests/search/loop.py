"""The slow search beside the fast one: a plain loop over documents made at random, and the questions for both."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

from ortaq.search import concepts
from ortaq.search.analysis import forms, wholes, words
from ortaq.search.facets import without
from ortaq.search.matching import WHOLE
from ortaq.search.query import Query, micro
from ortaq.search.schema import Document, dates, facets_of, place

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
