"""What is looked at after a death. Each function returns what is wrong, in words, and nothing when all is well."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from ortaq.engine import check, log
from ortaq.engine.models import Entry, Record, Revision
from ortaq.imports import actions as imports
from ortaq.imports.models import ImportedRow, ImportRun
from ortaq.search.consumer import Consumer, folder
from ortaq.search.index import IndexReader
from ortaq.search.query import PAGE, Query
from tests.cast import PEOPLE
from tests.crash.victims import person

TEXTS = ("", "кесенесі", "мұнара", "türbə", "мавзолей", "mausoleum", '"мешіт қорған"')


def node(acknowledged: list[str]) -> list[str]:
    """The whole check, and every acknowledged write with the entry that its writer saw."""
    return [*faults(), *lost(acknowledged)]


def faults() -> list[str]:
    return [f"{finding.code} {finding.where}" for finding in check.check() if finding.fault]


def lost(acknowledged: list[str]) -> list[str]:
    wanted = {(thing, int(revision)): digest for thing, revision, digest in map(str.split, acknowledged)}
    rows = Entry.objects.filter(thing__in={thing for thing, _revision in wanted})
    there = {(str(e.thing), e.revision): e.digest for e in rows}
    kept = set(Revision.objects.filter(body__isnull=False).values_list("thing", "number"))
    bodies = {(str(thing), number) for thing, number in kept}
    return [f"lost {key}" for key, digest in wanted.items() if there.get(key) != digest or key not in bodies]


def index() -> list[str]:
    """Lets the index catch up and compares everything it answers with what a new one answers."""
    with Consumer() as consumer:
        consumer.follow()
        cursor = consumer.cursor()
    own = answers(folder())
    kept = settings.ORTAQ_DATA
    with tempfile.TemporaryDirectory() as other:
        settings.ORTAQ_DATA = Path(other)
        with Consumer() as consumer:
            consumer.rebuild()
        new = answers(folder())
    settings.ORTAQ_DATA = kept
    wrong = [f"the index answers otherwise than a new one: {key}" for key in own if own[key] != new[key]]
    return wrong + ([] if cursor == log.head().position else [f"the index stays at {cursor}"])


def answers(where: Path) -> dict[str, Any]:
    """All hits with scores, counts and facets for everybody in the cast and for several texts."""
    reader = IndexReader(where)
    readers = {"stranger": frozenset({"public"}), **{name: person(name).tokens for name in PEOPLE}}
    return {f"{name} {text}": list(pages(reader, text, tokens)) for name, tokens in readers.items() for text in TEXTS}


def pages(reader: IndexReader, text: str, tokens: frozenset[str]) -> Iterator[Any]:
    offset = 0
    while True:
        sort = "relevance" if text else "name:kk"
        page = reader.search(Query(text, tokens=tokens, sort=sort, offset=offset, limit=PAGE))
        yield page.count, page.facets, sorted((hit.thing, hit.score) for hit in page.hits)
        offset += PAGE
        if offset >= page.count:
            return


def half_import() -> tuple[int, int]:
    """(rows in the ledger of the run that was broken off, records of imports); whole batches only, none twice."""
    run = ImportRun.objects.filter(state="running").first()
    return (run.rows.count() if run else 0), Record.objects.filter(reason__contains="monuments.csv").count()


def ledger() -> list[str]:
    """Each imported record is named by exactly one row of the ledger."""
    named = list(ImportedRow.objects.values_list("record", flat=True))
    made = set(Entry.objects.filter(action="create", type="record").values_list("thing", flat=True))
    before = set(ImportRun.objects.values_list("id", flat=True))
    wrong = ["a record stands in the ledger twice"] if len(named) != len(set(named)) else []
    wrong += [] if set(named) <= made else ["the ledger names a record that is not there"]
    orphans = Record.objects.filter(kind="heritage_object").exclude(id__in=named).count()
    return wrong + ([f"{orphans} records that no import knows"] if orphans and before else [])


def undo() -> list[str]:
    """Undoes the import that was broken off; every record of it is withdrawn then."""
    run = ImportRun.objects.filter(state="running").first()
    if run is None:
        return []
    imports.undo(person("aigerim"), run.id)
    left = Record.objects.filter(id__in=run.rows.values("record")).exclude(state="withdrawn").count()
    return [f"{left} records are left after the undo"] if left else []
