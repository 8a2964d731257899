"""The administrative units: a tree at every date, every object of the demo in it."""

from __future__ import annotations

import csv
import itertools
import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ortaq.engine.problems import Problem
from ortaq.vocab import places

ALL = places.places()
DAYS = st.dates().map(lambda day: day.isoformat())


def rows(package: str, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((files(package) / "data" / name).read_text(encoding="utf-8").splitlines()))


def codes(parent: str, level: str, on: str | None = None) -> set[str]:
    return {place.code for place in places.children(parent, on) if place.level == level}


def test_codes_are_stable_slugs_used_once() -> None:
    assert len({place.code for place in ALL}) == len(ALL)
    assert not [place.code for place in ALL if not re.fullmatch(r"(kz|az)(-[a-z]+)*", place.code)]
    assert not [place.code for place in ALL if not place.code.startswith(place.country.lower())]


def test_a_parent_stands_before_its_children_so_there_is_no_loop() -> None:
    seen: set[str] = set()
    for place in ALL:
        assert place.parent is None or place.parent in seen, place.code
        seen.add(place.code)
    assert not [b for place in ALL for b in place.parents_before if b.parent not in seen]


def test_every_unit_is_in_its_country() -> None:
    assert {place.code for place in places.children(None)} == {"kz", "az"}
    for place in ALL:
        assert places.path(place.code)[0].code == place.country.lower()
        assert all(above.country == place.country for above in places.path(place.code))


def test_dates_are_in_order_and_past_parents_are_real() -> None:
    for place in ALL:
        if place.valid_from and place.valid_to:
            assert place.valid_from < place.valid_to
        untils = [before.until for before in place.parents_before]
        assert untils == sorted(untils)
    read = sum(len(place.parents_before) for place in ALL)
    written = sum(
        len(row["parents_before"].split(";")) for row in rows("ortaq.vocab", "places.csv") if row["parents_before"]
    )
    assert read == written > 0


@given(place=st.sampled_from(ALL), on=DAYS)
def test_at_every_date_the_path_leads_to_the_country(place: places.Place, on: str) -> None:
    path = places.path(place.code, on)
    assert path[0].parent is None
    assert path[-1] is place
    for above, below in itertools.pairwise(path):
        assert below.parent_on(on) == above.code
        assert below in places.children(above.code, on) or not (above.exists(on) and below.exists(on))


@given(on=DAYS)
def test_at_every_date_the_parent_of_a_unit_with_known_dates_exists(on: str) -> None:
    for place in ALL:
        if place.parents_before and place.exists(on):
            parent = places.get(place.parent_on(on) or "")
            assert parent is not None
            assert parent.exists(on), (place.code, on)


def test_kazakhstan_has_17_regions_and_3_cities_today() -> None:
    assert len(codes("kz", "region")) == 17
    assert codes("kz", "city") == {"kz-astana", "kz-almaty", "kz-shymkent"}
    assert len(places.children("kz")) == 20


@pytest.mark.parametrize(
    ("on", "regions", "cities"),
    [
        ("2018-06-18", 14, 2),
        ("2018-06-19", 14, 3),
        ("2022-06-07", 14, 3),
        ("2022-06-08", 17, 3),
        ("2022-06", 14, 3),
        ("2023", 17, 3),
    ],
)
def test_kazakhstan_changes_with_its_dates(on: str, regions: int, cities: int) -> None:
    assert (len(codes("kz", "region", on)), len(codes("kz", "city", on))) == (regions, cities)


def test_otyrar_was_in_south_kazakhstan_and_is_in_turkistan() -> None:
    before = [place.code for place in places.path("kz-turkistan-otyrar", "2015")]
    assert before == ["kz", "kz-south-kazakhstan", "kz-turkistan-otyrar"]
    assert [place.code for place in places.path("kz-turkistan-otyrar")][1] == "kz-turkistan"
    assert "kz-turkistan-otyrar" in codes("kz-turkistan", "district")
    assert places.children("kz-turkistan", "2015") == ()
    assert "kz-ulytau-ulytau" in codes("kz-karagandy", "district", "2022-06-07")


