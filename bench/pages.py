"""Record page and search over HTTP: four clients at once, signed out and signed in, and the queries behind them."""

from __future__ import annotations

import time
from itertools import islice
from typing import Any
from urllib.parse import quote

from bench import folder, generate, import_, server
from bench.figures import Figure

RECORDS = 2_000
PUBLISHED = 200
SECONDS = 60.0
LANGS = ("kk", "az", "ru", "en")
SEARCHES = (
    "q=кесенесі",
    "q=türbəsi",
    "q=курган",
    "q=mosque&country=KZ",
    "q=&type=mausoleum&century=15",
    "q=Aktas&region=kz-turkistan&condition=good&use=museum",
)


def measure(records: int = RECORDS, seconds: float = SECONDS) -> list[Figure]:
    found: list[Figure] = []
    with folder.node() as bench:
        pids = fill(bench, records)
        pages = [f"/{LANGS[n % 4]}/o/{pid}" for n, pid in enumerate(pids)]
        searches = [f"/{lang}/search?{quote(query, safe='=&')}" for query in SEARCHES for lang in LANGS]
        client = folder.signed_in(folder.EMAIL)
        with server.serving() as node:
            import_.caught_up()
            for who, headers in (("signed out", {}), ("signed in", folder.cookie(client))):
                found += _figures(f"record page, {who}", server.times(node.port, pages, seconds, headers))
                found += _figures(f"search, {who}", server.times(node.port, searches, seconds, headers))
        found += _queries(pages, searches, client)
    with server.serving(("bench.bare",), "/ok") as floor:
        bare = server.times(floor.port, ["/ok"], min(seconds, 10))
    return [*found, Figure("a bare Django view, p95", server.percentile(bare, 0.95), "ms")]


def fill(bench: folder.Bench, records: int) -> list[str]:
    """Permanent numbers of the published ones among ``records`` objects."""
    from ortaq.engine import actions

    source = generate.objects(records, acts=bench.acts)
    owner = bench.officer.organisation
    assert owner is not None
    pids = []
    for body in islice(source, min(PUBLISHED, records)):
        made = actions.create(bench.officer, "heritage_object", body, owner=owner, submit=True)
        pids.append(actions.publish(bench.second, made.id).pid or "")
    import_.load(bench, list(source))
    return pids


def _figures(name: str, found: list[float]) -> list[Figure]:
    return [
        Figure(f"{name}, p95", server.percentile(found, 0.95), "ms", at_most=50),
        Figure(f"{name}, p50", server.percentile(found, 0.5), "ms"),
    ]


def _queries(pages: list[str], searches: list[str], signed_in: Any) -> list[Figure]:
    """The most queries that any of the pages needs, the second time it is asked for."""
    from django.test import Client

    stranger = Client(headers={"host": "localhost"})
    found = []
    for who, client in (("signed out", stranger), ("signed in", signed_in)):
        for what, addresses in (("record page", pages[:20]), ("search", searches)):
            most = max(_asked(client, address) for address in addresses)
            found.append(Figure(f"queries of {what}, {who}", most, "queries", at_most=12))
            found.append(Figure(f"processor time of {what}, {who}", _used(client, addresses), "ms"))
    return found


def _asked(client: Any, address: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def _used(client: Any, addresses: list[str]) -> float:
    """Milliseconds of processor time that one page takes in this process, without server and network."""
    began = time.process_time()
    for address in addresses:
        client.get(address)
    return (time.process_time() - began) * 1_000 / len(addresses)
