"""Nobody who reads the log while sixteen threads write it ever misses an entry or sees one out of order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.exchange.second import Second, second_folder
from tests.postgres import programs, server

THREADS = 16
ACTIONS = 313 * THREADS  # a little over five thousand

needs_postgres = pytest.mark.skipif(programs() is None, reason="no PostgreSQL server is installed")


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Second]:
    pytest.importorskip("psycopg")
    with server() as url, second_folder(tmp_path_factory.mktemp("log"), url) as second:
        yield second


@needs_postgres
def test_a_consumer_sees_every_number_in_order(postgres: Second) -> None:
    postgres.fresh()
    postgres.begin("TEST")
    found = postgres.race(THREADS, ACTIONS, "with")
    assert found["failures"] == []
    assert found["seen"] == list(range(1, ACTIONS + 2))
    assert postgres.check() == []


@needs_postgres
def test_without_the_lock_it_does_not_hold(postgres: Second) -> None:
    postgres.fresh()
    postgres.begin("TEST")
    found = postgres.race(THREADS, 320, "without")
    assert found["failures"] or found["seen"] != list(range(1, 322))


def test_sqlite_keeps_the_order_with_its_own_lock(tmp_path: Path) -> None:
    with second_folder(tmp_path, "") as second:
        second.begin("TEST")
        found = second.race(4, 200, "with")
        assert found["failures"] == []
        assert found["seen"] == list(range(1, 202))
        assert second.check() == []
