"""An area in the browser: drawn on the map, told as a page; zones on the map of results; tiles of the node itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import Site, node, sign_in
from tests.browser.stage import NAMES
from tests.browser.test_maps import SLOW, asked_of, click

AROUND = "POLYGON((68.25 42.83,68.3 42.83,68.3 42.87,68.25 42.87,68.25 42.83))"
LANGS = tuple(NAMES)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with node(tmp_path_factory.mktemp("areas"), "tests.browser.stage_area") as found:
        yield found


def test_an_area_is_drawn_and_told(site: Site, visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto(site.page("en", "area"))
    page.locator("[data-opens]").click()
    picker = page.locator(".map-picker")
    expect(picker.locator("canvas")).to_be_visible(timeout=SLOW)
    expect(picker.locator(".map-at")).to_contain_text(re.compile(r"\d+°\d\d′\d\d\.\d″N, .*E \(\d+\.\d+, \d+\.\d+\)"))
    picker.locator("[data-tool=polygon]").click()
    for x, y in ((0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8), (0.2, 0.2)):
        click(picker, x, y)
    field = page.locator("#f-area")
    expect(field).to_have_value(re.compile("Polygon"))
    expect(page.locator("#area-form .said").first).to_contain_text("°")
    page.locator("#area-form button:not([formaction])[type=submit]").click()
    expect(page.locator(".area-found")).to_be_visible()
    expect(page.locator(".area-found")).to_contain_text(NAMES["en"])


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_it_works_without_scripts_and_gives_a_pdf(site: Site, visit: Callable[..., Page], scripts: bool) -> None:
    page = visit(java_script_enabled=scripts)
    sign_in(page, site, "aigerim", "ru")
    page.goto(site.page("ru", "area"))
    page.locator("#f-area").fill(AROUND)
    page.locator("#area-form button:not([formaction])[type=submit]").click()
    found = page.locator(".area-found")
    expect(found.locator("table").first).to_contain_text("охранная зона")
    expect(found.locator("svg .zone").first).to_be_visible()
    expect(page.locator("#f-area")).to_have_value(re.compile("Polygon"))
    token = page.locator("#area-form [name=csrfmiddlewaretoken]").input_value()
    address = site.url + str(found.locator("button[formaction]").get_attribute("formaction"))
    made = page.context.request.post(address, form={"text": AROUND, "csrfmiddlewaretoken": token})
    assert made.status == 200 and made.body().startswith(b"%PDF")


@pytest.mark.parametrize("lang", LANGS)
def test_the_page_has_no_barrier(site: Site, visit: Callable[..., Page], axe: str, lang: str) -> None:
    page = visit(viewport={"width": 390, "height": 844} if lang in ("az", "en") else {"width": 1440, "height": 900})
    sign_in(page, site, "aigerim", lang)
    page.goto(site.page(lang, f"area?text={AROUND}&reach=5000"))
    expect(page.locator(".area-found")).to_be_visible()
    assert violations(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 1


def test_zones_stand_on_the_map_with_their_legend_and_a_day(site: Site, visit: Callable[..., Page]) -> None:
    page = visit()
    sign_in(page, site, "aigerim", "en")
    page.goto(site.page("en", "search?view=map&bbox=68.1,42.7,68.5,43.0"))
    panel = page.locator(".zones-shown")
    expect(panel).to_be_visible(timeout=SLOW)
    expect(panel.locator("li:visible")).to_have_text(["protection zone"])
    with page.expect_response(
        lambda answer: "/search/zones" in answer.url and "as_of=2005-01-01" in answer.url
    ) as told:
        panel.locator("input[type=date]").fill("2005-01-01")
    assert told.value.json()["features"] == []
    expect(panel.locator("li:visible")).to_have_count(0)


def test_who_may_not_know_them_sees_no_zones(site: Site, visit: Callable[..., Page]) -> None:
    page = visit()
    with page.expect_response(lambda answer: "/search/zones" in answer.url) as told:
        page.goto(site.page("en", "search?view=map&bbox=68.1,42.7,68.5,43.0"))
    assert told.value.json() == {"type": "FeatureCollection", "features": [], "more": False}
    expect(page.locator(".zones-shown")).to_be_hidden()


def test_the_map_takes_tiles_from_its_node_and_from_nobody_else(site: Site, visit: Callable[..., Page]) -> None:
    page = visit()
    asked = asked_of(page)
    with page.expect_response(lambda answer: "/tiles/lake/" in answer.url) as tile:
        page.goto(site.page("az", "search?view=map"))
    assert tile.value.status == 200
    expect(page.locator(".map-source")).to_contain_text("GeoNames (CC BY 4.0)", timeout=SLOW)
    expect(page.locator(".map-source")).to_contain_text("Sample makers")
    page.locator(".results-map canvas").press("+")
    page.wait_for_timeout(1_000)
    assert [url for url in asked if not url.startswith(f"{site.url}/")] == []
