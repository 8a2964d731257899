"""Search over HTTP with five facets, by who may see all and by who may not, beside two full-text searches.

The peers hold the same texts in one table each, in the same run: FTS5 of SQLite and, where its server is
installed, PostgreSQL. They are asked for the same: how many match, the first twenty, five counts by value.
They know neither rights nor forms of words, and are asked in this process, so ours is told without HTTP too.
"""

from __future__ import annotations

import time
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from bench import folder, generate, import_, peers, server
from bench.figures import Figure

RECORDS = 100_000
SECONDS = 30.0
CHUNK = 200
FACETS = ("kind", "country", "type", "region", "condition")
WORDS = ("кесенесі", "türbəsi", "мавзолей", "mosque", "Aktas", "курган", "restored in 1987", "")
ROUNDS = 3


def measure(records: int = RECORDS, seconds: float = SECONDS) -> list[Figure]:
    with folder.node() as bench:
        rows = _fill(bench, records)
        figures = [*_rebuild(records), *_over_http(bench, seconds)]
        ours = _ours(bench)
        figures.append(Figure("in process, p95", ours, "ms"))
        for name, found in peers.measure(bench.folder, rows, WORDS, ROUNDS):
            figures.append(Figure(f"{name}, p95", found, "ms"))
            figures.append(Figure(f"{name} / ours, in process", found / ours, "times"))
    return figures


def _fill(bench: folder.Bench, records: int) -> list[peers.Row]:
    """Objects of both organisations; what the peers take of them."""
    from ortaq.engine.models import Record

    source = generate.objects(records, acts=bench.acts)
    for at in range(0, records, CHUNK):
        owner = bench.owners[(at // CHUNK) % len(bench.owners)]
        import_.load(bench, list(islice(source, min(CHUNK, records - at))), owner=owner)
    found = Record.objects.filter(kind="heritage_object").iterator(chunk_size=CHUNK)
    return [peers.row(record.title, record.data) for record in found]


def _rebuild(records: int) -> list[Figure]:
    from ortaq.search import consumer

    began, used = time.perf_counter(), time.process_time()
    consumer.rebuild()
    took, used = time.perf_counter() - began, time.process_time() - used
    return [
        Figure("index rebuilt", records / took, "records/s", at_least=3_000),
        Figure("index rebuilt, by processor time", records / used, "records/s"),
    ]


def _over_http(bench: folder.Bench, seconds: float) -> list[Figure]:
    paths = [
        "/api/v1/records?" + urlencode({"q": word, "facets": ",".join(FACETS), "lang": lang})
        for word in WORDS
        for lang in ("kk", "az", "ru", "en")
    ]
    found, p95 = [], []
    with server.serving() as node:
        import_.caught_up()
        for who, email in (("who may see all", folder.EMAIL), ("who may see half", folder.NARROW)):
            times = server.times(node.port, paths, seconds, folder.cookie(folder.signed_in(email)))
            p95.append(server.percentile(times, 0.95))
            found.append(Figure(f"five facets over HTTP, {who}, p95", p95[-1], "ms", at_most=50))
            found.append(Figure(f"five facets over HTTP, {who}, p50", server.percentile(times, 0.5), "ms"))
    return [*found, Figure("who may see half / who may see all", p95[1] / p95[0], "times", at_most=1.2)]


def _ours(bench: folder.Bench) -> float:
    """95th percentile in milliseconds of the same questions in this process, through the gate."""
    from ortaq.search import access
    from ortaq.search.query import Query

    reader: Any = bench.officer
    times = []
    for word in [*WORDS] * (ROUNDS + 1):
        began = time.perf_counter()
        access.search(reader, Query(text=word, lang="en", limit=20, facets=FACETS))
        times.append((time.perf_counter() - began) * 1_000)
    return server.percentile(sorted(times[len(WORDS) :]), 0.95)
