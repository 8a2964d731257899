"""The written pages: every link leads somewhere, every command and target named exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ortaq.site import reference
from ortaq.site.config import SETTINGS

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = [ROOT / "CONTRIBUTING.md", ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")


def named(paths: list[Path]) -> list[str]:
    return [path.relative_to(ROOT).as_posix() for path in paths]


def anchors(text: str) -> set[str]:
    """The anchors that a page's headings make."""
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("path", WRITTEN, ids=named(WRITTEN))
def test_links_lead_somewhere(path: Path) -> None:
    for target in LINK.findall(path.read_text("utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        file, _hash, anchor = target.partition("#")
        to = (path.parent / file).resolve() if file else path
        assert to.exists(), f"{target} is not there"
        if anchor:
            assert anchor in anchors(to.read_text("utf-8")), f"{target}: no such heading"


@pytest.mark.parametrize("path", WRITTEN, ids=named(WRITTEN))
def test_commands_and_settings_named_are_real(path: Path) -> None:
    text = path.read_text("utf-8")
    known = {name.split()[1] for name, _parser in reference.commands()} | {"COMMAND"}
    for command in re.findall(r"(?:`|^|\$ )(?:\.venv/bin/)?ortaq ([a-zA-Z]+)", text, re.MULTILINE):
        assert command in known, f"there is no command {command}"
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for target in re.findall(r"(?:`|^)make ([a-z]+)", text, re.MULTILINE):
        assert target in targets, f"there is no target {target}"
    settings = {s.name for s in SETTINGS} | {"ORTAQ_TEST_DATABASE", "ORTAQ_TEST_SCALE", "ORTAQ_REQUIRE_ALL"}
    for name in re.findall(r"\bORTAQ_[A-Z_]+\b", text):
        assert name in settings, f"there is no setting {name}"


@pytest.mark.parametrize("path", WRITTEN, ids=named(WRITTEN))
def test_modules_named_are_there(path: Path) -> None:
    """What stands in backticks and looks like a path of the tree is one."""
    for name in re.findall(
        r"`((?:src|docs|tests|bench|frontend|engine|kinds|people|search|site)/[\w./-]+)`", path.read_text("utf-8")
    ):
        assert (ROOT / name).exists() or (ROOT / "src/ortaq" / name).exists(), f"{name} is not there"


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs/README.md").read_text("utf-8")
    for path in sorted((ROOT / "docs").rglob("*.md")):
        name = path.relative_to(ROOT / "docs").as_posix()
        assert name == "README.md" or f"]({name})" in index, f"docs/README.md does not name {name}"


def test_the_example_of_add_a_kind_is_the_one_that_is_tested() -> None:
    page = (ROOT / "docs/howto/add-a-kind.md").read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    assert (ROOT / "tests/kinds/gravestone.py").read_text("utf-8") in blocks
