"""Who is told of damage, by country, region, protecting body, and who is left when there is nobody of them."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from ortaq.alerts.receivers import MOST, responsible
from ortaq.people.actors import Held
from ortaq.people.holders import Holder

MINISTRY, AGENCY, MUSEUM, RESERVE = (uuid4() for _ in range(4))
UNITS = ("kz-turkistan-otyrar", "kz-turkistan")


def holder(name: str, role: str, organisation: UUID, country: str = "KZ", region: str = "") -> Holder:
    return Holder(UUID(int=sum(name.encode())), f"{name}@example.org", "kk", Held(role, organisation, country, region))


YERLAN = holder("yerlan", "inspector", MINISTRY, region="kz-turkistan")
OTYRAR = holder("otyrar", "inspector", MINISTRY, region="kz-turkistan-otyrar")
ALMATY = holder("almaty", "inspector", MINISTRY, region="kz-almaty")
EVERYWHERE = holder("everywhere", "inspector", MINISTRY)
DANA = holder("dana", "officer", MINISTRY)
OLZHAS = holder("olzhas", "officer", AGENCY)
AIGERIM = holder("aigerim", "editor", MUSEUM)
LEYLA = holder("leyla", "editor", RESERVE, "AZ")
MURAD = holder("murad", "officer", MINISTRY, "AZ")
FAR = holder("far", "inspector", MINISTRY, "AZ")
TIMUR = holder("timur", "citizen", MUSEUM)
ALL = [YERLAN, OTYRAR, ALMATY, EVERYWHERE, DANA, OLZHAS, AIGERIM, LEYLA, MURAD, FAR, TIMUR]


def told(holders: list[Holder], *protectors: UUID, units: tuple[str, ...] = UNITS) -> set[str]:
    found = responsible(holders, "KZ", units, protectors, MUSEUM)
    return {h.email.partition("@")[0] for h in found}


@pytest.mark.parametrize(
    ("holders", "protectors", "names"),
    [
        (ALL, (), {"yerlan", "otyrar", "everywhere"}),
        (ALL, (AGENCY,), {"yerlan", "otyrar", "everywhere", "olzhas"}),
        ([ALMATY, DANA, OLZHAS, AIGERIM, LEYLA, MURAD], (), {"dana", "olzhas", "aigerim"}),
        ([ALMATY, DANA, OLZHAS, AIGERIM], (AGENCY,), {"olzhas"}),
        ([ALMATY, AIGERIM, TIMUR, LEYLA], (), {"aigerim"}),
        ([LEYLA, MURAD, FAR, TIMUR], (), set()),
        ([MURAD, DANA], (MINISTRY,), {"dana"}),
    ],
)
def test_who_is_told(holders: list[Holder], protectors: tuple[UUID, ...], names: set[str]) -> None:
    assert told(holders, *protectors) == names


def test_an_object_without_a_region_goes_to_inspectors_of_the_whole_country() -> None:
    assert told(ALL, units=()) == {"everywhere"}


def test_everybody_is_told_once_and_not_without_end() -> None:
    assert len(responsible([YERLAN, YERLAN, DANA], "KZ", UNITS, (MINISTRY,), MUSEUM)) == 2
    crowd = [holder(f"i{n:04}", "inspector", MINISTRY) for n in range(MOST)]
    many = [Holder(uuid4(), h.email, h.language, h.held) for h in crowd * 2]
    assert len(responsible(many, "KZ", UNITS, (), MUSEUM)) == MOST
