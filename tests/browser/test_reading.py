"""What a visitor does, in each of the four languages, with and without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.stage import HISTORY, NAMES, SECRET_PLACE

WORDS = {"kk": "кесене", "az": "türbə", "ru": "мавзолей", "en": "mausoleum"}
PLACE = {"kk": "10 км", "az": "10 km", "ru": "10 км", "en": "10 km"}
USE = {"kk": "зиярат", "az": "ziyarət", "ru": "паломничество", "en": "pilgrimage"}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("lang", NAMES)
def test_a_visitor_finds_and_reads_an_object(site: Site, visit: Callable[..., Page], lang: str, scripts: bool) -> None:
    page = visit(java_script_enabled=scripts)
    page.goto(site.page(lang))
    page.locator("#home-search").fill(WORDS[lang])
    page.locator("#home-search").press("Enter")
    page.locator(".hit").filter(has_text=NAMES[lang]).locator("h2 a").click()
    expect(page).to_have_url(site.record(lang))
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator("h1")).to_have_text(NAMES[lang])
    read = page.locator("main").inner_text()
    assert [name for name in NAMES.values() if name not in read] == []
    assert PLACE[lang] in read
    assert SECRET_PLACE not in page.content()
    assert re.search("XIV|14|1301", read)
    assert HISTORY[lang] in read
    assert USE[lang].casefold() in read.casefold()


@pytest.mark.parametrize("word", WORDS.values())
@pytest.mark.parametrize("lang", NAMES)
def test_every_word_finds_it_in_every_language(site: Site, visit: Callable[..., Page], lang: str, word: str) -> None:
    page = visit()
    page.goto(site.page(lang, f"search?q={word}"))
    expect(page.locator(".hit h2 a").first).to_have_text(NAMES[lang])


@pytest.mark.parametrize("lang", NAMES)
def test_history_and_log_are_open(site: Site, visit: Callable[..., Page], lang: str) -> None:
    page = visit()
    page.goto(site.record(lang))
    page.locator(".tabs a[href$='/history']").click()
    assert page.locator("tbody tr").count() >= 2
    page.locator("main form button[type=submit]").first.click()
    expect(page).to_have_url(re.compile(r"/history/\d+/\d+$"))
    page.locator(".tabs a[href$='/log']").click()
    assert len(re.findall(r"\b[0-9a-f]{64}\b", page.locator("main").inner_text())) >= 2


@pytest.mark.parametrize("lang", NAMES)
def test_what_is_not_there_is_said_in_the_language(
    site: Site, visit: Callable[..., Page], lang: str, watch: object
) -> None:
    page = visit()
    answer = page.goto(site.page(lang, "o/TEST-999999"))
    assert answer is not None and answer.status == 404
    expect(page.locator("html")).to_have_attribute("lang", lang)
    watch.said.clear()  # type: ignore[attr-defined]  # the browser itself notes that the answer was 404
