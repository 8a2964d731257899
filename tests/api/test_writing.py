"""Writing by the API: the same rules as everywhere, and a token."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from ortaq.engine.models import Entry, Proposal
from ortaq.people.actions import end_token, new_token
from ortaq.people.models import ApiToken
from tests.cast import Cast, entries, monument_data

Call = Callable[..., Any]


def creation(**changes: Any) -> dict[str, Any]:
    return {"kind": "heritage_object", "data": monument_data(), "reason": "бастапқы"} | changes


def test_an_editor_creates_a_draft(cast: Cast, call: Call) -> None:
    answer = call("POST", "records", who="aigerim", body=creation())
    assert answer.status_code == 201
    found = answer.json()
    assert found["state"] == "draft" and found["owner"] == str(cast.museum) and found["pid"] is None
    assert answer["Location"] == f"http://testserver/api/v1/records/{found['id']}"
    assert call("GET", f"records/{found['id']}", who="bolat").status_code == 200
    assert call("GET", f"records/{found['id']}").status_code == 404


def test_a_record_is_sent_to_review_at_once(cast: Cast, call: Call) -> None:
    found = call("POST", "records", who="aigerim", body=creation(submit=True, owner=str(cast.museum))).json()
    assert found["state"] == "in_review"
    lacking = creation(submit=True, data={"country": "KZ", "names": monument_data()["names"]})
    answer = call("POST", "records", who="aigerim", body=lacking)
    assert answer.status_code == 422
    assert {"object_type", "sources"} <= {error["path"] for error in answer.json()["errors"]}


@pytest.mark.parametrize("who", ["leyla", "timur", "nigar"])
def test_others_do_not_create_for_the_museum(cast: Cast, call: Call, who: str) -> None:
    before = entries()
    assert call("POST", "records", who=who, body=creation(owner=str(cast.museum))).status_code == 403
    assert entries() == before


def test_an_owner_has_to_be_known(cast: Cast, call: Call) -> None:
    for wrong in ("nobody", "01900000-0000-7000-8000-000000000000"):
        answer = call("POST", "records", who="aigerim", body=creation(owner=wrong))
        assert answer.status_code == 422 and answer.json()["errors"][0]["path"] == "owner"
    assert call("POST", "records", who="timur", body=creation()).json()["errors"][0]["code"] == "owner"


def test_an_editor_revises(cast: Cast, call: Call) -> None:
    record = cast.monument()
    data = call("GET", f"records/{record.pid}", who="aigerim").json()["data"]
    data["summary"]["kk"] = {"text": "Жаңа мәтін.", "origin": "original"}
    body = {"data": data, "base_revision": record.revision, "reason": "аударма"}
    found = call("PUT", f"records/{record.pid}", who="aigerim", body=body)
    assert found.status_code == 200 and found.json()["revision"] == record.revision + 1
    assert call("GET", f"records/{record.pid}").json()["data"]["summary"]["kk"]["text"] == "Жаңа мәтін."


def test_a_second_save_loses_nothing(cast: Cast, call: Call) -> None:
    record = cast.monument()
    base = call("GET", f"records/{record.pid}", who="aigerim").json()["data"]
    for text, status in (("Бірінші.", 200), ("Екінші.", 409)):
        data = base | {"summary": {"kk": {"text": text, "origin": "original"}}}
        body = {"data": data, "base_revision": record.revision}
        answer = call("PUT", f"records/{record.pid}", who="aigerim", body=body)
        assert answer.status_code == status
    told = answer.json()
    assert told["base"]["summary"]["ru"]["text"] == "Перестроен в начале XX века."
    assert told["mine"]["summary"]["kk"]["text"] == "Екінші."
    assert told["theirs"]["summary"]["kk"]["text"] == "Бірінші."
    assert told["revision"] == record.revision + 1


def test_who_may_not_revise_proposes(cast: Cast, call: Call) -> None:
    record = cast.monument()
    data = call("GET", f"records/{record.pid}", who="leyla").json()["data"]
    data["summary"]["az"] = {"text": "Yeni mətn.", "origin": "original"}
    body = {"data": data, "base_revision": record.revision, "reason": "tərcümə"}
    assert call("PUT", f"records/{record.pid}", who="leyla", body=body).status_code == 403
    answer = call("POST", f"records/{record.pid}/proposals", who="leyla", body=body)
    assert answer.status_code == 201 and answer.json()["target"] == str(record.id)
    assert Proposal.objects.get(id=answer.json()["id"]).reason == "tərcümə"
    missing = {"data": data, "base_revision": record.revision}
    assert call("POST", f"records/{record.pid}/proposals", who="leyla", body=missing).status_code == 422


def test_nobody_writes_without_a_token(cast: Cast, call: Call) -> None:
    record, before = cast.monument(), entries()
    for method, path in (
        ("POST", "records"),
        ("PUT", f"records/{record.pid}"),
        ("POST", f"records/{record.pid}/proposals"),
    ):
        answer = call(method, path, body=creation())
        assert answer.status_code == 401 and answer["WWW-Authenticate"].startswith("Bearer")
    assert entries() == before


def test_a_cookie_never_writes(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.users["aigerim"], backend=settings.AUTHENTICATION_BACKENDS[0])
    before = entries()
    answer = client.post("/api/v1/records", creation(), content_type="application/json")
    assert answer.status_code == 401 and entries() == before


@pytest.mark.parametrize("sent", ["Bearer ortaq_wrong", "Bearer", "Basic YTpi", "ortaq_x"])
def test_a_wrong_token_is_refused_even_for_reading(cast: Cast, call: Call, sent: str) -> None:
    record = cast.monument()
    assert call("GET", f"records/{record.pid}", Authorization=sent).status_code == 401


def test_an_ended_token_is_refused(cast: Cast, call: Call) -> None:
    user = cast.users["aigerim"]
    secret = new_token(user, "old")
    headers = {"Authorization": f"Bearer {secret}"}
    assert call("GET", "kinds", **headers).status_code == 200
    end_token(user, ApiToken.objects.get(user=user, name="old"))
    assert call("GET", "kinds", **headers).status_code == 401


def test_the_log_names_who_wrote(cast: Cast, call: Call) -> None:
    found = call("POST", "records", who="aigerim", body=creation()).json()
    entry = Entry.objects.get(thing=found["id"])
    assert entry.action == "create" and entry.actor == cast.aigerim.id
