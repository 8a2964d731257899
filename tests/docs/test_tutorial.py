"""The tutorial and the guide to backups are followed to the letter on a node of their own."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.kinds.running_node import RunningNode

DOCS = Path(__file__).resolve().parents[2] / "docs"
PASSWORD = "only-for-the-tutorial-3\n"


def lines(page: str, heading: str) -> list[str]:
    """The lines to type of one section; a line that ends with a backslash goes on in the next."""
    text = (DOCS / page).read_text("utf-8")
    section = re.split(r"^## ", text.split(f"\n## {heading}", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
    blocks = "".join(re.findall(r"```\n(.*?)```", section, re.DOTALL))
    return blocks.replace("\\\n", " ").splitlines()


def words(line: str, **instead: str) -> list[str]:
    """A line as the shell would take it, without the program; ``instead`` of what the page can only give as example."""
    for old, new in instead.items():
        line = line.replace(old, new)
    return shlex.split(line.removeprefix(".venv/bin/").removeprefix("ortaq "))


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningNode]:
    folder = tmp_path_factory.mktemp("tutorial") / "data"
    folder.mkdir()
    found = RunningNode(folder)
    init = [line for line in lines("tutorial/first-node.md", "1.") if "ortaq init" in line]
    assert "recovery key" in found.command(*words(init[0])).lower()
    yield found


@pytest.fixture(scope="module")
def token(node: RunningNode) -> str:
    """Sections 2 and 4 up to the token, as they stand on the page."""
    organisation, *people = lines("tutorial/first-node.md", "2.")
    number = re.search(r"MUS-\d{6}", node.command(*words(organisation)))
    assert number
    for line in people:
        node.command(*words(line, **{"MUS-381204": number[0]}), text=PASSWORD)
    made = next(line for line in lines("tutorial/first-node.md", "4.") if "user token" in line)
    found = re.search(r"ortaq_\S+", node.command(*words(made)))
    assert found
    return found[0]


def posted() -> Any:
    """The body that the page sends by curl."""
    line = next(line for line in lines("tutorial/first-node.md", "4.") if line.startswith("curl"))
    arguments = shlex.split(line)
    return json.loads(arguments[arguments.index("-d") + 1])


def test_the_tutorial_leads_to_a_record_that_is_signed(node: RunningNode, token: str) -> None:
    with node.serving():
        assert node.get("/healthz").json["database"] == "ok"
        assert node.get("/en/account/login/").status == 200
        made = node.send("POST", "/api/v1/records", posted(), token=token)
        assert made.status == 201 and made.json["title"] == {"kk": "Мысал кесенесі"}
        assert node.get(f"/api/v1/records/{made.json['id']}").status == 404, "a draft is its owner's"
    (check,) = lines("tutorial/first-node.md", "5.")
    assert "No faults" in node.command(*words(check))


def test_a_backup_is_restored_as_the_guide_says(node: RunningNode, token: str, tmp_path: Path) -> None:
    text = (DOCS / "howto/backup.md").read_text("utf-8")
    backup = re.findall(r"```\n(.*?)```", text, re.DOTALL)[0].splitlines()
    assert len(backup) == 1
    here = {"node-2026-11-22.zip": str(tmp_path / "node.zip"), "/srv/ortaq": str(tmp_path / "restored")}
    node.command(*words(backup[0], **here))
    restore, check, serve = lines("howto/backup.md", "Restore")
    node.command(*words(restore, **here))
    node.command(*words(check, **here))
    assert words(serve)[0] == "serve"
    restored = RunningNode(tmp_path / "restored")
    with restored.serving():
        restored.wait_for_index()
        assert restored.get("/api/v1/records", token=token).json["count"] >= 1
