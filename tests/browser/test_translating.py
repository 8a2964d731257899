"""A text waits for a language: it is translated, read by a visitor, and asked for again when its original changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Site, at_work, write
from tests.browser.stage import MOSQUE, TO_TRANSLATE, WAITING

CHECKED = {
    "kk": "адам тексерген машиналық аударма",
    "az": "maşın tərcüməsi, insan tərəfindən yoxlanılıb",
    "ru": "проверенный машинный перевод",
    "en": "machine translation, checked by a person",
}
NEW_WORD = {"kk": "биік", "az": "hündür", "ru": "высоких", "en": "tall"}  # what the change of an original adds


def opened(page: Page, lang: str) -> Page:
    """The mosque as somebody finds it who knows its name."""
    search = page.locator("#site-search, #home-search").first
    search.fill(MOSQUE[lang])
    search.press("Enter")
    page.locator(".hit h2 a", has_text=MOSQUE[lang]).first.click()
    expect(page.locator("h1")).to_have_text(MOSQUE[lang])
    return page


def side_by_side(page: Page, lang: str, why: str) -> Locator:
    """The part of the editor for the text that waits, reached through the desk with its filter."""
    page.locator(".site-nav a[href$='/translate']").click()
    page.locator("select[name=why]").select_option(why)
    page.locator("main form.words-filter button[type=submit]").click()
    line = page.locator("main .lines a", has_text=MOSQUE[lang])
    for _again in range(20):  # the list follows the log a moment later
        if not line.count():
            page.reload()
    line.click()
    expect(page.locator("html")).to_have_attribute("lang", lang)
    return page.locator("main fieldset").filter(has=page.locator(f"[name='t.{WAITING[lang][0]}']"))


def translate(page: Page, part: Locator, text: str, origin: str) -> None:
    part.locator("textarea").fill(text)
    part.locator("select").select_option(origin)
    page.locator("main .form-end button[type=submit]").click()
    expect(page.locator(".messages .success")).to_be_visible()


@pytest.mark.parametrize(("lang", "scripts"), [("kk", True), ("az", False), ("ru", True), ("en", False)])
def test_a_text_is_translated_and_asked_for_again(
    site: Site, visit: Callable[..., Page], lang: str, scripts: bool
) -> None:
    name, source = WAITING[lang]
    (old, new), (mine, mine_anew) = TO_TRANSLATE[source], TO_TRANSLATE[lang]
    zhanar, aigerim, visitor = (visit(java_script_enabled=scripts) for _ in range(3))
    visitor.goto(site.page(lang))
    shown = opened(visitor, lang).locator(f"section#{name}")
    expect(shown.locator(f"[lang={source}]")).to_have_text(old)

    at_work(zhanar, site, "zhanar", lang)
    part = side_by_side(zhanar, lang, "missing")
    expect(part.locator(f".theirs [lang={source}]")).to_have_text(old)
    expect(part.locator("textarea")).to_have_attribute("lang", lang)
    translate(zhanar, part, mine, "machine_checked")
    visitor.reload()
    expect(visitor.locator("html")).to_have_attribute("lang", lang)
    expect(shown.locator(".prose:not([lang])")).to_have_text(mine)
    expect(shown.locator(".certainty")).to_have_text(CHECKED[lang])

    at_work(aigerim, site, "aigerim", lang)
    opened(aigerim, lang).locator(".tabs a[href$='/edit']").click()
    aigerim.locator(f".text-languages button[value={source}]").click()
    write(aigerim, f"{name}.{source}", new, "")
    expect(aigerim.locator(f"section#{name}")).to_contain_text(mine)
    part = side_by_side(zhanar, lang, "stale")
    expect(part.locator(".theirs ins")).to_have_text(NEW_WORD[source])
    part.locator("summary").click()
    expect(part.locator("details .prose")).to_have_text(old)
    translate(zhanar, part, mine_anew, "human")
    expect(zhanar.locator("main .lines a", has_text=MOSQUE[lang])).to_have_count(1)
    visitor.reload()
    expect(shown).to_contain_text(mine_anew)
    expect(shown.locator(".certainty")).to_have_count(0)
