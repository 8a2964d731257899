"""Side by side: a row and a record, two records; nothing is lost unless somebody says so."""

from __future__ import annotations

from typing import Any

import pytest

from ortaq.engine import access, actions
from ortaq.engine.models import Proposal, Record
from ortaq.imports.models import ImportedRow
from tests.cast import Cast, monument_data
from tests.imports.story import Desk, changed, table, twin_page
from tests.web.posting import form_of, said, signed_in

pytestmark = pytest.mark.django_db(databases="__all__")
NEAR = {"Атауы": "Арыстан баб кесенесі", "Аудан": "kz-turkistan-otyrar", "Lat": "42.8512", "Lon": "68.2712"}


def brought(desk: Desk, **cells: str) -> Any:
    desk.bring(table(changed(1, **NEAR | cells), changed(2)))
    return desk.check(**{"c8.to": "register.number"})


def view_of(cast: Cast, record: Record) -> access.View:
    return access.get(cast.aigerim, record.id)


def test_a_row_goes_into_the_record_that_it_is(cast: Cast) -> None:
    record, desk = cast.monument(), Desk(cast, "aigerim")
    job = brought(desk, Мерзімі="XIV ғ.", Тізілім="Б-12")
    (twin,) = job.twins.all()
    assert (twin.row, twin.record, twin.why) == (2, record.id, "name") and twin.metres < 10
    assert "the same name" in said(desk.page(f"/{job.id}/twins"))
    path = twin_page(job, 2, record.id)
    form = form_of(desk.client.get(path), "_base")
    assert (form["side.dating"], form["side.register"]) == (["both"], ["comes"])
    assert "side.names" not in form, "the name is there already, and says more"
    before = view_of(cast, record)
    answer = desk.client.post(path, form | {"do": "revise", "_reason": "the list of the museum"})
    assert answer.status_code == 302, said(answer)
    after = view_of(cast, record)
    assert len(after.data["dating"]) == 2 and after.data["dating"][0] == before.data["dating"][0]
    assert after.data["register"][0]["number"] == "Б-12"
    assert after.data["names"] == before.data["names"]
    assert after.data["ownership"] == before.data["ownership"], "what the row does not say stays"
    job = desk.do("import")
    assert (job.result["created"], job.result["merged"]) == (1, 1)
    assert "Arystan Bab Mausoleum" in said(desk.page(f"/{job.id}"))
    job = desk.do("undo", sure="1")
    assert job.result["undo"]["merged"] == [after.record.pid]
    assert view_of(cast, record).record.state == "published"


def test_a_row_that_was_merged_is_found_the_next_time(cast: Cast) -> None:
    record, desk = cast.monument(), Desk(cast, "aigerim")
    for _time in range(2):
        desk.bring(table(changed(1, **NEAR)))
        job = desk.check(source="List")
        if job.twins.exists():
            path = twin_page(job, 2, record.id)
            desk.client.post(path, form_of(desk.client.get(path), "_base") | {"do": "revise"})
        job = desk.do("import")
    assert (job.result["unchanged"], job.result["created"], job.result["merged"]) == (1, 0, 0)
    assert ImportedRow.objects.get().record == record.id


def test_who_may_not_revise_proposes(cast: Cast) -> None:
    record = cast.monument()
    desk = Desk(cast, "leyla")
    desk.bring(table(changed(1, **NEAR, Мерзімі="XIV ғ.")))
    job = desk.check()
    path = twin_page(job, 2, record.id)
    page = desk.client.get(path)
    assert 'value="revise"' not in said(page) and 'value="propose"' in said(page)
    form = form_of(page, "_base")
    refused = desk.client.post(path, form | {"do": "propose", "_reason": ""})
    assert refused.status_code == 422 and "Say why" in said(refused)
    assert desk.client.post(path, form | {"do": "propose", "_reason": "list"}).status_code == 302
    assert Proposal.objects.get().target == record.id
    assert view_of(cast, record).record.revision == record.revision
    assert job.twins.get().choice == "merged"


def test_what_was_saved_meanwhile_is_shown_first(cast: Cast) -> None:
    record, desk = cast.monument(), Desk(cast, "aigerim")
    job = brought(desk)
    path = twin_page(job, 2, record.id)
    form = form_of(desk.client.get(path), "_base")
    data = dict(view_of(cast, record).data, summary={"ru": {"text": "Новый текст."}})
    actions.revise(cast.bolat, record.id, data, base_revision=record.revision)
    answer = desk.client.post(path, form | {"do": "revise"})
    assert answer.status_code == 422 and "meanwhile" in said(answer)
    assert view_of(cast, record).data["summary"]["ru"]["text"] == "Новый текст."
    again = form_of(answer, "_base")
    assert desk.client.post(path, again | {"do": "revise"}).status_code == 302


