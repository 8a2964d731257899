"""A node whose processes are killed with SIGKILL at random moments loses nothing that it had said was done."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCALE = max(1, int(os.environ.get("ORTAQ_TEST_SCALE", "1")))
KILLS = {"write": 80, "import": 60, "index": 60}
HAPPENED = {  # what must have happened often enough for the story to say anything: a share of the kills
    "write": {"acknowledged": 1.0},
    "import": {"half done": 0.2, "undone": 0.05, "continued to the end": 0.03},
    "index": {"acknowledged": 1.0},
}


@pytest.fixture
def own(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a process with a data folder of its own, and a database when the tests run on PostgreSQL."""
    (tmp_path / "data").mkdir()
    given = {**os.environ, "ORTAQ_DATA": str(tmp_path / "data"), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    given.pop("PYTEST_XDIST_WORKER", None)
    address = os.environ.get("ORTAQ_DATABASE", "")
    if not address:
        yield given
        return
    import psycopg

    name = f"crash_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"create database {name}".encode())
        yield given | {"ORTAQ_DATABASE": urlunsplit(urlsplit(address)._replace(path=f"/{name}"))}
        for database in (name, f"{name}_kept"):
            connection.execute(f"drop database if exists {database} with (force)".encode())


def drive(story: str, kills: int, environment: dict[str, str]) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.crash.drive", story, str(kills), "1"]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-4000:]
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize("story", KILLS)
def test_a_killed_node_is_whole(story: str, own: dict[str, str]) -> None:
    """After every death: the check is clean, every acknowledged write is there, nothing is half done for good."""
    # A server database dies in processes of its own, which nobody kills here: half as many deaths of ours say enough.
    kills = KILLS[story] * SCALE // (2 if own.get("ORTAQ_DATABASE") else 1)
    found = drive(story, kills, own)
    assert not found["wrong"]
    assert found["kills"] == kills
    for what, share in HAPPENED[story].items():
        assert found["seen"].get(what, 0) >= share * kills, found["seen"]


def test_there_are_two_hundred_deaths() -> None:
    assert sum(KILLS.values()) >= 200
