"""One shape for every error, in the reader's language; nothing that is sent is a fault of the node."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ortaq.api import body, door, rate
from ortaq.api.problems import TYPES, Refused
from tests.cast import Cast, entries, monument_data

Call = Callable[..., Any]
SHAPE = {"type", "title", "status", "detail", "errors"}


def refused(answer: HttpResponse, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    found: dict[str, Any] = json.loads(answer.content)
    assert set(found) == SHAPE and found["status"] == status
    assert found["type"] == f"http://testserver/api/v1/docs#{TYPES[status][0]}"
    assert all(set(error) == {"path", "code", "message"} for error in found["errors"])
    return found


def test_every_status_has_the_shape(cast: Cast, call: Call) -> None:
    record = cast.monument()
    good = {"kind": "heritage_object", "data": monument_data()}
    refused(call("POST", "records", who="aigerim", body=b"{"), 400)
    refused(call("POST", "records", body=good), 401)
    refused(call("POST", "records", who="timur", body=good | {"owner": str(cast.museum)}), 403)
    refused(call("GET", "records/TEST-999999999"), 404)
    refused(call("GET", "no/such/address"), 404)
    assert "GET" in call("DELETE", f"records/{record.pid}")["Allow"]
    refused(call("DELETE", f"records/{record.pid}"), 405)
    refused(call("GET", "records", Accept="application/pdf"), 406)
    refused(call("POST", "records", who="aigerim", body=good, Content_Type="text/csv"), 415)
    refused(call("POST", "records", who="aigerim", body=good | {"kind": "ship"}), 422)


def test_a_problem_names_its_place(cast: Cast, call: Call) -> None:
    data = monument_data(names=[{"name": {"text": "x" * 501, "lang": "kk"}}], object_type=["spaceship"])
    answer = call("POST", "records", who="aigerim", body={"kind": "heritage_object", "data": data})
    found = {error["path"]: error["code"] for error in refused(answer, 422)["errors"]}
    assert found["names.0.name"] == "too_long" and "object_type" in found


def test_ten_megabytes_are_refused(cast: Cast, call: Call) -> None:
    before = entries()
    text = {"kind": "heritage_object", "data": {"summary": "а" * 5_000_000}}
    raw = json.dumps(text, ensure_ascii=False).encode()
    refused(call("POST", "records", who="aigerim", body=raw), 413)
    smaller = json.dumps({"kind": "heritage_object", "data": {"summary": "a" * 9_000_000}}).encode()
    assert refused(call("POST", "records", who="aigerim", body=smaller), 422)["errors"][0]["code"] == "too_long"
    assert entries() == before


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b'{"kind": "a\\u0000b", "data": {}}', "character"),
        (b'{"kind": "heritage_object", "data": {"summary": "\\ud800"}}', "character"),
        (b'{"kind": "heritage_object", "data": {"\\udfff": 1}}', "character"),
        (b'{"kind": "heritage_object", "data": {"a": 1e999}}', "number"),
        (b'{"kind": "heritage_object", "data": {"a": NaN}}', "number"),
        (b'{"kind": "heritage_object", "data": {"a": 9007199254740993}}', "number"),
        (b'{"a": ' + b"9" * 5000 + b"}", "json"),
        (b'{"kind": "a", "kind": "b", "data": {}}', "duplicate"),
        (b'{"\\ud800": 1, "\\ud800": 2}', "duplicate"),
        (b"[" * 100_000, "json"),
        (b"[" * 60 + b"]" * 60, "depth"),
        (b"{'kind': 1}", "json"),
        ("{}".encode("utf-16"), "encoding"),
        (b"\xff\xfe", "encoding"),
    ],
)
def test_a_body_is_i_json(call: Call, raw: bytes, code: str) -> None:
    errors = refused(call("POST", "records", who="aigerim", body=raw), 400)["errors"]
    assert [error["code"] for error in errors] == [code]


def test_i_json_passes() -> None:
    text = '{"a": [1, -1.5, true, null, "ə\\ud83d\\ude00"], "b": {"": 9007199254740991}}'
    assert body.parse(text.encode()) == json.loads(text)


@pytest.mark.parametrize("path", ["records/%00", "kinds/%00/schema", "vocabularies/%00", "records/%FF%FE", "%00"])
def test_broken_addresses_are_absent(call: Call, path: str) -> None:
    found = refused(call("GET", path), 404)
    assert found == refused(call("GET", "records/TEST-999999999"), 404) and found["title"] == "Not found"


def test_nul_and_broken_utf8_in_a_question_are_harmless(call: Call) -> None:
    for question in ("q=%00", "q=%ff%fe", "kind=%00", "q=%ED%A0%80", "country=%00,KZ", "q=%22%22%22"):
        assert call("GET", f"records?{question}").status_code == 200, question


@pytest.mark.parametrize(
    ("sent", "lang"), [("kk", "kk"), ("de, az;q=0.5, ru;q=0.4", "az"), ("ru-KZ", "ru"), ("*", "en")]
)
def test_accept_language_decides(call: Call, sent: str, lang: str) -> None:
    assert call("GET", "records/none", Accept_Language=sent)["Content-Language"] == lang


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["kk", "", "1", "2020", "V"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(data=st.data())
@settings(max_examples=60, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_no_value_of_any_field_is_a_fault(cast: Cast, call: Call, data: st.DataObject) -> None:
    """One place of a good record is replaced by anything at all."""
    good = copy.deepcopy(RICH)
    places = list(_places(good))
    for parent, key in data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=2)):
        parent[key] = data.draw(anything)
    answer = call("POST", "records", who="aigerim", body={"kind": "heritage_object", "data": good})
    assert answer.status_code in (201, 400, 422), answer.content


def _places(value: Any) -> Any:
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, key
        if isinstance(inner, dict | list):
            yield from _places(inner)


def _rich() -> dict[str, Any]:
    from ortaq.kinds.heritage_object import HeritageObject

    return {**HeritageObject.example, **monument_data()}


RICH = _rich()


def test_too_many_requests_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate, "REQUESTS", rate.Limit(2))
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")
    for _ in range(2):
        door.refuse_too_many(request, now=1_000_000_000.0)
    door.refuse_too_many(RequestFactory().get("/", REMOTE_ADDR="192.0.2.8"), now=1_000_000_000.0)
    with pytest.raises(Refused) as caught:
        door.refuse_too_many(request, now=1_000_000_001.0)
    assert caught.value.status == 429 and 1 <= int(caught.value.headers["Retry-After"]) <= 60
    door.refuse_too_many(request, now=1_000_000_061.0)
    for _ in range(5):
        door.refuse_too_many(RequestFactory().get("/", REMOTE_ADDR="127.0.0.1"), now=1_000_000_001.0)


def test_a_forwarded_address_counts_behind_a_trusted_proxy_only(settings: Any) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR="10.0.0.1, 203.0.113.9")
    assert rate.asker(request) == "192.0.2.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert rate.asker(request) == "203.0.113.9"


def test_a_fault_is_told_without_its_cause(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any) -> None:
        raise RuntimeError("secret-of-the-node")

    monkeypatch.setattr("ortaq.engine.access.get", broken)
    answer = call("GET", "records/TEST-000001")
    assert b"secret-of-the-node" not in answer.content
    refused(answer, 500)