def test_azerbaijan_has_the_rayons_and_cities_of_iso_3166_2() -> None:
    outside, nakhchivan = codes("az", "rayon"), codes("az-nakhchivan-ar", "rayon")
    assert (len(outside), len(nakhchivan)) == (60, 7)
    assert outside - {p.code for p in ALL if p.iso} == {"az-aghdara"}, "made anew in 2023, without a code yet"
    assert len(codes("az", "rayon", "2020")) == 59
    assert codes("az", "autonomous_republic") == {"az-nakhchivan-ar"}
    assert len(codes("az", "city")) + len(codes("az-nakhchivan-ar", "city")) == 11
    assert len(codes("az-baku", "city_district")) == 12


def test_national_codes_are_where_they_belong_and_used_once() -> None:
    iso = [place.iso for place in ALL if place.iso]
    kato = [place.kato for place in ALL if place.kato]
    assert len(iso) == len(set(iso))
    assert len(kato) == len(set(kato)) == 20
    assert all(p.iso == p.country or re.fullmatch(rf"{p.country}-[A-Z0-9]{{2,3}}", p.iso) for p in ALL if p.iso)
    assert all(p.country == "KZ" and re.fullmatch(r"\d{9}", p.kato) for p in ALL if p.kato)
    assert all(p.iso for p in [*places.children("kz"), *places.children("az-nakhchivan-ar")])


def test_names_stand_in_the_language_of_the_state_and_in_two_more() -> None:
    own = {"KZ": "kk", "AZ": "az"}
    assert not [p.code for p in ALL for lang in (own[p.country], "ru", "en") if not p.names.get(lang)]
    assert not [p.code for p in ALL for name in p.names.values() if "?" in name or name != name.strip()]
    assert not [p.code for p in ALL if re.search("[A-Za-z]", p.names.get("kk", "") + p.names["ru"])]
    assert not [p.code for p in ALL if re.search("[А-яӘәҒғҚқҢңӨөҰұҮүІі]", p.names.get("az", "") + p.names["en"])]


def test_what_is_not_known_is_not_there() -> None:
    aghdara, sheki = places.get("az-aghdara"), places.get("az-sheki")
    assert aghdara is not None
    assert sheki is not None
    assert (aghdara.iso, aghdara.lat, aghdara.checked) == ("", None, False)
    assert "kk" not in sheki.names
    assert sheki.checked
    assert all(place.source for place in ALL)
    assert places.get("kz-no-such-place") is None
    assert places.path("kz-no-such-place") == ()


def test_coordinates_are_within_the_country() -> None:
    box = {"KZ": (40.5, 55.5, 46.4, 87.4), "AZ": (38.3, 42.0, 44.7, 50.7)}
    for place in ALL:
        assert (place.lat is None) == (place.lon is None)
        if place.lat is not None and place.lon is not None:
            south, north, west, east = box[place.country]
            assert south < place.lat < north, place.code
            assert west < place.lon < east, place.code


@pytest.mark.parametrize("on", ["yesterday", "", "2022-6-8", "08.06.2022", "22"])
def test_a_date_that_is_none_is_refused(on: str) -> None:
    with pytest.raises(Problem) as caught:
        places.children("kz", on)
    assert caught.value.code == "date"


def test_every_object_of_the_demo_has_its_place() -> None:
    objects = rows("ortaq.demo", "objects.csv")
    place_of = {row["id"]: row["place"] for row in rows("ortaq.demo", "objects_places.csv")}
    assert set(place_of) == {row["id"] for row in objects}
    assert len(objects) == len(place_of) == 60
    for row in objects:
        path = places.path(place_of[row["id"]])
        assert path, row["id"]
        assert path[0].country == row["country"]
        assert path[-1].exists()
        # the table names the widest unit in English, a rayon often by its town
        widest = row["admin_unit"].split(",")[0].replace(" AR", " Autonomous Republic")
        assert {widest, f"{widest} district"} & {place.names["en"] for place in path}, (row["id"], widest)
