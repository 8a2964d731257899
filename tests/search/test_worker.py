"""The worker as a thread and as a process: it follows the log, survives what it can, and ends when told to."""

from __future__ import annotations

import itertools
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from ortaq.engine import access, actions, log
from ortaq.engine.models import Beat, Denied, Entry, Grant, Log, Record
from ortaq.engine.problems import Problem
from ortaq.engine.traced import WITHDRAWN
from ortaq.search import access as search
from ortaq.search import health, worker
from ortaq.search.consumer import Consumer
from ortaq.search.query import Query
from tests.cast import Cast

SCALE = int(os.environ.get("ORTAQ_TEST_SCALE", "1"))
ROOT = Path(__file__).parents[2]
PROGRAM = """
import os, sys
import django
django.setup()
from django.db import connections
connections.settings["default"]["NAME"] = os.environ["TEST_DATABASE_NAME"]
from ortaq.search import consumer, worker
consumer.Consumer.step.__defaults__ = (int(sys.argv[1]),)
print(os.getpid(), flush=True)
worker.run()
print("ended", flush=True)
"""


@pytest.fixture
def cast(transactional_db: None, settings: Any, tmp_path: Path) -> Cast:
    """A node of its own, seen by other threads and processes."""
    settings.ORTAQ_DATA = tmp_path
    Log.objects.get_or_create(id=1)  # emptying the database after a test takes what its migrations put there
    return Cast()


