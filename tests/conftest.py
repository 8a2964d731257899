"""A data folder and a database for the whole run, and the cast of named people.

``ORTAQ_TEST_DATABASE=postgres`` runs the same tests on a throwaway PostgreSQL server.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from typing import Any

FOLDER = tempfile.mkdtemp(prefix="ortaq-test-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
os.environ["ORTAQ_DATA"] = FOLDER
os.environ["ORTAQ_HOSTS"] = "localhost,127.0.0.1,testserver"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ortaq.site.settings")
if os.environ.get("ORTAQ_TEST_DATABASE", "").startswith("postgres") and "ORTAQ_DATABASE" not in os.environ:
    from tests.postgres import server

    _server = server()
    os.environ["ORTAQ_DATABASE"] = _server.__enter__()
    atexit.register(_server.__exit__, None, None, None)

import pytest  # noqa: E402
from django.db import connections  # noqa: E402


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """SQLite tests use a real file, so that other processes and threads see it."""
    database = connections["default"].settings_dict
    if database["ENGINE"].endswith("sqlite"):
        worker = os.environ.get("PYTEST_XDIST_WORKER", "")
        database["TEST"] = {**database.get("TEST", {}), "NAME": f"{FOLDER}/test{worker}.sqlite3"}


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Hashing passwords as slowly as a node does would be most of the time of the tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def cast(db: None) -> Iterator[object]:
    """A fresh node with the cast of :mod:`tests.cast`."""
    from tests.cast import Cast

    yield Cast()
