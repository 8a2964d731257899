"""Reading by the API, as the people of the cast."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from ortaq.engine import actions, keys
from ortaq.engine.canonical import digest
from ortaq.engine.models import Record
from ortaq.search import access as search
from ortaq.search import consumer
from tests.cast import PASSWORD, Cast

Call = Callable[..., Any]
EXACT = b"68.271234"
OWNER = "Жеке меншік иесі".encode()


@pytest.fixture
def indexed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Brings the index up to the log; an index of this test only."""
    for module in (consumer, search):
        monkeypatch.setattr(module, "folder", lambda: tmp_path / "index")

    def index() -> None:
        with consumer.Consumer() as follower:
            follower.follow()

    return index


def test_a_list_has_count_items_and_facets(cast: Cast, call: Call, indexed: Callable[[], None]) -> None:
    record = cast.monument()
    cast.monument(state="draft")
    indexed()
    found = call("GET", "records?q=кесенесі&kind=heritage_object&country=KZ&page_size=5").json()
    assert set(found) == {"count", "items", "facets"}
    assert found["count"] == 1
    item = found["items"][0]
    assert item["pid"] == record.pid and item["id"] == str(record.id)
    assert item["title"]["az"] == "Arıstan Bab türbəsi"
    assert item["url"] == f"http://testserver/o/{record.pid}"
    assert item["place"]["precision"] == "10km" and item["place"]["geometry"]["type"] == "Polygon"
    assert item["dates"] == {"min": "1301-01-01", "max": "1500-12-31", "text": "XIV-XV вв.", "lang": "ru"}
    assert {"value": "heritage_object", "count": 1} in found["facets"]["kind"]
    assert "data" not in item


def test_the_filters_that_are_counted_can_be_chosen(cast: Cast, call: Call, indexed: Callable[[], None]) -> None:
    cast.monument()
    indexed()
    ask = "records?kind=heritage_object"
    assert set(call("GET", ask).json()["facets"]) == {"kind", "country", "type"}
    chosen = call("GET", f"{ask}&facets=region,century,region").json()["facets"]
    assert set(chosen) == {"region", "century"}
    assert {"value": "kz-turkistan", "count": 1} in chosen["region"]
    assert call("GET", f"{ask}&facets=").json()["facets"] == {}
    many = "kind,country,type,region,century,protection,condition,use,legal_type"
    for wrong in ("tokens", "thing", many):
        answer = call("GET", f"{ask}&facets={wrong}")
        assert answer.status_code == 422 and answer.headers["content-type"].startswith("application/problem+json")


def test_filters_narrow_a_list(cast: Cast, call: Call, indexed: Callable[[], None]) -> None:
    cast.monument()
    indexed()
    for question, count in {
        "bbox=68,42,69,43": 1,
        "bbox=10,10,11,11": 0,
        "type=mausoleum,mosque": 1,
        "type=mosque": 0,
        "kind=heritage_object&kind=person": 1,
        "region=kz-turkistan": 1,
        "century=14": 1,
        "protection=kz_local": 0,
        "q=мавзолей&lang=ru&sort=name": 1,
        "language=kk,az&kind=heritage_object": 1,
        "language=tr": 0,
        "rank=1,2": 0,
        f"owner={cast.museum}&kind=heritage_object": 1,
        f"owner={cast.reserve},{cast.az_ministry}&kind=heritage_object": 0,
        "from=1400&to=1450&kind=heritage_object": 1,
        "from=-300&to=-200": 0,
        "from=1501&kind=heritage_object": 0,
        "to=1300&kind=heritage_object": 0,
        "near=43.3,68.27&sort=distance&kind=heritage_object": 1,
        "q=nothing-of-the-kind": 0,
        "kind=heritage_object&page=2&page_size=1": 1,
    }.items():
        assert call("GET", f"records?{question}").json()["count"] == count, question


def test_the_nearest_come_first(cast: Cast, call: Call, indexed: Callable[[], None]) -> None:
    places = {"A": (70.0, 45.0), "B": (60.0, 50.0), "C": (71.0, 45.0)}
    made = {
        name: str(cast.monument(place={"geometry": {"type": "Point", "coordinates": at}, "precision": "exact"}).id)
        for name, at in places.items()
    }
    nowhere = str(cast.monument(place=None, address=None).id)
    indexed()
    question = "records?kind=heritage_object&sort=distance&near=45,70.6"
    listed = [item["id"] for item in call("GET", question).json()["items"]]
    assert listed == [made["C"], made["A"], made["B"], nowhere]
    second = call("GET", f"{question}&page=2&page_size=3").json()
    assert second["count"] == 4 and [item["id"] for item in second["items"]] == [nowhere]


