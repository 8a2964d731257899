"""Passkeys with the browser's own ceremony: a virtual authenticator stands for the finger on the sensor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import Site, at_work, sign_in
from tests.browser.stage import PASSWORD

NAMES = {"kk": "Телефоным", "az": "Telefonum", "ru": "Мой телефон", "en": "My telephone"}
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(visit: Callable[..., Page]) -> Page:
    return visit()


@pytest.fixture
def device(page: Page) -> Iterator[tuple[CDPSession, str]]:
    """A device with a fingerprint sensor, which always agrees."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    made: dict[str, Any] = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield devtools, made["authenticatorId"]
    devtools.detach()


def once_more(page: Page) -> None:
    """The password, where what comes next concerns the safety of the account."""
    if page.locator("main input[name=password]").count():
        page.locator("main input[name=password]").fill(PASSWORD)
        with page.expect_navigation():
            page.locator("main form button[type=submit]").first.click()


def add(page: Page, site: Site, lang: str, name: str) -> None:
    page.goto(site.page(lang, "account/2fa/webauthn/add/"))
    once_more(page)
    named(page, name)


def named(page: Page, name: str) -> None:
    """Gives the name in the form, and lets the device make the passkey."""
    page.locator("main input[name=name]").fill(name)
    page.locator("main form[data-passkey] button[type=submit]").click()
    page.wait_for_url("**/2fa/recovery-codes/")


def leave(page: Page, site: Site, lang: str) -> None:
    page.context.clear_cookies()
    page.goto(site.page(lang, "account/login/"))


def remove_all(page: Page, site: Site, lang: str) -> None:
    """From the list of passkeys; a page that asks for the password holds the address of the list in its own."""
    passkeys = site.page(lang, "account/2fa/webauthn/")
    page.goto(passkeys)
    while page.locator("main .button.danger").count():
        with page.expect_navigation():
            page.locator("main .button.danger").first.click()
        once_more(page)
        page.locator("main form button.danger").click()
        page.wait_for_url(passkeys)


@pytest.mark.parametrize("lang", NAMES)
def test_a_passkey_is_added_signs_in_and_is_removed(
    site: Site, page: Page, device: tuple[CDPSession, str], lang: str
) -> None:
    at_work(page, site, "leyla", lang)
    page.locator(".site-nav a[href$='/account']").click()
    page.locator("main a[href$='/account/2fa/']").click()
    page.wait_for_url("**/account/2fa/")
    with page.expect_navigation():
        page.locator("main a[href$='/webauthn/add/']").click()
    once_more(page)
    expect(page.locator("html")).to_have_attribute("lang", lang)
    named(page, NAMES[lang])
    page.goto(site.page(lang, "account/2fa/webauthn/"))
    expect(page.locator("main .lines strong")).to_have_text(NAMES[lang])

    leave(page, site, lang)
    expect(page.locator("html")).to_have_attribute("lang", lang)
    page.locator("main form[data-passkey] button[type=submit]").click()
    page.wait_for_url(site.page("az"))  # the language of her account
    assert page.goto(site.page(lang, "account")).ok  # type: ignore[union-attr]

    page.goto(site.page(lang, "account/2fa/webauthn/"))
    with page.expect_navigation():
        page.locator("main .button.danger").click()
    assert f"/{lang}/" in page.url and "reauthenticate" in page.url
    remove_all(page, site, lang)
    devtools, key = device
    assert len(devtools.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]) == 1
    leave(page, site, lang)
    page.locator("main form[data-passkey] button[type=submit]").click()
    expect(page.locator(".messages .error")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", lang)
    assert "/login" in page.url


def test_the_pages_of_passkeys_show_no_barrier(
    site: Site, page: Page, device: tuple[CDPSession, str], axe: str
) -> None:
    sign_in(page, site, "leyla", "az")
    page.goto(site.page("az", "account/2fa/webauthn/add/"))
    once_more(page)
    assert violations(page, axe) == []
    named(page, "Telefon")
    page.goto(site.page("az", "account/2fa/webauthn/"))
    assert violations(page, axe) == []
    remove_all(page, site, "az")
    leave(page, site, "az")
    assert violations(page, axe) == []


def test_after_the_password_the_passkey_is_the_second_step(
    site: Site, page: Page, device: tuple[CDPSession, str], axe: str
) -> None:
    sign_in(page, site, "dana", "ru")
    add(page, site, "ru", "Ключ")
    leave(page, site, "ru")
    page.locator("main input[name=login]").fill("dana@example.org")
    page.locator("main input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/2fa/authenticate/")
    assert violations(page, axe) == []
    page.locator("main form[data-passkey] button[type=submit]").click()
    page.wait_for_url(site.page("ru"))
    page.goto(site.page("ru", "account/2fa/webauthn/add/"))
    assert "reauthenticate" in page.url
    page.goto(site.page("ru", "account/2fa/webauthn/reauthenticate/?next=/ru/account/2fa/webauthn/"))
    page.locator("main form[data-passkey] button[type=submit]").click()
    page.wait_for_url(site.page("ru", "account/2fa/webauthn/"))
    remove_all(page, site, "ru")


def test_a_device_that_refuses_is_said_plainly(site: Site, page: Page, device: tuple[CDPSession, str]) -> None:
    devtools, key = device
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    page.goto(site.page("en", "account/login/"))
    page.locator("main form[data-passkey] button[type=submit]").click()
    expect(page.locator("main [data-failed]")).to_be_visible()
    expect(page.locator("main form[data-passkey] button[type=submit]")).to_be_enabled()


def test_without_scripts_the_page_says_what_is_needed(site: Site, visit: Callable[..., Page]) -> None:
    page = visit(java_script_enabled=False)
    page.goto(site.page("en", "account/login/"))
    expect(page.locator("main form[data-passkey] button")).to_be_hidden()
    assert "Passkeys need JavaScript" in page.locator("main form[data-passkey]").inner_text()
