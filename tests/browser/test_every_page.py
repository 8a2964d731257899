"""Every page of a node full of real objects, in a language that changes from day to day, both themes, desk and phone.

``ORTAQ_TEST_SCALE`` of 4 or more shows every page in every language.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import violations
from tests.browser.conftest import ROOT, Site, Watch, wait_for

SCALE = int(os.environ.get("ORTAQ_TEST_SCALE", "1"))
DAY = date.today().toordinal()
LANGS = ("kk", "az", "ru", "en")
LOOKS = (("light", 1440), ("dark", 390), ("dark", 1440), ("light", 390))
LOGIN = "account/login"


@dataclass(frozen=True)
class Demo(Site):
    """``pages``: (address after the language, who opens it); ``cookies``: who -> the key of a session."""

    pages: tuple[tuple[str, str], ...]
    cookies: dict[str, str]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo")
    given = {**os.environ, "ORTAQ_DATA": str(folder / "data"), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    given |= {"ORTAQ_DATABASE": "", "ORTAQ_ADDRESS": "", "ORTAQ_HOSTS": "localhost,127.0.0.1"}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "ortaq.cli", "demo", "--port", str(port), "--no-open"]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, env=given, cwd=ROOT, stdout=log, stderr=log)
    try:
        wait_for(f"http://localhost:{port}/healthz", server, folder / "log")
        stage = [sys.executable, "-m", "tests.browser.everything"]
        made = subprocess.run(stage, env=given, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
        found = json.loads(made.splitlines()[-1])
        pages = tuple((path, who) for path, who in found["pages"])
        yield Demo(f"http://localhost:{port}", "", pages, found["cookies"])
    finally:
        server.terminate()
        server.wait()


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
        if who:
            context.add_cookies([{"name": "sessionid", "value": demo.cookies[who], "url": demo.url}])
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
