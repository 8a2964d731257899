"""``python -m tests.crash.drive write|import|index KILLS SEED``: kills, looks, and prints what was found as JSON.

Runs in a process of its own, on the data folder and database of the environment. A node lives through
``LIFE`` deaths, then a fresh copy takes its place, so that the whole check after every death stays short.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LIFE = 20
ROWS, BATCH = 60, 8  # small transactions, so that many of them can be broken off
MAPPING = """
lang = "en"
[[column]]
name = "country"
field = "country"
[[column]]
name = "name"
field = "names.name"
lang = "kk"
set = { kind = "official" }
[[column]]
name = "type"
field = "object_type"
[[column]]
name = "unit"
field = "admin_unit"
[[column]]
name = "date"
field = "dating.date"
[[column]]
name = "owner"
field = "ownership.owner"
[[column]]
name = "source"
field = "sources.source"
[place]
lat = "lat"
lon = "lon"
precision = "10km"
"""


@dataclass
class Story:
    """One run: ``wrong`` stays empty when all is well; ``seen`` counts what happened, so that a test can ask for it."""

    draw: random.Random
    node: Any
    kills: int = 0
    acknowledged: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def count(self, what: str, by: int = 1) -> None:
        self.seen[what] = self.seen.get(what, 0) + by

    def look(self, *looks: Callable[..., list[str]]) -> None:
        from tests.crash import looks as all_looks
        from tests.crash.ground import ask

        found = ask(all_looks.node, self.acknowledged)
        for look in looks:
            found += ask(look)
        self.wrong += [f"after death {self.kills}: {what}" for what in found]

    def died(self) -> None:
        """One more death; every ``LIFE`` of them a fresh node takes over."""
        self.kills += 1
        if self.kills % LIFE == 0:
            self.renew()

    def renew(self) -> None:
        self.node.fresh()
        self.acknowledged = []


def writing(story: Story) -> None:
    """Somebody writes and is killed."""
    from tests.crash import victims
    from tests.crash.ground import start

    child = start(victims.write, story.draw.random())
    child.work(story.draw.randint(0, 6), story.draw)
    if not child.kill():
        story.wrong.append("the writer ended by itself")
    story.acknowledged += child.said
    story.count("acknowledged", len(child.said))
    story.look()
    story.died()


def importing(story: Story) -> None:
    """An import is killed; then it is undone, or goes on in the next turn, which may be killed again."""
    from tests.crash import looks, victims
    from tests.crash.ground import ask, start

    file, mapping = table(story.node.folder.parent)
    child = start(victims.bring_in, file, mapping)
    child.work(story.draw.randint(0, 7), story.draw)
    killed = child.kill()
    finished = bool(child.said) and child.said[-1].startswith("end")
    if not killed and not finished:
        story.wrong.append("the import ended with an error")
    story.look(looks.ledger)
    rows, _records = ask(looks.half_import)
    if finished:
        story.count("finished")
        story.count("continued to the end", int(int(child.said[-1].split()[2]) == ROWS))
        story.renew()
    elif 0 < rows < ROWS:
        story.count("half done")
        if story.draw.random() < 0.4:
            story.count("undone")
            story.look(looks.undo, looks.ledger)
    if killed:
        story.died()


def indexing(story: Story) -> None:
    """The worker is killed while somebody writes, and then the writer."""
    from tests.crash import looks, victims
    from tests.crash.ground import start

    writer, worker = start(victims.write, story.draw.random()), start(victims.follow)
    writer.work(story.draw.randint(1, 8), story.draw)
    if not worker.kill():
        story.wrong.append("the worker ended by itself")
    writer.kill()
    story.acknowledged += writer.said
    story.count("acknowledged", len(writer.said))
    story.look(looks.index)
    story.died()


STORIES = {"write": writing, "import": importing, "index": indexing}


def table(folder: Path) -> tuple[Path, Path]:
    """The table to import and its mapping, made once."""
    file, mapping = folder / "monuments.csv", folder / "monuments.toml"
    if not mapping.exists():
        lines = ["country,name,type,unit,date,owner,source,lat,lon"]
        for n in range(ROWS):
            lines.append(f"KZ,Кесене {n},mausoleum,kz-turkistan,XIV в.,Иесі {n},Survey {n},{43 + n / 1000},68.5")
        file.write_text("\n".join(lines), "utf-8")
        mapping.write_text(MAPPING, "utf-8")
    return file, mapping


def people() -> None:
    """The node that every life begins with: the cast of the tests."""
    from django.core.management import call_command

    from tests.cast import Cast

    call_command("migrate", verbosity=0, interactive=False)
    Cast()


def warm() -> None:
    """Imports and tables that every child needs, without opening database or index."""
    import django

    django.setup()
    from django.conf import settings

    from ortaq.engine import kinds, terms
    from ortaq.engine.fields.base import Context
    from ortaq.imports import steps
    from ortaq.search.analysis import streams
    from ortaq.search.schema import LANGUAGES
    from tests.cast import monument_data
    from tests.crash import looks, victims

    steps.FIRST_BATCH, steps.SMALLEST, steps.LARGEST = BATCH, BATCH, BATCH
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    assert looks and victims
    for name in ("object_type", "name_kind", "admin_unit"):
        list(terms.source().terms(name))
    kind = kinds.get("heritage_object")
    assert kind is not None
    kind.clean(monument_data(), Context(lang="kk", country="KZ", publishing=True))
    for lang in LANGUAGES:
        streams("кесене mausoleum", lang, title=True)


def main(name: str, kills: int, seed: int) -> None:
    from tests.crash.ground import Node

    warm()
    node = Node(Path(os.environ["ORTAQ_DATA"]))
    node.make(people)
    story = Story(random.Random(seed), node)
    while story.kills < kills and len(story.wrong) < 5:
        STORIES[name](story)
    print(json.dumps({"kills": story.kills, "wrong": story.wrong, "seen": story.seen}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
