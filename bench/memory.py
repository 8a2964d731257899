"""Memory of the idle node: proportional set size of the whole tree, server, web processes and worker."""

from __future__ import annotations

import time
from pathlib import Path

from bench import folder, generate, import_, server
from bench.figures import Figure

RECORDS = 2_000
SETTLE = 20  # seconds of idling after some pages were served


def measure(records: int = RECORDS, seconds: float = SETTLE) -> list[Figure]:
    with folder.node() as bench:
        import_.load(bench, list(generate.objects(records, acts=bench.acts)))
        pages = [f"/{lang}/o/{act}" for act in bench.acts for lang in ("kk", "az", "ru", "en")]
        with server.serving() as node:
            import_.caught_up()
            server.times(node.port, ["/en/", "/en/search?q=kurgan", *pages], 3)
            time.sleep(seconds)
            each = {pid: server.memory(pid) for pid in server.tree(node.pid)}
            parts = [Figure(f"  {_called(pid)}", megabytes, "MB") for pid, megabytes in each.items()]
    return [Figure("whole node, idle", sum(each.values()), "MB", at_most=400), *parts]


def _called(pid: int) -> str:
    words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    return next((word for word in words if word in ("serve", "worker")), "web process")
