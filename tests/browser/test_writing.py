"""What people who are signed in do, each in a browser of their own, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, sign_in, write
from tests.browser.stage import NAMES

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
LANG = pytest.mark.parametrize("lang", NAMES)
SENTENCES = {"kk": "Жаңа сипаттама", "az": "Yeni təsvir", "ru": "Новое описание", "en": "A new description"}
REASONS = {"kk": "нақтылау", "az": "dəqiqləşdirmə", "ru": "уточнение", "en": "more precise"}
DAMAGE = {
    "kk": "Қабырғада жаңа жарықшақ бар.",
    "az": "Divarda yeni çat var.",
    "ru": "На стене новая трещина.",
    "en": "There is a new crack in the wall.",
}


@SCRIPTS
@LANG
def test_an_editor_revises(site: Site, visit: Callable[..., Page], lang: str, scripts: bool) -> None:
    page, text = visit(java_script_enabled=scripts), f"{SENTENCES[lang]} {scripts}."
    sign_in(page, site, "aigerim", lang)
    page.goto(site.record(lang))
    page.locator(".tabs a[href$='/edit']").click()
    write(page, f"summary.{lang}", text, REASONS[lang])
    expect(page).to_have_url(site.record(lang))
    expect(page.locator("main")).to_contain_text(text)
    visitor = visit()
    visitor.goto(site.record(lang))
    expect(visitor.locator("main")).to_contain_text(text)


@SCRIPTS
@LANG
def test_the_other_side_proposes_and_the_owner_accepts(
    site: Site, visit: Callable[..., Page], lang: str, scripts: bool
) -> None:
    leyla, aigerim, text = visit(java_script_enabled=scripts), visit(), f"{SENTENCES[lang]}, {scripts}."
    sign_in(leyla, site, "leyla", lang)
    leyla.goto(site.record(lang))
    assert leyla.locator(".tabs a[href$='/edit']").count() == 0
    leyla.locator(".tabs a[href$='/propose']").click()
    write(leyla, f"significance.{lang}", text, REASONS[lang])
    visitor = visit()
    visitor.goto(site.record(lang))
    expect(visitor.locator("main")).not_to_contain_text(text)
    sign_in(aigerim, site, "aigerim", lang)
    aigerim.goto(site.page(lang, "review"))
    aigerim.locator("tbody a", has_text=NAMES[lang]).first.click()
    expect(aigerim.locator("main")).to_contain_text(text)
    aigerim.locator("button[name=_do][value=accept]").click()
    visitor.goto(site.record(lang))
    expect(visitor.locator("main")).to_contain_text(text)


@LANG
def test_a_passer_by_reports_damage_and_follows_it(site: Site, visit: Callable[..., Page], lang: str) -> None:
    page = visit()
    page.goto(site.record(lang))
    page.locator("main a[href$='/alert']").first.click()
    page.locator("main textarea[name=text]").fill(DAMAGE[lang])
    page.locator("main .form-end button[type=submit]").click()
    link = page.locator("p.secret a")
    expect(link).to_be_visible()
    sender = visit()
    sender.goto(link.inner_text())
    expect(sender.locator("main")).to_contain_text(DAMAGE[lang])
    expect(sender.locator("html")).to_have_attribute("lang", lang)


def test_a_wrong_password_is_said_beside_the_field(site: Site, visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto(site.page("ru", "account/login/"))
    page.locator("main input[name=login]").fill("aigerim@example.org")
    page.locator("main input[name=password]").fill("wrong-password-1")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main [role=alert], main .error, main .mistakes").first).to_be_visible()
