"""A second data folder in a process of its own: what a bundle finds where it arrives.

Reads one JSON command a line and answers with one line. The class below is the test's side.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Callable
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


def _plain(value: Any) -> Any:
    return value if isinstance(value, list | int | None) else str(value)


def fresh() -> None:
    """An empty folder without a node."""
    from ortaq.engine import models
    from ortaq.engine.traced import TYPES

    own = [models.Revision, models.ClosedPart, models.Token, models.Link, models.Denied, models.Entry]
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


def begin(prefix: str) -> str:
    """Makes the folder a node of its own."""
    import shutil

    from django.conf import settings

    from ortaq.engine import keys, node

    shutil.rmtree(settings.ORTAQ_DATA / "keys", ignore_errors=True)
    keys.load.cache_clear()
    node.init(prefix, "KZ", "Second")
    return base64.b64encode(keys.load(settings.ORTAQ_DATA / "keys/node.ed25519").public).decode()


def restore(file: str) -> int:
    from ortaq.engine.backup import restore as restore_backup

    return restore_backup(Path(file))


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ortaq.site.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    for line in sys.stdin:
        name, *args = json.loads(line)
        print(json.dumps(globals()[name](*args), default=str), flush=True)
    from django.db import connections

    connections.close_all()


if __name__ == "__main__":
    main()
