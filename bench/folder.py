"""A throwaway node to measure on, with two organisations, their editors and some legal acts."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from ortaq.people.actors import Member

EMAIL, PASSWORD = "officer@example.org", "only-for-bench-7"
SECOND = "second@example.org"
NARROW = "narrow@example.org"


@dataclass
class Bench:
    """``officer`` and ``second`` may create and publish in both countries, and not each alone what needs two.

    ``narrow`` edits for the second organisation only. ``acts`` are permanent numbers of legal acts.
    """

    folder: Path
    officer: Member
    second: Member
    narrow: Member
    owners: list[UUID] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)


@contextmanager
def node() -> Iterator[Bench]:
    """A fresh node in its own folder, removed at the end. ``ORTAQ_DATABASE`` is taken as it is, and must be empty.

    Django is set up here: only one node a process.
    """
    folder = Path(tempfile.mkdtemp(prefix="ortaq-bench-"))
    os.environ["ORTAQ_DATA"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ortaq.site.settings")
    try:
        import django

        django.setup()
        from ortaq.cli.shared import ready

        ready()
        yield _people(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _people(folder: Path) -> Bench:
    from ortaq.engine import actions
    from ortaq.engine import node as nodes
    from ortaq.people import actions as people
    from ortaq.people.actors import member

    nodes.init("BENCH", "KZ", "Bench")
    users = [people.add_user(email, PASSWORD) for email in (EMAIL, SECOND)]
    narrow, owners = people.add_user(NARROW, PASSWORD), []
    for country, lang, name in (("KZ", "kk", "Мұра басқармасы"), ("AZ", "az", "İrs idarəsi")):
        title = {"name": {"text": name, "lang": lang}, "kind": "official"}
        organisation = people.add_organisation({"country": country, "names": [title], "sort": "ministry"})
        for user in users:
            people.give_role(None, user, "officer", organisation=organisation.id)
        owners.append(organisation.id)
    people.give_role(None, narrow, "editor", organisation=owners[-1])
    bench = Bench(folder, member(users[0]), member(users[1]), member(narrow), owners)
    for number in range(10):
        act = actions.create(bench.officer, "legal_act", _act(number), owner=_owner(bench))
        bench.acts.append(actions.publish(bench.officer, act.id).pid or "")
    return bench


def signed_in(email: str) -> Any:
    """A client of ``email``; its session is in the database of the node."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(get_user_model().objects.get(email=email))
    return client


def cookie(client: Any) -> dict[str, str]:
    """The header that asks as ``client`` over HTTP."""
    return {"Cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())}


def _owner(bench: Bench) -> Any:
    return bench.officer.organisation


def _act(number: int) -> dict[str, Any]:
    return {
        "country": "KZ",
        "names": [{"name": {"text": f"Тізім туралы қаулы {number}", "lang": "kk"}, "kind": "official"}],
    }
