"""The actions on records, by the people who may and may not do them."""

from __future__ import annotations

import pytest

from ortaq.engine import access, actions
from ortaq.engine.models import Entry, Record
from ortaq.engine.problems import Absent, Conflict, Forbidden, Gone, Problems
from tests.cast import Cast, monument_data


def test_a_record_is_created_submitted_and_published(cast: Cast) -> None:
    record = cast.monument()
    assert record.pid and record.pid.startswith("TEST-")
    view = access.get(cast.stranger, record.pid)
    assert view.title["kk"] == "Арыстан баб кесенесі"
    assert view.data["place"]["precision"] == "10km"
    assert view.data["place"]["geometry"]["type"] == "Polygon"
    assert view.closed == {"place", "owner"}
    assert "ownership" not in view.data
    inside = access.get(cast.aigerim, record.pid)
    assert inside.data["place"]["geometry"]["coordinates"] == [68.271234, 42.851234]
    assert inside.data["ownership"][0]["owner"] == {"name": "Жеке меншік иесі"}
    assert [e.action for e in Entry.objects.filter(thing=record.id).order_by("position")] == [
        "create",
        "propose",
        "publish",
    ]


def test_a_draft_is_there_for_its_author_and_owner_only(cast: Cast) -> None:
    draft = cast.monument(state="draft")
    assert access.get(cast.bolat, draft.id).record.state == "draft"
    for name in ("stranger", "dana", "leyla", "nigar", "timur", "sasha", "yerlan"):
        with pytest.raises(Absent):
            access.get(getattr(cast, name), draft.id)


def test_a_revision_keeps_unchanged_parts(cast: Cast) -> None:
    record = cast.monument()
    before = dict(record.parts)
    data = access.get(cast.aigerim, record.id).data
    data["summary"] = {"ru": {"text": "Новый текст."}}
    after = actions.revise(cast.aigerim, record.id, data, base_revision=record.revision, reason="правка")
    assert after.parts == before
    assert access.get(cast.stranger, record.id).data["summary"]["ru"]["text"] == "Новый текст."


def test_who_cannot_read_a_part_leaves_it_as_it_is(cast: Cast) -> None:
    record = cast.monument()
    view = access.get(cast.leyla, record.id)
    assert view.closed
    data = {**view.data, "summary": {"az": {"text": "Təklif."}}}
    data["place"] = {"geometry": {"type": "Point", "coordinates": [68.0, 42.0]}, "precision": "exact"}
    proposal = actions.propose(cast.leyla, record.id, data, base_revision=record.revision, reason="düzəliş")
    accepted = actions.accept(cast.aigerim, proposal.id)
    assert accepted.parts == record.parts
    inside = access.get(cast.aigerim, record.id)
    assert inside.data["place"]["geometry"]["coordinates"] == [68.271234, 42.851234]
    assert inside.data["summary"]["az"]["text"] == "Təklif."


def test_two_people_saving_lose_nothing(cast: Cast) -> None:
    record = cast.monument()
    mine, theirs = (dict(access.get(cast.aigerim, record.id).data) for _ in range(2))
    theirs["summary"] = {"ru": {"text": "Их текст."}}
    mine["summary"] = {"ru": {"text": "Мой текст."}}
    actions.revise(cast.bolat, record.id, theirs, base_revision=record.revision)
    with pytest.raises(Conflict) as caught:
        actions.revise(cast.aigerim, record.id, mine, base_revision=record.revision)
    assert caught.value.mine["summary"]["ru"]["text"] == "Мой текст."
    assert caught.value.theirs["summary"]["ru"]["text"] == "Их текст."
    assert caught.value.base["summary"]["ru"]["text"] == "Перестроен в начале XX века."


def test_strangers_and_other_organisations_cannot_write(cast: Cast) -> None:
    record = cast.monument()
    data = access.get(cast.leyla, record.id).data
    with pytest.raises(Forbidden):
        actions.revise(cast.leyla, record.id, data, base_revision=record.revision)
    with pytest.raises(Forbidden):
        actions.propose(cast.stranger, record.id, data, base_revision=record.revision, reason="x")
    with pytest.raises(Forbidden):
        actions.create(cast.leyla, "heritage_object", monument_data(), owner=cast.museum)


def test_protection_needs_a_second_person_and_an_act(cast: Cast) -> None:
    record = cast.monument()
    data = access.get(cast.aigerim, record.id).data
    data["protection"] = [{"_id": "prot22", "category": "kz_local"}]
    with pytest.raises(Problems):
        actions.revise(cast.aigerim, record.id, data, base_revision=record.revision)
    proposal = actions.propose(cast.aigerim, record.id, data, base_revision=record.revision, reason="статус")
    with pytest.raises(Forbidden):
        actions.accept(cast.bolat, proposal.id)
    with pytest.raises(Problems) as caught:
        actions.accept(cast.dana, proposal.id)
    assert [p.code for p in caught.value.problems] == ["act"]


def test_withdrawn_is_gone_for_the_public(cast: Cast) -> None:
    record = cast.monument()
    actions.withdraw(cast.aigerim, Record, record.id, reason="қате")
    with pytest.raises(Gone):
        access.get(cast.stranger, record.pid or "")
    actions.publish(cast.aigerim, record.id)
    assert access.get(cast.stranger, record.pid or "").record.state == "published"


def test_history_is_read_under_todays_audience(cast: Cast) -> None:
    record = cast.monument(
        place={"geometry": {"type": "Point", "coordinates": [68.271234, 42.851234]}, "precision": "exact"}
    )
    assert access.get(cast.stranger, record.id).data["place"]["geometry"]["type"] == "Point"
    data = access.get(cast.aigerim, record.id).data
    data["place"]["precision"] = "10km"
    changed = actions.revise(cast.aigerim, record.id, data, base_revision=record.revision)
    old = access.revision(cast.stranger, changed, record.revision)
    assert old.data["place"]["precision"] == "10km"
    assert "68.271234" not in str(old.data)
    data["place"]["precision"] = "exact"
    with pytest.raises(Problems):
        actions.revise(cast.aigerim, record.id, data, base_revision=changed.revision)


def test_erasing_takes_two(cast: Cast) -> None:
    record = cast.monument()
    request = actions.request_erasure(cast.aigerim, Record, record.id, reason="заявление")
    with pytest.raises(Forbidden):
        actions.confirm(cast.aigerim, request.id)
    actions.confirm(cast.bolat, request.id)
    with pytest.raises(Gone):
        access.get(cast.stranger, record.pid or "")


def test_merge_and_back(cast: Cast) -> None:
    one, two = cast.monument(), cast.monument()
    actions.merge(cast.aigerim, one.id, two.id, reason="повтор")
    view = access.get(cast.stranger, one.pid or "")
    into = access.successor(cast.stranger, view)
    assert into and into.record.id == two.id
    actions.revert(cast.aigerim, one.id, one.revision, reason="не повтор")
    assert access.get(cast.stranger, one.pid or "").record.state == "published"


def test_what_a_record_was_as_a_draft_stays_with_its_owner(cast: Cast) -> None:
    record = cast.monument()
    assert [e.action for e in access.history(cast.stranger, record)] == ["publish"]
    assert [e.action for e in access.history(cast.bolat, record)] == ["publish", "propose", "create"]
    with pytest.raises(Absent):
        access.revision(cast.leyla, record, 1)
    assert access.revision(cast.bolat, record, 1).data["names"]
