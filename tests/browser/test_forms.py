"""What the script adds to the forms: understood dates, offered records, languages, text that is kept, two browsers."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

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


def picker(page: Page, name: str) -> Locator:
    return page.locator(f"select[name='{name}'] + .picker > input")


@pytest.mark.parametrize(
    ("lang", "typed", "label"),
    [
        ("kk", "kazygurt", "Қазығұрт ауданы"),
        ("az", "казыгурт", "Kazığurt rayonu"),
        ("ru", "kazıgurt", "Казыгуртский район"),
        ("en", "казыгұрт", "Kazygurt district"),
    ],
)
def test_a_term_is_found_by_its_name_in_another_language(
    site: Site, visit: Callable[..., Page], lang: str, typed: str, label: str
) -> None:
    page = editing(site, visit, lang)
    field = picker(page, "admin_unit")
    before = field.input_value()
    field.fill(typed)
    options = page.locator(".picker [role=option]:visible")
    expect(options).to_have_count(1)
    expect(options).to_contain_text(label)
    expect(options.locator(".soft")).to_contain_text("›")
    field.press("Escape")
    expect(options).to_have_count(0)
    field.press("Escape")
    expect(field).to_have_value(before)


def test_a_term_is_picked_by_keyboard_and_sent(site: Site, visit: Callable[..., Page]) -> None:
    page = editing(site, visit, "en")
    field, sent = picker(page, "admin_unit"), page.locator("select[name=admin_unit]")
    expect(field).to_have_attribute("role", "combobox")
    before = sent.input_value()
    field.focus()
    field.press("ArrowDown")
    chosen = page.locator(f".picker [role=option][data-code='{before}']")
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "none")
    field.press("ArrowDown")
    field.press("Enter")
    assert sent.input_value() not in ("", before)
    expect(field).to_have_value(sent.locator("option:checked").text_content() or "")
    expect(field).to_have_attribute("aria-expanded", "false")
    with page.expect_request(lambda request: "/unsaved" in request.url and request.method == "POST") as kept:
        pass
    assert sent.input_value() in (kept.value.post_data or "")
    field.fill("")
    field.blur()
    assert sent.input_value() == ""
    page.goto(site.page("en", "desk"))
    page.goto(site.record("en", "/edit"))
    page.locator("form[action*=discard] button").click()


def test_what_is_no_term_changes_nothing_and_is_said(site: Site, visit: Callable[..., Page]) -> None:
    page = editing(site, visit, "en")
    field, sent = picker(page, "admin_unit"), page.locator("select[name=admin_unit]")
    before, shown = sent.input_value(), field.input_value()
    field.fill("Nowhere at all")
    expect(page.locator(".picker [role=option]:visible")).to_have_count(0)
    field.blur()
    assert sent.input_value() == before
    expect(field).to_have_value(shown)
    expect(page.locator(".picker + [role=status]").filter(has_text="Nowhere at all")).to_be_visible()


def test_a_finger_scrolls_the_list_and_picks_a_term(site: Site, visit: Callable[..., Page]) -> None:
    page = visit(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    sign_in(page, site, "aigerim", "en")
    page.goto(site.record("en", "/edit"))
    field, sent = picker(page, "admin_unit"), page.locator("select[name=admin_unit]")
    field.tap()
    option = page.locator(".picker [role=option]:visible").nth(6)
    option.scroll_into_view_if_needed()
    box = option.bounding_box()
    assert box and box["height"] >= 44 and box["x"] >= 0 and box["x"] + box["width"] <= 390
    code = option.get_attribute("data-code")
    option.tap()
    expect(page.locator(".picker [role=option]:visible")).to_have_count(0)
    assert sent.input_value() == code


def test_without_scripts_the_list_of_the_page_is_there(site: Site, visit: Callable[..., Page]) -> None:
    page = visit(java_script_enabled=False)
    sign_in(page, site, "aigerim", "en")
    page.goto(site.record("en", "/edit"))
    expect(page.locator("select#f-admin_unit")).to_be_visible()
    expect(page.locator(".picker")).to_have_count(0)


def test_boxes_are_made_fewer_by_words_of_another_language(site: Site, visit: Callable[..., Page]) -> None:
    page = editing(site, visit, "en")
    narrow = page.locator(".narrow-choices[data-terms=object_type]")
    boxes = narrow.locator("+ .choices > .check:visible")
    expect(boxes.nth(20)).to_be_visible()
    narrow.fill("караван-сарай")
    expect(boxes.filter(has_text="caravanserai")).to_be_visible()
    expect(boxes.filter(has_text="mosque")).to_have_count(0)


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


@pytest.mark.parametrize("lang", list(WORDS))
def test_two_browsers_meet_on_the_conflict_page(
    site: Site, visit: Callable[..., Page], watch: Watch, lang: str
) -> None:
    first, second = (editing(site, visit, lang) for _ in range(2))
    mine, theirs = f"Бірінші терезенің мәтіні, {lang}", f"Екінші терезенің мәтіні, {lang}"
    for page in (first, second):
        page.locator(f".text-languages button[value={lang}]").click()
    first.locator(f"textarea[name='significance.{lang}']").fill(mine)
    first.locator(".form-end button[type=submit]").first.click()
    first.wait_for_url(re.compile(rf"/o/{site.pid}$"))
    second.locator(f"textarea[name='significance.{lang}']").fill(theirs)
    second.locator(".form-end button[type=submit]").first.click()
    both = second.locator("main")
    expect(both).to_contain_text(mine)
    expect(both).to_contain_text(theirs)
    # Chromium writes every page with an error status into its console, the conflict page too.
    watch.said = [line for line in watch.said if "409" not in line]
