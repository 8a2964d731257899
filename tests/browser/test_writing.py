"""What people who are signed in do, each in a browser of their own, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, sign_in
from tests.browser.stage import NAMES

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


def write(page: Page, name: str, text: str, reason: str) -> None:
    """Fills one text of the form of a record and sends the form."""
    field = page.locator(f"main textarea[name='{name}']")
    for closed in page.locator("main form details:not([open])", has=field).all():
        closed.locator("summary").first.click()
    field.fill(text)
    page.locator("input[name=_reason]").fill(reason)
    page.locator("main .form-end button[type=submit]").first.click()


@SCRIPTS
def test_an_editor_revises(site: Site, visit: Callable[..., Page], scripts: bool) -> None:
    page, text = visit(java_script_enabled=scripts), f"Жаңа сипаттама {scripts}."
    sign_in(page, site, "aigerim", "kk")
    page.goto(site.record("kk"))
    page.locator(".tabs a[href$='/edit']").click()
    write(page, "summary.kk", text, "нақтылау")
    expect(page).to_have_url(site.record("kk"))
    expect(page.locator("main")).to_contain_text(text)
    visitor = visit()
    visitor.goto(site.record("kk"))
    expect(visitor.locator("main")).to_contain_text(text)


@SCRIPTS
def test_the_other_side_proposes_and_the_owner_accepts(site: Site, visit: Callable[..., Page], scripts: bool) -> None:
    leyla, aigerim, text = visit(java_script_enabled=scripts), visit(), f"Yeni təsvir {scripts}."
    sign_in(leyla, site, "leyla", "az")
    leyla.goto(site.record("az"))
    assert leyla.locator(".tabs a[href$='/edit']").count() == 0
    leyla.locator(".tabs a[href$='/propose']").click()
    write(leyla, "summary.az", text, "dəqiqləşdirmə")
    visitor = visit()
    visitor.goto(site.record("az"))
    expect(visitor.locator("main")).not_to_contain_text(text)
    sign_in(aigerim, site, "aigerim", "kk")
    aigerim.goto(site.page("kk", "review"))
    aigerim.locator("tbody a", has_text=NAMES["kk"]).first.click()
    expect(aigerim.locator("main")).to_contain_text(text)
    aigerim.locator("button[name=_do][value=accept]").click()
    visitor.goto(site.record("az"))
    expect(visitor.locator("main")).to_contain_text(text)


def test_a_wrong_password_is_said_beside_the_field(site: Site, visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto(site.page("ru", "account/login/"))
    page.locator("main input[name=login]").fill("aigerim@example.org")
    page.locator("main input[name=password]").fill("wrong-password-1")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main [role=alert], main .error, main .mistakes").first).to_be_visible()
