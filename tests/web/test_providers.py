"""Signing in by a provider of OpenID Connect that really answers, and everything it may do wrong."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from ortaq.people.models import User
from ortaq.people.oidc import door
from ortaq.site import providers
from tests.cast import PASSWORD, Cast
from tests.web.elsewhere import CLIENT, SECRET, Elsewhere, new_key, running
from tests.web.posting import said, signed_in
from tests.web.test_accounts import SECRET as TOTP_SECRET
from tests.web.test_accounts import code, sign_in

LEYLA = {"sub": "l-1", "email": "Leyla@example.org", "email_verified": True}


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    with running() as provider:
        provider.person = dict(LEYLA)
        yield provider


@pytest.fixture
def trust(elsewhere: Elsewhere, settings: Any, tmp_path: Path) -> Callable[..., None]:
    """Names the provider to the node; ``trust(trust_email=True)`` believes its addresses."""

    def name(**more: Any) -> None:
        host = elsewhere.url.removeprefix("http://")
        one = {"id": "sheki", "name": {"en": "Sheki reserve", "az": "Şəki qoruğu"}, "server": elsewhere.url}
        one |= {"client_id": CLIENT, "secret_env": "TEST_SECRET", "private_hosts": [host]} | more
        file = tmp_path / "sign-in.json"
        file.write_text(json.dumps([one]))
        settings.SOCIALACCOUNT_PROVIDERS = providers.read(file, {"TEST_SECRET": SECRET})

    name()
    return name


def go(client: Any, elsewhere: Elsewhere, lang: str = "en", query: str = "", **brought: str) -> Any:
    """To the provider and back; ``brought`` replaces what the browser brings."""
    left = client.post(f"/{lang}/account/oidc/sheki/{query}")
    assert left.status_code == 302, said(left)
    assert left.url.startswith(f"{elsewhere.url}/authorize?")
    back = client.get("/account/oidc/sheki/answer", elsewhere.agree(left.url) | brought)
    assert back.url.startswith(f"/{lang}/account/oidc/sheki/callback/?")
    return client.get(back.url)


def is_in(client: Any, lang: str = "en") -> bool:
    return bool(client.get(f"/{lang}/account").status_code == 200)


def test_the_sign_in_page_has_a_button_in_its_language(cast: Cast, client: Any, trust: Any) -> None:
    assert "Sign in with Sheki reserve" in said(client.get("/en/account/login/"))
    assert "Şəki qoruğu" in said(client.get("/az/account/login/"))


def test_without_providers_there_is_nothing_of_them(cast: Cast, client: Any) -> None:
    assert "/oidc/" not in said(client.get("/en/account/login/"))
    assert client.post("/en/account/oidc/sheki/").status_code == 404
    assert client.get("/en/account/oidc/sheki/callback/").status_code == 404


def test_what_the_provider_is_asked(cast: Cast, client: Any, elsewhere: Elsewhere, trust: Any) -> None:
    trust(trust_email=True)
    go(client, elsewhere, query="?scope=admin&auth_params=redirect_uri%3Dhttps%3A%2F%2Fevil.example")
    asked = elsewhere.asked
    assert asked["redirect_uri"] == "http://testserver/account/oidc/sheki/answer"
    assert set(asked["scope"].split()) == {"openid", "email"}
    assert asked["response_type"] == "code" and asked["code_challenge_method"] == "S256"
    assert len(asked["nonce"]) >= 32 and len(asked["state"]) >= 32


def test_a_trusted_address_opens_its_account(cast: Cast, client: Any, elsewhere: Elsewhere, trust: Any) -> None:
    trust(trust_email=True)
    assert go(client, elsewhere, "ru").url == "/az/"
    assert is_in(client) and client.session["_auth_user_id"] == str(cast.users["leyla"].pk)
    elsewhere.person |= {"email": "new-name@example.org", "email_verified": False}
    again = Client()
    assert go(again, elsewhere).status_code == 302 and again.session["_auth_user_id"] == str(cast.users["leyla"].pk)


@pytest.mark.parametrize(
    ("trusted", "email_verified", "email"),
    [
        (False, True, "leyla@example.org"),
        (True, False, "leyla@example.org"),
        (True, "false", "leyla@example.org"),
        (True, None, "leyla@example.org"),
        (True, True, ""),
        (False, True, "nobody@example.org"),
    ],
)
def test_too_little_proof_opens_and_makes_nothing(
    cast: Cast, client: Any, elsewhere: Elsewhere, trust: Any, trusted: bool, email_verified: Any, email: str
) -> None:
    trust(trust_email=trusted)
    elsewhere.person |= {"email": email, "email_verified": email_verified}
    elsewhere.profile = {"sub": LEYLA["sub"]}
    count = User.objects.count()
    answer = go(client, elsewhere)
    assert answer.status_code == 403 and "Sign in here first" in said(answer)
    assert not is_in(client)
    assert (User.objects.count(), SocialAccount.objects.count()) == (count, 0)


def test_the_page_is_the_same_with_and_without_an_account(cast: Cast, elsewhere: Elsewhere, trust: Any) -> None:
    pages = []
    for email in ("leyla@example.org", "nobody@example.org"):
        elsewhere.person = {"sub": email, "email": email, "email_verified": True}
        pages.append(said(go(Client(), elsewhere)).partition("<main")[2])
    assert pages[0] == pages[1]


def test_an_address_that_nobody_confirmed_here_opens_nothing(
    cast: Cast, client: Any, elsewhere: Elsewhere, trust: Any
) -> None:
    """Timur typed somebody's address into his account; whoever owns it does not land there."""
    trust(trust_email=True)
    EmailAddress.objects.create(user=cast.users["timur"], email="victim@example.org", verified=False)
    elsewhere.person |= {"email": "victim@example.org"}
    assert go(client, elsewhere).status_code == 403
    assert not is_in(client)


