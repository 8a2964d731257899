"""A second data folder in a process of its own: what a bundle finds where it arrives.

Reads one JSON command a line and answers with one line. The class below is the test's side.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


class Second:
    """``second.receive(file)`` runs ``receive`` over there; a Problem comes back as ``{"problem": code, …}``."""

    def __init__(self, folder: Path, database: str, kinds: Path) -> None:
        environment = {
            **os.environ,
            "ORTAQ_DATA": str(folder),
            "ORTAQ_DATABASE": database,
            "ORTAQ_KINDS": str(kinds),
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }
        command = [sys.executable, "-W", "error", "-m", "tests.exchange.second"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._process = subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes)  # type: ignore[call-overload]
        self.folder = folder

    def __getattr__(self, name: str) -> Callable[..., Any]:
        return lambda *args: self.ask(name, *args)

    def ask(self, name: str, *args: Any) -> Any:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps([name, *map(_plain, args)]) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the second process ended"
        return json.loads(answer)

    def close(self) -> None:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._process.stdout.close()


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
def another_database(url: str) -> Iterator[str]:
    """A new database on the server of ``url``; without one, SQLite takes a file in its folder."""
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
def second_folder(folder: Path, url: str | None = None) -> Iterator[Second]:
    """A running second process; its database is on the server of ``url``, or like that of the test run."""
    kinds = folder / "kinds"
    kinds.mkdir()
    (kinds / "parcel.py").write_text(KINDS)
    with another_database(os.environ.get("ORTAQ_DATABASE", "") if url is None else url) as database:
        second = Second(folder / "data", database, kinds)
        try:
            yield second
        finally:
            second.close()


def _plain(value: Any) -> Any:
    return value if isinstance(value, list | int | None) else str(value)


def fresh() -> None:
    """An empty folder without a node."""
    from ortaq.engine import models
    from ortaq.engine.traced import TYPES

    own: list[Any] = [models.Revision, models.ClosedPart, models.Token, models.Link, models.Denied, models.Entry]
    for model in [*own, *TYPES.values()]:
        model._default_manager.all().delete()
    models.Log.objects.update(node=None, epoch=0, seq=0, head="", position=0)


def receive(file: str) -> Any:
    from ortaq.engine.problems import Problem
    from ortaq.exchange import bundle

    try:
        return vars(bundle.receive(Path(file)))
    except Problem as problem:
        return {"problem": problem.code, "text": problem.text}


def export(file: str, audience: list[str] | None) -> int:
    from ortaq.exchange import bundle

    return bundle.export(Path(file), audience=frozenset(audience) if audience is not None else None)


def row(type_: str, id_: str) -> Any:
    return row_of(type_, id_)


def row_of(type_: str, id_: str) -> Any:
    """Everything that must be the same on both sides, as JSON."""
    from ortaq.engine import models
    from ortaq.engine.checking import rows
    from ortaq.engine.traced import TYPES

    thing = TYPES[type_]._default_manager.filter(id=id_).first()
    if thing is None:
        return None
    derived = [getattr(thing, name) for name in rows.DERIVED] if isinstance(thing, models.Record) else []
    links = models.Link.objects.filter(source=id_).values_list("part", "row", "role", "target", "uri")
    return {
        "body": thing.to_body(),
        "origin": str(thing.origin),
        "revision": thing.revision,
        "parts": thing.parts,
        "updated": thing.updated.isoformat(),
        "derived": derived,
        "tokens": sorted(map(list, models.Token.objects.filter(thing=id_).values_list("part", "token"))),
        "links": sorted([*map(str, link)] for link in links),
    }


def kept(id_: str) -> Any:
    """Revision -> (has a text, is erased), and the closed parts whose content is here."""
    from ortaq.engine.models import ClosedPart, Revision

    revisions = Revision.objects.filter(thing=id_).values_list("number", "body", "erased")
    parts = ClosedPart.objects.filter(thing=id_, content__isnull=False).values_list("name", flat=True)
    return {
        "revisions": {number: [body is not None, erased is not None] for number, body, erased in revisions},
        "parts": sorted(parts),
    }


def counts() -> Any:
    from ortaq.engine import models

    tables = [models.Entry, models.Revision, models.ClosedPart, models.Token, models.Link, models.Record, models.Denied]
    return [model._default_manager.count() for model in tables]


def told() -> Any:
    """How many entries have a header."""
    from ortaq.engine.models import Entry

    return Entry.objects.exclude(header="").count()


def view(id_: str) -> Any:
    """What everybody reads of a record there, or how it is refused."""
    from ortaq.engine import access
    from ortaq.engine.problems import Absent, Gone

    try:
        return access.get(access.PUBLIC, id_).data
    except (Absent, Gone) as error:
        return type(error).__name__


def check() -> Any:
    from ortaq.engine.check import check as check_all

    return [[finding.code, finding.where] for finding in check_all()]


def begin(prefix: str) -> int:
    """Makes the folder a node of its own."""
    import shutil

    from django.conf import settings

    from ortaq.engine import keys, log, node

    shutil.rmtree(settings.ORTAQ_DATA / "keys", ignore_errors=True)
    keys.load.cache_clear()
    node.init(prefix, "KZ", "Second")
    return log.head().seq


def give_a_role() -> None:
    """The smallest action: one small traced row, read and written as any other."""
    from ortaq.engine import log
    from ortaq.people.models import Role

    node = log.node_id()
    role = Role(origin=node, owner=node, holder=uuid.uuid4(), role="citizen", country="KZ", audience=["public"])
    log.write(role, "assign", log.Behalf(node))


def race(threads: int, actions: int, lock: str) -> Any:
    """Many threads act with random waits before the commit while a consumer reads; what it saw, and what went wrong."""
    from django.db import connections

    from ortaq.engine import consumers, db

    real = db.lock_log
    if lock == "without":
        db.lock_log = lambda connection: None
    seen: list[int] = []
    failures: list[str] = []
    over = threading.Event()

    def consume() -> None:
        position, last = 0, False
        while True:
            entries = consumers.after(position)
            seen.extend(entry.seq for entry in entries)
            position = entries[-1].position if entries else position
            if last and not entries:
                break
            last = over.is_set()
            time.sleep(0.005)
        connections.close_all()

    consumer = threading.Thread(target=consume)
    writers = [threading.Thread(target=_act, args=(actions // threads, failures)) for _ in range(threads)]
    for thread in [consumer, *writers]:
        thread.start()
    for thread in writers:
        thread.join()
    over.set()
    consumer.join()
    db.lock_log = real
    return {"seen": seen, "failures": failures}


def _act(count: int, failures: list[str]) -> None:
    from django.db import DatabaseError, connections, transaction

    for _ in range(count):
        try:
            with transaction.atomic():
                time.sleep(random.random() * 0.004)
                give_a_role()
                time.sleep(random.random() * 0.001)
        except DatabaseError as error:
            failures.append(type(error).__name__)
    connections.close_all()


def backup_while_writing(file: str) -> Any:
    """Entries before, and after, a backup during which somebody writes without a pause."""
    from django.db import connections, transaction

    from ortaq.engine import log
    from ortaq.engine.backup import backup

    over = threading.Event()

    def write() -> None:
        while not over.is_set():
            with transaction.atomic():
                give_a_role()
        connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    while log.head().seq < 40:
        time.sleep(0.01)
    before = log.head().seq
    backup(Path(file))
    after = log.head().seq
    over.set()
    writer.join()
    return [before, after]


def rows_until(position: int) -> Any:
    """Every row of every table that the first ``position`` entries speak of, by table."""
    from ortaq.engine import models
    from ortaq.engine.backup import _values
    from ortaq.engine.traced import TYPES

    entries = models.Entry.objects.filter(position__lte=position)
    things = [thing for thing in entries.values_list("thing", flat=True) if thing]
    found = {
        "entry": entries,
        "revision": models.Revision.objects.filter(entry__in=entries),
        "token": models.Token.objects.filter(thing__in=things),
        "part": models.ClosedPart.objects.filter(thing__in=things),
        **{name: model._default_manager.filter(id__in=things) for name, model in TYPES.items() if name != "node"},
    }
    return {name: [_values(row) for row in rows.order_by("pk")] for name, rows in found.items()}


def head() -> Any:
    from ortaq.engine import log

    end = log.head()
    return [end.epoch, end.seq, end.position]


def store(content: str) -> str:
    from ortaq.engine import store as files

    return files.add(content.encode(), "note.txt").digest


def stored(digest: str) -> str:
    from ortaq.engine import store as files

    with files.open(digest) as file:
        return file.read().decode()


def restore(file: str) -> Any:
    from ortaq.engine.backup import restore as restore_backup
    from ortaq.engine.problems import Problem

    try:
        return restore_backup(Path(file))
    except Problem as problem:
        return {"problem": problem.code}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ortaq.site.settings")
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    for alias in connections:
        call_command("migrate", database=alias, verbosity=0)
    for line in sys.stdin:
        name, *args = json.loads(line)
        print(json.dumps(globals()[name](*args), default=str), flush=True)
    connections.close_all()


if __name__ == "__main__":
    main()