def eventually(holds: Callable[[], Any]) -> None:
    """Waits for what another thread or process does; a test that fails here waited a minute."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end, "this never came"
        time.sleep(0.02)


@contextmanager
def running() -> Iterator[threading.Event]:
    """The worker in a thread of this process; what ends it is its return value."""
    stop = threading.Event()
    thread = threading.Thread(target=worker.run, args=(stop,))
    thread.start()
    try:
        yield stop
    finally:
        stop.set()
        thread.join(30)
        assert not thread.is_alive()


@contextmanager
def process(batch: int = 200, **extra: str) -> Iterator[subprocess.Popen[str]]:
    """The worker as a process on the same database and folder."""
    from django.conf import settings

    database = str(connection.settings_dict["NAME"])
    own = {"ORTAQ_DATA": str(settings.ORTAQ_DATA), "TEST_DATABASE_NAME": database}
    environment = os.environ | own | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"} | extra
    command = [sys.executable, "-W", "error", "-c", PROGRAM, str(batch)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE) as started:
        assert started.stdout is not None and int(started.stdout.readline()) == started.pid
        try:
            yield started
        finally:
            started.kill()


def caught_up() -> bool:
    return search.cursor() == log.head().position


def monuments(reader: access.Reader, **query: Any) -> list[str]:
    found = search.search(reader, Query(kind=["heritage_object"], limit=200, **query))
    return [str(view.record.id) for view in found.views]


def answers(cast: Cast) -> list[Any]:
    """What the whole index says to each of the cast."""
    queries = [Query(limit=200), Query(text="кесене", limit=200), Query(text="жаңа", limit=200)]
    found = []
    for reader in cast.readers().values():
        for query in queries:
            result = search.search(reader, query)
            found.append((result.count, [view.record.id for view in result.views], result.facets))
    return found


def test_a_change_is_found_while_the_worker_runs(cast: Cast) -> None:
    with running():
        first = cast.monument()
        assert search.wait_for(log.head().position, seconds=60)
        assert monuments(cast.stranger, text="türbə") == [str(first.id)]
        actions.narrow(cast.aigerim, Record, first.id, ["professional"], reason="сынақ")
        second = cast.monument()
        eventually(lambda: caught_up() and not Denied.objects.exists())
        assert monuments(cast.stranger) == [str(second.id)]
        assert set(monuments(cast.nigar)) == {str(first.id), str(second.id)}
        eventually(Beat.objects.exists)
        assert health.report()[0]["status"] == "ok"


def test_a_restart_goes_on_at_the_cursor(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    first = cast.monument()
    with running():
        eventually(caught_up)
    second = cast.monument()
    assert not caught_up()
    monkeypatch.setattr(Consumer, "rebuild", lambda *_: pytest.fail("there was a cursor to go on from"))
    with running():
        eventually(caught_up)
    assert set(monuments(cast.stranger)) == {str(first.id), str(second.id)}


def test_a_second_worker_says_that_there_is_one(cast: Cast) -> None:
    with running():
        eventually(caught_up)
        with pytest.raises(Problem) as caught:
            worker.run(threading.Event())
        assert caught.value.code == "index_busy"
        cast.monument()
        eventually(caught_up)


@pytest.mark.parametrize("error", [OperationalError("the server\nwent away"), ValueError("disk full")])
def test_an_error_is_told_in_one_line_and_tried_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    left = [error, error]
    whole = Consumer.step

    def step(consumer: Consumer, most: int = 200) -> int:
        if left:
            raise left.pop()
        return whole(consumer, most)

    monkeypatch.setattr(Consumer, "step", step)
    monkeypatch.setattr(worker, "FIRST_WAIT", 0.01)
    record = cast.monument()
    with running():
        eventually(caught_up)
        cast.monument()
        eventually(caught_up)
    lines = [r.getMessage() for r in caplog.records if r.name == worker.__name__]
    assert len(lines) == 2 and all(type(error).__name__ in line and "\n" not in line for line in lines)
    assert str(record.id) in monuments(cast.stranger)


def test_what_is_due_is_done(cast: Cast) -> None:
    record = cast.monument()
    until = timezone.now() + timedelta(hours=1)
    actions.grant(cast.aigerim, record.id, f"actor:{cast.timur.id}", until, part="place", reason="сынақ")
    Grant.objects.update(until=timezone.now())
    with running():
        eventually(lambda: Grant.objects.get().state == WITHDRAWN and caught_up())
    last = Entry.objects.latest("position")
    assert (last.action, last.thing) == ("end", Grant.objects.get().id)


def test_an_index_that_never_catches_up_leaves_time_for_the_rest(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Consumer.step
    monkeypatch.setattr(Consumer, "step", lambda consumer: whole(consumer) or 1)
    started = timezone.now()
    with running():
        eventually(Beat.objects.exists)
    assert Beat.objects.get().at >= started, "the beat is of this run"


def test_errors_put_a_job_off_longer_each_time_and_not_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(worker.time, "monotonic", lambda: now[0])
    runs: list[float] = []

    def fail() -> None:
        runs.append(now[0])
        raise OperationalError

    job, other = worker.Job("test", fail, 0.15), worker.Job("other", lambda: None, 0.15)
    while now[0] < 100:
        job.run()
        other.run()
        now[0] += 0.25
    waits = [after - before for before, after in itertools.pairwise(runs)]
    assert waits == [0.5, 1, 2, 4, 8, 16, 30, 30]
    assert other.wait == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_process_ends_well_when_told_to(cast: Cast, number: signal.Signals) -> None:
    record = cast.monument()
    with process() as started:
        eventually(caught_up)
        started.send_signal(number)
        out, _ = started.communicate(timeout=30)
        assert (started.returncode, out.strip()) == (0, "ended")
    assert monuments(cast.stranger, text="кесене") == [str(record.id)]


def test_a_process_ends_with_its_parent(cast: Cast, settings: Any) -> None:
    command = "import os, subprocess, sys; os.environ['ORTAQ_FOLLOW_PARENT'] = str(os.getpid()); "
    command += "subprocess.Popen([sys.executable, '-c', *sys.argv[1:]]).wait()"
    own = {"ORTAQ_DATA": str(settings.ORTAQ_DATA), "TEST_DATABASE_NAME": str(connection.settings_dict["NAME"])}
    environment = os.environ | own | {"PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(
        [sys.executable, "-c", command, PROGRAM, "200"], env=environment, text=True, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        eventually(caught_up)
        assert child != parent.pid
        parent.kill()
        # The pipe is at its end only when the child is gone too, and it says so when it ends well.
        assert parent.stdout.read().strip() == "ended"


def test_an_index_killed_in_the_middle_is_the_one_that_a_rebuild_gives(cast: Cast) -> None:
    chance = random.Random(7)
    records = [cast.monument() for _ in range(3)]
    for _ in range(3 * SCALE):
        records.append(cast.monument())
        for record in chance.sample(records, 3):
            data = access.get(cast.aigerim, record.id).data
            data["summary"] = {"kk": {"text": f"жаңа мәтін {chance.random()}"}}
            base = Record.objects.get(id=record.id).revision
            actions.revise(cast.aigerim, record.id, data, base_revision=base)
        actions.narrow(cast.aigerim, Record, chance.choice(records).id, ["professional"], reason="сынақ")
        with process(batch=1) as started:
            time.sleep(chance.uniform(0, 0.6))
            started.send_signal(signal.SIGKILL)
    with Consumer() as consumer:
        consumer.follow()
        followed = answers(cast)
        assert consumer.rebuild() and not consumer.behind()
        assert answers(cast) == followed
    stranger = access.visible(cast.stranger).filter(kind="heritage_object")
    assert sorted(monuments(cast.stranger)) == sorted(str(record.id) for record in stranger)
