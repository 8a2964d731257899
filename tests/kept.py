"""What was written into the database once, written again as rows: faster than doing it all anew for every test."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

FOLDERS = ("keys", "files")  # of the data folder, that go with the rows

Rows = dict[str, dict[Any, tuple[Any, ...]]]  # table -> primary key -> row


@dataclass(frozen=True)
class Kept:
    """Rows that came or changed, by table, and the files beside them."""

    rows: Rows
    files: dict[str, bytes]

    @classmethod
    def since(cls, before: Rows) -> Kept:
        changed = {
            table: {key: row for key, row in rows.items() if before[table].get(key) != row}
            for table, rows in everything().items()
        }
        data = Path(settings.ORTAQ_DATA)
        files = [path for name in FOLDERS for path in (data / name).rglob("*") if path.is_file()]
        return cls(changed, {str(path.relative_to(data)): path.read_bytes() for path in files})

    def put_back(self) -> None:
        """Into tables as they were before, also inside a transaction: references are checked at its end."""
        quote = connection.ops.quote_name
        with connection.cursor() as cursor:
            for table, rows in self.rows.items():
                if not rows:
                    continue
                names = _tables()[table]
                cursor.executemany(f"DELETE FROM {quote(table)} WHERE {quote(names[0])} = %s", [(key,) for key in rows])
                into = f"INSERT INTO {quote(table)} ({', '.join(map(quote, names))})"
                cursor.executemany(f"{into} VALUES ({', '.join(['%s'] * len(names))})", list(rows.values()))
        for name, content in self.files.items():
            path = Path(settings.ORTAQ_DATA) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def everything() -> Rows:
    """All rows of all tables by primary key, which is the first column."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for table, names in _tables().items():
            cursor.execute(f"SELECT {', '.join(map(connection.ops.quote_name, names))} FROM {table}")
            found[table] = {row[0]: tuple(row) for row in cursor.fetchall()}
    return found


@cache
def _tables() -> dict[str, list[str]]:
    """Every table that is there, and its columns, the primary key before the others."""
    there = set(connection.introspection.table_names())
    found = {}
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if meta.db_table in there and not meta.proxy and meta.pk is not None:
            others = [field for field in meta.local_concrete_fields if field is not meta.pk]
            found[meta.db_table] = [str(field.column) for field in (meta.pk, *others)]
    return found


def empty_folders() -> None:
    for name in FOLDERS:
        shutil.rmtree(Path(settings.ORTAQ_DATA) / name, ignore_errors=True)
