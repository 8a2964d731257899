"""Finding in a browser, among real objects: filters, period, names offered, views of one address, saved searches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from tests.browser.axe import violations
from tests.browser.conftest import Demo, Watch
from tests.tiles.making import ids, pmtiles, vector_tile

LANGS = ("kk", "az", "ru", "en")
LANG = pytest.mark.parametrize("lang", LANGS)
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
WIDE: ViewportSize = {"width": 1440, "height": 900}
SLOW = 60_000  # milliseconds until a map is drawn by software on a busy machine
OBJECTS = "search?kind=heritage_object"
BEGUN = {"kk": "түрк", "az": "şək", "ru": "мавз", "en": "maus"}  # with which names of the demo begin
SHOWN = "getComputedStyle(document.activeElement, '::after').content"
Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, demo: Demo) -> Iterator[Visit]:
    """``visit(who="editor")`` opens a page of somebody; at the end the console was silent and nobody else was asked."""
    contexts: list[BrowserContext] = []
    watch = Watch(demo)

    def new(who: str = "", **options: Any) -> Page:
        context = browser.new_context(viewport=WIDE, **options)
        contexts.append(context)
        context.add_cookies(demo.session(who))
        page = context.new_page()
        page.set_default_timeout(SLOW)
        watch.follow(page)
        return page

    yield new
    for context in contexts:
        context.close()
    assert watch.said == [] and watch.left == []


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def total(page: Page) -> int:
    return number(page.locator(".total").inner_text())


def asked(page: Page) -> dict[str, list[str]]:
    """What the address asks, without what is empty."""
    return parse_qs(urlsplit(page.url).query)


def names(page: Page) -> list[str]:
    return page.locator(".hits h2, .hits h3").all_inner_texts()


def filters(page: Page) -> Locator:
    """The form of the filters; where there is room it is open by itself, without scripts too."""
    form = page.locator("details.filters form")
    expect(form).to_be_visible()
    return form


def counts(page: Page, facet: str) -> dict[str, int]:
    """Value -> number beside it."""
    rows = page.locator(f"details.filters label:has(input[name={facet}])")
    told = rows.evaluate_all(
        "rows => rows.map(r => [r.querySelector('input').value, r.querySelector('.n').textContent])"
    )
    return {value: number(count) for value, count in told}


def show(page: Page) -> None:
    """Sends the filters, and waits for the answer."""
    with page.expect_navigation():
        filters(page).locator("button[type=submit]").last.click()


@LANG
def test_the_period_is_slid_by_keys(demo: Demo, visit: Visit, lang: str) -> None:
    page = visit()
    page.goto(demo.page(lang, OBJECTS))
    before, first = total(page), names(page)
    low, high = filters(page).locator(".slider input[type=range]").all()
    most = int(high.get_attribute("max") or 0)
    anything = page.locator(".period").get_attribute("data-anything")
    expect(low).to_have_attribute("aria-valuetext", anything or "-")
    low.focus()
    page.keyboard.press("End")
    for _step in range(7):
        page.keyboard.press("ArrowLeft")
    expect(low).to_have_value(str(most - 7))
    written = page.locator("#period-from").input_value()
    assert re.fullmatch(r"1[0-9]01", written), "the first year of a century"
    expect(low).to_have_attribute("aria-valuetext", written)
    high.focus()
    page.keyboard.press("ArrowLeft")
    assert page.locator("#period-to").input_value() == "2000"
    show(page)
    assert asked(page) == {"kind": ["heritage_object"], "from": [written], "to": ["2000"]}
    assert 0 < total(page) < before and names(page) != first
    expect(page.locator(".chosen")).to_contain_text(f"{written} – 2000")
    expect(page.locator(".slider input").first).to_have_value(str(most - 7))


def drag(page: Page, thumb: Locator, share: float) -> None:
    """Takes the end of the slider to a share of its width, as a hand does."""
    box = thumb.bounding_box()
    assert box is not None
    value, most = float(thumb.input_value()), float(thumb.get_attribute("max") or 1)
    half = 12  # pixels of the thumb, which stays within the width
    x = box["x"] + half + (box["width"] - 2 * half) * value / most
    y = box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(box["x"] + half + (box["width"] - 2 * half) * share, y, steps=8)
    page.mouse.up()


def test_the_period_is_slid_by_mouse_and_its_ends_never_stick(demo: Demo, visit: Visit) -> None:
    page = visit()
    page.goto(demo.page("en", OBJECTS))
    before = total(page)
    low, high = filters(page).locator(".slider input[type=range]").all()
    low.scroll_into_view_if_needed()
    drag(page, low, 0.8)
    at = int(low.input_value())
    assert at > 0
    expect(page.locator("#period-from")).not_to_have_value("")
    expect(page.locator("#period-to")).to_have_value("")
    assert page.locator(".centuries rect.out").count() == at
    drag(page, low, 1.0)
    assert low.input_value() == high.input_value() == high.get_attribute("max")
    low.evaluate("slider => slider.blur()")
    drag(page, high, 0.5)
    assert low.input_value() == high.input_value() != high.get_attribute("max"), "both came along"
    drag(page, high, 0.9)
    assert int(low.input_value()) < int(high.input_value()), "and are parted again"
    show(page)
    assert {"from", "to"} <= set(asked(page)) and 0 < total(page) < before


@SCRIPTS
@pytest.mark.parametrize(
    ("lang", "start", "end"),
    [("kk", "XIV ғасыр", "1500"), ("az", "XIV əsr", "1500"), ("ru", "XIV век", "1500"), ("en", "14th century", "1500")],
)
def test_the_period_is_typed(demo: Demo, visit: Visit, lang: str, start: str, end: str, scripts: bool) -> None:
    page = visit(java_script_enabled=scripts)
    page.goto(demo.page(lang, f"{OBJECTS}&from=1301&to=1500"))
    years = names(page), total(page)
    page.goto(demo.page(lang, OBJECTS))
    assert page.locator(".slider").count() == scripts
    form = filters(page)
    form.locator("#period-from").fill(start)
    form.locator("#period-to").fill(end)
    show(page)
    assert asked(page) == {"kind": ["heritage_object"], "from": [start], "to": [end]}
    assert (names(page), total(page)) == years and total(page) > 0
    assert page.locator("#period-from").input_value() == start


def marked(box: Locator) -> str:
    """The text of the option that the field says is the active one; it alone is selected."""
    id_ = box.get_attribute("aria-activedescendant") or ""
    option = box.page.locator(f"[id='{id_}'][role=option]")
    expect(option).to_have_attribute("aria-selected", "true")
    assert box.page.locator("[role=option][aria-selected=true]").count() == 1
    return option.locator("span").first.inner_text()


@LANG
def test_names_are_offered_and_chosen_by_keys(demo: Demo, visit: Visit, lang: str) -> None:
    page = visit()
    page.goto(demo.page(lang, "search"))
    box = page.locator("header input[data-names]")
    expect(box).to_have_attribute("role", "combobox")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially(BEGUN[lang])
    expect(box).to_have_attribute("aria-expanded", "true")
    offered = page.locator(f"[id='{box.get_attribute('aria-controls')}'] [role=option]")
    texts = [option.locator("span").first.inner_text() for option in offered.all()]
    assert 1 < len(texts) <= 8 and any(text.lower().startswith(BEGUN[lang]) for text in texts)
    assert box.get_attribute("aria-activedescendant") is None, "nothing is chosen before somebody chooses"
    box.press("ArrowDown")
    assert marked(box) == texts[0]
    box.press("ArrowUp")
    assert marked(box) == texts[-1]
    box.press("ArrowDown")
    box.press("ArrowDown")
    assert marked(box) == texts[1]
    expect(box).to_be_focused()
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(offered.first).to_be_hidden()
    expect(box).to_have_value(BEGUN[lang])
    assert box.get_attribute("aria-activedescendant") is None
    box.press("Backspace")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    chosen = marked(box)
    with page.expect_navigation():
        box.press("Enter")
    assert asked(page)["q"] == [chosen]
    assert chosen in names(page)[0] or total(page) > 0


def test_enter_without_a_choice_searches_for_what_is_typed(demo: Demo, visit: Visit) -> None:
    page = visit()
    page.goto(demo.page("en", "search"))
    box = page.locator("header input[data-names]")
    box.press_sequentially("mausol")
    expect(box).to_have_attribute("aria-expanded", "true")
    with page.expect_navigation():
        box.press("Enter")
    assert asked(page)["q"] == ["mausol"] and total(page) > 0


@SCRIPTS
@LANG
def test_several_values_of_a_filter_are_chosen_at_once(demo: Demo, visit: Visit, lang: str, scripts: bool) -> None:
    page = visit(java_script_enabled=scripts)
    page.goto(demo.page(lang, OBJECTS))
    every, by_type = total(page), counts(page, "type")
    kz, az = (counts(page, "country")[code] for code in ("KZ", "AZ"))
    assert kz + az == every
    filters(page).locator("input[name=country][value=KZ]").check()
    show(page)
    assert total(page) == kz
    assert counts(page, "country") == {"KZ": kz, "AZ": az}, "a filter is counted without itself"
    assert sum(counts(page, "type").values()) < sum(by_type.values()), "and with the others"
    form = filters(page)
    form.locator("input[name=country][value=KZ]").uncheck()
    for value in ("mausoleum", "mosque"):
        form.locator(f"input[name=type][value={value}]").check()
    show(page)
    assert asked(page)["type"] == ["mausoleum", "mosque"]
    alone = [counts(page, "type")[value] for value in ("mausoleum", "mosque")]
    assert alone == [by_type["mausoleum"], by_type["mosque"]]
    assert max(alone) <= total(page) <= sum(alone)
    chips = page.locator(".chosen li:not(.clear) a")
    expect(chips).to_have_count(3)
    with page.expect_navigation():
        chips.last.click()
    assert len(asked(page).get("type", [])) == 1
    with page.expect_navigation():
        page.locator(".chosen .clear a").click()
    assert asked(page) == {} and page.locator(".chosen").count() == 0


@LANG
def test_list_gallery_and_map_are_views_of_one_address(demo: Demo, visit: Visit, lang: str) -> None:
    page = visit()
    given = "kind=heritage_object&country=KZ&type=mausoleum&type=mosque&from=1001&sort=name"
    page.goto(demo.page(lang, f"search?{given}"))
    count, first, chips = total(page), names(page), page.locator(".chosen li").all_inner_texts()
    for place, view in ((1, "gallery"), (2, "map")):
        with page.expect_navigation():
            page.locator(".shapes a").nth(place).click()
        assert sorted(parse_qsl(urlsplit(page.url).query)) == sorted([*parse_qsl(given), ("view", view)])
        assert (total(page), page.locator(".chosen li").all_inner_texts()) == (count, chips)
        expect(page.locator(".shapes a[aria-current]")).to_have_count(1)
        expect(page.locator(".shapes a").nth(place)).to_have_attribute("aria-current", "true")
    expect(page.locator(".results-map canvas")).to_be_visible(timeout=SLOW)
    filters(page).locator("input[name=type][value=mosque]").uncheck()
    show(page)
    assert asked(page)["view"] == ["map"] and asked(page)["type"] == ["mausoleum"] and total(page) < count
    page.go_back()
    with page.expect_navigation():
        page.locator(".shapes a").first.click()
    assert "view" not in asked(page) and names(page) == first and total(page) == count


@SCRIPTS
@LANG
def test_a_search_is_saved_and_opened_again(demo: Demo, visit: Visit, lang: str, scripts: bool) -> None:
    page, name = visit("editor", java_script_enabled=scripts), f"{BEGUN[lang]} {scripts}"
    given = "kind=heritage_object&country=KZ&type=mausoleum&from=1301&view=gallery"
    page.goto(demo.page(lang, f"search?{given}"))
    count = total(page)
    box = page.locator("details.take:has(#saved-name)")
    box.locator("summary").click()
    box.locator("#saved-name").fill(name)
    box.locator("button[type=submit]").click()
    line = page.locator(".saved-lines > li", has=page.get_by_role("link", name=name, exact=True))
    expect(line).to_contain_text("1301")
    page.goto(demo.page(lang, "desk"))
    page.locator(".saved-tile").get_by_role("link", name=name, exact=True).click()
    assert sorted(parse_qsl(urlsplit(page.url).query)) == sorted(parse_qsl(given)) and total(page) == count
    page.goto(demo.page(lang, "searches"))
    line.locator("summary").click()
    line.locator("button[value=delete]").click()
    expect(line).to_have_count(0)
    page.locator("form.notice button[value=save]").click()
    expect(line).to_have_count(1)


def test_who_is_not_signed_in_is_offered_no_saving(demo: Demo, visit: Visit) -> None:
    page = visit()
    page.goto(demo.page("en", OBJECTS))
    assert total(page) > 0 and page.locator("#saved-name").count() == 0


@LANG
def test_what_a_term_means_is_told_at_the_keyboard(demo: Demo, visit: Visit, lang: str) -> None:
    page = visit()
    page.goto(demo.page(lang, f"o/{demo.keys['heritage_object']}"))
    term = page.locator("a.term:visible").first
    told, text = term.get_attribute("title") or "", term.inner_text()
    assert told and "ocab" not in told
    term.focus()
    page.keyboard.press("Shift+Tab")
    expect(term).not_to_be_focused()
    page.keyboard.press("Tab")
    expect(term).to_be_focused()
    assert told.replace('"', '\\"') in page.evaluate(SHOWN)
    across = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert across <= 1
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/thesaurus?under=" in page.url
    expect(page.locator("h1")).to_have_text(re.compile(re.escape(text.partition(" (")[0]), re.IGNORECASE))


def test_tiles_brought_in_the_browser_are_on_the_next_map(demo: Demo, visit: Visit, axe: str, tmp_path: Path) -> None:
    tiles = {at: vector_tile() for at in ids(4)}
    page, path = visit("administrator"), pmtiles(tmp_path / "Sample base.pmtiles", tiles)
    page.goto(demo.page("ru", "search?view=map"))
    expect(page.locator(".results-map canvas")).to_be_visible(timeout=SLOW)
    page.goto(demo.page("ru", "account"))
    page.locator("a[href$='/tiles']").click()
    page.locator("#file").set_input_files(path)
    page.locator("button[value=add]").click()
    file = page.locator(".tiles-file", has=page.locator("#tiles-sample-base"))
    expect(file).to_contain_text("Sample makers")
    with page.expect_response(lambda answer: "/tiles/sample-base/" in answer.url) as tile:
        page.goto(demo.page("ru", "search?view=map"))
    assert tile.value.status == 200
    expect(page.locator(".map-source")).to_contain_text("Sample makers", timeout=SLOW)
    page.goto(demo.page("ru", "tiles"))
    file.locator("summary").click()
    assert violations(page, axe) == []
    file.locator("button[value=remove]").click()
    expect(file).to_have_count(0)
    assert violations(page, axe) == []
    page.locator("button[value=forget]").click()
    expect(page.locator("#former")).to_have_count(0)
