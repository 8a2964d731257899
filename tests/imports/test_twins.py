"""Rows that are here already: found as comparing every pair would, and only among what the writer may read."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from ortaq.engine import access, actions, kinds
from ortaq.engine.access import Reader
from ortaq.engine.models import Grant, Record
from ortaq.imports import twins
from ortaq.imports.twins import Traits
from tests.cast import Cast, monument_data
from tests.imports.story import Desk, changed, table, twin_page
from tests.imports.test_merging import NEAR
from tests.web.posting import said

pytestmark = pytest.mark.django_db(databases="__all__")
KIND = "heritage_object"
PLACES = ("Домбауыл", "Сырлы там", "Қыз мұнарасы")
SPELT = {"Домбауыл": "Dombauyl", "Сырлы там": "Syrly tam", "Қыз мұнарасы": "Qyz munarasy"}


def kind() -> Any:
    return kinds.KINDS[KIND]


def data(chance: random.Random) -> dict[str, Any]:
    """Something out of few names, numbers and points, so that much of it is alike."""
    name = chance.choice(PLACES)
    spelt, lang = (SPELT[name], "en") if chance.random() < 0.3 else (name, "kk")
    near = [68.0 + chance.choice((0, 0.001, 0.004, 0.009)), 43.0 + chance.choice((0, 0.002))]
    place = {"geometry": {"type": "Point", "coordinates": near}, "precision": chance.choice(("exact", "10km"))}
    number = chance.choice(("", "Б-12", "б 012", "7", "№7"))
    register = [{"number": number, "list": chance.choice(("", "State list", "Local list"))}] if number else None
    return monument_data(
        names=[{"name": {"text": spelt, "lang": lang}, "kind": "official"}],
        place=place if chance.random() < 0.7 else None,
        register=register,
        admin_unit=chance.choice(("kz-turkistan-otyrar", "kz-turkistan")),
    )


def rows(cast: Cast, chance: random.Random, count: int) -> list[tuple[int, Traits]]:
    found = []
    for number in range(2, count + 2):
        prepared = actions.prepare(cast.aigerim, KIND, data(chance), owner=cast.museum)
        found.append((number, twins.of_row(kind(), prepared)))
    return found


def pairwise(reader: Reader, given: list[tuple[int, Traits]]) -> set[tuple[int, UUID, str]]:
    """Every row against every record that the reader may see, one by one."""
    records = access.visible(reader).filter(kind=KIND, state__in=("draft", "in_review", "published"))
    found = set()
    for view in access.views(reader, list(records)):
        seen = twins.of_view(kind(), view)
        for number, row in given:
            why = twins.same(row, seen)
            if why:
                found.add((number, view.record.id, why[0]))
    return found


def quickly(reader: Reader, given: list[tuple[int, Traits]]) -> list[tuple[int, UUID, str]]:
    return [(pair.row, pair.record, pair.why) for pairs in twins.find(reader, kind(), given) for pair in pairs]


def test_the_quick_way_finds_what_comparing_all_pairs_finds(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(twins, "BATCH", 7)
    chance = random.Random(20)
    for at in range(40):
        record = actions.create(cast.aigerim, KIND, data(chance), owner=cast.museum, submit=at % 3 > 0)
        if at % 3 == 2:
            actions.publish(cast.dana, record.id)
    given = rows(cast, chance, 40)
    sizes = {}
    for name in ("aigerim", "dana", "leyla", "timur"):
        reader = getattr(cast, name)
        found = quickly(reader, given)
        assert len(found) == len(set(found))
        assert set(found) == pairwise(reader, given)
        sizes[name] = len(found)
    assert sizes["aigerim"] > sizes["dana"] > sizes["leyla"] > 0, "who reads less meets less"


def test_records_that_the_writer_may_not_read_are_no_twins(cast: Cast) -> None:
    """Neither is the exact place of one whose place is closed to him."""
    actions.create(cast.leyla, KIND, monument_data(country="AZ", admin_unit="az-sheki"), owner=cast.reserve)
    cast.monument(by=cast.aigerim)
    given = [(2, twins.of_row(kind(), actions.prepare(cast.aigerim, KIND, monument_data(), owner=cast.museum)))]
    (pair,) = [pair for pairs in twins.find(cast.aigerim, kind(), given) for pair in pairs]
    assert (pair.why, pair.metres) == ("name", 0)
    (pair,) = [pair for pairs in twins.find(cast.leyla, kind(), given) for pair in pairs]
    assert pair.metres is None, "found by the district, which is public"
    far = monument_data(admin_unit="kz-turkistan")
    given = [(2, twins.of_row(kind(), actions.prepare(cast.aigerim, KIND, far, owner=cast.museum)))]
    assert quickly(cast.leyla, given) == []
    assert len(quickly(cast.aigerim, given)) == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Б-12", "б 12", True),
        ("№ 0012/А", "12-a", True),
        ("КZ-7", "KZ 7", True),
        ("12", "120", False),
        ("1.2", "12", False),
        ("", "", True),
    ],
)
def test_numbers_are_compared_as_people_mean_them(one: str, other: str, same: bool) -> None:
    assert (twins.normal(one) == twins.normal(other)) is same


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, ("name", 0)),
        ({"spot": (43.004, 68.0)}, ("name", 445)),
        ({"spot": (43.005, 68.0)}, None),
        ({"spot": None}, ("name", None)),
        ({"spot": None, "unit": "kz-abai"}, None),
        ({"spot": None, "unit": ""}, None),
        ({"names": frozenset({"=other"})}, None),
        ({"country": "AZ"}, None),
        ({"names": frozenset(), "numbers": frozenset({("register", "", "7")})}, ("number", 0)),
        ({"names": frozenset(), "numbers": frozenset({("register", "local", "7")})}, None),
        ({"names": frozenset(), "numbers": frozenset({("whl", "", "7")})}, None),
    ],
)
def test_what_makes_twins(changes: dict[str, Any], why: Any) -> None:
    plain: dict[str, Any] = {
        "names": frozenset({"=saray"}),
        "numbers": frozenset({("register", "state", "7")} if "numbers" in changes else ()),
        "spot": (43.0, 68.0),
        "unit": "kz-turkistan",
        "country": "KZ",
    }
    assert twins.same(Traits(**plain), Traits(**plain | changes)) == why


def test_names_meet_across_alphabets() -> None:
    assert set(twins.folded("Домбауыл кесенесі", "kk")) & set(twins.folded("DOMBAUYL KESENESI", "en"))
    assert set(twins.folded("Şirvanşahlar sarayı", "az")) & set(twins.folded("Ширваншахлар сарайы", "az"))
    long = "Ескерткіштер мен мұралар қорғалатын өте ұзақ аталған бір ғимарат тобы"
    assert set(twins.folded(long, "kk")) == set(twins.folded(long.upper(), "kk")) != set()


def test_merged_and_withdrawn_records_are_no_twins(cast: Cast) -> None:
    record = cast.monument()
    given = [(2, twins.of_row(kind(), actions.prepare(cast.aigerim, KIND, monument_data(), owner=cast.museum)))]
    actions.withdraw(cast.dana, Record, record.id, reason="double")
    assert quickly(cast.dana, given) == []


def test_the_distance_is_told_only_as_long_as_the_place_is_open(cast: Cast) -> None:
    record, desk = cast.monument(), Desk(cast, "leyla")
    until = timezone.now() + timedelta(days=1)
    given = actions.grant(cast.aigerim, record.id, f"org:{cast.reserve}", until, part="place", reason="тексеру")
    desk.bring(table(changed(1, **NEAR)))
    job = desk.check()
    pages = [f"/en/import/{job.id}/twins", twin_page(job, 2, record.id)]
    assert all("m apart" in said(desk.client.get(page)) for page in pages)
    Grant.objects.filter(id=given.id).update(until=timezone.now())
    assert all("the same name" in said(desk.client.get(page)) for page in pages)
    assert not any("m apart" in said(desk.client.get(page)) for page in pages)
