"""The same promises on PostgreSQL, with a server of the tests' own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.own_database import result, said, start, tell
from tests.postgres import programs, server

psycopg = pytest.importorskip("psycopg")
pytestmark = pytest.mark.skipif(programs() is None, reason="no PostgreSQL server is installed")

WRITES = 60


@pytest.fixture(scope="module")
def running() -> Iterator[str]:
    with server() as url:
        yield url


@pytest.fixture
def url(running: str) -> str:
    with psycopg.connect(running) as connection:
        connection.execute("drop table if exists line")
        connection.execute("create table line (who varchar(20), number integer)")
    return running


def numbers(url: str) -> list[int]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("select number from line order by number")]


def test_the_log_lock_makes_numbers_without_gaps_or_repeats(url: str, tmp_path: Path) -> None:
    writers = [start(tmp_path, "write_under_log_lock", name, WRITES, url=url) for name in ("a", "b", "c")]
    assert [result(process) for process in writers] == ["done"] * 3
    assert numbers(url) == list(range(1, 3 * WRITES + 1))


def test_a_snapshot_is_of_one_moment_and_stops_nobody(url: str, tmp_path: Path) -> None:
    assert result(start(tmp_path, "write", "before", 1, url=url)) == "done"
    process = start(tmp_path, "look_while_others_write", url=url)
    assert said(process) == "1"
    assert result(start(tmp_path, "write", "between", 2, url=url)) == "done"
    tell(process)
    assert result(process) == "1 1 3 True 4"


def test_snapshots_and_log_locks_in_the_wrong_place_are_refused(url: str, tmp_path: Path) -> None:
    assert result(start(tmp_path, "refusals", url=url)) == "refused\nrefused\nTrue"
