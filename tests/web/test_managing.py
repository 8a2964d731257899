"""What is done to a record beside its text, through the manage page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from ortaq.engine import access, actions
from ortaq.engine.models import Entry, Record
from ortaq.engine.problems import Absent
from ortaq.people.actors import member
from tests.cast import Cast
from tests.web.posting import form_of, page, said, signed_in


@pytest.fixture
def aigerim(cast: Cast) -> Any:
    return signed_in(cast, "aigerim")


def manage(client: Any, record: Record, **body: Any) -> Any:
    return client.post(page(record, "manage"), body)


def test_withdrawing_asks_once_and_can_be_undone(cast: Cast, aigerim: Any) -> None:
    record = cast.monument()
    text = said(aigerim.get(page(record, "manage")))
    assert "Its number stays reserved." in text
    assert manage(aigerim, record, do="withdraw", reason="қате").status_code == 422
    assert access.get(cast.stranger, record.id).record.state == "published"
    assert manage(aigerim, record, do="withdraw", reason="қате", sure="1").status_code == 302
    assert Record.objects.get(id=record.id).state == "withdrawn"
    manage(aigerim, record, do="publish")
    assert access.get(cast.stranger, record.id).record.state == "published"


def test_audience_grant_and_revert_from_the_page(cast: Cast, aigerim: Any) -> None:
    record = cast.monument()
    manage(aigerim, record, do="narrow", part="", token=["professional"], reason="зерттеу", sure="1")
    with pytest.raises(Absent):
        access.get(cast.timur, record.id)
    given = manage(
        aigerim, record, do="grant", holder="timur@example.org", until="2999-01-01", part="", reason="мақала"
    )
    assert given.status_code == 302
    timur = member(cast.users["timur"])
    assert access.get(timur, record.id).record.id == record.id
    grant = form_of(aigerim.get(page(record, "manage")), "id")["id"][0]
    manage(aigerim, record, do="end_grant", id=grant, reason="аяқталды")
    with pytest.raises(Absent):
        access.get(member(cast.users["timur"]), record.id)
    assert manage(aigerim, record, do="widen", token=["public"], reason="ашу").status_code == 302
    data = {**access.get(cast.aigerim, record.id).data, "summary": {"kk": {"text": "Қате."}}}
    actions.revise(cast.aigerim, record.id, data, base_revision=access.get(cast.aigerim, record.id).record.revision)
    assert manage(aigerim, record, do="revert", revision="3", reason="қате түзету").status_code == 302
    assert "ru" in access.get(cast.stranger, record.id).data["summary"]


def test_erasing_is_asked_by_one_and_confirmed_by_another(cast: Cast, aigerim: Any) -> None:
    record = cast.monument()
    assert manage(aigerim, record, do="erase", reason="өтініш", sure="1").status_code == 302
    assert "somebody else confirms" in said(aigerim.get(page(record, "manage")))
    bolat = signed_in(cast, "bolat")
    asked = form_of(bolat.get(page(record, "manage")), "id")["id"][0]
    assert manage(aigerim, record, do="confirm", id=asked, sure="1").status_code == 403
    assert manage(bolat, record, do="confirm", id=asked).status_code == 422
    manage(bolat, record, do="confirm", id=asked, sure="1")
    assert Record.objects.get(id=record.id).state == "erased"


def test_transfer_and_merge_from_the_page(cast: Cast, aigerim: Any) -> None:
    one, two = cast.monument(), cast.monument()
    manage(aigerim, one, do="merge", to=two.pid, reason="повтор", sure="1")
    assert Record.objects.get(id=one.id).merged_into == two.id
    wrong = manage(aigerim, two, do="transfer", to="TEST-000000", reason="x", sure="1")
    assert wrong.status_code == 422 and "TEST-000000" in said(wrong)
    reserve = Record.objects.get(id=cast.reserve)
    manage(aigerim, two, do="transfer", to=reserve.pid, reason="келісім", sure="1")
    assert Record.objects.get(id=two.id).owner == cast.reserve


def test_who_may_not_gets_403_and_nothing_is_written(cast: Cast) -> None:
    record = cast.monument()
    leyla, before = signed_in(cast, "leyla"), Entry.objects.count()
    for do in ("withdraw", "narrow", "publish", "transfer", "erase"):
        body = {"do": do, "sure": "1", "reason": "x", "token": "public", "to": record.pid}
        assert manage(leyla, record, **body).status_code in (403, 422)
    assert leyla.post(f"/en/o/{record.pid}/manage", {"do": "no such act"}).status_code == 404
    assert signed_in(cast, "timur").get("/en/new/heritage_object").status_code == 403
    assert Entry.objects.count() == before


@pytest.mark.django_db(databases="__all__")
def test_the_owner_sees_who_read_what_is_closed(cast: Cast, client: Client) -> None:
    record = cast.monument()
    client.force_login(cast.users["aigerim"])
    assert client.get(f"/en/o/{record.pid}/reads").status_code == 200
    for name in ("leyla", "timur"):
        client.force_login(cast.users[name])
        assert client.get(f"/en/o/{record.pid}/reads").status_code == 404
