"""What people of the stories do on every page: enter in a language, follow the links of the site, read their mail."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Watch, sign_in

BETWEEN_LETTERS = b"-" * 79
SCRIPTED = ("kk", "ru")  # in the other two languages the same is done without scripts
_sessions: dict[tuple[str, str], Any] = {}


def enter(page: Page, site: Site, name: str, lang: str) -> None:
    """Signs in, and goes on in a language by the link at the top of the page; later the session is still open."""
    if (site.url, name) in _sessions:
        page.context.add_cookies(_sessions[site.url, name])
        page.goto(site.page(lang))
    else:
        sign_in(page, site, name, lang)
        _sessions[site.url, name] = [c for c in page.context.cookies() if c["name"] == "sessionid"]
        page.locator(f".languages a[hreflang={lang}]").click()
    speaks(page, lang)


def speaks(page: Page, lang: str) -> None:
    expect(page.locator("html")).to_have_attribute("lang", lang)


def go(page: Page, path: str) -> None:
    """By a link of the head or the foot of every page."""
    page.locator(f".site-nav a[href$='/{path}'], .site-footer a[href$='/{path}']").click()


def press(page: Page, name: str, value: str) -> None:
    page.locator(f"main button[name={name}][value={value}]").click()


def expected(watch: Watch, code: int) -> None:
    """The browser itself notes an answer that refuses; the story led to it."""
    assert watch.said
    watch.said = [line for line in watch.said if f"status of {code}" not in line]


def letters(home: Path, to: str) -> list[EmailMessage]:
    """What came to an address, the oldest first."""
    found = []
    for file in sorted((home / "data" / "mail").iterdir(), key=lambda file: file.stat().st_mtime_ns):
        for text in file.read_bytes().split(BETWEEN_LETTERS):
            letter = email.message_from_bytes(text.strip(), policy=email.policy.default)
            if letter["To"] == to:
                found.append(letter)
    return found


def link_in(letter: EmailMessage) -> str:
    found = re.search(r"http://\S+/invitation/\S+", letter.get_content())
    assert found
    return found[0]
