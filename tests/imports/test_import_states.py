"""What an import may do next: nothing comes in twice, nothing is beyond the undo, no right outlives its role."""

from __future__ import annotations

from typing import Any

import pytest

from ortaq.engine import access
from ortaq.imports import jobs, merging, steps, work
from ortaq.imports.models import CHECKED, IMPORTING, ImportJob, Twin
from ortaq.people import actions as people
from ortaq.people.models import Role
from tests.cast import Cast
from tests.imports.story import Desk, changed, table, twin_page
from tests.imports.story import work as finish
from tests.imports.test_merging import NEAR
from tests.web.posting import form_of, said

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast, "aigerim")


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FIRST_BATCH", "SMALLEST", "LARGEST"):
        monkeypatch.setattr(steps, name, 1)


def states(cast: Cast) -> list[str]:
    rows = access.visible(cast.aigerim).filter(kind="heritage_object").order_by("id")
    return list(rows.values_list("state", flat=True))


def brought(desk: Desk, count: int) -> ImportJob:
    """A list without numbers, so that only the import itself can know that its rows are in."""
    desk.bring(table(*(changed(n) for n in range(1, count + 1))))
    desk.check(id="")
    return desk.job


def half(desk: Desk, cast: Cast, do: str, until: Any, **more: str) -> ImportJob:
    """Begins something and stops it in the middle."""
    desk.client.post(f"/en/import/{desk.job.id}", {"do": do, **more})
    worker = work.worker()
    for _step in range(500):
        worker(0.0)
        if until():
            break
    assert until()
    desk.client.post(f"/en/import/{desk.job.id}", {"do": "stop"})
    return finish(desk.job)


def test_an_undo_that_was_stopped_brings_nothing_in_again(cast: Cast, desk: Desk) -> None:
    brought(desk, 3)
    desk.do("import")
    job = half(desk, cast, "undo", lambda: "withdrawn" in states(cast), sure="1")
    assert job.state == "done" and "Go on with the import" not in said(desk.page(f"/{job.id}"))
    assert desk.client.post(f"/en/import/{job.id}", {"do": "import"}).status_code == 422
    job = desk.do("undo", sure="1")
    assert (job.state, states(cast)) == ("undone", ["withdrawn"] * 3)


def test_another_mapping_waits_until_what_came_in_is_undone(cast: Cast, desk: Desk, one_by_one: None) -> None:
    brought(desk, 4)
    job = half(desk, cast, "import", lambda: len(states(cast)) == 2)
    assert job.state == "stopped" and len(states(cast)) < 4
    assert "Map the columns" not in said(desk.page(f"/{job.id}"))
    answer = desk.client.post(f"/en/import/{job.id}/columns", desk.columns(source="Other"))
    assert answer.status_code == 422 and "Undo the import" in said(answer)
    assert desk.post("columns", read="1", layer="").status_code == 422
    assert desk.do("import").result["created"] == len(states(cast)) == 4
    assert desk.do("undo", sure="1").state == "undone"
    assert states(cast) == ["withdrawn"] * 4


def test_what_was_not_checked_does_not_come_in(cast: Cast, desk: Desk) -> None:
    desk.bring(table(changed(1)))
    desk.client.post(f"/en/import/{desk.job.id}/columns", desk.columns())
    desk.do("stop")
    assert desk.client.post(f"/en/import/{desk.job.id}", {"do": "import"}).status_code == 422
    assert states(cast) == []


def test_who_pressed_twice_begins_once(cast: Cast, desk: Desk) -> None:
    """Both pages were loaded before the worker took the job."""
    job = brought(desk, 1)
    again = ImportJob.objects.get(id=job.id)
    jobs.import_(job)
    assert work.claim() is not None
    with pytest.raises(jobs.Problem):
        jobs.import_(again)
    assert desk.job.state == IMPORTING


def test_a_worker_that_was_too_slow_leaves_the_job_to_the_next(
    cast: Cast, desk: Desk, one_by_one: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought(desk, 3)
    desk.client.post(f"/en/import/{desk.job.id}", {"do": "import"})
    slow, next_ = work.worker(), work.worker()
    slow(0.0)
    monkeypatch.setattr(work, "LEFT_ALONE", work.timedelta(0))
    next_(0.0)
    monkeypatch.undo()
    for _step in range(10):
        slow(0.0)
    assert desk.job.state == IMPORTING
    for _step in range(100):
        next_(0.0)
    assert (desk.job.state, len(states(cast))) == ("done", 3)


def test_a_job_that_ends_every_worker_is_given_up(cast: Cast, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    brought(desk, 1)
    desk.client.post(f"/en/import/{desk.job.id}", {"do": "import"})
    monkeypatch.setattr(work, "LEFT_ALONE", work.timedelta(0))
    for _worker in range(work.TRIES):
        assert work.claim() is not None
    assert work.claim() is None
    assert desk.job.state == "failed" and desk.job.problem


def test_a_right_that_is_lost_meanwhile_is_lost_to_the_import(cast: Cast, desk: Desk, one_by_one: None) -> None:
    """The tokens of the reader stay the same: only his roles say where he may write."""
    holder = cast.users["aigerim"]
    editor = Role.objects.get(holder=holder.actor)
    region = {"organisation": cast.museum, "country": "KZ", "region": "kz-turkistan"}
    people.give_role(None, holder, "inspector", **region)
    desk.bring(table(*(changed(n) for n in range(1, 7))))
    desk.check(id="", state="draft")
    desk.client.post(f"/en/import/{desk.job.id}", {"do": "import"})
    worker = work.worker()
    while len(states(cast)) < 2:
        worker(0.0)
    people.end_role(None, editor.id)
    while desk.job.state == IMPORTING:
        worker(0.0)
    assert len(states(cast)) <= 3, "an inspector describes what lies in his region"


def test_a_row_and_its_ledger_are_written_together(cast: Cast, desk: Desk) -> None:
    record = cast.monument()
    desk.bring(table(changed(1, **NEAR, Мерзімі="XIV ғ.")))
    job = desk.check()
    path = twin_page(job, 2, record.id)
    form = form_of(desk.client.get(path), "_base")

    def killed(*_args: Any, **_more: Any) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as here:
        here.setattr(Twin, "save", killed)
        with pytest.raises(KeyboardInterrupt):
            desk.client.post(path, form | {"do": "revise"})
    assert access.get(cast.aigerim, record.id).record.revision == record.revision
    assert merging.MERGED not in job.twins.values_list("choice", flat=True)
    assert desk.job.state == CHECKED