@pytest.mark.parametrize(("choice", "made"), [("skip", 1), ("create", 2), ("", 1)])
def test_rows_that_are_here_are_made_only_when_somebody_says_so(cast: Cast, choice: str, made: int) -> None:
    cast.monument()
    desk = Desk(cast, "aigerim")
    job = brought(desk)
    form = {"row2": choice} if choice else {}
    assert desk.post("twins", **form).status_code == 302
    assert desk.do("import").result["created"] == made
    assert job.twins.get().choice == choice


def test_decisions_outlive_another_check_and_one_press_decides_the_rest(cast: Cast) -> None:
    cast.monument()
    desk = Desk(cast, "aigerim")
    job = brought(desk)
    desk.post("twins", all="create")
    job = desk.do("check")
    assert job.twins.get().choice == "create"


def test_the_pages_of_twins_show_nothing_of_what_became_hidden(cast: Cast) -> None:
    record, desk = cast.monument(), Desk(cast, "leyla")
    desk.bring(table(changed(1, **NEAR)))
    job = desk.check()
    assert "Arystan Bab" in said(desk.page(f"/{job.id}/twins"))
    actions.narrow(cast.dana, Record, record.id, ["national:KZ"], reason="closed")
    page = said(desk.page(f"/{job.id}/twins"))
    assert "Arystan" not in page and "Арыстан" not in page
    assert desk.client.get(twin_page(job, 2, record.id)).status_code == 404


def test_two_records_become_one(cast: Cast) -> None:
    goes = cast.monument(significance={"kk": {"text": "Маңызды."}}, object_type=["mosque"])
    stays = cast.monument()
    client = signed_in(cast, "dana")
    path = f"/en/o/{goes.pid}/merge"
    assert "KZ-000123" in said(client.get(path))
    form = form_of(client.get(path, {"into": stays.pid}), "_base")
    assert form["side.object_type"] == ["both"] and form["side.significance"] == ["comes"]
    answer = client.post(path, form | {"_reason": "the same mausoleum"})
    assert answer.status_code == 302, said(answer)
    found = access.get(cast.dana, stays.id)
    assert found.data["object_type"] == ["mausoleum", "mosque"]
    assert found.data["significance"]["kk"]["text"] == "Маңызды."
    assert access.get(cast.dana, goes.id).record.merged_into == stays.id
    assert client.get(f"/en/o/{goes.pid}").status_code == 301


def test_merging_is_for_who_may(cast: Cast) -> None:
    goes, stays = cast.monument(), cast.monument()
    hidden = actions.create(
        cast.leyla, "heritage_object", monument_data(country="AZ", admin_unit=None), owner=cast.reserve
    )
    assert signed_in(cast, "leyla").get(f"/en/o/{goes.pid}/merge").status_code == 403
    client = signed_in(cast, "aigerim")
    assert client.get(f"/en/o/{hidden.id}/merge").status_code == 404
    for into in (str(hidden.id), "TEST-999999", goes.pid):
        answer = client.get(f"/en/o/{goes.pid}/merge", {"into": into})
        assert answer.status_code == 422 and "Nothing else is known" in said(answer)
    answer = client.post(f"/en/o/{goes.pid}/merge", {"into": stays.pid})
    assert answer.status_code == 422 and "Say why" in said(answer)
    assert access.get(cast.aigerim, goes.id).record.state == "published"


def test_a_row_goes_into_one_record_only(cast: Cast) -> None:
    one, other, desk = cast.monument(), cast.monument(), Desk(cast, "aigerim")
    job = brought(desk, Мерзімі="XIV ғ.")
    assert job.twins.count() == 2
    for record, status in ((one, 302), (other, 422)):
        path = twin_page(job, 2, record.id)
        answer = desk.client.post(path, form_of(desk.client.get(path), "_base") | {"do": "revise"})
        assert answer.status_code == status
    assert len(view_of(cast, other).data["dating"]) == 1
    desk.do("import")
    path = twin_page(job, 2, one.id)
    assert desk.client.post(path, form_of(desk.client.get(path), "_base") | {"do": "revise"}).status_code == 422
