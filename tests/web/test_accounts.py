"""Accounts through the pages: making one, signing in with and without the second step, own settings."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from ortaq.people import access, actions
from ortaq.people.access import ACTING_FOR
from ortaq.people.models import ApiToken, User
from tests.cast import PASSWORD, Cast
from tests.web.posting import form_of, said, signed_in

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def code(secret: str = SECRET) -> str:
    """What an authenticator app shows now."""
    counters = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(secret, counters[len(counters) // 2])))


def sign_in(client: Any, name: str, lang: str = "en", password: str = PASSWORD, following: str = "") -> Any:
    body = {"login": f"{name}@example.org", "password": password}
    return client.post(f"/{lang}/account/login/", body | ({"next": following} if following else {}))


def test_after_signing_in_comes_home_in_the_own_language(cast: Cast, client: Any) -> None:
    assert sign_in(client, "leyla", "en").url == "/az/"
    assert client.get("/az/account").status_code == 200


def test_after_signing_in_comes_the_page_that_was_asked_for(cast: Cast, client: Any) -> None:
    asked = client.get("/kk/review").url
    following = form_of(client.get(asked), "login")["next"][0]
    assert sign_in(client, "aigerim", "kk", following=following).url == "/kk/review"
    assert sign_in(Client(), "aigerim", "kk", following="https://elsewhere.example/").url == "/kk/"


def test_a_wrong_password_and_an_unknown_address_look_alike(cast: Cast) -> None:
    wrong, unknown = sign_in(Client(), "leyla", password="not-this-one"), sign_in(Client(), "nobody")
    assert wrong.status_code == unknown.status_code == 200
    assert 'role="alert"' in said(wrong)
    strip = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|value="\w+@example.org"')
    assert strip.sub("", said(wrong)) == strip.sub("", said(unknown))


def test_failed_sign_ins_are_limited(cast: Cast) -> None:
    for _ in range(12):
        sign_in(Client(), "leyla", password="not-this-one")
    assert sign_in(Client(), "leyla").status_code != 302


def test_signing_in_with_the_second_step(cast: Cast, client: Any) -> None:
    TOTP.activate(cast.users["dana"], SECRET)
    assert sign_in(client, "dana", "ru").url.startswith("/ru/account/2fa/authenticate/")
    assert client.get("/ru/account").status_code == 302
    step = client.get("/ru/account/2fa/authenticate/")
    assert 'name="code"' in said(step)
    assert client.post("/ru/account/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert client.post("/ru/account/2fa/authenticate/", {"code": code()}).url == "/ru/"
    assert client.get("/ru/account").status_code == 200


def test_a_recovery_code_works_once(cast: Cast) -> None:
    TOTP.activate(cast.users["dana"], SECRET)
    spare = RecoveryCodes.activate(cast.users["dana"]).get_unused_codes()[0]
    answers = []
    for _ in range(2):
        client = Client()
        sign_in(client, "dana")
        answers.append(client.post("/en/account/2fa/authenticate/", {"code": spare}).status_code)
    assert answers == [302, 200]


def test_the_second_step_is_set_up_on_the_page(cast: Cast, client: Any) -> None:
    sign_in(client, "murad", "az")
    once_more = client.get("/az/account/2fa/totp/activate/").url
    shown = client.post(once_more, {"password": PASSWORD}, follow=True)
    secret = re.search(r'class="secret">([A-Z2-7]+)<', said(shown))
    assert secret and "data:image/svg+xml" in said(shown)
    done = client.post("/az/account/2fa/totp/activate/", {"code": code(secret[1])})
    assert done.status_code == 302
    codes = said(client.get("/az/account/2fa/recovery-codes/"))
    assert codes.count("<li>") >= 10
    assert "Switch the codes off" in said(client.get("/en/account/2fa/"))


def test_a_new_account_is_confirmed_by_code(cast: Cast, client: Any) -> None:
    body = {"email": "New@Example.org", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post("/kk/account/signup/", body).status_code == 200
    body["terms"] = "on"
    sent = client.post("/kk/account/signup/", body)
    assert sent.url == "/kk/account/confirm-email/"
    assert "new@example.org" in said(client.get(sent.url))
    letter = str(mail.outbox[-1].body)
    found = re.search(r"^\s*([A-Z0-9-]{6,12})\s*$", letter, re.MULTILINE)
    assert found, letter
    assert client.post(sent.url, {"code": "WRONG-1"}).status_code == 200
    assert client.post(sent.url, {"code": found[1]}).status_code == 302
    user = User.objects.get(email="new@example.org")
    assert user.language == "kk"
    assert client.get("/kk/account").status_code == 200
    assert client.get("/kk/new/heritage_object").status_code == 403


def test_a_forgotten_password_is_set_anew(cast: Cast, client: Any) -> None:
    client.post("/az/account/password/reset/", {"email": "leyla@example.org"})
    link = re.search(r"http://testserver(/\S+)", str(mail.outbox[-1].body))
    assert link
    page = client.get(link[1], follow=True)
    new = {"password1": "quite-another-5", "password2": "quite-another-5"}
    assert client.post(page.redirect_chain[-1][0], new).status_code == 302
    assert sign_in(Client(), "leyla", password="quite-another-5").status_code == 302


@pytest.mark.parametrize(
    "path", ["login/", "signup/", "password/reset/", "password/reset/done/", "inactive/", "password/reset/key/done/"]
)
@pytest.mark.parametrize("lang", ["kk", "az", "ru", "en"])
def test_pages_of_the_entrance_stand_in_the_frame(cast: Cast, client: Any, path: str, lang: str) -> None:
    answer = client.get(f"/{lang}/account/{path}")
    assert answer.status_code == 200
    assert f'<html lang="{lang}">' in said(answer) and 'class="site-header"' in said(answer)


@pytest.mark.parametrize("path", ["password/change/", "email/", "2fa/", "logout/"])
def test_own_pages_stand_in_the_frame(cast: Cast, client: Any, path: str) -> None:
    sign_in(client, "timur")
    assert 'class="site-header"' in said(client.get(f"/ru/account/{path}"))


def test_the_account_page_shows_roles_with_their_ends(cast: Cast) -> None:
    until = timezone.now().replace(year=2999, month=3, day=31)
    actions.give_role(None, cast.users["leyla"], "translator", organisation=cast.reserve, country="AZ", until=until)
    text = said(signed_in(cast, "leyla").get("/en/account"))
    assert "Şəki qoruğu" in text and "until" in text and "2999" in text


def test_a_token_is_shown_once_and_ended(cast: Cast) -> None:
    client = signed_in(cast, "nigar")
    made = client.post("/en/account", {"do": "token", "name": "harvester"})
    secret = re.search(r"ortaq_[\w-]+", said(made))
    assert secret and made["Cache-Control"].find("no-store") >= 0
    reader = access.of_token(secret[0])
    assert reader and reader.id == cast.users["nigar"].actor
    later = said(client.get("/en/account"))
    assert secret[0] not in later and "harvester" in later
    token = ApiToken.objects.get()
    assert signed_in(cast, "timur").post("/en/account", {"do": "end_token", "token": token.digest}).status_code == 404
    assert access.of_token(secret[0])
    client.post("/en/account", {"do": "end_token", "token": token.digest})
    assert access.of_token(secret[0]) is None


def test_one_acts_for_an_own_organisation_only(cast: Cast) -> None:
    actions.give_role(None, cast.users["leyla"], "editor", organisation=cast.az_ministry, country="AZ")
    client = signed_in(cast, "leyla")
    client.post("/en/account", {"do": "organisation", "organisation": str(cast.az_ministry)})
    assert client.session[ACTING_FOR] == str(cast.az_ministry)
    refused = client.post("/en/account", {"do": "organisation", "organisation": str(cast.museum)})
    assert refused.status_code == 404 and client.session[ACTING_FOR] == str(cast.az_ministry)
    assert client.post("/en/account", {"do": "organisation", "organisation": "nonsense"}).status_code == 404


def test_the_language_of_the_account_is_changed(cast: Cast) -> None:
    client = signed_in(cast, "timur")
    assert client.post("/en/account", {"do": "language", "language": "kk"}).url == "/kk/account"
    assert User.objects.get(pk=cast.users["timur"].pk).language == "kk"
    assert client.post("/en/account", {"do": "language", "language": "xx"}).status_code == 404


def test_nothing_of_the_account_is_kept_by_caches(cast: Cast) -> None:
    assert "no-store" in signed_in(cast, "timur").get("/en/account")["Cache-Control"]
