"""What is installed is what was locked: every package hashed, and no lock tied to one registry."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ADDRESS = re.compile(r"\w+://")
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(\[[^\]]*\])?==\S+")


def blocks(text: str) -> list[str]:
    """One logical line a requirement, its continuation lines joined."""
    return [line for line in text.replace("\\\n", " ").splitlines() if line.strip() and not line.startswith("#")]


def unhashed(text: str) -> list[str]:
    """Requirements without version or without a SHA-256."""
    return [b for b in blocks(text) if not PINNED.match(b) or not re.search(r"--hash=sha256:[0-9a-f]{64}\b", b)]


def loose(packages: dict[str, Any]) -> list[str]:
    """npm packages with an address in ``resolved`` or without integrity; ``""`` is the project itself."""
    return [
        name
        for name, package in packages.items()
        if name and (ADDRESS.search(str(package.get("resolved", ""))) or not package.get("integrity"))
    ]


def plain(name: str) -> str:
    """The name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_requirements_hold_no_address_and_only_hashed_pins() -> None:
    text = (ROOT / "requirements.lock").read_text()
    assert blocks(text), "the lock is empty"
    assert not ADDRESS.search(text)
    assert not unhashed(text)


def test_the_lock_has_what_the_project_asks_for() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text())
    project = asked["project"]
    extras = [requirement for extra in project["optional-dependencies"].values() for requirement in extra]
    wanted = [*asked["build-system"]["requires"], *project["dependencies"], *extras]
    names = {plain(re.split(r"[\[<>=!~; ]", requirement)[0]) for requirement in wanted}
    text = (ROOT / "requirements.lock").read_text()
    locked = {plain(hit[1]) for block in blocks(text) if (hit := PINNED.match(block))}
    assert not names - locked, "run the command of docs/why/dependencies.md"


def test_npm_lock_holds_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert len(lock["packages"]) > 1
    assert not loose(lock["packages"])
    asked = json.loads((ROOT / "package.json").read_text())["devDependencies"]
    assert lock["packages"][""]["devDependencies"] == asked
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in asked.values()), "pin npm packages exactly"


def test_npmrc_keeps_addresses_out() -> None:
    lines = (ROOT / ".npmrc").read_text().splitlines()
    assert "omit-lockfile-registry-resolved=true" in lines
    assert not any(ADDRESS.search(line) or "registry=" in line.replace("registry-resolved", "") for line in lines)


def test_the_checks_can_fail() -> None:
    digest = "a" * 64
    assert not unhashed(f"django==5.2.1 \\\n    --hash=sha256:{digest}")
    assert unhashed("django==5.2.1")
    assert unhashed(f"django>=5 --hash=sha256:{digest}")
    assert loose({"node_modules/a": {"resolved": "https://example.org/a.tgz", "integrity": "sha512-x"}})
    assert loose({"node_modules/a": {"version": "1.0.0"}})
    assert not loose({"": {}, "node_modules/a": {"integrity": "sha512-x"}})
