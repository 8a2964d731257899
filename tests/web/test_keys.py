"""Pages of passkeys and of sessions, as far as they need no device; the ceremony itself is in the browser tests."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from ortaq.people.models import User
from tests.cast import PASSWORD, Cast
from tests.web.posting import said, signed_in
from tests.web.test_accounts import sign_in

SCRIPT = re.compile(r"<script([^>]*)>")


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def safe(cast: Cast, client: Any) -> Any:
    """Timur, who has just typed his password once more."""
    sign_in(client, "timur")
    client.post("/en/account/reauthenticate/", {"password": PASSWORD})
    assert client.session[AUTHENTICATION_METHODS_SESSION_KEY]
    return client


def options(page: Any) -> Any:
    found = re.search(r'<script id="passkey-options" type="application/json">(.*?)</script>', said(page), re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.mark.parametrize("lang", ["kk", "az", "ru", "en"])
@pytest.mark.parametrize("path", ["login/", "2fa/", "2fa/webauthn/", "2fa/webauthn/add/", "sessions/", "3rdparty/"])
def test_the_pages_have_no_script_of_their_own(cast: Cast, safe: Any, lang: str, path: str) -> None:
    page = (Client() if path == "login/" else safe).get(f"/{lang}/account/{path}")
    assert page.status_code == 200 and f'<html lang="{lang}">' in said(page)
    for attributes in SCRIPT.findall(said(page)):
        assert "src=" in attributes or 'type="application/json"' in attributes
    assert "'unsafe" not in page["Content-Security-Policy"] and "script-src 'self'" in page["Content-Security-Policy"]


def test_keys_belong_to_the_host_of_the_public_address(safe: Any, settings: Any) -> None:
    asked = options(safe.get("/en/account/2fa/webauthn/add/", HTTP_HOST="localhost:8000"))["creation_options"][
        "publicKey"
    ]
    assert asked["rp"]["id"] == "localhost"
    settings.ORTAQ_ADDRESS = "https://heritage.example:8443"
    asked = options(safe.get("/en/account/2fa/webauthn/add/"))["creation_options"]["publicKey"]
    assert asked["rp"]["id"] == "heritage.example"


def test_a_key_is_added_only_after_the_password_once_more(cast: Cast) -> None:
    answer = signed_in(cast, "timur").get("/en/account/2fa/webauthn/add/")
    assert answer.status_code == 302 and "/reauthenticate/" in answer.url


@pytest.mark.parametrize(
    "credential",
    ["", "nonsense", "{}", "[]", "7", '{"id": 1}', '{"id": "eA", "rawId": "eA"}', '{"response": {"userHandle": 5}}'],
)
def test_nonsense_is_no_key(cast: Cast, client: Any, safe: Any, credential: str) -> None:
    assert safe.post("/en/account/2fa/webauthn/add/", {"name": "x", "credential": credential}).status_code == 200
    stranger = Client()
    stranger.get("/en/account/2fa/webauthn/login/", HTTP_ACCEPT="application/json")
    assert stranger.post("/en/account/2fa/webauthn/login/", {"credential": credential}).status_code == 302
    assert stranger.get("/en/account").status_code == 302
    assert not Authenticator.objects.exists()


def test_a_strangers_key_can_be_neither_renamed_nor_removed(cast: Cast, safe: Any) -> None:
    key = Authenticator.objects.create(
        user=cast.users["dana"], type="webauthn", data={"name": "hers", "credential": {}}
    )
    for verb in ("edit", "remove"):
        assert safe.post(f"/en/account/2fa/webauthn/keys/{key.pk}/{verb}/", {"name": "mine"}).status_code == 404
    key.refresh_from_db()
    assert key.data["name"] == "hers"


def test_where_one_is_signed_in_and_out(cast: Cast, client: Any) -> None:
    other = Client(headers={"user-agent": "Library computer"})
    sign_in(other, "timur")
    sign_in(client, "timur")
    page = said(client.get("/en/account/sessions/"))
    assert "Library computer" in page and page.count("this browser") == 1
    client.post("/en/account/sessions/")
    assert other.get("/en/account").status_code == 302
    assert client.get("/en/account").status_code == 200
    assert "Library computer" not in said(client.get("/en/account/sessions/"))


def test_sessions_of_others_stay(cast: Cast, client: Any) -> None:
    hers = Client()
    sign_in(hers, "dana")
    sign_in(client, "timur")
    client.post("/en/account/sessions/")
    assert hers.get("/en/account").status_code == 200
    assert User.objects.count() == len(cast.users)
