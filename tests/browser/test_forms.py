"""What the script adds to the forms: understood dates, offered records, languages, text that is kept, two browsers."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Watch, sign_in

WORDS = {
    "kk": ("XV ғасыр", "XV"),
    "az": ("XV əsr", "XV"),
    "ru": ("ХV век", "XV"),
    "en": ("15th century", "15th"),
}


def editing(site: Site, visit: Callable[..., Page], lang: str) -> Page:
    """The form of the open object in front of its editor."""
    page = visit()
    sign_in(page, site, "aigerim", lang)
    page.goto(site.record(lang, "/edit"))
    return page


@pytest.mark.parametrize("lang", list(WORDS))
def test_a_date_is_understood_while_it_is_typed(site: Site, visit: Callable[..., Page], lang: str) -> None:
    page = editing(site, visit, lang)
    typed, understood = WORDS[lang]
    date = page.locator("[data-asks=date]").first
    date.fill(typed)
    expect(page.locator(".field:has(> .joined > [data-asks=date]) > .said").first).to_contain_text(understood)


def test_a_place_says_what_others_see(site: Site, visit: Callable[..., Page]) -> None:
    page = editing(site, visit, "en")
    place = page.locator("[data-asks=place]").first
    place.fill("43.2979, 68.2710")
    page.locator("select[name='place.precision']").select_option("10km")
    expect(page.locator(".field:has(> [data-asks=place]) > .said").first).to_contain_text("within 10 km")


def test_a_record_is_chosen_by_keyboard(site: Site, visit: Callable[..., Page]) -> None:
    page = editing(site, visit, "en")
    for summary in page.locator("details:has([data-asks=records]) > summary").all():
        if summary.is_visible():
            summary.click()
    link = page.locator("[data-asks=records][data-kinds*=heritage_object]:visible").first
    link.fill(site.pid)
    offers = page.locator(".offers:visible [role=option]")
    expect(offers.first).to_contain_text(site.pid)
    link.press("ArrowDown")
    link.press("Enter")
    expect(link).to_have_value(site.pid)
    expect(page.locator(".offers:visible")).to_have_count(0)


def test_the_language_that_is_written_changes_at_once(site: Site, visit: Callable[..., Page]) -> None:
    page = editing(site, visit, "kk")
    page.locator(".text-languages button[value=az]").click()
    area = page.locator("textarea[name='summary.az']")
    expect(area).to_be_visible()
    counter = page.locator("[data-written=az]")
    before = counter.text_content()
    area.fill("Xülasə")
    expect(counter).not_to_have_text(before or "")


def test_what_is_typed_survives_a_closed_window(site: Site, visit: Callable[..., Page]) -> None:
    page = editing(site, visit, "ru")
    page.locator(".text-languages button[value=ru]").click()
    page.locator("textarea[name='history.ru']").fill("Напечатано и не сохранено")
    expect(page.locator(".kept-at")).to_have_text(re.compile(r"\d\d:\d\d"), timeout=15_000)
    page.goto(site.page("ru", "desk"))
    page.locator("a[href*='unsaved=1']").first.click()
    expect(page.locator("textarea[name='history.ru']")).to_have_value("Напечатано и не сохранено")
    page.goto(site.record("ru", "/edit"))
    page.locator("form[action*=discard] button").click()
    expect(page.locator("form[action*=discard]")).to_have_count(0)


def test_two_browsers_meet_on_the_conflict_page(site: Site, visit: Callable[..., Page], watch: Watch) -> None:
    first, second = (editing(site, visit, "kk") for _ in range(2))
    for page in (first, second):
        page.locator(".text-languages button[value=kk]").click()
    first.locator("textarea[name='significance.kk']").fill("Бірінші терезенің мәтіні")
    first.locator(".form-end button[type=submit]").first.click()
    first.wait_for_url(re.compile(rf"/o/{site.pid}$"))
    second.locator("textarea[name='significance.kk']").fill("Екінші терезенің мәтіні")
    second.locator(".form-end button[type=submit]").first.click()
    both = second.locator("main")
    expect(both).to_contain_text("Бірінші терезенің мәтіні")
    expect(both).to_contain_text("Екінші терезенің мәтіні")
    # Chromium writes every page with an error status into its console, the conflict page too.
    watch.said = [line for line in watch.said if "409" not in line]
