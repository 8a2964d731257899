"""Every page of a node full of real objects, in a language that changes from day to day, both themes, desk and phone.

``ORTAQ_TEST_SCALE`` of 4 or more shows every page in every language.
"""

from __future__ import annotations

import os
from datetime import date

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import violations
from tests.browser.conftest import Demo, Watch

SCALE = int(os.environ.get("ORTAQ_TEST_SCALE", "1"))
DAY = date.today().toordinal()
LANGS = ("kk", "az", "ru", "en")
LOOKS = (("light", 1440), ("dark", 390), ("dark", 1440), ("light", 390))
LOGIN = "account/login"


@pytest.mark.parametrize("turn", range(len(LANGS)))
def test_every_page_is_whole(browser: Browser, demo: Demo, axe: str, turn: int) -> None:
    """Answers in its language, shows no barrier, fits its width, says nothing in the console, asks nobody else."""
    watch, wrong = Watch(demo), {}
    for number, (path, who) in enumerate(demo.pages):
        if SCALE < 4 and number % len(LANGS) != turn:
            continue
        lang = LANGS[(number // len(LANGS) + turn + DAY) % len(LANGS)]
        theme, width = LOOKS[(number + number // 16) % len(LOOKS)]
        context = browser.new_context(color_scheme=theme, viewport={"width": width, "height": 900})  # type: ignore[arg-type]
        context.add_cookies(demo.session(who))
        page = context.new_page()
        page.set_default_timeout(60_000)
        watch.follow(page)
        faults = looked_at(page, demo, lang, path, axe)
        if faults:
            wrong[f"/{lang}/{path} as {who or 'anybody'}, {theme}, {width}"] = faults
        context.close()
    assert wrong == {}
    assert watch.left == [] and watch.said == []


def looked_at(page: Page, demo: Demo, lang: str, path: str, axe: str) -> list[str]:
    answer = page.goto(demo.page(lang, path))
    if answer is None or not answer.ok:
        return [f"answered {answer and answer.status}"]
    if LOGIN in page.url and LOGIN not in path:
        return ["asked to sign in"]
    faults = violations(page, axe)
    if page.locator("html").get_attribute("lang") != lang:
        faults.append("is in another language")
    across = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return faults + ([f"is {across} px too wide"] if across > 1 else [])