def test_a_new_person_of_a_trusted_provider_gets_an_account(
    cast: Cast, client: Any, elsewhere: Elsewhere, trust: Any
) -> None:
    trust(trust_email=True)
    elsewhere.person |= {"sub": "n-1", "email": "newcomer@example.org"}
    assert go(client, elsewhere, "kk").url == "/kk/"
    user = User.objects.get(email="newcomer@example.org")
    assert user.language == "kk" and not user.has_usable_password()
    assert EmailAddress.objects.get(user=user).verified and is_in(client)
    assert SocialAccount.objects.get().extra_data == {"email": "newcomer@example.org"}


def test_the_address_may_come_from_the_profile_of_the_same_person(
    cast: Cast, client: Any, elsewhere: Elsewhere, trust: Any
) -> None:
    trust(trust_email=True)
    elsewhere.person = {"sub": "l-1"}
    elsewhere.profile = LEYLA | {"sub": "somebody-else"}
    assert go(client, elsewhere).status_code == 401
    elsewhere.profile = LEYLA
    assert go(client, elsewhere).url == "/az/"


def spoiled(**claims: Any) -> Callable[[Elsewhere], None]:
    return lambda elsewhere: elsewhere.changes.update(claims)


def other_key(elsewhere: Elsewhere) -> None:
    elsewhere.signing = new_key()


def shared_secret(elsewhere: Elsewhere) -> None:
    elsewhere.signing, elsewhere.algorithm = SECRET.ljust(32, "x"), "HS256"


def unsigned(elsewhere: Elsewhere) -> None:
    elsewhere.signing, elsewhere.algorithm = "", "none"


def other_name(elsewhere: Elsewhere) -> None:
    elsewhere.discovery["issuer"] = "http://127.0.0.2"


