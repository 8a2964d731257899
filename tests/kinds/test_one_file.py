"""A kind is one file: a node that is given nothing but ``gravestone.py`` does everything with gravestones."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.kinds.example import FILE, example_kind
from tests.kinds.running_node import RunningNode, databases

EDITOR = "aigerim@example.org"
HEADINGS = {"kk": "Құлпытас", "az": "Başdaşı", "ru": "Надгробие", "en": "Gravestone"}
TABLE = """name,name_az,type,unit,date,stone,cm,lat,lon,text
Бекет құлпытасы,Beket başdaşı,gravestone,kz-mangystau,XVIII ғ.,ұлутас,210,44.1234,53.4321,Оқылмайды.
Қараман құлпытасы,Qaraman başdaşı,stele,kz-mangystau,1843,әктас,"95,5",44.2,53.5,
,,gravestone,kz-mangystau,1843,,,,,
"""
MAPPING = """lang = "kk"

[[column]]
field = "country"
value = "KZ"

[[column]]
name = "name"
field = "names.name"
lang = "kk"
set = { kind = "official" }

[[column]]
name = "name_az"
field = "names.name"
lang = "az"
set = { kind = "transliteration" }

[[column]]
name = "type"
field = "sort"

[[column]]
name = "unit"
field = "admin_unit"

[[column]]
name = "date"
field = "carved"

[[column]]
name = "stone"
field = "stone"

[[column]]
name = "cm"
field = "height.value"

[[column]]
field = "height.unit"
value = "cm"

[[column]]
name = "text"
field = "inscription"

[place]
lat = "lat"
lon = "lon"
precision = "10km"
"""


@dataclass
class Story:
    """The node, the token of an editor's program, and a second, empty folder."""

    node: RunningNode
    token: str
    away: RunningNode

    def found(self, **query: str) -> dict[str, Any]:
        self.node.wait_for_index()
        answer = self.node.get("/api/v1/records", self.token, **query)
        assert answer.status == 200, answer.text
        found: dict[str, Any] = answer.json
        return found


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """A node made by the command line with one more kind, an organisation, an editor and her token."""
    top = tmp_path_factory.mktemp("one-file")
    (top / "kinds").mkdir()
    shutil.copy(FILE, top / "kinds" / "gravestone.py")
    with databases(2) as (home_database, away_database):
        node = RunningNode(top / "home", top / "kinds", home_database)
        away = RunningNode(top / "away", top / "kinds", away_database)
        node.folder.mkdir()
        assert "recovery key" in node.command("init", "--prefix", "MNG", "--country", "KZ", "--name", "Маңғыстау")
        pid = node.command("user", "organisation", "Қорық", "--country", "KZ", "--in", "kk").strip()
        node.command("user", "add", EDITOR, text="a long password 77\n")
        node.command("user", "role", EDITOR, "editor", "--organisation", pid)
        token = node.command("user", "token", EDITOR, "test").strip()
        with node.serving():
            yield Story(node, token, away)


def created(story: Story, name: str, **changes: Any) -> dict[str, Any]:
    names = [{"name": {"text": name, "lang": "kk"}, "kind": "official"}]
    data = {**example_kind().example, "names": names, **changes}
    answer = story.node.send("POST", "/api/v1/records", {"kind": "gravestone", "data": data}, story.token)
    assert answer.status == 201, answer.text
    record: dict[str, Any] = answer.json
    return record


def imported(story: Story) -> str:
    """The report of the import of TABLE, whose last row lacks what publishing needs."""
    table, mapping = story.node.folder / "table.csv", story.node.folder / "mapping.toml"
    table.write_text(TABLE, "utf-8")
    mapping.write_text(MAPPING, "utf-8")
    arguments: list[str | Path] = [
        "import",
        table,
        "--kind",
        "gravestone",
        "--mapping",
        mapping,
        "--as",
        EDITOR,
        "--state",
        "published",
    ]
    return story.node.command(*arguments, status=1)


@pytest.fixture(scope="module")
def published(story: Story) -> list[dict[str, Any]]:
    """The records that the import made, as the public gets them."""
    imported(story)
    story.node.wait_for_index()
    items: list[dict[str, Any]] = story.node.get("/api/v1/records", kind="gravestone").json["items"]
    return items


def test_the_api_knows_the_kind_and_its_schema(story: Story) -> None:
    kinds = {kind["slug"]: kind for kind in story.node.get("/api/v1/kinds").json["items"]}
    assert kinds["gravestone"]["label"]["az"] == "Başdaşı"
    schema = story.node.get("/api/v1/kinds/gravestone/schema").json
    assert set(schema["properties"]) >= {"stone", "height", "inscription", "place"}


def test_a_record_is_created_and_edited(story: Story) -> None:
    record = created(story, "Ескі құлпытас")
    assert record["data"]["stone"] == "ұлутас" and record["revision"] == 1
    body = {"data": {**record["data"], "stone": "құмтас"}, "base_revision": 1, "reason": "тасы анықталды"}
    edited = story.node.send("PUT", f"/api/v1/records/{record['id']}", body, story.token)
    assert edited.status == 200, edited.text
    again = story.node.get(f"/api/v1/records/{record['id']}", story.token).json
    assert (again["data"]["stone"], again["revision"]) == ("құмтас", 2)
    assert story.node.get(f"/api/v1/records/{record['id']}").status == 404


