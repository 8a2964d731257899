"""The demo holds what its source holds, everything of it, and nothing else."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from ortaq.demo import afterwards, build, proposals, sides
from ortaq.engine import access, derive
from ortaq.engine.access import View
from ortaq.engine.facts import Words
from ortaq.engine.models import Proposal, Record
from ortaq.engine.outputs.page import located
from ortaq.people import access as people
from ortaq.vocab import places
from tests.demo.conftest import Demo, seen

pytestmark = pytest.mark.django_db(databases="__all__")

DATA = Path(build.__file__).parent / "data"
LEFT_OUT = {"AZ-25", "AZ-32"}
FABRIC_ONLY = {"AZ-08", "AZ-26", "AZ-27"}
TITLES = ("title_kk", "title_az", "title_ru", "title_en")


def source() -> dict[str, dict[str, str]]:
    with (DATA / "objects.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def numbers(value: Any) -> set[str]:
    """Every number written in a body, without ids, coordinates and machine dates."""
    if isinstance(value, dict):
        inner = [v for k, v in value.items() if k not in ("_id", "geometry", "edtf", "to", "admin_unit", "precision")]
        return {n for v in inner for n in numbers(v)}
    if isinstance(value, list):
        return {n for v in value for n in numbers(v)}
    return set(re.findall(r"\d+", value)) if isinstance(value, str) else set()


def test_all_objects_but_two_are_published(demo: Demo) -> None:
    assert set(demo.objects) == set(source()) - LEFT_OUT
    assert len(demo.objects) == 58
    listed = [view.record.id for view in demo.objects.values()]
    assert not Record.objects.filter(id__in=listed).exclude(state="published").exists()
    assert all(view.record.pid and view.record.pid.startswith("ORTAQ-") for view in demo.objects.values())


def test_names_are_there_in_four_languages_as_the_source_has_them(demo: Demo) -> None:
    for id_, view in demo.objects.items():
        assert view.title == {lang: source()[id_][f"name_{lang}"] for lang in ("kk", "az", "ru", "en")}


def test_each_object_says_what_its_row_says(demo: Demo) -> None:
    for id_, view in demo.objects.items():
        row, data = source()[id_], view.data
        assert data["object_type"] == row["object_types"].split(";")
        assert data["dating"][0]["date"].get("edtf", "") == row["edtf"]
        assert row["period_text"].startswith(data["dating"][0]["date"]["text"])
        assert data["dating"][0]["source"]["certainty"] == row["fact_certainty"]
        assert data["sources"][0]["source"]["certainty"] == row["fact_certainty"]
        if id_ not in FABRIC_ONLY:
            assert [use["use"] for use in data["use"]] == row["use"].split(";")
            assert [p["category"] for p in data["protection"]] == [row["protection_category"]]
            assert data["dating"][0]["date"]["text"] == row["period_text"]
        given = {status["as_given"] for status in data.get("international", [])}
        assert given == ({row["international_status"]} if row["international_status"] else set())


def test_doubts_of_the_source_stay_visible(demo: Demo) -> None:
    for id_, view in demo.objects.items():
        if "check" in source()[id_]["note"]:
            assert view.data["notes"][0]["fact"]["en"]["text"] == source()[id_]["note"]


def test_international_lists_are_named_only_where_the_text_names_them(demo: Demo) -> None:
    words = {"who_whl": "WHL", "who_tentative": "tentative", "enhanced_protection": "enhanced protection"}
    for view in demo.objects.values():
        for status in view.data.get("international", []):
            assert words[status["list"]] in status["as_given"]


def test_no_number_is_invented(demo: Demo) -> None:
    for id_, view in demo.objects.items():
        known = set(re.findall(r"\d+", " ".join(source()[id_].values())))
        told = {name: value for name, value in view.data.items() if name not in ("summary", "sources")}
        assert numbers(told) <= known, id_
        assert not {"register", "passport", "identifiers", "attribution"} & set(view.data)
        assert all("act" not in row for row in view.data.get("protection", []))


def test_acts_say_only_what_their_row_says(demo: Demo) -> None:
    with (DATA / "acts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    acts = seen("legal_act")
    said = [_said(view.data, view.title) for view in acts]
    given = [[r[name] for name in ("country", *TITLES, "number", "date", "source", "certainty")] for r in rows]
    assert sorted(said) == sorted(given) and len(given) == 27


def _said(data: dict[str, Any], title: dict[str, str]) -> list[str]:
    source = data["sources"][0]["source"]
    titles = [title[name.removeprefix("title_")] for name in TITLES]
    day = data.get("date", {}).get("edtf", "")
    return [data["country"], *titles, data.get("number", ""), day, source["text"], source["certainty"]]


def test_only_a_name_that_was_seen_is_called_official(demo: Demo) -> None:
    names = [name for view in seen("legal_act") for name in view.data["names"] if name["kind"] == "official"]
    assert [name["name"]["text"] for name in names] == ["Tarix və mədəniyyət abidələrinin qorunması haqqında"]


def test_three_objects_speak_of_their_fabric_only(demo: Demo) -> None:
    for id_ in FABRIC_ONLY:
        data = demo.objects[id_].data
        assert not {"protection", "use", "international", "attribution"} & set(data)
        assert "architect" not in json.dumps(data) and "3000" not in json.dumps(data)
        assert data["place"] == {"precision": "district"}


def test_the_public_sees_no_place_more_precisely_than_it_is_known(demo: Demo) -> None:
    expected = {"V": "exact", "H": "1km", "M": "10km", "L": "10km"}
    for id_, view in demo.objects.items():
        row, place = source()[id_], view.data.get("place")
        if not row["lat"]:
            assert place is None
            continue
        if id_ in FABRIC_ONLY:
            continue
        assert place
        precision = "10km" if id_ == "KZ-23" else expected[row["coord_certainty"]]
        assert place["precision"] == precision
        if precision != "exact":
            assert place["geometry"]["type"] == "Polygon"
            assert [float(row["lon"]), float(row["lat"])] not in place["geometry"]["coordinates"][0]


def test_their_officers_see_the_point_and_how_sure_it_is(demo: Demo) -> None:
    officer = people.of_email("officer-kz@demo.example")
    assert officer
    record = demo.objects["KZ-13"].record
    place = access.get(officer, record.id).data["place"]
    assert (place["geometry"]["coordinates"], place["certainty"]) == ([79.8, 47.4], "L")
    for lang, word in {"kk": "шамамен", "az": "təxmini", "ru": "приблизительное", "en": "approximate"}.items():
        assert word in located(place, lang, opened=True).precision


def test_no_place_of_the_demo_is_called_exact(demo: Demo) -> None:
    public = [view.data["place"] for view in demo.objects.values() if view.data.get("place", {}).get("geometry")]
    assert sorted(view["precision"] for view in public).count("exact") == 3
    assert all(located(place, "en", opened=False).approximate for place in public)
    units = [view.data["place"] for view in seen("place") if "place" in view.data]
    assert len(units) > 200
    for place in units:
        shown = located(place, "en", opened=False)
        assert shown.precision == "approximate middle of the area" and shown.written.startswith("≈ ")


def test_what_people_look_for_is_in_the_facts(demo: Demo) -> None:
    for word in ("кесене", "türbə", "мавзолей", "mausoleum"):
        found = [id_ for id_, view in demo.objects.items() if word in words_of(view)]
        assert "KZ-01" in found and "AZ-10" in found, word


def words_of(view: View) -> str:
    assert view.kind
    facts = derive.facts(view.kind, view.data)
    return " ".join(fact.text.casefold() for fact in facts if isinstance(fact, Words))


def test_units_are_a_tree_of_records(demo: Demo) -> None:
    found = {view.data["admin_unit"]: view for view in seen("place")}
    assert set(found) == {place.code for place in places.places()}
    otyrar = found["kz-turkistan-otyrar"]
    assert otyrar.data["within"]["to"] == str(found["kz-turkistan"].record.id)
    assert all("within" in view.data for code, view in found.items() if "-" in code)


def test_the_units_of_the_mapping_are_those_of_the_table() -> None:
    mapping = tomllib.loads((DATA / "objects.toml").read_text("utf-8"))
    with (DATA / "objects_places.csv").open(encoding="utf-8", newline="") as file:
        table = {row["id"]: row["place"] for row in csv.DictReader(file)}
    assert mapping["values"]["unit"] == {id_: place for id_, place in table.items() if id_ not in LEFT_OUT}


def test_both_sides_have_something_to_review(demo: Demo) -> None:
    others = afterwards.read()["proposal"]
    assert Proposal.objects.count() == len(proposals.STORIES) + len(others)
    for side in sides.SIDES:
        editor = people.of_email(side.email("editor"))
        assert editor
        mine = access.visible(editor, Proposal)
        assert mine.count() == 4
        stories = [p.data["history"] for p in mine if "history" in p.data]
        assert len(stories) == 2
        assert all(inner["origin"] == "human" for story in stories for inner in story.values())


def test_organisations_are_plainly_demo_ones(demo: Demo) -> None:
    titles = [view.title for view in seen("organisation") if not view.data.get("sources")]
    assert len(titles) == 4
    assert all(set(title) == {"kk", "az", "ru", "en"} for title in titles)
    assert all(text.casefold().startswith(("demo", "демо")) for title in titles for text in title.values())


def test_accounts_get_new_passwords_each_time(demo: Demo) -> None:
    again = build.accounts()
    assert [a.email for a in again] == [a.email for a in demo.accounts]
    assert len({a.password for a in [*again, *demo.accounts]}) == 2 * len(again) == 16
    assert again[0].password in build.table(again)
