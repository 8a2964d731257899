"""Full-text search of two databases over the same texts, to compare with."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench.server import percentile

PAGE = 20
COLUMNS = ("kind", "country", "type", "region", "condition")


class Row(NamedTuple):
    """All text of one record, and the first value of each thing that is counted."""

    title: str
    text: str
    counted: tuple[str, ...]


def row(title: dict[str, str], data: dict[str, Any]) -> Row:
    written = [one["text"] for name in ("summary", "history", "fabric") for one in data.get(name, {}).values()]
    condition = next((one.get("grade", "") for one in data.get("condition", [])), "")
    counted = ("heritage_object", data["country"], data["object_type"][0], data["admin_unit"], condition)
    return Row(" ".join(title.values()), " ".join(written), counted)


def measure(folder: Path, rows: list[Row], words: Sequence[str], rounds: int) -> Iterator[tuple[str, float]]:
    """(name, 95th percentile in milliseconds) of each peer that can run here."""
    yield "SQLite FTS5", _timed(_sqlite(folder / "fts.sqlite3", rows), words, rounds)
    from tests import postgres

    if postgres.programs() is None:
        return
    with postgres.server() as address:
        yield "PostgreSQL full text", _timed(_postgres(address, rows), words, rounds)


def _timed(ask: Callable[[str], Any], words: Sequence[str], rounds: int) -> float:
    found = []
    for word in [*words] * (rounds + 1):  # the first round warms it and does not count
        began = time.perf_counter()
        ask(word)
        found.append((time.perf_counter() - began) * 1_000)
    return percentile(sorted(found[len(words) :]), 0.95)


def _counts(matching: str) -> list[str]:
    return [f"SELECT {name}, count(*) FROM {matching} GROUP BY 1 ORDER BY 2 DESC LIMIT 100" for name in COLUMNS]


def _sqlite(path: Path, rows: list[Row]) -> Callable[[str], list[Any]]:
    base = sqlite3.connect(path)
    base.execute(f"CREATE TABLE record (id INTEGER PRIMARY KEY, {', '.join(COLUMNS)})")
    base.execute("CREATE VIRTUAL TABLE words USING fts5(title, text, tokenize='unicode61')")
    base.executemany(
        f"INSERT INTO record VALUES (?{', ?' * len(COLUMNS)})", [(n, *one.counted) for n, one in enumerate(rows)]
    )
    base.executemany(
        "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", [(n, r.title, r.text) for n, r in enumerate(rows)]
    )
    base.commit()
    base.execute("ANALYZE")
    found = "record JOIN words ON words.rowid = record.id WHERE words MATCH :q"

    def ask(word: str) -> list[Any]:
        asked = {"q": " ".join(f'"{one}"' for one in word.split())}
        first = f"SELECT record.id FROM {found} ORDER BY bm25(words, 5) LIMIT {PAGE}"
        whole = f"SELECT id FROM record ORDER BY id DESC LIMIT {PAGE}"
        queries = [f"SELECT count(*) FROM {found}", first, *_counts(found)] if word else [whole, *_counts("record")]
        return [base.execute(query, asked).fetchall() for query in queries]

    return ask


def _postgres(address: str, rows: list[Row]) -> Callable[[str], list[Any]]:
    import psycopg

    base = psycopg.connect(address, autocommit=True)
    columns = ", ".join(f"{name} text" for name in COLUMNS)
    base.execute(f"CREATE TABLE record (id int PRIMARY KEY, {columns}, words tsvector)")
    weighed = "setweight(to_tsvector('simple', %s), 'A') || to_tsvector('simple', %s)"
    with base.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO record VALUES (%s{', %s' * len(COLUMNS)}, {weighed})",
            [(n, *one.counted, one.title, one.text) for n, one in enumerate(rows)],
        )
    base.execute("CREATE INDEX ON record USING gin (words)")
    base.execute("VACUUM ANALYZE record")

    def ask(word: str) -> list[Any]:
        found = "record, plainto_tsquery('simple', %(q)s) asked WHERE words @@ asked" if word else "record"
        by = "ts_rank(words, asked)" if word else "id"
        queries = [f"SELECT count(*) FROM {found}", f"SELECT id FROM {found} ORDER BY {by} DESC LIMIT {PAGE}"]
        return [base.execute(query, {"q": word}).fetchall() for query in [*queries, *_counts(found)]]

    return ask