def test_the_check_of_the_kind_is_asked(story: Story) -> None:
    data = {**example_kind().example, "height": {"value": "0", "unit": "cm"}}
    answer = story.node.send("POST", "/api/v1/records", {"kind": "gravestone", "data": data}, story.token)
    assert answer.status == 422
    assert [(error["path"], error["code"]) for error in answer.json["errors"]] == [("height", "height")]


def test_it_is_searched_by_word_and_facet(story: Story) -> None:
    one = created(story, "Тік стела", sort="stele", stone="қиыршықтас")
    other = created(story, "Тік құлпытас", stone="қиыршықтас")
    both = story.found(kind="gravestone", q="қиыршықтас")
    assert {item["id"] for item in both["items"]} == {one["id"], other["id"]}
    assert {count["value"] for count in both["facets"]["type"]} == {"stele", "gravestone"}
    chosen = story.found(kind="gravestone", q="қиыршықтас", type="stele")
    assert [item["id"] for item in chosen["items"]] == [one["id"]]
    by_its_term_in_another_language = story.found(kind="gravestone", q="başdaşı қиыршықтас")
    assert [item["id"] for item in by_its_term_in_another_language["items"]] == [other["id"]]


def test_a_table_is_imported_row_by_row(story: Story, published: list[dict[str, Any]]) -> None:
    assert {item["title"]["az"] for item in published} == {"Beket başdaşı", "Qaraman başdaşı"}
    assert all(item["pid"].startswith("MNG-") for item in published)
    beket = next(item for item in published if item["title"]["az"] == "Beket başdaşı")
    full = story.node.get(f"/api/v1/records/{beket['pid']}").json
    assert full["data"]["height"] == {"value": "210", "unit": "cm"}
    assert full["data"]["place"]["precision"] == "10km" and "44.1234" not in json.dumps(full)
    assert full["closed"] == ["place"]
    inside = story.node.get(f"/api/v1/records/{beket['pid']}", story.token).json
    assert inside["data"]["place"]["geometry"]["coordinates"] == [53.4321, 44.1234]


@pytest.mark.parametrize("suffix", ["csv", "geojson"])
def test_it_is_exported(story: Story, published: list[dict[str, Any]], tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"stones.{suffix}"
    story.node.command("export", file, "--kind", "gravestone")
    text = file.read_text("utf-8-sig")
    assert "Qaraman başdaşı" in text and "44.1234" not in text
    if suffix == "csv":
        assert len(list(csv.DictReader(text.splitlines()))) == len(published)
    else:
        assert len(json.loads(text)["features"]) == len(published)


@pytest.mark.parametrize("lang", HEADINGS)
def test_page_and_history_are_shown_in_each_language(story: Story, published: list[dict[str, Any]], lang: str) -> None:
    item = published[0]
    inside = story.node.get(f"/api/v1/records/{item['pid']}", story.token).json
    body = {"data": {**inside["data"], "stone": f"тас {lang}"}, "base_revision": inside["revision"], "reason": lang}
    assert story.node.send("PUT", f"/api/v1/records/{item['pid']}", body, story.token).status == 200
    page = story.node.get(f"/{lang}/o/{item['pid']}")
    assert page.status == 200 and HEADINGS[lang] in page.text and f"тас {lang}" in page.text
    history = story.node.get(f"/{lang}/o/{item['pid']}/history")
    assert history.status == 200, history.text
    assert f'lang="{lang}"' in history.text
    revision = inside["revision"]
    diff = story.node.get(f"/{lang}/o/{item['pid']}/history/{revision}/{revision + 1}")
    assert diff.status == 200 and f"{lang}</" in diff.text.replace("\n", "")
    assert "53.4321" not in page.text + history.text + diff.text


def test_it_is_found_on_the_pages(story: Story, published: list[dict[str, Any]]) -> None:
    story.node.wait_for_index()
    page = story.node.get("/az/search", q="Qaraman", type="stele")
    assert page.status == 200 and "Qaraman başdaşı" in page.text
    none = story.node.get("/az/search", q="Qaraman", type="gravestone")
    assert f"/o/{next(i['pid'] for i in published if 'Qaraman' in i['title']['az'])}" not in none.text


def test_it_travels_by_bundle_and_is_verified_there(
    story: Story, published: list[dict[str, Any]], tmp_path: Path
) -> None:
    bundle, here, there = tmp_path / "node.bundle", tmp_path / "here.json", tmp_path / "there.json"
    assert "No faults" in story.node.command("check")
    story.node.command("bundle", "export", bundle)
    story.node.command("export", here, "--kind", "gravestone")
    story.away.folder.mkdir()
    story.away.command("bundle", "import", bundle)
    assert "No faults" in story.away.command("check")
    story.away.command("export", there, "--kind", "gravestone")
    sent, taken = (json.loads(file.read_text("utf-8")) for file in (here, there))
    assert {item["pid"] for item in sent} == {item["pid"] for item in published}
    for item in (*sent, *taken):
        del item["created"]  # a copy begins with the publication: entries of drafts stay at home
    assert taken == sent
