"""An inspection from the visit to the end: what is overdue is counted, who may read it is checked."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from ortaq.alerts import access, inspecting, states
from ortaq.alerts.models import Inspection
from ortaq.engine import actions as records
from ortaq.engine.models import Entry, Record
from ortaq.engine.problems import Absent, Forbidden, Problems
from tests.alerts.reporting import reported
from tests.cast import Cast
from tests.web.posting import form_of, said, signed_in

pytestmark = pytest.mark.django_db(databases="__all__")
TODAY = date(2030, 5, 20)
VISIT = {"date": date(2030, 5, 1), "who": "Инспектор", "findings": "Қабырға жарылған."}
ORDER = {"text": "Қабырғаны бекіту.", "deadline": date(2030, 6, 1)}


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Any:
    return django_capture_on_commit_callbacks


@pytest.mark.parametrize(
    ("data", "standing", "due"),
    [
        ({}, "begun", None),
        ({"visit": {"date": "2030-05-01"}}, "visit", None),
        ({"visit": {}, "act": {"number": "1"}}, "act", None),
        ({"order": {"deadline": "2030-05-20"}}, "order", date(2030, 5, 20)),
        ({"order": {"deadline": "2030-05-19"}}, "overdue", date(2030, 5, 19)),
        ({"order": {"deadline": "2030-05-19"}, "check": {"fulfilled": True}}, "fulfilled", None),
        ({"order": {"deadline": "2030-06-19"}, "check": {"fulfilled": False}}, "unfulfilled", date(2030, 6, 19)),
        ({"order": {"deadline": "2030-05-19"}, "check": {"fulfilled": False}}, "overdue", date(2030, 5, 19)),
        ({"order": {"deadline": "2030-05-19"}, "close": {"date": "2030-05-20"}}, "close", None),
    ],
)
def test_where_it_stands_follows_from_what_is_written(data: Any, standing: str, due: date | None) -> None:
    assert states.standing(data, TODAY) == standing
    assert states.due(data) == due
    assert standing in states.STANDING


def test_a_whole_inspection_through_the_pages(cast: Cast, committed: Any) -> None:
    record = cast.monument()
    alert, _secret = reported(record, committed)
    yerlan = signed_in(cast, "yerlan")
    assert f"/en/o/{record.pid}/inspect?alert={alert.id}" in said(yerlan.get(f"/en/alerts/{alert.id}"))
    begin = form_of(yerlan.get(f"/en/o/{record.pid}/inspect?alert={alert.id}"), "alert")
    page = yerlan.post(f"/en/o/{record.pid}/inspect", begin)["Location"]
    found = Inspection.objects.get()
    assert (found.alert, found.target) == (alert.id, record.id)

    def write(step: str, **given: str) -> Any:
        base = form_of(yerlan.get(page), "base")["base"]
        values = {f"{step}-{name}": value for name, value in given.items()}
        return yerlan.post(page, {"step": step, "base": base, **values})

    assert write("visit", date="2030-05-01", who="Инспектор", findings="").status_code == 422
    assert write("visit", date="2030-05-01", who="Инспектор", findings="Жарық.").status_code == 302
    assert write("check", date="2030-05-01").status_code == 422  # there is no order yet
    assert write("act", number="7-A", date="2030-05-02").status_code == 302
    assert write("order", text="Бекіту.", deadline="soon").status_code == 422
    past = (access.today() - timedelta(days=1)).isoformat()
    assert write("order", text="Бекіту.", deadline=past).status_code == 302
    assert "Overdue" in said(yerlan.get(page)) and "Overdue" in said(yerlan.get("/en/inspections"))
    assert write("check", date="2030-06-01", fulfilled="on").status_code == 302
    assert "Overdue" not in said(yerlan.get(page))
    assert write("close", date="2030-06-02").status_code == 302
    assert "step-visit" in said(yerlan.get(page)) and 'name="visit-date"' not in said(yerlan.get(page))
    base = form_of(yerlan.get(page), "base")["base"]
    assert yerlan.post(page, {"step": "visit", "base": base}).status_code == 422
    assert yerlan.post(page, {"step": "reopen", "base": base}).status_code == 302
    done = list(Entry.objects.filter(thing=found.id).order_by("position").values_list("action", flat=True))
    assert done == ["inspect", "visit", "act", "order", "check", "close", "reopen"]


def test_who_reads_and_who_writes(cast: Cast) -> None:
    record = cast.monument()
    found = inspecting.inspect(cast.yerlan, record.id)
    inspecting.write_step(cast.yerlan, found.id, "visit", VISIT, base_revision=1)
    page = f"/en/inspections/{found.id}"
    for name in ("yerlan", "dana", "aigerim"):
        assert "Қабырға жарылған." in said(signed_in(cast, name).get(page)), name
    assert 'name="step"' not in said(signed_in(cast, "aigerim").get(page))
    for name in ("leyla", "murad", "timur", "nigar", "sasha"):
        assert signed_in(cast, name).get(page).status_code == 404, name
        assert str(found.id) not in said(signed_in(cast, name).get("/en/inspections"))
    assert Client().get(page).status_code == 302
    assert "Қабырға" not in said(Client().get(f"/en/o/{record.pid}"))
    with pytest.raises(Forbidden):
        inspecting.write_step(cast.aigerim, found.id, "order", ORDER, base_revision=2)
    with pytest.raises(Forbidden):
        inspecting.inspect(cast.aigerim, record.id)
    with pytest.raises(Absent):
        inspecting.write_step(cast.leyla, found.id, "order", ORDER, base_revision=2)
    assert signed_in(cast, "timur").get(f"/en/o/{record.pid}/inspect").status_code == 403
    assert "/inspect" not in said(signed_in(cast, "timur").get(f"/en/o/{record.pid}"))
    assert f"/en/o/{record.pid}/inspect" in said(signed_in(cast, "yerlan").get(f"/en/o/{record.pid}"))


def test_an_inspector_of_another_region_cannot_inspect(cast: Cast) -> None:
    far = cast.monument(admin_unit="kz-almaty")
    with pytest.raises(Forbidden):
        inspecting.inspect(cast.yerlan, far.id)
    assert inspecting.inspect(cast.dana, far.id).region == "kz-almaty"


def test_two_who_write_at_once_are_told(cast: Cast) -> None:
    found = inspecting.inspect(cast.yerlan, cast.monument().id)
    inspecting.write_step(cast.dana, found.id, "visit", VISIT, base_revision=1)
    with pytest.raises(Problems, match="meanwhile"):
        inspecting.write_step(cast.yerlan, found.id, "visit", VISIT, base_revision=1)


def test_a_report_of_another_object_is_absent(cast: Cast, committed: Any) -> None:
    alert, _secret = reported(cast.monument(), committed)
    other = cast.monument()
    with pytest.raises(Absent):
        inspecting.inspect(cast.yerlan, other.id, alert.id)
    yerlan = signed_in(cast, "yerlan")
    assert yerlan.get(f"/en/o/{other.pid}/inspect?alert={alert.id}").status_code == 404
    assert yerlan.get(f"/en/o/{other.pid}/inspect?alert=x").status_code == 404


def test_the_list_begins_with_what_is_overdue(cast: Cast) -> None:
    made = {}
    days = {"late": -5, "later": -1, "soon": 3, "none": None, "closed": -9}
    for name, days_left in days.items():
        found = inspecting.inspect(cast.yerlan, cast.monument().id)
        if days_left is not None:
            order = {"text": "Бекіту.", "deadline": access.today() + timedelta(days=days_left)}
            found = inspecting.write_step(cast.yerlan, found.id, "order", order, base_revision=1)
        made[found.id] = name
    closed = next(id_ for id_, name in made.items() if name == "closed")
    inspecting.write_step(cast.yerlan, closed, "close", {"date": TODAY}, base_revision=2)
    assert [made[case.thing.id] for case in access.inspections(cast.yerlan)] == list(days)


def test_what_is_hidden_hides_its_inspections(cast: Cast) -> None:
    record = cast.monument()
    found = inspecting.inspect(cast.yerlan, record.id)
    records.narrow(cast.dana, Record, record.id, ["national:KZ"], reason="қорғау")
    assert access.inspections(cast.yerlan) == []
    with pytest.raises(Absent):
        access.case(cast.yerlan, Inspection, found.id)
    assert len(access.inspections(cast.dana)) == 1
