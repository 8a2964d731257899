"""The head of an organisation brings people in: one by a form, many by a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Watch
from tests.browser.people import SCRIPTED, enter, expected, go, letters, link_in, press, speaks
from tests.browser.stage import NAMES, PASSWORD

ROLES = {"kk": "редактор", "az": "redaktor", "ru": "редактор", "en": "editor"}
TITLES = {"kk": "Сынақ шешімі", "az": "Sınaq qərarı", "ru": "Пробное решение", "en": "A trial decision"}
TRANSLATORS = {"kk": "аудармашы", "az": "tərcüməçi", "ru": "переводчик", "en": "translator"}


def at_the_invitations(page: Page, site: Site, lang: str) -> None:
    """Saule, who heads the museum, comes from her account over the page of the museum."""
    enter(page, site, "saule", lang)
    go(page, "account")
    page.locator("main .lines li a").first.click()
    expect(page.locator("h1")).to_have_text("Түркістан музейі")
    page.locator(".tabs a[href$='/members']").click()
    page.locator("main a[href$='/invitations']").click()
    speaks(page, lang)


def make_account(page: Page, address: str) -> None:
    """The form behind the link of an invitation, then signing in with what was typed into it."""
    page.locator("main input[name=password]").fill(PASSWORD)
    page.locator("main input[name=terms]").check()
    page.locator("main form button[type=submit]").click()
    page.locator("main input[name=login]").fill(address)
    page.locator("main input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()


def write(invited: Page, lang: str) -> None:
    """An editor makes a record and sends it to review."""
    go(invited, "new")
    invited.locator("main a[href$='/new/legal_act']").click()
    invited.locator("main select[name=country]").select_option("KZ")
    invited.locator("main [name='names.0.name.text']").fill(TITLES[lang])
    invited.locator("main select[name='names.0.name.lang']").select_option(lang)
    press(invited, "_do", "submit")
    expect(invited.locator("h1")).to_have_text(TITLES[lang])
    speaks(invited, lang)


@pytest.mark.parametrize("lang", NAMES)
def test_an_invited_person_comes_in_and_writes(
    site: Site, watch: Watch, home: Path, visit: Callable[..., Page], lang: str
) -> None:
    scripts, address = lang in SCRIPTED, f"new-{lang}@example.org"
    saule, invited = visit(java_script_enabled=scripts), visit(java_script_enabled=scripts)
    at_the_invitations(saule, site, lang)
    saule.locator("main input[name=email]").fill(address)
    saule.locator("main select[name=role]").select_option("editor")
    saule.locator("main select[name=language]").select_option(lang)
    press(saule, "do", "invite")
    expect(saule.locator(".messages .success")).to_be_visible()
    expect(saule.locator("main .lines li", has_text=address)).to_contain_text(ROLES[lang], ignore_case=True)
    (letter,) = letters(home, address)
    link = link_in(letter)

    invited.goto(link)
    speaks(invited, lang)
    expect(invited.locator("main")).to_contain_text(ROLES[lang], ignore_case=True)
    expect(invited.locator("main label.check a")).to_have_count(2)  # what is agreed to can be read
    make_account(invited, address)
    expect(invited).to_have_url(link)
    invited.locator("main form.form button[type=submit]").click()
    expect(invited).to_have_url(site.page(lang, "account"))
    speaks(invited, lang)
    expect(invited.locator("main .lines li").first).to_contain_text(ROLES[lang], ignore_case=True)

    write(invited, lang)

    again = visit(java_script_enabled=scripts)
    used = again.goto(link)
    assert used is not None and used.status == 404
    expected(watch, 404)
    speaks(again, lang)
    expect(again.locator("main a[href*='/account/login']")).to_be_visible()
    saule.reload()
    expect(saule.locator("main .lines li", has_text=address)).to_have_count(0)
    saule.locator(".crumbs a").click()
    saule.locator(".tabs a[href$='/members']").click()
    expect(saule.locator("main .lines li", has_text=address)).to_contain_text(ROLES[lang], ignore_case=True)


def test_a_table_invites_each_person_in_a_language_of_their_own(
    site: Site, watch: Watch, home: Path, visit: Callable[..., Page]
) -> None:
    saule, invited = visit(), visit()
    at_the_invitations(saule, site, "kk")
    rows = [f"many-{lang}@example.org;{TRANSLATORS[lang]};{lang}" for lang in NAMES]
    for body, right in (
        (["email;role;language", *rows[:2], "nobody;министр;kk"], False),
        (["email;role;language", *rows], True),
    ):
        table = "\r\n".join(body).encode()
        saule.locator("main input[type=file]").set_input_files(
            {"name": "people.csv", "mimeType": "text/csv", "buffer": table}
        )
        press(saule, "do", "check")
        expect(saule.locator("main .error-summary li")).to_have_count(0 if right else 2)
        expect(saule.locator("main table tbody tr")).to_have_count(4 if right else 0)
    assert letters(home, "many-kk@example.org") == []
    press(saule, "do", "send")
    expect(saule.locator(".messages .success")).to_contain_text("4")
    for lang in NAMES:
        (letter,) = letters(home, f"many-{lang}@example.org")
        invited.goto(link_in(letter))
        speaks(invited, lang)
        expect(invited.locator("main")).to_contain_text(TRANSLATORS[lang], ignore_case=True)
