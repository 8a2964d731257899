"""Backup and restore: one file with everything that cannot be made again, whatever database it came from.

A zip of ``backup.json``, ``tables/<model>.jsonl`` (one row a line), ``keys/…`` and ``files/…``. Sessions, the search
index and settings are not in it. It holds secrets: mode 0600.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ortaq.engine import db, keys, log, node, store
from ortaq.engine.models import Beat, Entry, Log, StoredFile
from ortaq.engine.problems import Problem

FORMAT = 1
BATCH = 500
LONGEST_LINE = 64 << 20
MADE_ANEW = frozenset({"sessions", "contenttypes", "usersessions"})
ALSO_MADE_ANEW = frozenset({"auth.permission", "auth.group", "auth.group_permissions"})


def backup(file: Path) -> int:
    """Writes the backup while others go on writing; returns the number of rows. Replaces ``file`` at the end only."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as bag, db.snapshot():
                count = _write(bag)
            out.flush()
            os.fsync(out.fileno())
        os.replace(draft, file)
    finally:
        draft.unlink(missing_ok=True)
    return count


def restore(file: Path) -> int:
    """Fills an empty, migrated folder and begins a new epoch; returns the number of rows. Raises Problem."""
    if log.head().node is not None or Entry.objects.exists() or _key_files():
        message = _("A backup is restored into an empty folder. Choose another folder with --data.")
        raise Problem("not_empty", message)
    try:
        with zipfile.ZipFile(file) as bag:
            about = json.loads(bag.read("backup.json"))
            if about.get("format") != FORMAT:
                raise Problem("format", _("This backup was made by a newer Ortaq. Install that version first."))
            _restore_files(bag)
            with transaction.atomic():
                count = _load(bag)
                _restore_keys(bag)
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, ValueError, DatabaseError, ValidationError) as error:
        message = _("This is not a whole backup: %(reason)s")
        raise Problem("backup", message, reason=error) from error
    keys.load.cache_clear()
    if log.head().node is not None:
        node.begin_epoch()
    return count


def tables() -> list[type[models.Model]]:
    """The models of a backup: all but what is made anew in every folder."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        made_anew = meta.app_label in MADE_ANEW or meta.label_lower in ALSO_MADE_ANEW or model is Beat
        if not (made_anew or meta.proxy or not meta.managed):
            found.append(model)
    return found


def _write(bag: zipfile.ZipFile) -> int:
    head = log.head()
    about = {"format": FORMAT, "made": timezone.now().isoformat(), "node": str(head.node or ""), "epoch": head.epoch}
    bag.writestr("backup.json", json.dumps(about, indent=1))
    count = 0
    for model in tables():
        with bag.open(f"tables/{model._meta.label_lower}.jsonl", "w", force_zip64=True) as out:
            for row in model._base_manager.order_by("pk").iterator(chunk_size=BATCH):
                out.write(json.dumps(_values(row), ensure_ascii=False).encode() + b"\n")
                count += 1
    for path in (Path(settings.ORTAQ_DATA) / "keys").glob("*"):
        bag.write(path, f"keys/{path.name}")
    for digest in StoredFile.objects.order_by("digest").values_list("digest", flat=True).iterator():
        if store.path(digest).exists():  # what is missing already is for ``check`` to say
            bag.write(store.path(digest), f"files/{digest}")
    return count


def _values(row: models.Model) -> dict[str, Any]:
    return {field.attname: _value(field, row) for field in row._meta.concrete_fields}


def _value(field: models.Field[Any, Any], row: models.Model) -> Any:
    value = getattr(row, field.attname)
    if value is None or isinstance(field, models.JSONField) or isinstance(value, bool | int | float | str):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64encode(bytes(value)).decode()
    return field.value_to_string(row)


def _load(bag: zipfile.ZipFile) -> int:
    known = {f"tables/{model._meta.label_lower}.jsonl": model for model in tables()}
    given = [name for name in bag.namelist() if name.startswith("tables/")]
    if set(given) - set(known):
        raise Problem("format", _("This backup was made by a newer Ortaq. Install that version first."))
    Log.objects.all().delete()
    count = 0
    for name in given:
        with bag.open(name) as lines:
            count += _load_table(known[name], lines)
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), list(known.values())):
            cursor.execute(sql)
    return count


def _load_table(model: type[models.Model], lines: IO[bytes]) -> int:
    stamped = any(getattr(f, "auto_now", False) or getattr(f, "auto_now_add", False) for f in model._meta.fields)
    count, batch = 0, []
    for line in _lines(lines):
        row = _row(model, json.loads(line))
        count += 1
        if stamped:
            row.save_base(raw=True, force_insert=True)  # the only way to keep a moment that Django would set anew
            continue
        batch.append(row)
        if len(batch) == BATCH:
            model._base_manager.bulk_create(batch)
            batch = []
    model._base_manager.bulk_create(batch)
    return count


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    while line := file.readline(LONGEST_LINE):
        yield line


def _row(model: type[models.Model], values: dict[str, Any]) -> models.Model:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    if set(values) - set(fields):
        raise Problem("format", _("This backup was made by a newer Ortaq. Install that version first."))
    return model(**{name: _python(fields[name], value) for name, value in values.items()})


def _python(field: models.Field[Any, Any], value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    return field.to_python(value)


def _restore_files(bag: zipfile.ZipFile) -> None:
    for name in bag.namelist():
        if name.startswith("files/"):
            with bag.open(name) as stream:
                digest, _size = store.put(stream)  # type: ignore[arg-type]
            if digest != name.removeprefix("files/"):
                raise Problem("backup", _("A file in the backup is damaged: %(name)s"), name=digest)


def _restore_keys(bag: zipfile.ZipFile) -> None:
    """Last before the commit, so that a folder with a node's key is one with the node."""
    folder = Path(settings.ORTAQ_DATA) / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in bag.namelist():
        last = name.removeprefix("keys/")
        if name.startswith("keys/") and "/" not in last and not last.startswith("."):
            with os.fdopen(os.open(folder / last, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                out.write(bag.read(name))
                out.flush()
                os.fsync(out.fileno())


def _key_files() -> list[Path]:
    """The node's keys; the secret for sessions is drawn with every folder and is no sign of a node."""
    folder = Path(settings.ORTAQ_DATA) / "keys"
    return sorted(p for p in folder.glob("*") if p.is_file() and p.name != "secret") if folder.is_dir() else []
