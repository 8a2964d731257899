"""The second folder of the travel tests: one process for the module, emptied for each test."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.exchange.second import Second

KINDS = '''
from ortaq.engine.fields import Country, Line
from ortaq.engine.kinds import Kind
from ortaq.engine.labels import L


class Parcel(Kind):
    """The second version of a kind that the sender writes in its first."""

    slug, version, icon = "parcel", 2, "box"
    label = plural = L(kk="a", az="a", ru="a", en="Parcel")
    fields = [Country("country", label), Line("name", label), Line("content", label)]
    title = "name"
    upgrades = {1: lambda data: {**data, "content": "upgraded"}}
'''


@contextmanager
def another_database() -> Iterator[str]:
    """A new database on the server of the run; SQLite takes a file in its folder."""
    url = os.environ.get("ORTAQ_DATABASE", "")
    if not url:
        yield ""
        return
    import psycopg

    name = f"second_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"create database {name}")
    yield url.replace("/postgres?", f"/{name}?")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)")


@contextmanager
def second_folder(folder: Path) -> Iterator[Second]:
    kinds = folder / "kinds"
    kinds.mkdir()
    (kinds / "parcel.py").write_text(KINDS)
    with another_database() as database:
        second = Second(folder / "data", database, kinds)
        try:
            yield second
        finally:
            second.close()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Second]:
    with second_folder(tmp_path_factory.mktemp("second")) as second:
        yield second


@pytest.fixture
def second(running: Second) -> Second:
    running.fresh()
    return running
