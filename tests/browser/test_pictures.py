"""Pictures of the key pages of a node full of real objects: desk and phone, both themes, four languages.

Each page is shown four times, each time in another language; which language meets which look changes from day to day.
``ORTAQ_PICTURES`` names a folder where the pictures stay, to be looked at.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageStat
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Demo, Watch

DAY = date.today().toordinal()
LANGS = ("kk", "az", "ru", "en")
LOOKS = (("light", 1440), ("dark", 390), ("dark", 1440), ("light", 390))
HEIGHT = 900
# Title of the picture -> (address after the language, who opens it)
KEY_PAGES = {
    "home": ("", ""),
    "results": ("search?q=mausoleum", ""),
    "gallery": ("search?kind=heritage_object&view=gallery", ""),
    "map": ("search?kind=heritage_object&view=map", ""),
    "object": ("o/{heritage_object}", ""),
    "work": ("o/{restoration_work}", ""),
    "survey": ("o/{condition_survey}", ""),
    "person": ("o/{person}", ""),
    "organisation": ("o/{organisation}", ""),
    "place": ("o/{place}", ""),
    "history": ("o/{heritage_object}/history", ""),
    "form": ("o/{heritage_object}/edit", "editor"),
    "desk": ("desk", "editor"),
    "review": ("review", "editor"),
    "translations": ("translate", "editor"),
    "tour": ("tour/", ""),
}
BROKEN = "Array.from(document.images).filter(i => i.complete && !i.naturalWidth).map(i => i.src)"


@pytest.mark.parametrize("title", KEY_PAGES)
def test_a_key_page_is_fit_to_be_seen(browser: Browser, demo: Demo, tmp_path: Path, title: str) -> None:
    """Its heading stands on the first screen, its pictures are there, its theme is the one that was asked for."""
    path, who = KEY_PAGES[title]
    watch, kept = Watch(demo), Path(os.environ.get("ORTAQ_PICTURES", "") or tmp_path)
    kept.mkdir(parents=True, exist_ok=True)
    for number, (theme, width) in enumerate(LOOKS):
        lang = LANGS[(number + DAY) % len(LANGS)]
        context = browser.new_context(color_scheme=theme, viewport={"width": width, "height": HEIGHT})  # type: ignore[arg-type]
        context.add_cookies(demo.session(who))
        page = context.new_page()
        watch.follow(page)
        answer = page.goto(demo.page(lang, path.format(**demo.keys)), wait_until="networkidle")
        expect(page.locator("main [aria-busy=true]")).to_have_count(0, timeout=60_000)
        assert answer is not None and answer.ok and page.locator("html").get_attribute("lang") == lang
        heading = page.locator("h1").first.bounding_box()
        assert heading is not None and heading["y"] + heading["height"] <= HEIGHT, (
            "the heading is not on the first screen"
        )
        assert page.evaluate(BROKEN) == []
        file = kept / f"{title}-{lang}-{theme}-{width}.png"
        page.screenshot(path=file, full_page=True)
        fit(file, theme, width)
        context.close()
    assert watch.left == [] and watch.said == []


def fit(file: Path, theme: str, width: int) -> None:
    """The picture is as wide as the window, neither empty nor of one colour, and dark where dark was asked for."""
    with Image.open(file) as opened:
        picture = opened.convert("L")
    assert picture.width == width, f"{file.name} is {picture.width} px wide"
    seen = ImageStat.Stat(picture)
    assert seen.stddev[0] > 5, f"{file.name} shows nothing"
    assert (seen.median[0] < 128) == (theme == "dark"), f"{file.name} is not {theme}"
