"""Narrowing, widening, embargoes, grants, transfers and what two persons decide together."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from ortaq.engine import access, actions, timed
from ortaq.engine.models import Denied, Entry, Grant, Record, Request
from ortaq.engine.problems import Absent, Forbidden, Problems
from tests.cast import Cast

POINT = [68.271234, 42.851234]


def reads(reader: Any, record: Record) -> bool:
    try:
        access.get(reader, record.id)
    except Absent:
        return False
    return True


def knows_place(reader: Any, record: Record) -> bool:
    return "place" in access.get(reader, record.id).opened


def test_a_narrowed_record_is_absent_for_the_others(cast: Cast) -> None:
    record = cast.monument()
    actions.narrow(cast.aigerim, Record, record.id, ["professional"], reason="қазба жүріп жатыр")
    assert not reads(cast.stranger, record)
    assert not reads(cast.timur, record)
    assert reads(cast.nigar, record)
    assert Denied.objects.filter(thing=record.id).exists()
    actions.widen(cast.aigerim, Record, record.id, ["public"], reason="аяқталды")
    assert reads(cast.stranger, record)


def test_an_embargo_ends_by_itself_and_twice_changes_nothing(cast: Cast) -> None:
    record = cast.monument()
    until = timezone.now() + timedelta(days=30)
    actions.narrow(cast.aigerim, Record, record.id, ["professional"], until=until, reason="эмбарго")
    assert timed.run_due() == 0
    assert not reads(cast.stranger, record)
    assert timed.run_due(until + timedelta(seconds=1)) == 1
    assert reads(cast.stranger, record)
    assert timed.run_due(until + timedelta(seconds=2)) == 0
    last = Entry.objects.filter(thing=record.id).latest("position")
    assert last.action == "reopen" and last.actor == last.node


def test_a_grant_opens_a_closed_part_until_its_end(cast: Cast) -> None:
    record = cast.monument()
    assert not knows_place(cast.nigar, record)
    until = timezone.now() + timedelta(days=90)
    holder = f"actor:{cast.nigar.id}"
    given = actions.grant(cast.aigerim, record.id, holder, until, part="place", reason="бірлескен зерттеу")
    assert knows_place(cast.nigar, record)
    assert not knows_place(cast.timur, record)
    assert access.get(cast.nigar, record.id).data["place"]["geometry"]["coordinates"] == POINT
    Grant.objects.filter(id=given.id).update(until=timezone.now() - timedelta(seconds=1))
    assert not knows_place(cast.nigar, record), "over by the clock although no worker has run"
    assert timed.end_grants(timezone.now()) == 1
    assert not knows_place(cast.nigar, record)


def test_a_grant_is_withdrawn(cast: Cast) -> None:
    record = cast.monument()
    until = timezone.now() + timedelta(days=90)
    given = actions.grant(cast.aigerim, record.id, f"org:{cast.reserve}", until, part="place", reason="зерттеу")
    assert knows_place(cast.leyla, record)
    actions.withdraw(cast.aigerim, Grant, given.id, reason="аяқталды")
    assert not knows_place(cast.leyla, record)


@pytest.mark.parametrize("holder", ["public", "actor:x", "national:KZ", ""])
def test_a_grant_names_one_holder(cast: Cast, holder: str) -> None:
    record = cast.monument()
    with pytest.raises(Problems):
        actions.grant(cast.aigerim, record.id, holder, timezone.now() + timedelta(days=1), reason="x")


def test_a_grant_always_ends(cast: Cast) -> None:
    record = cast.monument()
    with pytest.raises(Problems):
        actions.grant(cast.aigerim, record.id, f"actor:{cast.nigar.id}", timezone.now(), reason="x")


def test_opening_a_closed_part_takes_two(cast: Cast) -> None:
    record = cast.monument()
    request = actions.request_widening(cast.aigerim, record.id, "place", ["professional"], reason="жарияланды")
    assert not knows_place(cast.nigar, record)
    with pytest.raises(Forbidden):
        actions.confirm(cast.aigerim, request.id)
    with pytest.raises(Absent):
        actions.confirm(cast.leyla, request.id)
    actions.confirm(cast.bolat, request.id)
    assert knows_place(cast.nigar, record)
    with pytest.raises(Problems):
        actions.confirm(cast.bolat, request.id)
    assert Request.objects.get(id=request.id).confirmed


def test_a_part_is_narrowed_for_old_revisions_too(cast: Cast) -> None:
    record = cast.monument()
    request = actions.request_widening(cast.aigerim, record.id, "owner", ["public"], reason="рұқсат бар")
    actions.confirm(cast.bolat, request.id)
    open_revision = Record.objects.get(id=record.id).revision
    assert "ownership" in access.get(cast.stranger, record.id).data
    actions.narrow(cast.aigerim, Record, record.id, [], part="owner", reason="қате ашылған")
    today = Record.objects.get(id=record.id)
    assert "ownership" not in access.revision(cast.stranger, today, open_revision).data
    assert "ownership" in access.revision(cast.aigerim, today, open_revision).data


def test_a_transferred_record_is_the_new_owners(cast: Cast) -> None:
    record = cast.monument()
    actions.transfer(cast.aigerim, Record, record.id, cast.reserve, reason="келісім")
    data = access.get(cast.leyla, record.id).data
    with pytest.raises(Forbidden):
        actions.revise(cast.aigerim, record.id, data, base_revision=record.revision + 1)
    actions.revise(cast.leyla, record.id, data, base_revision=record.revision + 1)
    actions.transfer(cast.leyla, Record, record.id, cast.museum, reason="қайтару")


def test_an_inspector_reads_the_places_of_his_region_only(cast: Cast) -> None:
    inside = cast.monument()
    outside = cast.monument(admin_unit="kz-almaty")
    assert knows_place(cast.yerlan, inside)
    assert not knows_place(cast.yerlan, outside)


def test_the_system_administrator_reads_nothing_by_role(cast: Cast) -> None:
    record = cast.monument()
    assert access.get(cast.sasha, record.id).closed == {"place", "owner"}


def test_erasing_one_revision_leaves_the_others(cast: Cast) -> None:
    record = cast.monument()
    data = access.get(cast.aigerim, record.id).data
    data["summary"] = {"ru": {"text": "Тайна."}}
    bad = actions.revise(cast.aigerim, record.id, data, base_revision=record.revision).revision
    data["summary"] = {"ru": {"text": "Исправлено."}}
    actions.revise(cast.aigerim, record.id, data, base_revision=bad)
    request = actions.request_erasure(cast.aigerim, Record, record.id, revisions=[bad], reason="дербес деректер")
    actions.confirm(cast.bolat, request.id)
    today = Record.objects.get(id=record.id)
    with pytest.raises(Absent):
        access.revision(cast.aigerim, today, bad)
    assert access.revision(cast.aigerim, today, bad - 1).data["names"]
    assert access.get(cast.stranger, record.id).data["summary"]["ru"]["text"] == "Исправлено."


def test_the_present_revision_goes_only_with_the_whole_thing(cast: Cast) -> None:
    record = cast.monument()
    with pytest.raises(Problems):
        actions.request_erasure(cast.aigerim, Record, record.id, revisions=[record.revision], reason="x")


def test_a_draft_can_be_shown_to_one_person(cast: Cast) -> None:
    draft = cast.monument(state="draft")
    until = timezone.now() + timedelta(days=1)
    actions.grant(cast.aigerim, draft.id, f"actor:{cast.nigar.id}", until, reason="пікір")
    assert reads(cast.nigar, draft)
    assert not reads(cast.timur, draft)
