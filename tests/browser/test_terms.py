"""A better label and a new term are proposed; a language editor says yes to one and no to the other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Watch
from tests.browser.people import SCRIPTED, enter, expected, go, press, speaks
from tests.browser.stage import NAMES

BETTER = {"kk": "жойылып кеткен", "az": "itib getmiş", "ru": "полностью утрачено", "en": "lost for good"}
NEW = {"kk": "белгісіз жай", "az": "naməlum hal", "ru": "неясное состояние", "en": "an unclear state"}
REASONS = {"kk": "Анық айтылады.", "az": "Daha aydındır.", "ru": "Так точнее.", "en": "It is clearer."}
WHY_NOT = {
    "kk": "Мұндай термин бар.",
    "az": "Belə termin artıq var.",
    "ru": "Такой термин уже есть.",
    "en": "There is such a term already.",
}
ASKED_AGAIN = 30  # times: every process of the node learns of a label within a second


def at_the_vocabulary(page: Page) -> None:
    go(page, "vocabularies")
    page.locator("main td a[href$='/vocabularies/condition']").click()


def propose(page: Page, lang: str, label: str) -> None:
    page.locator(f"main input[name='label.{lang}']").fill(label)
    page.locator("main input[name=_reason]").fill(REASONS[lang])
    page.locator("main form.form button[type=submit]").click()
    expect(page.locator(".messages .success")).to_be_visible()


def answer(raushan: Page, watch: Watch, lang: str) -> None:
    """The new term comes back, the better label is in force."""
    go(raushan, "desk")
    raushan.locator(".tiles a[href*='/term-proposals/']", has_text=NEW[lang]).click()
    expect(raushan.locator("main")).to_contain_text(REASONS[lang])
    speaks(raushan, lang)
    press(raushan, "_do", "return")
    expect(raushan.locator("main .error-summary")).to_be_visible()  # a reason is needed
    expected(watch, 422)
    raushan.locator("main input[name=_reason]").fill(WHY_NOT[lang])
    press(raushan, "_do", "return")
    expect(raushan.locator(".messages .success")).to_be_visible()
    raushan.locator(".crumbs a[href$='/term-proposals']").click()
    raushan.locator("main .lines li", has_text=BETTER[lang]).locator("a").click()
    press(raushan, "_do", "accept")
    expect(raushan.locator("h1")).to_have_text(BETTER[lang])


@pytest.mark.parametrize("lang", NAMES)
def test_one_word_is_accepted_and_one_refused(site: Site, watch: Watch, visit: Callable[..., Page], lang: str) -> None:
    scripts = lang in SCRIPTED
    gulnar, raushan, visitor = visit(java_script_enabled=scripts), visit(java_script_enabled=scripts), visit()
    enter(gulnar, site, "gulnar", lang)
    at_the_vocabulary(gulnar)
    gulnar.locator("tr#lost a.word").click()
    propose(gulnar, lang, BETTER[lang])
    speaks(gulnar, lang)
    gulnar.locator(".crumbs a[href$='/condition']").click()
    gulnar.locator("main a[href$='/new-term']").click()
    gulnar.locator("main input[name=code]").fill(f"unclear_{lang}")
    propose(gulnar, lang, NEW[lang])

    enter(raushan, site, "raushan", lang)
    answer(raushan, watch, lang)

    go(gulnar, "desk")
    expect(gulnar.locator(".tiles .lines li", has_text=NEW[lang])).to_contain_text(WHY_NOT[lang])
    visitor.goto(site.page(lang))
    at_the_vocabulary(visitor)
    speaks(visitor, lang)
    word = visitor.locator("tr#lost a.word")
    for _ in range(ASKED_AGAIN):
        if word.inner_text() == BETTER[lang]:
            break
        visitor.reload()
    expect(word).to_have_text(BETTER[lang])
    expect(visitor.locator("main")).not_to_contain_text(NEW[lang])
    word.click()
    expect(visitor.locator("h1")).to_have_text(BETTER[lang])
    expect(visitor.locator("main .lines")).to_contain_text(REASONS[lang])
