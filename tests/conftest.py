"""Fixtures for all tests: a real database file, quick passwords, the cast of named people."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from ortaq.vocab import overlay

# A busy machine is slow; that is no fault of the code.
hypothesis_settings.register_profile("ortaq", deadline=None)
hypothesis_settings.load_profile("ortaq")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite tests use a real file, so that other processes and threads see it."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    for alias in connections:
        database = connections[alias].settings_dict
        if database["ENGINE"].endswith("sqlite"):
            name = f"{os.environ['ORTAQ_DATA']}/test-{alias}{worker}.sqlite3"
            database["TEST"] = {**database.get("TEST", {}), "NAME": name}


@receiver(post_migrate)
def begun(sender: Any, using: str, **_more: Any) -> None:
    """Tests with real transactions empty the tables; the row that the first migration makes must be there again."""
    if sender.label == "engine" and using == "default":
        sender.get_model("Log").objects.get_or_create(id=1)


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Hashing passwords as slowly as a node does would be most of the time of the tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A page in another language leaves its language behind in the thread."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def own_labels() -> Iterator[None]:
    """Labels that a test accepted leave with its transaction; the process must not remember them."""
    yield
    overlay.forget()


@pytest.fixture
def cast(db: None) -> Iterator[object]:
    """A fresh node with the cast of :mod:`tests.cast`."""
    from tests.cast import Cast

    yield Cast()


@pytest.fixture
def own_folder(settings: Any, tmp_path: Path) -> None:
    """A data folder of this test's own, for what keeps files or an index."""
    settings.ORTAQ_DATA = tmp_path


@pytest.fixture
def index(own_folder: None, cast: object) -> Iterator[object]:
    """The consumer of the index in a folder of its own."""
    from ortaq.search.consumer import Consumer

    with Consumer() as consumer:
        yield consumer
