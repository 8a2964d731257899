"""Maps in the browser: a place drawn by mouse and by key, results in view, and nothing that leaves the node."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests.browser.axe import violations
from tests.browser.conftest import Site, sign_in
from tests.browser.stage import NAMES, SECRET_PLACE
from tests.browser.test_forms import editing

PHONE = {"width": 390, "height": 844}
SLOW = 60_000  # milliseconds until a map is drawn by software on a busy machine


def opened(page: Page, name: str = "place.text") -> Locator:
    """The open map of a place field, its base drawn."""
    picker = page.locator(f"[data-picker='f-{name.removesuffix('.text')}']")
    picker.locator("[data-opens]").click()
    expect(picker.locator("canvas")).to_be_visible(timeout=SLOW)
    expect(picker.locator(".picker-hint")).not_to_be_empty(timeout=SLOW)
    return picker


def field(page: Page) -> Locator:
    return page.locator("textarea[name='place.text']")


def fresh(site: Site, visit: Callable[..., Page], lang: str = "en") -> tuple[Page, Locator]:
    """A form whose place is empty, its map open."""
    page = editing(site, visit, lang)
    field(page).fill("")
    picker = opened(page)
    expect(picker.locator("[data-tool=point]")).to_have_attribute("aria-pressed", "true")
    return page, picker


def click(picker: Locator, x: float, y: float) -> None:
    """A click at a share of the width and the height of the map, as a hand makes it."""
    canvas = picker.locator("canvas")
    box = canvas.bounding_box()
    assert box is not None
    canvas.hover(position={"x": box["width"] * x, "y": box["height"] * y})
    canvas.click(position={"x": box["width"] * x, "y": box["height"] * y}, delay=30)


def geometry(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(field(page).input_value())
    return found


def test_a_point_is_drawn_moved_and_undone(site: Site, visit: Callable[..., Page]) -> None:
    page, picker = fresh(site, visit)
    click(picker, 0.4, 0.4)
    expect(field(page)).to_have_value(re.compile(r"^[\d.]+, [\d.]+$"))
    first = field(page).input_value()
    lat, lon = map(float, first.split(", "))
    assert 40 < lat < 56 and 46 < lon < 88
    assert all(len(part.partition(".")[2]) <= 3 for part in first.split(", ")), "finer than the map shows"
    expect(page.locator(".field:has(> [data-asks=place]) > .said").first).to_contain_text("°")
    click(picker, 0.6, 0.5)
    expect(field(page)).not_to_have_value(first)
    assert "," in field(page).input_value() and "{" not in field(page).input_value()
    picker.locator("[data-do=undo]").click()
    expect(field(page)).to_have_value(first)
    picker.locator("[data-do=clear]").click()
    expect(field(page)).to_have_value("")
    picker.locator("[data-do=undo]").click()
    expect(field(page)).to_have_value(first)


def test_a_line_replaces_a_point_and_an_area_a_line(site: Site, visit: Callable[..., Page]) -> None:
    page, picker = fresh(site, visit)
    click(picker, 0.4, 0.4)
    picker.locator("[data-tool=linestring]").click()
    for x, y in ((0.3, 0.3), (0.5, 0.4), (0.7, 0.3), (0.7, 0.3)):
        click(picker, x, y)
    expect(field(page)).to_have_value(re.compile("LineString"))
    assert len(geometry(page)["coordinates"]) == 3
    expect(picker.locator("[data-tool=select]")).to_have_attribute("aria-pressed", "true")
    picker.locator("[data-tool=polygon]").click()
    for x, y in ((0.3, 0.3), (0.6, 0.3), (0.6, 0.6), (0.3, 0.3)):
        click(picker, x, y)
    expect(field(page)).to_have_value(re.compile("Polygon"))
    assert [len(ring) for ring in geometry(page)["coordinates"]] == [4]
    picker.locator("[data-do=undo]").click()
    expect(field(page)).to_have_value(re.compile("LineString"))


def test_a_corner_is_dragged_and_the_others_stay(site: Site, visit: Callable[..., Page]) -> None:
    page, picker = fresh(site, visit)
    picker.locator("[data-tool=polygon]").click()
    for x, y in ((0.3, 0.3), (0.6, 0.3), (0.6, 0.6), (0.3, 0.3)):
        click(picker, x, y)
    expect(field(page)).to_have_value(re.compile("Polygon"))
    before = geometry(page)["coordinates"][0][:-1]
    box = picker.locator("canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.6)
    page.mouse.down()
    for share in (0.62, 0.66, 0.7):
        page.mouse.move(box["x"] + box["width"] * share, box["y"] + box["height"] * share)
    page.mouse.up()
    expect(field(page)).not_to_have_value(json.dumps({"type": "Polygon"}))
    page.wait_for_function(
        "before => JSON.parse(document.querySelector(\"textarea[name='place.text']\").value)"
        ".coordinates[0].some(at => !before.includes(String(at)))",
        arg=[",".join(map(str, p)) for p in before],
    )
    after = geometry(page)["coordinates"][0][:-1]
    assert len([place for place in before if place in after]) == 2


def test_an_area_is_drawn_by_keys_alone(site: Site, visit: Callable[..., Page]) -> None:
    page, picker = fresh(site, visit, "kk")
    picker.locator("[data-tool=polygon]").press("Enter")
    canvas = picker.locator("canvas")
    canvas.focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft"):
        canvas.press(" ")
        canvas.press(key)
        page.wait_for_timeout(500)  # the map glides
    canvas.press(" ")
    expect(picker.locator("[data-do=finish]")).to_be_enabled()
    canvas.press("Enter")
    expect(field(page)).to_have_value(re.compile("Polygon"))
    assert len(geometry(page)["coordinates"][0]) == 5
    canvas.press("Control+z")
    expect(field(page)).to_have_value("")


def test_what_is_typed_comes_to_the_map_and_what_is_drawn_is_saved(site: Site, visit: Callable[..., Page]) -> None:
    page = editing(site, visit, "ru")
    field(page).fill("42°51′04″ с. ш. 68°16′16″ в. д.")
    page.locator("input[name='place.crs']").fill("EPSG:4326")
    picker = opened(page)
    change = picker.locator("[data-tool=select]")
    expect(change).to_have_attribute("aria-pressed", "true")
    field(page).fill("LINESTRING (68.27 42.85, 68.28 42.86)")
    expect(picker.locator("[data-do=undo]")).to_be_enabled()
    picker.locator("[data-do=undo]").click()
    expect(field(page)).to_have_value(re.compile(r"^42\.85\d+, 68\.27\d+$"))
    page.locator(".form-end button[type=submit]").first.click()
    expect(page).to_have_url(site.record("ru"))
    expect(page.locator("main")).to_contain_text("42°51′04")


def test_an_area_with_a_hole_is_shown_and_left_to_the_text(site: Site, visit: Callable[..., Page]) -> None:
    page = editing(site, visit, "en")
    text = "POLYGON((68 42, 69 42, 69 43, 68 43, 68 42), (68.2 42.2, 68.2 42.4, 68.4 42.4, 68.4 42.2, 68.2 42.2))"
    field(page).fill(text)
    picker = opened(page)
    expect(picker.locator(".picker-hint")).to_contain_text("too complex")
    expect(field(page)).to_have_value(text)


def test_without_scripts_there_is_the_text(site: Site, visit: Callable[..., Page]) -> None:
    page = visit(java_script_enabled=False)
    sign_in(page, site, "aigerim", "en")
    page.goto(site.record("en", "/edit"))
    expect(field(page)).to_be_visible()
    assert page.locator("[data-opens]:visible").count() == 0


def asked_of(page: Page) -> list[str]:
    found: list[str] = []

    def note(request: Request) -> None:
        found.append(request.url)

    page.on("request", note)
    return found


def test_no_page_loads_the_map_before_it_is_opened(site: Site, visit: Callable[..., Page]) -> None:
    page = visit()
    asked = asked_of(page)
    for path in ("", "search?q=mausoleum", f"o/{site.pid}"):
        page.goto(site.page("en", path))
    sign_in(page, site, "aigerim", "en")
    page.goto(site.record("en", "/edit"))
    assert [url for url in asked if "/dist/map/" in url] == []
    opened(page)
    names = {url.rpartition("/")[2] for url in asked if "/dist/map/" in url}
    assert names == {"draw.js", "shared.js", "worker.js", "map.css", "atlas.json"}


@pytest.mark.parametrize("lang", NAMES)
def test_the_results_stand_on_a_map(site: Site, visit: Callable[..., Page], lang: str) -> None:
    page = visit()
    asked = asked_of(page)
    page.goto(site.page(lang, "search?view=map"))
    figure = page.locator(".results-map")
    expect(figure.locator("canvas")).to_be_visible(timeout=SLOW)
    expect(figure.locator("svg.place-map")).to_be_hidden()
    expect(figure.locator("[data-here]")).to_be_visible(timeout=SLOW)
    with page.expect_response(lambda answer: "/search/points" in answer.url):
        figure.locator("canvas").press("ArrowUp")
    assert SECRET_PLACE not in page.content()
    figure.locator("[data-here]").click()
    expect(page).to_have_url(re.compile("bbox="))
    assert [url for url in asked if not url.startswith(f"{site.url}/")] == []


def test_a_point_of_the_map_leads_to_its_record(site: Site, visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto(site.page("en", "search?view=map"))
    canvas = page.locator(".results-map canvas")
    with page.expect_response(lambda answer: "/search/points" in answer.url):
        expect(canvas).to_be_visible(timeout=SLOW)
    box = canvas.bounding_box()
    assert box is not None
    link = page.locator(".maplibregl-popup a")
    for _ in range(20):  # until the point is drawn
        canvas.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
        page.wait_for_timeout(250)
        if link.count():
            break
    expect(link).to_have_text(NAMES["en"])
    expect(page.locator(".maplibregl-popup")).to_contain_text("The place is approximate.")
    link.click()
    expect(page).to_have_url(site.record("en"))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_on_a_phone_the_map_covers_no_result(site: Site, visit: Callable[..., Page], scripts: bool) -> None:
    page = visit(viewport=PHONE, java_script_enabled=scripts)
    page.goto(site.page("az", "search?view=map"))
    figure, hits = page.locator(".results-map"), page.locator(".hits")
    if scripts:
        expect(figure.locator("canvas")).to_be_visible(timeout=SLOW)
    above, below = figure.bounding_box(), hits.bounding_box()
    assert above is not None and below is not None
    assert above["y"] + above["height"] <= below["y"]
    assert above["width"] <= PHONE["width"]
    if not scripts:
        figure.locator("svg a").first.click()
        expect(page.locator("h1")).to_have_text(NAMES["az"])


@pytest.mark.parametrize("lang", NAMES)
def test_maps_have_no_barrier(site: Site, visit: Callable[..., Page], axe: str, lang: str) -> None:
    page = editing(site, visit, lang)
    opened(page)
    found = violations(page, axe)
    page.goto(site.page(lang, "search?view=map"))
    expect(page.locator(".results-map canvas")).to_be_visible(timeout=SLOW)
    assert found + violations(page, axe) == []
