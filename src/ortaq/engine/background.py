"""Work that takes long and is done bit by bit by the worker, between the index and the clock."""

from __future__ import annotations

from collections.abc import Callable

_work: dict[str, Callable[[], None]] = {}


def register(name: str, do: Callable[[], None]) -> None:
    """From now on the worker calls ``do`` again and again; each call may take some tenths of a second."""
    _work[name] = do


def run() -> None:
    """Each once."""
    for do in list(_work.values()):
        do()
