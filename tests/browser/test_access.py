"""WCAG 2.2 AA as far as axe sees it, on every page of the first stories, in four languages."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Site, sign_in
from tests.browser.stage import NAMES

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPEN = ("", "search?q=mausoleum", "o/{pid}", "o/{pid}/history", "o/{pid}/history/2/3", "o/{pid}/log", "account/login/")
SIGNED_IN = ("o/{pid}/edit", "o/{pid}/manage", "new/heritage_object", "review", "account")


@pytest.fixture(scope="module")
def axe() -> Iterator[str]:
    if not AXE.is_file():
        if os.environ.get("ORTAQ_REQUIRE_ALL"):
            pytest.fail("node_modules/axe-core is missing: npm ci")
        pytest.skip("node_modules/axe-core is not there: npm ci brings it")
    yield AXE.read_text("utf-8")


def violations(page: Page, axe: str) -> list[str]:
    """``rule: element`` of everything that axe calls a violation on the page."""
    page.evaluate(axe)
    run = "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})"
    found: dict[str, Any] = page.evaluate(run, RULES)
    return [f"{v['id']}: {node['html'][:160]}" for v in found["violations"] for node in v["nodes"]]


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
