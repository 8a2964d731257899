"""Where tables lie: the read log in a file of its own on SQLite, everything else in the one database."""

from __future__ import annotations

from typing import Any

from django.conf import settings

READS = "reads"
READ_LOG = "read"


class Router:
    """See Django's database routers. On PostgreSQL there is one database and nothing to route."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return READS if model._meta.model_name == READ_LOG and READS in settings.DATABASES else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: Any) -> bool:
        if READS not in settings.DATABASES:
            return True
        return (model_name == READ_LOG) == (db == READS)
