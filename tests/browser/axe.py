"""axe-core, as it came from npm, run in a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

FILE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})"


def violations(page: Page, axe: str) -> list[str]:
    """``rule: element`` of everything that axe, whose text is ``axe``, calls a violation on the page.

    Seen from its top: axe takes what happens to lie under a bar that stays at the edge for too small a target.
    """
    page.evaluate("window.scrollTo(0, 0)")
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate(RUN, RULES)
    return [f"{v['id']}: {node['html'][:160]}" for v in found["violations"] for node in v["nodes"]]
