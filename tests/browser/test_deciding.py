"""An officer decides on what waits, several at once; the author reads why, the public what was published."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Watch
from tests.browser.people import SCRIPTED, enter, expected, go, press, speaks
from tests.browser.stage import ACTS, NAMES

WHY = {
    "kk": "Нөмірі мен күні көрсетілмеген.",
    "az": "Nömrəsi və tarixi göstərilməyib.",
    "ru": "Не указаны номер и дата.",
    "en": "The number and the date are missing.",
}


def tick(page: Page, name: str) -> None:
    page.locator("tbody tr", has_text=name).locator("input[name=chosen]").check()


@pytest.mark.parametrize("lang", NAMES)
def test_several_are_published_at_once_and_one_comes_back(
    site: Site, watch: Watch, visit: Callable[..., Page], lang: str
) -> None:
    scripts = lang in SCRIPTED
    dana, gulnar, visitor = visit(java_script_enabled=scripts), visit(java_script_enabled=scripts), visit()
    first, second, third = (f"{ACTS[lang]} {number}" for number in (1, 2, 3))
    enter(dana, site, "dana", lang)
    go(dana, "review")
    speaks(dana, lang)
    tick(dana, first)
    tick(dana, second)
    press(dana, "_do", "accept")
    expect(dana.locator(".messages .success a")).to_have_text([first, second])
    published = [str(link.get_attribute("href")) for link in dana.locator(".messages .success a").all()]

    tick(dana, third)
    press(dana, "_do", "return")
    expect(dana.locator("main .messages .error a")).to_have_text(third)  # a reason is needed
    row = dana.locator("tbody tr", has_text=third)
    expect(row.locator("input[name=chosen]")).to_be_checked()
    returned = str(row.locator("a").get_attribute("href"))
    dana.locator("main input[name=_reason]").fill(WHY[lang])
    press(dana, "_do", "return")
    expect(dana.locator("main .messages .success a")).to_have_text(third)
    expect(dana.locator("tbody tr", has_text=ACTS[lang])).to_have_count(0)

    for path, name in zip(published, (first, second), strict=True):
        visitor.goto(site.url + path)
        speaks(visitor, lang)
        expect(visitor.locator("h1")).to_have_text(name)
    hidden = visitor.goto(site.url + returned)
    assert hidden is not None and hidden.status == 404
    expected(watch, 404)
    expect(visitor.locator("main")).not_to_contain_text(third)

    enter(gulnar, site, "gulnar", lang)
    read_why_and_send_again(gulnar, third, lang)
    go(dana, "review")
    expect(dana.locator("tbody tr", has_text=third)).to_be_visible()


def read_why_and_send_again(gulnar: Page, third: str, lang: str) -> None:
    """On the author's desk."""
    go(gulnar, "desk")
    line = gulnar.locator("main .lines li", has=gulnar.locator(".answer"), has_text=third)
    expect(line).to_contain_text(WHY[lang])
    line.locator("a").click()
    expect(gulnar.locator("h1")).to_have_text(third)
    speaks(gulnar, lang)
    gulnar.locator(".tabs a[href$='/manage']").click()
    gulnar.locator("#act-submit summary").click()
    press(gulnar, "do", "submit")
    expect(gulnar.locator(".messages .success")).to_be_visible()
