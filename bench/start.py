"""Seconds from starting a node that holds many records until ``/healthz`` answers."""

from __future__ import annotations

from bench import folder, generate, import_, server
from bench.figures import Figure

RECORDS = 100_000
TIMES = 5
CHUNK = 2_000


def measure(records: int = RECORDS) -> list[Figure]:
    with folder.node() as bench:
        with import_.worker():
            source = generate.objects(records, acts=bench.acts)
            for _ in range(0, records, CHUNK):
                import_.load(bench, [body for body, _n in zip(source, range(CHUNK), strict=False)])
            import_.caught_up(3_600)
        found = []
        for _ in range(TIMES):
            with server.serving() as node:
                found.append(node.seconds)
    found.sort()
    return [
        Figure(f"slowest of {TIMES} starts with {records:,} records", found[-1], "s", at_most=5),
        Figure("median", found[len(found) // 2], "s"),
    ]
