"""What is killed: people who write, an import, the worker of the index."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ortaq.engine import access, actions
from ortaq.engine.models import Entry, Record
from ortaq.people.access import of_email
from ortaq.people.actors import Member
from tests.cast import monument_data

Say = Callable[[str], Any]
WORDS = ("кесене", "мұнара", "мешіт", "қорған", "türbə", "minarə", "мавзолей", "mausoleum")


def person(name: str) -> Member:
    found = of_email(f"{name}@example.org")
    assert found is not None
    return found


def write(say: Say, seed: int) -> None:
    """Acts without end; each action that came back is said as ``thing revision digest-of-its-entry``."""
    draw = random.Random(seed)
    aigerim, dana, leyla = person("aigerim"), person("dana"), person("leyla")
    while True:
        record = create(aigerim, draw)
        acknowledge(say, record)
        acknowledge(say, actions.submit(aigerim, record.id))
        acknowledge(say, actions.publish(dana, record.id))
        for _ in range(draw.randint(1, 3)):
            acknowledge(say, revise(aigerim, record, draw))
        if draw.random() < 0.5:
            data = access.get(leyla, record.id).data | {"summary": {"az": {"text": sentence(draw)}}}
            now = Record.objects.get(id=record.id).revision
            proposal = actions.propose(leyla, record.id, data, base_revision=now, reason="təklif")
            acknowledge(say, proposal)
            acknowledge(say, actions.accept(aigerim, proposal.id))
        if draw.random() < 0.3:
            acknowledge(say, actions.narrow(aigerim, Record, record.id, ["registered"], reason="тексеру"))
        if draw.random() < 0.3:
            acknowledge(say, actions.withdraw(aigerim, Record, record.id, reason="қате"))


def acknowledge(say: Say, thing: Any) -> None:
    entry = Entry.objects.get(thing=thing.id, revision=thing.revision)
    say(f"{thing.id} {thing.revision} {entry.digest}")


def create(actor: Member, draw: random.Random) -> Record:
    names = [{"name": {"text": f"{sentence(draw)} {draw.randint(1, 999)}", "lang": "kk"}, "kind": "official"}]
    assert actor.organisation is not None
    return actions.create(actor, "heritage_object", monument_data(names=names), owner=actor.organisation)


def revise(actor: Member, record: Record, draw: random.Random) -> Record:
    """Changes open text, and now and then a closed part."""
    view = access.get(actor, record.id)
    data = view.data | {"summary": {"kk": {"text": sentence(draw)}}}
    if draw.random() < 0.5:
        data = data | {"ownership": [{"_id": "ownrow", "owner": {"name": sentence(draw)}}]}
    return actions.revise(actor, record.id, data, base_revision=view.record.revision)


def sentence(draw: random.Random) -> str:
    return " ".join(draw.choices(WORDS, k=3))


def bring_in(say: Say, file: Path, mapping: Path) -> None:
    """Imports ``file``; says the number of rows done after each transaction, and ``end`` with what came of it."""
    from ortaq.imports import actions as imports
    from ortaq.imports.mapping import Mapping

    aigerim = person("aigerim")
    report = imports.run(
        aigerim,
        file,
        Mapping.read(mapping),
        kind="heritage_object",
        owner=aigerim.organisation,
        progress=lambda done, _total: say(str(done)),
    )
    say(f"end {report.run} {report.created} {report.rejected}")


def follow(say: Say) -> None:
    """The worker, without end."""
    from ortaq.search import worker

    worker.run()
