"""The worker: one process a data folder that keeps the index up and does what time does."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Event
from types import FrameType

from django.db import connections, reset_queries
from django.utils import timezone

from ortaq.engine import background, consumers, timed
from ortaq.engine.models import Beat
from ortaq.engine.problems import Problem
from ortaq.people import timed as people
from ortaq.search.consumer import Consumer

log = logging.getLogger(__name__)

NAME = "worker"  # of its sign of life
POLL = 0.15  # seconds between two looks at the log
FOLLOW = 1.0  # seconds between two looks at the log for what is derived beside the index
TIMED = 20.0  # seconds between two looks at what is due
WORK = 0.5  # seconds between two looks for work that takes long
BEAT = 10.0  # seconds between two signs of life
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0  # seconds after an error, doubled each time


@dataclass
class Job:
    """Something done again and again; an error puts it off, longer each time, and does not stop the others."""

    name: str
    do: Callable[[], None]
    every: float
    due: float = 0.0
    wait: float = 0.0

    def run(self) -> None:
        """Once, when it is due. Raises only what says that another process does this work."""
        if time.monotonic() < self.due:
            return
        try:
            self.do()
            self.wait = 0.0
        except Exception as error:  # a hiccup of the database must not end the worker
            if isinstance(error, Problem) and error.code == "index_busy":
                raise
            self.wait = min(max(FIRST_WAIT, 2 * self.wait), LONGEST_WAIT)
            log.error("%s failed, again in %.1f s: %s: %s", self.name, self.wait, type(error).__name__, _line(error))
            with suppress(Exception):
                connections.close_all()
        self.due = time.monotonic() + (self.wait or self.every)


class Following:
    """The index job. After an error the index is opened anew, since nobody knows how far a commit came."""

    def __init__(self, over: Callable[[], bool]) -> None:
        self._over = over
        self._consumer: Consumer | None = Consumer()

    def __call__(self) -> None:
        self._consumer = self._consumer or Consumer()
        try:
            if self._consumer.behind():
                self._consumer.follow(self._over)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        consumer, self._consumer = self._consumer, None
        if consumer is not None:
            with suppress(Exception):
                consumer.close()


def run(stop: Event | None = None) -> None:
    """Works until ``stop`` is set, SIGTERM or SIGINT comes, or the parent that ORTAQ_FOLLOW_PARENT names is gone.

    Raises Problem ``index_busy`` when another process writes this index.
    """
    stop = stop or Event()
    over = _over(stop)
    others = [Job("The clock", _clock, TIMED), Job("The beat", _beat, BEAT)]

    def between() -> bool:
        """Called between two batches: a rebuild of half an hour must not make the clock late."""
        for job in others:
            job.run()
        return over()

    following = Following(between)
    index = Job("The index", following, 0.0)
    tables = Job("The derived tables", lambda: _tables(over), FOLLOW)
    work = Job("The background work", background.run, WORK)
    try:
        with _signals(stop):
            while not over():
                index.run()
                tables.run()
                work.run()
                between()
                reset_queries()
                stop.wait(POLL)
    finally:
        following.close()
        connections.close_all()


def _over(stop: Event) -> Callable[[], bool]:
    # the number comes from the parent itself: it may be gone before this process asks
    parent = int(os.environ.get("ORTAQ_FOLLOW_PARENT") or 0)
    return lambda: stop.is_set() or (parent != 0 and os.getppid() != parent)


def _tables(over: Callable[[], bool]) -> None:
    """For a moment only: a table that is made from nothing must not keep the index waiting."""
    end = time.monotonic() + FOLLOW
    consumers.follow(lambda: over() or time.monotonic() > end)


def _clock() -> None:
    timed.run_due()
    people.run_due()


def _beat() -> None:
    Beat.objects.update_or_create(name=NAME, defaults={"at": timezone.now()})


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:300]


@contextmanager
def _signals(stop: Event) -> Iterator[None]:
    """SIGTERM and SIGINT set ``stop``; only the main thread of a process can take signals."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
