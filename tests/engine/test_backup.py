"""A backup is of one moment, whatever is written meanwhile; what is restored is equal and begins a new epoch."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.exchange.second import Second, second_folder
from tests.postgres import programs, server


@pytest.fixture
def folders(tmp_path: Path) -> Iterator[tuple[Second, Second]]:
    """A node, and an empty folder on the other database where there is a server for it."""
    with ExitStack() as stack:
        url = os.environ.get("ORTAQ_DATABASE", "")
        if not url and programs() is not None:
            url = stack.enter_context(server())
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
        one = stack.enter_context(second_folder(tmp_path / "one"))
        two = stack.enter_context(second_folder(tmp_path / "two", url))
        one.begin("TEST")
        yield one, two


def test_a_backup_made_while_others_write_is_of_one_moment(folders: tuple[Second, Second], tmp_path: Path) -> None:
    one, two = folders
    digest = one.store("Жазба")
    file = tmp_path / "node.backup"
    before, after = one.backup_while_writing(file)
    assert before < after, "nothing was written meanwhile: the test shows nothing"
    assert file.stat().st_mode & 0o777 == 0o600
    two.restore(file)
    epoch, seq, position = two.head()
    assert (epoch, seq) == (2, 1)
    assert before <= position - 1 <= after
    assert two.rows_until(position - 1) == one.rows_until(position - 1)
    assert two.stored(digest) == "Жазба"
    assert two.check() == []
    assert one.check() == []


def test_partners_see_the_fork_of_a_restored_node(folders: tuple[Second, Second], tmp_path: Path) -> None:
    one, two = folders
    backup, bundle = tmp_path / "node.backup", tmp_path / "bundle.zip"
    one.backup_while_writing(backup)
    two.restore(backup)
    two.export(bundle, None)
    with zipfile.ZipFile(bundle) as archive:
        lines = archive.read("ortaq-bundle/data/entries-00001.jsonl").splitlines()
    last = json.loads(json.loads(lines[-1])["header"])
    assert (last["epoch"], last["seq"], last["action"]) == (2, 1, "restore")
    one.fresh()
    assert one.receive(bundle).get("problem") is None
    assert one.check() == []


def test_a_folder_that_is_in_use_takes_no_backup(folders: tuple[Second, Second], tmp_path: Path) -> None:
    one, _two = folders
    file = tmp_path / "node.backup"
    one.backup_while_writing(file)
    assert one.restore(file) == {"problem": "not_empty"}


def test_a_torn_backup_leaves_the_folder_empty(folders: tuple[Second, Second], tmp_path: Path) -> None:
    one, two = folders
    file, torn = tmp_path / "node.backup", tmp_path / "torn.backup"
    one.backup_while_writing(file)
    torn.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    assert two.restore(torn) == {"problem": "backup"}
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(torn, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b'"revision": 1', b'"revision": "x"') if "role" in name else content)
    assert two.restore(torn) == {"problem": "backup"}
    assert two.counts() == [0] * 7
    assert two.restore(file) > 0