def test_counts_leave_out_their_own_filter(cast: Cast, call: Call, indexed: Callable[[], None]) -> None:
    cast.monument()
    cast.monument(object_type=["mosque"])
    indexed()
    found = call("GET", "records?kind=heritage_object&type=mosque").json()
    assert found["count"] == 1
    assert found["facets"]["type"] == [{"value": "mausoleum", "count": 1}, {"value": "mosque", "count": 1}]


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ("bbox=1,2,3", "bbox"),
        ("bbox=1,50,3,40", "bbox"),
        ("bbox=", "bbox"),
        ("page_size=201", "page_size"),
        ("page=0", "page"),
        ("page=9999&page_size=200", "page"),
        ("page=99999999999999999999999", "page"),
        ("sort=size", "sort"),
        ("sort=distance", "near"),
        ("near=91,0&sort=distance", "near"),
        ("near=here", "near"),
        ("near=", "near"),
        ("from=0", "from"),
        ("from=1500&to=1400", "from"),
        ("from=99999999", "from"),
        ("to=x", "to"),
        ("rank=5", "rank"),
        ("lang=de", "lang"),
        ("contry=KZ", "contry"),
        ("q=" + "a" * 401, "q"),
    ],
)
def test_a_wrong_question_is_named(call: Call, question: str, path: str) -> None:
    answer = call("GET", f"records?{question}")
    assert answer.status_code == 422
    assert [error["path"] for error in answer.json()["errors"]] == [path]


def test_a_record_is_read_by_pid_and_by_uuid(cast: Cast, call: Call) -> None:
    record = cast.monument()
    by_pid, by_uuid = call("GET", f"records/{record.pid}"), call("GET", f"records/{record.id}")
    assert by_pid.content == by_uuid.content
    found = by_pid.json()
    assert found["closed"] == ["owner", "place"] and not found["place"]["exact"]
    assert found["data"]["names"][0]["name"]["text"] == "Арыстан баб кесенесі"
    assert found["state"] == "published" and found["revision"] == record.revision


def test_closed_parts_are_for_their_readers(cast: Cast, call: Call) -> None:
    record = cast.monument()
    for who in (None, "leyla", "murad", "nigar", "timur", "sasha"):
        for door in ("", "/history", "/entries", "/history?revision=1", "/history?revision=3"):
            answer = call("GET", f"records/{record.pid}{door}", who=who)
            # what it was as a draft stays with its owner
            assert answer.status_code == (404 if door.endswith("=1") else 200)
            assert EXACT not in answer.content and OWNER not in answer.content, (who, door)
    inside = call("GET", f"records/{record.pid}", who="aigerim")
    assert EXACT in inside.content and OWNER in inside.content and inside.json()["place"]["exact"]


def test_a_hidden_record_is_as_one_that_never_was(cast: Cast, call: Call) -> None:
    draft = cast.monument(state="draft")
    nobody = "01900000-0000-7000-8000-000000000000"
    body = {"data": {}, "base_revision": 1, "reason": "r"}
    for who in (None, "dana", "leyla", "timur", "sasha"):
        for method, door in (
            ("GET", ""),
            ("GET", "/history"),
            ("GET", "/history?revision=1"),
            ("GET", "/entries"),
            ("PUT", ""),
            ("POST", "/proposals"),
        ):
            sent = {} if method == "GET" else {"body": body}
            hidden = call(method, f"records/{draft.id}{door}", who=who, **sent)
            absent = call(method, f"records/{nobody}{door}", who=who, **sent)
            assert hidden.status_code == absent.status_code == (404 if who or method == "GET" else 401)
            assert hidden.content == absent.content
            assert list(hidden.headers) == list(absent.headers)


def test_what_is_withdrawn_is_gone(cast: Cast, call: Call) -> None:
    record = cast.monument()
    actions.withdraw(cast.aigerim, Record, record.id, reason="қате")
    answer = call("GET", f"records/{record.pid}")
    assert answer.status_code == 410 and answer.json()["pid"] == record.pid
    assert "қате" not in answer.content.decode()


