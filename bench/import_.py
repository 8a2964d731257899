"""Import with validation, history, log, signatures and index all on, in field groups a second.

The clock runs from the first row to the moment when the worker's index holds the last one. For
comparison the same bodies go into one bare table through Django's ``bulk_create``, with nothing else.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from bench import folder, generate, sheet
from bench.figures import Figure

RECORDS = 3_000
BATCH = 200


def measure(records: int = RECORDS) -> list[Figure]:
    with folder.node() as bench:
        bodies = list(generate.objects(records, acts=bench.acts))
        groups = sum(map(generate.groups, bodies))
        table, mapping = sheet.write(bodies, bench.folder)
        with worker():
            began, used = time.perf_counter(), time.process_time()
            bring_in(bench, table, mapping)
            written, used = time.perf_counter() - began, time.process_time() - used
            caught_up()
            total = time.perf_counter() - began
        floor = bare(bodies)
    return [
        Figure("import, index caught up", groups / total, "field groups/s", at_least=1_500),
        Figure("import, without waiting for the index", groups / written, "field groups/s"),
        Figure("import, by processor time of the importer", groups / used, "field groups/s"),
        Figure("import", records / total, "records/s"),
        Figure("size of a record", groups / records, "field groups"),
        Figure("bare bulk_create of the same bodies", groups / floor, "field groups/s"),
    ]


@contextmanager
def worker() -> Iterator[int]:
    """The node's worker as its own process, waited for until it follows the log; yields its process id."""
    environment = {**os.environ, "ORTAQ_FOLLOW_PARENT": str(os.getpid())}
    process = subprocess.Popen([sys.executable, "-m", "ortaq.cli", "worker"], env=environment)
    try:
        caught_up()
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def caught_up(within: float = 600.0) -> None:
    """Returns when the index holds the last entry; raises TimeoutError."""
    from ortaq.engine import log
    from ortaq.search import access

    if not access.wait_for(log.head().position, within):
        raise TimeoutError(f"the index did not come to entry {log.head().position} within {within:.0f} s")


def bring_in(bench: folder.Bench, table: Path, mapping: Path) -> None:
    """Imports the table as ``ortaq import`` does; raises RuntimeError when a row was rejected."""
    from ortaq.imports import actions as imports
    from ortaq.imports.mapping import Mapping

    officer = bench.officer
    report = imports.run(officer, table, Mapping.read(mapping), kind="heritage_object", owner=officer.organisation)
    if report.rejected:
        raise RuntimeError(str(report))


def load(bench: folder.Bench, bodies: list[dict[str, Any]], batch: int = BATCH, *, owner: UUID | None = None) -> None:
    """Writes ``bodies`` through the actions of the engine, ``batch`` a transaction, to fill a node quickly."""
    from django.db import transaction

    from ortaq.engine.actions.create import create_many, prepare

    owner = owner or bench.officer.organisation
    assert owner is not None
    for start in range(0, len(bodies), batch):
        ready = [
            prepare(bench.officer, "heritage_object", body, owner=owner, submit=True)
            for body in bodies[start : start + batch]
        ]
        with transaction.atomic():
            create_many(bench.officer, ready)


def bare(bodies: list[dict[str, Any]]) -> float:
    """Seconds to put ``bodies`` into one table with one JSON column, nothing checked and nothing kept."""
    from django.db import connection, models, transaction

    class Bare(models.Model):
        data = models.JSONField()

        class Meta:
            app_label = "bench"

    with connection.schema_editor() as editor:
        editor.create_model(Bare)
    began = time.perf_counter()
    for start in range(0, len(bodies), BATCH):
        with transaction.atomic():
            Bare._default_manager.bulk_create(Bare(data=body) for body in bodies[start : start + BATCH])
    return time.perf_counter() - began
