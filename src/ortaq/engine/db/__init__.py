"""What differs between SQLite and PostgreSQL. Nothing else in Ortaq asks which of the two it runs on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.transaction import TransactionManagementError

LOG_LOCK = 0x6F72746171  # "ortaq": one advisory lock for the whole log
PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864; "
    "PRAGMA cache_size=-8000; PRAGMA temp_store=MEMORY;"
)


def databases(url: str | None, folder: Path) -> dict[str, dict[str, Any]]:
    """All databases of a node: on SQLite the read log has a file of its own."""
    found = {"default": database_settings(url, folder)}
    if not url:
        found["reads"] = {**found["default"], "NAME": str(folder / "reads.sqlite3")}
    return found


def database_settings(url: str | None, folder: Path) -> dict[str, Any]:
    """The entry of Django's DATABASES: ``ortaq.sqlite3`` in ``folder``, or the PostgreSQL of ``url``.

    ``postgresql://user:password@host:port/name?option=value``; a socket folder is given as ``?host=/folder``. Other
    options go to the driver. Raises ImproperlyConfigured, which never repeats the address: it may hold a password.
    """
    if url is None:
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": PRAGMAS}
        name = str(folder / "ortaq.sqlite3")
        return {"ENGINE": "ortaq.engine.db.sqlite", "NAME": name, "OPTIONS": options, "CONN_MAX_AGE": None}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured("The database address has a wrong host or port. " + EXPECTED) from None
    name = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in ("postgresql", "postgres") or not name:
        raise ImproperlyConfigured("The database address is not understood. " + EXPECTED)
    given = dict(parse_qsl(parts.query, keep_blank_values=True))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": given.pop("user", None) or unquote(parts.username or ""),
        "PASSWORD": given.pop("password", None) or unquote(parts.password or ""),
        "HOST": given.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": given.pop("port", None) or (str(port) if port else ""),
        "OPTIONS": given,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


EXPECTED = "Write postgresql://user:password@host:port/name, or leave it out for a SQLite file in the data folder."


def is_postgres(connection: BaseDatabaseWrapper) -> bool:
    return connection.vendor == "postgresql"


def lock_log(connection: BaseDatabaseWrapper) -> None:
    """One writer of the log at a time, until this transaction ends; read the next ``seq`` after this.

    On SQLite BEGIN IMMEDIATE has already done so.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("The log is locked inside a transaction only.")
    if is_postgres(connection):
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [LOG_LOCK])


@contextmanager
def snapshot(alias: str = "default") -> Iterator[BaseDatabaseWrapper]:
    """Everything read on the connection inside is as of one moment; nothing can be written; writers elsewhere go on."""
    connection = connections[alias]
    if connection.in_atomic_block:
        raise TransactionManagementError("A snapshot cannot begin inside a transaction: it would not be of one moment.")
    if is_postgres(connection):
        with transaction.atomic(using=alias), connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
            cursor.execute("select 1")
            yield connection
    else:
        with sqlite_snapshot(connection):
            yield connection


@contextmanager
def sqlite_snapshot(connection: Any) -> Iterator[None]:
    """A deferred transaction of the backend in ``sqlite/base.py``; SQLite fixes its moment at the first read."""
    connection.only_reads = True
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("pragma query_only=1")
            cursor.execute("select count(*) from sqlite_master").fetchone()
            yield
    finally:
        connection.only_reads = False
        if connection.connection is not None:
            connection.connection.execute("pragma query_only=0")
