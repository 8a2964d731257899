"""A lock between processes and threads whose waiters are woken, so that nobody starves."""

from __future__ import annotations

import fcntl
import os
import weakref


class Turn:
    """An exclusive lock on a file. The kernel wakes who waits when it is free, and frees it when the holder dies.

    Each instance opens the file anew, because a lock belongs to the opening: so threads exclude each other too.
    """

    def __init__(self) -> None:
        self._fd: int | None = None
        _all.add(self)

    def take(self, path: str) -> None:
        """Waits for the lock on ``path``, without limit."""
        if self._fd is None:
            self._fd = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._fd, fcntl.LOCK_EX)

    def give(self) -> None:
        if self._fd is not None:
            fcntl.flock(self._fd, fcntl.LOCK_UN)

    def close(self) -> None:
        """Gives the lock back by closing the file; :meth:`take` opens it again."""
        fd, self._fd = self._fd, None
        if fd is not None:
            os.close(fd)

    __del__ = close


_all: weakref.WeakSet[Turn] = weakref.WeakSet()


def _forget() -> None:
    """A forked child shares its parent's opening: unlocking would free the parent's lock, keeping would hold it."""
    for turn in list(_all):
        turn.close()


os.register_at_fork(after_in_child=_forget)
