"""The people of the tests, by name, on one node that two countries share.

Aigerim edits for the Turkistan museum (KZ), Bolat is her colleague, Dana the officer of
the Kazakh ministry, Yerlan an inspector in Turkistan region, Leyla edits for the Sheki
reserve (AZ), Murad is the officer of the Azerbaijani ministry, Nigar a verified
specialist, Timur a registered citizen, Sasha the system administrator. The stranger is
nobody.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any
from uuid import UUID

from ortaq.engine import actions, keys, log, node
from ortaq.engine.access import PUBLIC, Reader
from ortaq.engine.models import Record
from ortaq.people import actions as people
from ortaq.people import consent
from ortaq.people.actors import Member, member
from ortaq.people.models import User
from tests.kept import Kept, empty_folders, everything

KEPT: dict[str, tuple[Kept, str, dict[str, UUID]]] = {}  # prefix -> rows, recovery key, organisations
PASSWORD = "only-for-tests-7"
PEOPLE: dict[str, tuple[str, str, str, str]] = {
    # name: (role, organisation, region, language)
    "aigerim": ("editor", "museum", "", "kk"),
    "bolat": ("editor", "museum", "", "kk"),
    "dana": ("officer", "kz_ministry", "", "ru"),
    "yerlan": ("inspector", "kz_ministry", "kz-turkistan", "kk"),
    "leyla": ("editor", "reserve", "", "az"),
    "murad": ("officer", "az_ministry", "", "az"),
    "nigar": ("specialist", "", "", "az"),
    "timur": ("citizen", "", "", "ru"),
    "sasha": ("system_admin", "", "", "en"),
}
ORGANISATIONS = {
    "museum": ("KZ", "kk", "Түркістан музейі", "museum"),
    "kz_ministry": ("KZ", "kk", "Мәдениет министрлігі", "ministry"),
    "reserve": ("AZ", "az", "Şəki qoruğu", "reserve"),
    "az_ministry": ("AZ", "az", "Mədəniyyət Nazirliyi", "ministry"),
}


class Cast:
    """``cast.aigerim`` is a reader who may act; ``cast.museum`` the UUID of an organisation."""

    def __init__(self, prefix: str = "TEST") -> None:
        empty_folders()
        keys.load.cache_clear()
        if prefix not in KEPT:
            before = everything()
            recovery = node.init(prefix, "KZ", "Test node")
            self.organisations = {slug: self._organisation(*what) for slug, what in ORGANISATIONS.items()}
            for name, what in PEOPLE.items():
                self._user(name, *what)
            KEPT[prefix] = Kept.since(before), recovery, self.organisations
        else:
            KEPT[prefix][0].put_back()
        _rows, self.recovery, organisations = KEPT[prefix]
        self.organisations = dict(organisations)
        self.users = {user.email.partition("@")[0]: user for user in User.objects.all()}

    def __getattr__(self, name: str) -> Any:
        if name in PEOPLE:
            return member(self.users[name])
        if name in ORGANISATIONS:
            return self.organisations[name]
        raise AttributeError(name)

    @cached_property
    def stranger(self) -> Reader:
        return PUBLIC

    def readers(self) -> dict[str, Reader]:
        """Everybody by name, the stranger too."""
        return {"stranger": PUBLIC, **{name: member(user) for name, user in self.users.items()}}

    def monument(self, *, state: str = "published", by: Member | None = None, **changes: Any) -> Record:
        """A heritage object of the museum: created by Aigerim, published by Dana."""
        by = by or self.aigerim
        owner = by.organisation or self.museum
        record = actions.create(by, "heritage_object", monument_data(**changes), owner=owner)
        if state == "published":
            officer = self.dana if record.country == "KZ" else self.murad
            actions.submit(by, record.id)
            record = publish_as(officer, record)
        return record

    def _organisation(self, country: str, lang: str, name: str, sort: str) -> UUID:
        """Made by the node itself, as ``ortaq init`` and the demo do before anybody has a role."""
        data = {
            "country": country,
            "names": [{"name": {"text": name, "lang": lang}, "kind": "official"}],
            "sort": sort,
        }
        return people.add_organisation(data).id

    def _user(self, name: str, role: str, organisation: str, region: str, language: str) -> None:
        user = people.add_user(f"{name}@example.org", PASSWORD, language=language)
        consent.accept(user, language)
        country = "AZ" if name in ("leyla", "murad", "nigar") else "KZ"
        org = self.organisations.get(organisation)
        people.give_role(None, user, role, organisation=org, country=country, region=region)


def publish_as(officer: Member, record: Record) -> Record:
    """An officer of the country reads drafts of other organisations only when they are in review there."""
    return actions.publish(officer, record.id)


def monument_data(**changes: Any) -> dict[str, Any]:
    """Raw data of a heritage object as a person would send it, complete for publishing."""
    data: dict[str, Any] = {
        "country": "KZ",
        "names": [
            {"_id": "namekk", "name": {"text": "Арыстан баб кесенесі", "lang": "kk"}, "kind": "official"},
            {"_id": "nameaz", "name": {"text": "Arıstan Bab türbəsi", "lang": "az"}, "kind": "transliteration"},
            {"_id": "nameru", "name": {"text": "Мавзолей Арыстан-баб", "lang": "ru"}, "kind": "variant"},
            {"_id": "nameen", "name": {"text": "Arystan Bab Mausoleum", "lang": "en"}, "kind": "variant"},
        ],
        "object_type": ["mausoleum"],
        "admin_unit": "kz-turkistan-otyrar",
        "dating": [{"_id": "dating", "date": {"text": "XIV-XV вв.", "lang": "ru"}}],
        "summary": {"ru": {"text": "Перестроен в начале XX века."}},
        "place": {"geometry": {"type": "Point", "coordinates": [68.271234, 42.851234]}, "precision": "10km"},
        "ownership": [{"_id": "ownrow", "owner": {"name": "Жеке меншік иесі"}}],
        "sources": [{"_id": "source", "source": {"text": "Тест", "certainty": "V"}}],
    }
    data.update(changes)
    return {key: value for key, value in data.items() if value is not None}


def entries() -> int:
    """How many entries the log holds."""
    return log.head().seq
