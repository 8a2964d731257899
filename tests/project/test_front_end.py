"""The built front end holds what it is built from, whatever the folder of the checkout is called."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "src" / "ortaq" / "web" / "static" / "dist"


def test_every_style_sheet_is_in_the_built_one() -> None:
    built = (DIST / "ortaq.css").read_text("utf-8")
    for sheet in (ROOT / "frontend" / "css").glob("*.css"):
        classes = re.findall(r"^\.([a-z][a-z-]+)", sheet.read_text("utf-8"), flags=re.MULTILINE)
        assert all(f".{name}" in built for name in classes), sheet.name


def test_static_files_are_asked_for_where_they_lie() -> None:
    built = (DIST / "ortaq.css").read_text("utf-8")
    asked = set(re.findall(r"url\(\"?\.\./([^)\"]+)\"?\)", built))
    assert asked
    assert all((DIST.parent / path).is_file() for path in asked)
