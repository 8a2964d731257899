"""WCAG 2.2 AA as far as axe sees it, on every page of the first stories, in four languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.axe import violations
from tests.browser.conftest import Site, sign_in
from tests.browser.stage import NAMES

OPEN = ("", "search?q=mausoleum", "o/{pid}", "o/{pid}/history", "o/{pid}/history/2/3", "o/{pid}/log", "account/login/")
SIGNED_IN = ("o/{pid}/edit", "o/{pid}/manage", "new/heritage_object", "review", "account")


@pytest.mark.parametrize("lang", NAMES)
def test_open_pages_have_no_barrier(site: Site, visit: Callable[..., Page], axe: str, lang: str) -> None:
    page, found = visit(), {}
    for path in OPEN:
        page.goto(site.page(lang, path.format(pid=site.pid)))
        found[path] = violations(page, axe)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("lang", NAMES)
def test_pages_for_writing_have_no_barrier(site: Site, visit: Callable[..., Page], axe: str, lang: str) -> None:
    page, found = visit(), {}
    sign_in(page, site, "aigerim", lang)
    for path in SIGNED_IN:
        answer = page.goto(site.page(lang, path.format(pid=site.pid)))
        assert answer is not None and answer.ok, path
        found[path] = violations(page, axe)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def test_axe_sees_a_barrier(site: Site, visit: Callable[..., Page], axe: str) -> None:
    page = visit()
    page.goto(site.page("en"))
    page.evaluate("() => document.querySelectorAll('main label').forEach(label => label.remove())")
    page.evaluate("() => document.querySelector('#home-search').removeAttribute('placeholder')")
    assert any(wrong.startswith("label") for wrong in violations(page, axe))
