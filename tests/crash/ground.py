"""The ground of the crash tests: a node of its own, children by fork, death at a random moment.

The process that forks never opens the database nor the index, so a child starts warm in milliseconds and
inherits nothing that the killed one could have left. Every look at the node happens in a child too.
"""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Program = Callable[..., Any]
FIRST = 0.1  # seconds within which a process dies that has not done anything yet


@dataclass
class Child:
    """A forked process and what it has said so far, whole lines only."""

    pid: int
    pipe: int
    said: list[str] = field(default_factory=list)
    _rest: bytes = b""

    def listen(self, seconds: float) -> bool:
        """Takes in what the child says for ``seconds``; False when it closed its end before."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if select.select([self.pipe], [], [], left)[0] and not self._take():
                return False
        return True

    def work(self, lines: int, draw: random.Random, limit: float = 120.0) -> None:
        """Lets it say ``lines`` lines, then goes on listening for a random part of the time that one more takes.

        So a moment is random in the work itself, on a quick machine and on a slow one.
        """
        began = time.monotonic()
        while len(self.said) < lines and time.monotonic() < began + limit and self._take():
            pass
        pace = (time.monotonic() - began) / lines if lines else FIRST
        self.listen(draw.uniform(0, 1.2 * pace))

    def kill(self) -> bool:
        """SIGKILL, then everything it had said before; False when it had already ended."""
        os.kill(self.pid, signal.SIGKILL)
        return self.wait() == -signal.SIGKILL

    def wait(self) -> int:
        """Its exit status, a negative signal number when it was killed."""
        while self._take():
            pass
        os.close(self.pipe)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def _take(self) -> bool:
        data = os.read(self.pipe, 65_536)
        *lines, self._rest = (self._rest + data).split(b"\n")
        self.said += [line.decode() for line in lines]
        return bool(data)


def start(program: Program, *arguments: Any) -> Child:
    """``program(say, *arguments)`` in a child; ``say`` writes one line to the parent at once."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return Child(pid, reading)
    status = 1
    try:
        os.close(reading)
        program(lambda line: os.write(writing, f"{line}\n".encode()), *arguments)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)


def ask(program: Program, *arguments: Any) -> Any:
    """What ``program(*arguments)`` returns, as JSON carries it, from a child; raises RuntimeError when it failed."""
    child = start(lambda say: say(json.dumps(program(*arguments))))
    if child.wait():
        raise RuntimeError(f"{program.__name__} failed: see its traceback above")
    return json.loads(child.said[-1])


class Node:
    """The node under test: ``fresh`` puts back the state that ``make`` kept."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.kept = folder, folder.with_name("kept")

    def make(self, program: Program) -> None:
        """Runs ``program`` in an empty folder and database and keeps what it made."""
        ask(program)
        shutil.copytree(self.folder, self.kept)
        if _database():
            ask(_copy_database, _database(), f"{_database()}_kept")

    def fresh(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self.kept, self.folder)
        if _database():
            ask(_copy_database, f"{_database()}_kept", _database())


def _database() -> str:
    """Name of the PostgreSQL database, "" on SQLite."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    return str(database["NAME"]) if database["ENGINE"].endswith("postgresql") else ""


def _copy_database(source: str, target: str) -> None:
    import psycopg
    from django.conf import settings

    own = settings.DATABASES["default"]
    with psycopg.connect(host=own["HOST"], user=own["USER"], dbname="postgres", autocommit=True) as connection:
        connection.execute(f"drop database if exists {target} with (force)".encode())
        connection.execute(f"create database {target} template {source}".encode())
