"""Reading what is not public leaves a trace that the owner can see."""

from __future__ import annotations

import pytest

from ortaq.engine import access, actions, reads
from ortaq.engine.models import Record
from tests.cast import Cast


@pytest.fixture(autouse=True)
def nothing_waits() -> None:
    reads.DOOR.set("command")
    reads._waiting.clear()


@pytest.mark.django_db(databases="__all__")
def test_reads_of_closed_parts_are_logged_once_an_hour(cast: Cast) -> None:
    record = cast.monument()
    reads._waiting.clear()
    for _ in range(3):
        access.get(cast.yerlan, record.id)
    assert reads.flush() == 2
    access.get(cast.yerlan, record.id)
    reads.flush()
    found = [(read.actor, read.part, read.door) for read in reads.of(record)]
    assert sorted(found) == [(cast.yerlan.id, part, "command") for part in ("owner", "place")]


@pytest.mark.django_db(databases="__all__")
def test_reads_of_a_narrowed_record_are_logged(cast: Cast) -> None:
    record = cast.monument(place=None, ownership=None)
    actions.narrow(cast.aigerim, Record, record.id, ["national:KZ"], reason="жабық")
    reads._waiting.clear()
    access.get(cast.dana, record.id)
    reads.flush()
    assert [(read.actor, read.part) for read in reads.of(record)] == [(cast.dana.id, "")]


@pytest.mark.django_db(databases="__all__")
def test_the_owner_and_the_public_leave_no_trace(cast: Cast) -> None:
    record = cast.monument()
    reads._waiting.clear()
    for name in ("aigerim", "bolat", "stranger", "timur", "leyla"):
        access.get(getattr(cast, name), record.id)
    assert reads.flush() == 0
