"""The demo node: two sides, their accounts, places, acts and objects, all through the actions of the engine."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext as _

from ortaq.demo import afterwards, examples, facts, proposals, sides, units
from ortaq.engine import access, actions
from ortaq.engine.ids import ALPHABET
from ortaq.engine.traced import IN_REVIEW
from ortaq.imports import actions as imports
from ortaq.imports.mapping import Mapping
from ortaq.people import access as people_access
from ortaq.people import actions as people
from ortaq.people import consent
from ortaq.people.actors import Member

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Account:
    """A demo account with the password of this run."""

    email: str
    password: str
    role: str
    country: str
    organisation: str


class Incomplete(RuntimeError):
    """A row of the demo's own data was refused: the data and the rules of a kind do not agree."""


def build(progress: Progress = lambda text: None) -> list[Account]:
    """Fills a node that was just initialised; returns the accounts that it made."""
    progress(_("Organisations and accounts"))
    made = [account for side in sides.SIDES for account in _people(side)]
    members = {account.email: _member(account.email) for account in made}
    for side in sides.SIDES:
        editor, officer = members[side.email("editor")], members[side.email("officer")]
        progress(_("Places, acts and objects: %(country)s") % {"country": side.country})
        units.create(officer, side.country)
        _load(officer, side.country, "acts", _read("acts.csv"), "legal_act", "published")
        _load(editor, side.country, "objects", facts.objects(), "heritage_object", IN_REVIEW)
        _publish(officer, side.country)
    progress(_("Works, surveys, research, materials, people and events"))
    writing = {
        side.country: examples.Side(members[side.email("editor")], members[side.email("officer")])
        for side in sides.SIDES
    }
    refs = examples.create(writing)
    progress(_("Proposals between the sides"))
    specialists = {side.country: members[side.email("specialist")] for side in sides.SIDES}
    for country, specialist in specialists.items():
        proposals.create(specialist, country)
    afterwards.create(writing, specialists, refs)
    return made


def accounts() -> list[Account]:
    """The demo accounts of a node that was built before, each with a new password; none on any other node."""
    found = []
    for side in sides.SIDES:
        for person in side.people:
            password = draw()
            if people.set_password(person.email, password):
                organisation = side.name_of(person.organisation)
                found.append(Account(person.email, password, person.role, side.country, organisation))
    return found


def table(made: list[Account]) -> str:
    """The accounts for the terminal, one a line."""
    if not made:
        return _("This node has no demo accounts.")
    rows = [(_("e-mail"), _("password"), _("role"), _("country"), _("organisation"))]
    rows += [(a.email, a.password, a.role, a.country, a.organisation) for a in made]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def draw() -> str:
    """A password that can be read aloud: three groups of four letters and digits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _n in range(4)) for _group in range(3))


def _people(side: sides.Side) -> list[Account]:
    """The organisations of a side, made by the node itself, and the accounts in them."""
    known = {slug: people.add_organisation(data).id for slug, data in side.organisations.items()}
    made = []
    for person in side.people:
        password, organisation = draw(), known.get(person.organisation)
        user = people.add_user(person.email, password, language=person.language)
        consent.accept(user, person.language)
        people.give_role(None, user, person.role, organisation=organisation, country=side.country)
        made.append(Account(person.email, password, person.role, side.country, side.name_of(person.organisation)))
    return made


def _member(email: str) -> Member:
    found = people_access.of_email(email)
    if found is None:
        raise Incomplete(email)
    return found


def _load(member: Member, country: str, name: str, table: str, kind: str, state: str) -> None:
    """Imports the rows of one country from a table by ``data/<name>.toml``; the demo's own data must come in whole."""
    mapping = Mapping.parse(f'only = {{ country = "{country}" }}\n{_read(f"{name}.toml")}')
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.csv"
        file.write_text(table, "utf-8")
        report = imports.run(member, file, mapping, kind=kind, owner=member.organisation, state=state)
    if report.rejected:
        raise Incomplete(str(report))


def _read(name: str) -> str:
    return (files("ortaq.demo") / "data" / name).read_text("utf-8")


def _publish(officer: Member, country: str) -> None:
    """The officer of a country publishes what its editor sent to review."""
    waiting = access.visible(officer).filter(state=IN_REVIEW, country=country).order_by("id")
    for id_ in waiting.values_list("id", flat=True):
        actions.publish(officer, id_)
