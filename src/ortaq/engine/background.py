"""Work that takes long and is done bit by bit by the worker, between the index and the clock."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.utils import translation

from ortaq.engine import reads

SLICE = 0.25  # seconds at once

_work: dict[str, Callable[[], None]] = {}


class Begun(NamedTuple):
    """What is to be done for one who waits, step by step, with texts in his language."""

    steps: Iterator[None]
    language: str


class Work:
    """Called again and again; goes on where it was.

    ``begin`` gives what waits longest, None when nothing does. What is read meanwhile is noted as read through
    ``door``.
    """

    def __init__(self, door: str, begin: Callable[[], Begun | None]) -> None:
        self._door, self._next = door, begin
        self._now: Begun | None = None

    def __call__(self, seconds: float = SLICE) -> None:
        end = time.monotonic() + seconds
        while begun := self._now or self._next():
            self._now = begun if self._step(begun) else None
            if time.monotonic() >= end:
                return

    def _step(self, begun: Begun) -> bool:
        """Whether there may be more."""
        door = reads.DOOR.set(self._door)
        try:
            with translation.override(begun.language):
                next(begun.steps)
        except StopIteration:
            return False
        except BaseException:
            self._now = None
            raise
        finally:
            reads.DOOR.reset(door)
        return True


def register(name: str, do: Callable[[], None]) -> None:
    """From now on the worker calls ``do`` again and again; each call may take some tenths of a second."""
    _work[name] = do


def run() -> None:
    """Each once."""
    for do in list(_work.values()):
        do()
