"""Writers of one SQLite file stand in line, readers never wait, and nothing stays locked."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from subprocess import Popen

import pytest

from tests.engine.own_database import result, said, start, tell

WRITES = 40


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with closing(sqlite3.connect(tmp_path / "ortaq.sqlite3")) as file:
        file.execute("create table line (who varchar(20), number integer)")
    return tmp_path


@pytest.fixture
def held(folder: Path) -> Iterator[Popen[str]]:
    """A process in the middle of a transaction."""
    process = start(folder, "hold", 600)
    assert said(process) == "holding"
    yield process
    process.kill()
    process.communicate()


def lines(folder: Path) -> list[tuple[str, int]]:
    """(who, number) in the order of writing; a number is how many lines its writer saw before."""
    with closing(sqlite3.connect(folder / "ortaq.sqlite3")) as file:
        return file.execute("select who, number from line order by rowid").fetchall()


def test_processes_and_threads_write_while_others_read(folder: Path) -> None:
    writers = [start(folder, "write", "a", WRITES), start(folder, "write", "b", WRITES)]
    writers.append(start(folder, "write_in_threads", "c", WRITES))
    readers = [start(folder, "read", 5 * WRITES), start(folder, "read", 5 * WRITES)]
    for process in [*writers, *readers]:
        assert set(result(process).split()) == {"done"}
    assert [number for _, number in lines(folder)] == list(range(5 * WRITES))


def test_a_new_file_may_be_opened_by_many_at_once(tmp_path: Path) -> None:
    openers = [start(tmp_path, "journal") for _ in range(5)]
    assert {result(process) for process in openers} == {"wal 2 1"}


def test_who_writes_now_and_then_is_let_in_by_who_writes_without_pause(folder: Path) -> None:
    busy = start(folder, "write_without_end", "busy")
    assert said(busy) == "begun"
    assert result(start(folder, "write", "person", WRITES)) == "done"
    busy.kill()
    busy.communicate()
    order = [who for who, _ in lines(folder)]
    first, last = order.index("person"), len(order) - order[::-1].index("person")
    assert 1 <= order[first:last].count("busy") <= 3 * WRITES


def test_killing_the_holder_frees_the_lock(folder: Path, held: Popen[str]) -> None:
    waiting = start(folder, "write", "next", 1)
    held.kill()
    assert result(waiting) == "done"
    assert lines(folder) == [("next", 0)]


def test_readers_do_not_wait_for_the_holder(folder: Path, held: Popen[str]) -> None:
    assert result(start(folder, "read", 0)) == "done"
    assert held.poll() is None


def test_an_exception_frees_the_lock(folder: Path) -> None:
    process = start(folder, "fail_then_write")
    assert said(process) == "failed"
    assert result(start(folder, "write", "other", 1)) == "done"
    tell(process)
    assert result(process) == "2"


def test_closing_in_a_transaction_frees_the_lock(folder: Path) -> None:
    process = start(folder, "close_inside")
    assert said(process) == "closed"
    assert result(start(folder, "write", "other", 1)) == "done"
    tell(process)
    assert result(process) == "1"


def test_nested_blocks_keep_the_lock_until_the_outermost_ends(folder: Path) -> None:
    process = start(folder, "nested")
    assert said(process) == "inner done"
    assert not lock_is_free(folder)
    tell(process)
    assert said(process) == "1"
    assert lock_is_free(folder)
    tell(process)
    result(process)


def lock_is_free(folder: Path) -> bool:
    with open(folder / "ortaq.sqlite3.lock", "rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def test_a_forked_child_neither_frees_nor_keeps_the_lock(folder: Path) -> None:
    process = start(folder, "hold_and_fork")
    assert said(process) == "holding"
    assert not lock_is_free(folder), "the child freed the lock of its parent"
    tell(process)
    assert said(process) == "orphan"
    assert lock_is_free(folder), "the child kept the lock of its dead parent"
    assert result(start(folder, "write", "next", 1)) == "done"
    tell(process)
    process.communicate()


def test_a_snapshot_is_of_one_moment_and_stops_nobody(folder: Path) -> None:
    assert result(start(folder, "write", "before", 1)) == "done"
    process = start(folder, "look_while_others_write")
    assert said(process) == "1"
    assert result(start(folder, "write", "between", 2)) == "done"
    tell(process)
    assert result(process) == "1 1 3 True 4"


def test_a_snapshot_does_not_wait_for_a_writer(folder: Path, held: Popen[str]) -> None:
    process = start(folder, "look_while_others_write")
    assert said(process) == "0"
    process.kill()
    process.communicate()


def test_snapshots_and_log_locks_in_the_wrong_place_are_refused(folder: Path) -> None:
    assert result(start(folder, "refusals")) == "refused\nrefused\nFalse"
