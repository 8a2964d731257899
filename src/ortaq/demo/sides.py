"""The two sides of the demo. Their organisations are plainly demo ones: no real authority is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ortaq.engine.labels import L

NODE = "Ortaq demo"  # the name of a demo node
DOMAIN = "demo.example"
EDITOR = "editor"
RESERVE = L(kk="Демо: музей-қорық", az="Demo: qoruq-muzey", ru="Демо: музей-заповедник", en="Demo: museum-reserve")
OFFICE = L(
    kk="Демо: мәдени мұра басқармасы",
    az="Demo: mədəni irs idarəsi",
    ru="Демо: управление культурного наследия",
    en="Demo: cultural heritage office",
)


@dataclass(frozen=True)
class Person:
    """An account to make; ``organisation`` is a slug of its side, empty for somebody who speaks for himself."""

    email: str
    role: str
    language: str
    organisation: str = ""


@dataclass(frozen=True)
class Side:
    country: str
    language: str

    @property
    def organisations(self) -> dict[str, dict[str, Any]]:
        """Slug -> raw data of the organisation's record."""
        return {"reserve": self._organisation(RESERVE, "reserve"), "office": self._organisation(OFFICE, "authority")}

    @property
    def people(self) -> list[Person]:
        own = self.language
        return [
            Person(self.email(EDITOR), EDITOR, own, "reserve"),
            Person(self.email("officer"), "officer", own, "office"),
            Person(self.email("specialist"), "specialist", own),
            Person(self.email("citizen"), "citizen", "ru"),
        ]

    def email(self, role: str) -> str:
        return f"{role}-{self.country.lower()}@{DOMAIN}"

    def name_of(self, slug: str) -> str:
        """The English name of an organisation, "" for none."""
        return {"reserve": f"{RESERVE.en} ({self.country})", "office": f"{OFFICE.en} ({self.country})"}.get(slug, "")

    def _organisation(self, label: L, sort: str) -> dict[str, Any]:
        names = [
            {"name": {"text": f"{label.at(lang)} ({self.country})", "lang": lang}} for lang in ("kk", "az", "ru", "en")
        ]
        return {"country": self.country, "names": names, "sort": sort}


SIDES = (Side("KZ", "kk"), Side("AZ", "az"))