WRONG = {
    "issuer": spoiled(iss="https://evil.example"),
    "audience": spoiled(aud="another-client"),
    "authorised party": spoiled(aud=[CLIENT, "another-client"], azp="another-client"),
    "nonce": spoiled(nonce="another"),
    "no nonce": spoiled(nonce=None),
    "expired": spoiled(exp=int(time.time()) - 3_600),
    "without an end": spoiled(exp=None),
    "from the future": spoiled(iat=int(time.time()) + 3_600),
    "nobody": spoiled(sub=None),
    "another key": other_key,
    "shared secret": shared_secret,
    "unsigned": unsigned,
    "server error": lambda elsewhere: setattr(elsewhere, "status", 500),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_token_opens_nothing(
    cast: Cast, client: Any, elsewhere: Elsewhere, trust: Any, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    trust(trust_email=True)
    WRONG[what](elsewhere)
    with caplog.at_level(logging.INFO):
        answer = go(client, elsewhere)
    assert answer.status_code == 401 and "Signing in did not work" in said(answer)
    assert not is_in(client) and not SocialAccount.objects.exists()
    assert "Signing in by sheki failed" in caplog.text
    assert SECRET not in caplog.text and "eyJ" not in caplog.text


def test_a_key_that_the_provider_does_not_name(cast: Cast, client: Any, elsewhere: Elsewhere, trust: Any) -> None:
    trust(trust_email=True)
    answered = elsewhere.answer

    def other_names(path: str, body: str) -> tuple[int, dict[str, Any]]:
        status, found = answered(path, body)
        if path == "/keys":
            found["keys"][0]["kid"] = "another"
        return status, found

    elsewhere.answer = other_names  # type: ignore[method-assign]
    assert go(client, elsewhere).status_code == 401
    assert not is_in(client)


def test_a_state_that_this_browser_was_not_given(cast: Cast, client: Any, elsewhere: Elsewhere, trust: Any) -> None:
    trust(trust_email=True)
    assert go(client, elsewhere, state="en-another").status_code == 401
    left: Any = Client().post("/en/account/oidc/sheki/")
    brought = elsewhere.agree(left.url)
    assert client.get("/en/account/oidc/sheki/callback/", brought).status_code == 401
    assert not is_in(client)


def test_a_state_serves_once(cast: Cast, client: Any, elsewhere: Elsewhere, trust: Any) -> None:
    trust(trust_email=True)
    go(client, elsewhere)
    client.logout()
    brought = {"code": "one-time", "state": elsewhere.asked["state"]}
    assert client.get("/en/account/oidc/sheki/callback/", brought).status_code == 401


@pytest.mark.parametrize("wrong", [{"issuer": "http://127.0.0.2"}, {"token_endpoint": "ftp://127.0.0.1/token"}])
def test_a_provider_with_another_name_is_not_gone_to(
    cast: Cast, client: Any, elsewhere: Elsewhere, trust: Any, wrong: dict[str, str]
) -> None:
    elsewhere.discovery = wrong
    assert client.post("/en/account/oidc/sheki/").status_code == 401


def test_only_the_named_hosts_are_asked(cast: Cast, client: Any, elsewhere: Elsewhere, trust: Any) -> None:
    trust(trust_email=True)
    elsewhere.discovery = {"token_endpoint": "http://127.0.0.1:9/token"}
    assert go(client, elsewhere).status_code == 401
    with pytest.raises(door.Trouble, match="host"):
        door.Door().get("http://127.0.0.1:9/")


def test_leaving_the_provider_is_no_fault(cast: Cast, client: Any, elsewhere: Elsewhere, trust: Any) -> None:
    left = client.post("/en/account/oidc/sheki/")
    state = elsewhere.agree(left.url)["state"]
    back = client.get("/en/account/oidc/sheki/callback/", {"error": "access_denied", "state": state}, follow=True)
    assert "You are not signed in" in said(back)


@pytest.mark.parametrize("spared", [False, True])
def test_the_second_step_holds_unless_the_provider_is_trusted_for_it(
    cast: Cast, client: Any, elsewhere: Elsewhere, trust: Any, spared: bool
) -> None:
    trust(trust_email=True, trust_second_step=spared)
    TOTP.activate(cast.users["leyla"], TOTP_SECRET)
    answer = go(client, elsewhere)
    assert is_in(client) is spared
    if not spared:
        assert answer.url.startswith("/en/account/2fa/authenticate/")
        client.post("/en/account/2fa/authenticate/", {"code": code()})
        assert is_in(client)
    assert sign_in(Client(), "leyla").url.startswith("/en/account/2fa/authenticate/")


@pytest.mark.parametrize("gone", [False, True])
def test_one_connects_and_disconnects_after_the_password(
    cast: Cast, client: Any, elsewhere: Elsewhere, trust: Any, settings: Any, gone: bool
) -> None:
    sign_in(client, "timur")
    asked = go(client, elsewhere, query="?process=connect")
    assert "/reauthenticate/" in asked.url and not SocialAccount.objects.exists()
    done = client.post("/en/account/reauthenticate/", {"password": PASSWORD}, follow=True)
    assert "Leyla@example.org" in said(done) and "<strong>Sheki reserve</strong>" in said(done)
    account = SocialAccount.objects.get(user=cast.users["timur"])

    there = Client()
    assert go(there, elsewhere).url == "/ru/"
    other = signed_in(cast, "dana")
    other.post("/en/account/3rdparty/", {"account": account.pk})
    assert SocialAccount.objects.count() == 1
    if gone:
        settings.SOCIALACCOUNT_PROVIDERS = {}
    client.post("/en/account/3rdparty/", {"account": account.pk})
    trust()
    assert not SocialAccount.objects.exists()
    assert go(Client(), elsewhere).status_code == 403


def test_an_account_elsewhere_belongs_to_one_person(cast: Cast, client: Any, elsewhere: Elsewhere, trust: Any) -> None:
    trust(trust_email=True)
    go(Client(), elsewhere)
    sign_in(client, "timur")
    client.post("/en/account/reauthenticate/", {"password": PASSWORD})
    text = said(client.get(go(client, elsewhere, query="?process=connect").url))
    assert "Somebody else here has connected this account already." in text
    assert SocialAccount.objects.get().user == cast.users["leyla"]


GOOD = {"id": "kz", "name": "Example", "server": "https://login.example", "client_id": "x"}


@pytest.mark.parametrize(
    ("one", "said_of"),
    [
        ({"id": "kz"}, "lacks"),
        (GOOD | {"secret": "plain"}, "unknown"),
        (GOOD | {"id": "Kz/1"}, "small letters"),
        (GOOD | {"server": "http://login.example"}, "https"),
        (GOOD | {"secret_env": "NOT_SET"}, "NOT_SET"),
        ("kz", "list"),
    ],
)
def test_a_wrong_file_is_refused_by_name(tmp_path: Path, one: Any, said_of: str) -> None:
    file = tmp_path / "sign-in.json"
    file.write_text(json.dumps([one]))
    with pytest.raises(ImproperlyConfigured, match=said_of):
        providers.read(file, {})


def test_a_wrong_file_stops_a_command_with_one_line(tmp_path: Path) -> None:
    given = {**os.environ, "ORTAQ_SIGN_IN": str(tmp_path / "missing.json")}
    done = subprocess.run(
        [sys.executable, "-m", "ortaq.cli", "check"], env=given, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and done.stderr.startswith("ORTAQ_SIGN_IN") and done.stderr.count("\n") == 1


def test_the_policy_lets_the_button_lead_to_the_provider(tmp_path: Path) -> None:
    file = tmp_path / "sign-in.json"
    file.write_text(json.dumps([GOOD | {"hosts": ["api.example"]}]))
    assert providers.origins(providers.read(file, {})) == ["https://api.example", "https://login.example"]
    assert providers.origins(providers.read(None)) == []