def test_a_record_merged_into_a_hidden_one_does_not_name_it(cast: Cast, call: Call) -> None:
    one, other = cast.monument(), cast.monument()
    actions.merge(cast.aigerim, one.id, other.id, reason="бір нысан")
    assert call("GET", f"records/{one.pid}").json()["merged_into"] == other.pid
    actions.narrow(cast.aigerim, Record, other.id, ["professional"], reason="жабық")
    assert call("GET", f"records/{one.pid}").json()["merged_into"] is None
    assert str(other.id) not in call("GET", f"records/{one.pid}").content.decode()


def test_history_tells_who_did_what_and_why(cast: Cast, call: Call) -> None:
    record = cast.monument()
    data = call("GET", f"records/{record.pid}", who="aigerim").json()["data"]
    data["summary"] = {"ru": {"text": "Новый текст.", "origin": "original"}}
    actions.revise(cast.aigerim, record.id, data, base_revision=record.revision, reason="түзету")
    told = call("GET", f"records/{record.pid}/history").json()
    assert told["count"] == 2 and [change["revision"] for change in told["items"]] == [4, 3]
    inside = call("GET", f"records/{record.pid}/history", who="bolat").json()
    assert [change["revision"] for change in inside["items"]] == [4, 3, 2, 1]
    first = told["items"][0]
    assert first["action"] == "revise" and first["reason"] == "түзету"
    assert first["actor"] == str(cast.aigerim.id) and first["organisation"] == str(cast.museum)
    past = call("GET", f"records/{record.pid}/history?revision=3").json()
    assert past["count"] == 1 and past["record"]["revision"] == 3
    assert past["record"]["data"]["summary"]["ru"]["text"] == "Перестроен в начале XX века."
    assert call("GET", f"records/{record.pid}/history?revision=9").status_code == 404


def test_entries_can_be_verified(cast: Cast, call: Call) -> None:
    record = cast.monument()
    found = call("GET", f"records/{record.pid}/entries", who="bolat").json()
    public = {node["key"]: bytes.fromhex(node["public_key"]) for node in found["nodes"]}
    before = ""
    for entry in found["items"]:
        header = json.loads(entry["header"])
        raw = entry["header"].encode()
        assert digest(raw) == entry["digest"] and header["before"] == before
        assert keys.verify(public[header["key"]], bytes.fromhex(entry["signature"]), raw)
        assert not keys.verify(public[header["key"]], bytes.fromhex(entry["signature"]), raw + b" ")
        before = entry["digest"]


def test_kinds_and_vocabularies(call: Call) -> None:
    kinds = {kind["slug"]: kind for kind in call("GET", "kinds").json()["items"]}
    assert kinds["heritage_object"]["label"]["kk"] == "Мұра нысаны"
    schema = call("GET", "kinds/heritage_object/schema", Accept_Language="az").json()
    assert schema["title"] == "İrs obyekti" and schema["properties"]["object_type"]["type"] == "array"
    assert "names" in schema["required"] and schema["properties"]["place"]["part"] == "place"
    assert "object_type" in call("GET", "vocabularies").json()["items"]
    term = next(t for t in call("GET", "vocabularies/object_type").json()["terms"] if t["code"] == "mausoleum")
    assert set(term["labels"]) >= {"kk", "az", "ru", "en"}
    for absent in ("kinds/nothing/schema", "vocabularies/nothing"):
        assert call("GET", absent).status_code == 404


def test_the_schema_of_a_kind_accepts_what_the_api_gives(cast: Cast, call: Call) -> None:
    import jsonschema  # type: ignore[import-untyped]

    record = cast.monument()
    schema = call("GET", "kinds/heritage_object/schema").json()
    jsonschema.validate(call("GET", f"records/{record.pid}", who="aigerim").json()["data"], schema)
    jsonschema.validate(call("GET", f"records/{record.pid}").json()["data"], schema)


def test_a_browser_session_reads(cast: Cast) -> None:
    draft = cast.monument(state="draft")
    client = Client()
    client.force_login(cast.users["aigerim"], backend=settings.AUTHENTICATION_BACKENDS[0])
    answer = client.get(f"/api/v1/records/{draft.id}")
    assert answer.status_code == 200 and answer["Cache-Control"] == "private, no-store"
    assert PASSWORD not in answer.content.decode()


def test_caches_keep_readers_apart(cast: Cast, call: Call) -> None:
    record = cast.monument()
    private = call("GET", f"records/{record.pid}", who="aigerim")
    assert private["Cache-Control"] == "private, no-store"
    assert call("GET", f"records/{record.pid}")["Cache-Control"] == "no-cache"
    assert {"Accept-Language", "Authorization", "Cookie"} <= set(private["Vary"].split(", "))
