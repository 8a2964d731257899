"""SQLite with writers that wait in line.

SQLite's own wait for the write lock is by sleeping and trying again, so a save can wait seconds behind an import.
Here every transaction first takes a file lock, whose waiters the kernel wakes, and only then begins. Reads take
nothing. Writes outside ``atomic()`` do not stand in line: actions open their transactions.

Never open the database file itself in a process that has a connection to it, not even to copy it: closing such a
second opening drops the locks that SQLite holds for the whole process.
"""

from __future__ import annotations

import os
from typing import Any

from django.db.backends.sqlite3 import base as django_base

from ortaq.engine.db.sqlite.turn import Turn


class DatabaseWrapper(django_base.DatabaseWrapper):
    only_reads = False  # set by ``snapshot`` around its transaction

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._turn = Turn()

    def _take_turn(self) -> None:
        self._turn.take(f"{self.settings_dict['NAME']}.lock")  # read late: a test run renames the database

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Switching a database to WAL needs it alone, so the first connections are made one at a time."""
        if self.is_in_memory_db() or os.path.exists(f"{self.settings_dict['NAME']}-wal"):
            return super().get_new_connection(conn_params)
        self._take_turn()
        try:
            return super().get_new_connection(conn_params)
        finally:
            self._turn.give()

    def _start_transaction_under_autocommit(self) -> None:
        if self.only_reads:
            self.cursor().execute("BEGIN DEFERRED")
            return
        if not self.is_in_memory_db():
            self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._turn.give()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            if self.connection is None or not self.connection.in_transaction:
                self._turn.give()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._turn.give()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._turn.close()
