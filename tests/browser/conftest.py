"""A real node in processes of its own, and a browser that watches its console and where its requests go."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser import axe as axe_core
from tests.browser.stage import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
ORTAQ = (sys.executable, "-m", "ortaq.cli")
WITHIN = 120  # seconds until a node must be there, also on a busy machine
QUIET = ("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")  # no message about slow graphics
PAINTED = "--disable-gpu-rasterization"  # by the processor itself, which is quicker than by the imitation of a card
PATIENCE = 60_000  # milliseconds, on a busy machine


@dataclass(frozen=True)
class Site:
    """``url`` without a slash at its end; ``pid`` is the number of the object that everybody may see."""

    url: str
    pid: str

    def page(self, lang: str, path: str = "") -> str:
        return f"{self.url}/{lang}/{path}"

    def record(self, lang: str, path: str = "") -> str:
        return self.page(lang, f"o/{self.pid}{path}")


@dataclass(frozen=True)
class Demo(Site):
    """A node full of real objects. ``pages``: (address after the language, who opens it); ``keys``: kind -> the key
    of a record; ``cookies``: who -> the key of a session.
    """

    pages: tuple[tuple[str, str], ...]
    keys: dict[str, str]
    cookies: dict[str, str]

    def session(self, who: str) -> list[Any]:
        """What a browser holds that ``who`` has signed in with; nothing for ""."""
        return [{"name": "sessionid", "value": self.cookies[who], "url": self.url}] if who else []


@dataclass
class Watch:
    """What the console said and which requests left the node, in all pages of one test."""

    site: Site
    said: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        page.on(
            "console", lambda m: self.said.append(f"{m.type}: {m.text}") if m.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("request", lambda r: self.left.append(r.url) if not self._own(r.url) else None)

    def _own(self, url: str) -> bool:
        return url.startswith((f"{self.site.url}/", "data:"))


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the node ``site``."""
    return tmp_path_factory.mktemp("browser")


@pytest.fixture(scope="session")
def site(home: Path) -> Iterator[Site]:
    with node(home, "tests.browser.stage") as found:
        yield found


@contextmanager
def node(folder: Path, stage_: str) -> Iterator[Site]:
    """A node in ``folder``, filled by the module ``stage_``."""
    given = surroundings(folder)
    init = ["init", "--prefix", "TEST", "--country", "KZ", "--name", "Test node"]
    subprocess.run([*ORTAQ, *init], env=given, cwd=ROOT, check=True, capture_output=True)
    pid = staged(stage_, given)
    with serving(folder, given, "serve") as url:
        yield Site(url, pid)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo")
    given = surroundings(folder)
    with serving(folder, given, "demo", "--no-open") as url:
        found = json.loads(staged("tests.browser.everything", given).splitlines()[-1])
        pages = tuple((path, who) for path, who in found["pages"])
        yield Demo(url, "", pages, found["keys"], found["cookies"])


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of a node in ``folder``."""
    given = {**os.environ, "ORTAQ_DATA": str(folder / "data"), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    return given | {"ORTAQ_DATABASE": "", "ORTAQ_ADDRESS": "", "ORTAQ_HOSTS": "localhost,127.0.0.1"}


def staged(module: str, given: dict[str, str]) -> str:
    """What a module prints that fills the node."""
    command = [sys.executable, "-m", module]
    return subprocess.run(command, env=given, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


@contextmanager
def serving(folder: Path, given: dict[str, str], *command: str) -> Iterator[str]:
    """The address at which ``ortaq`` answers to this command while the block runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (folder / "serve.log").open("w") as log:
        server = subprocess.Popen([*ORTAQ, *command, "--port", str(port)], env=given, cwd=ROOT, stdout=log, stderr=log)
    try:
        wait_for(f"http://localhost:{port}/healthz", server, folder / "serve.log")
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Until the node answers and its index holds everything."""
    until = time.monotonic() + WITHIN
    while time.monotonic() < until and server.poll() is None:
        try:
            with urlopen(address, timeout=10) as answer:
                report = json.load(answer)
        except OSError:
            report = {}
        if report.get("status") == "ok" and report["index"]["lag"] == 0:
            return
        time.sleep(0.1)
    raise RuntimeError(f"the node did not come up: {log.read_text()[-2000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("no chromium on this machine")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", *QUIET, PAINTED])
        yield found
        found.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The text of axe-core."""
    if not axe_core.FILE.is_file():
        if os.environ.get("ORTAQ_REQUIRE_ALL"):
            pytest.fail("node_modules/axe-core is missing: npm ci")
        pytest.skip("node_modules/axe-core is not there: npm ci brings it")
    return axe_core.FILE.read_text("utf-8")


@pytest.fixture
def watch(site: Site) -> Iterator[Watch]:
    """Every test ends by asking that the console was silent and that nothing was asked of another host."""
    found = Watch(site)
    yield found
    assert not found.said
    assert not found.left


@pytest.fixture
def visit(browser: Browser, watch: Watch) -> Iterator[Callable[..., Page]]:
    """Opens a page of a new visitor; ``visit(java_script_enabled=False)`` for one without scripts."""
    contexts: list[BrowserContext] = []

    def new(**options: Any) -> Page:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        watch.follow(page)
        return page

    yield new
    for context in contexts:
        context.close()


def sign_in(page: Page, site: Site, name: str, lang: str = "en") -> None:
    page.goto(site.page(lang, "account/login/"))
    page.locator("main input[name=login]").fill(f"{name}@example.org")
    page.locator("main input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/login" not in url)


def at_work(page: Page, site: Site, name: str, lang: str) -> None:
    """Signs in, and goes on in ``lang`` where the account is in another language."""
    sign_in(page, site, name, lang)
    if page.locator("html").get_attribute("lang") != lang:
        page.locator(f".languages a[hreflang={lang}]").click()


def write(page: Page, name: str, text: str, reason: str) -> None:
    """Fills one text of the form of a record and sends the form."""
    field = page.locator(f"main textarea[name='{name}']")
    for closed in page.locator("main form details:not([open])", has=field).all():
        closed.locator("summary").first.click()
    field.fill(text)
    page.locator("input[name=_reason]").fill(reason)
    page.locator("main .form-end button[type=submit]").first.click()
