"""What the crash tests look at can see that something is wrong."""

from __future__ import annotations

import pytest

from ortaq.engine.models import Entry, Link, Record, Revision
from ortaq.imports.models import ImportedRow, ImportRun
from ortaq.search.consumer import Consumer, folder
from ortaq.search.index import IndexWriter
from tests.cast import Cast
from tests.crash import looks


def said(record: Record) -> str:
    return f"{record.id} {record.revision} {Entry.objects.get(thing=record.id, revision=record.revision).digest}"


def test_a_lost_write_is_seen(cast: Cast) -> None:
    record = cast.monument()
    line = said(record)
    assert looks.lost([line]) == []
    assert looks.lost([line.replace(f" {record.revision} ", " 9 ")])
    assert looks.lost([line[:-1] + ("0" if line[-1] != "0" else "1")])
    Revision.objects.filter(thing=record.id, number=record.revision).update(body=None)
    assert looks.lost([line])


def test_a_half_written_row_is_seen(cast: Cast) -> None:
    record = cast.monument()
    assert looks.faults() == []
    Link.objects.create(source=record.id, role="see_also", target=record.id)
    assert looks.faults()


def test_an_import_that_is_not_in_its_ledger_is_seen(cast: Cast) -> None:
    run = ImportRun.objects.create(
        actor=cast.aigerim.id, owner=cast.museum, kind="heritage_object", record_state="draft", mapping="", file="0"
    )
    known = cast.monument(state="draft")
    ImportedRow.objects.create(run=run, row=2, record=known.id, revision=1)
    assert looks.ledger() == []
    cast.monument(state="draft")
    assert looks.ledger() == ["1 records that no import knows"]


def test_an_import_that_was_broken_off_is_undone(cast: Cast) -> None:
    run = ImportRun.objects.create(
        actor=cast.aigerim.id, owner=cast.museum, kind="heritage_object", record_state="draft", mapping="", file="0"
    )
    record = cast.monument(state="draft")
    ImportedRow.objects.create(run=run, row=2, record=record.id, revision=1)
    assert looks.half_import()[0] == 1
    assert looks.undo() == []
    assert Record.objects.get(id=record.id).state == "withdrawn"


@pytest.mark.parametrize("what", ["missing", "none"])
def test_an_index_that_lacks_a_record_is_seen(cast: Cast, what: str) -> None:
    record = cast.monument()
    with Consumer() as consumer:
        consumer.rebuild()
        cursor = consumer.cursor()
    if what == "missing":
        with IndexWriter(folder()) as writer:
            writer.put([], [str(record.id)], cursor)
    assert bool(looks.index()) == (what == "missing")
