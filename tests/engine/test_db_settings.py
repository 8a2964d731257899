"""Addresses of databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from ortaq.engine.db import database_settings

FOLDER = Path("/data")


def test_without_an_address_it_is_a_file_in_the_data_folder() -> None:
    found = database_settings(None, FOLDER)
    assert found["ENGINE"] == "ortaq.engine.db.sqlite" and found["NAME"] == "/data/ortaq.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        assert pragma in found["OPTIONS"]["init_command"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://u:p@db.example:5433/ortaq", ("ortaq", "u", "p", "db.example", "5433", {})),
        ("postgres://u@[::1]/ortaq?sslmode=require", ("ortaq", "u", "", "::1", "", {"sslmode": "require"})),
        ("postgresql://u%40x:p%2Fq%3A@h/my%20db", ("my db", "u@x", "p/q:", "h", "", {})),
        ("postgresql:///ortaq?host=/run/pg&user=me&port=5444", ("ortaq", "me", "", "/run/pg", "5444", {})),
        ("postgresql://me@/ortaq?host=%2Frun%2Fpg", ("ortaq", "me", "", "/run/pg", "", {})),
    ],
)
def test_an_address_of_postgresql(url: str, expected: tuple[object, ...]) -> None:
    found = database_settings(url, FOLDER)
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert tuple(found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")) == expected
    assert found["CONN_MAX_AGE"] is None and found["CONN_HEALTH_CHECKS"]


@pytest.mark.parametrize(
    "url", ["", "ortaq.sqlite3", "mysql://u:secret@h/x", "postgresql://u:secret@h", "postgresql://u:secret@h:port/x"]
)
def test_another_address_is_refused_without_repeating_the_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        database_settings(url, FOLDER)
    assert "postgresql://" in str(caught.value) and "secret" not in str(caught.value)
