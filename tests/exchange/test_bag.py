"""Bundles that are not what they say are refused whole, with a sentence that says why."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bagit
import pytest
from django.db import transaction

from ortaq.engine import log
from ortaq.engine.canonical import digest
from ortaq.engine.models import Entry, Log, Node, Record, Revision
from ortaq.exchange import bag, bundle
from tests.cast import Cast
from tests.exchange.second import Second

Members = dict[str, bytes]


def members(file: Path) -> Members:
    with zipfile.ZipFile(file) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


@pytest.fixture
def sent(cast: Cast, tmp_path: Path) -> Path:
    cast.monument()
    file = tmp_path / "sent.zip"
    bundle.export(file)
    return file


def again(file: Path, lines: list[Any], nodes: Any = None) -> Path:
    """The bag with other entries and a manifest that fits them."""
    with zipfile.ZipFile(file) as archive:
        nodes = nodes or json.loads(archive.read(f"{bag.BASE}/{bag.NODES}"))
    bag.write(file, nodes, [line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines])
    return file


def lines(file: Path) -> list[Any]:
    content = members(file)[f"{bag.BASE}/data/entries-00001.jsonl"]
    return [json.loads(line) for line in content.split(b"\n") if line]


def test_any_bagit_program_finds_the_bag_valid(sent: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(sent) as archive:
        archive.extractall(tmp_path / "out")
    assert bagit.Bag(str(tmp_path / "out" / bag.BASE)).validate()
    assert sent.stat().st_mode & 0o777 == 0o600


def changed_body(found: list[Any]) -> None:
    line = last_with_body(found)
    line["body"] = line["body"].replace("Перестроен", "Перестроён")


def changed_part(found: list[Any]) -> None:
    part = next(line for line in found if line["parts"])["parts"]["place"]
    part["content"] = part["content"].replace("68.271234", "68.271235")


def changed_salt(found: list[Any]) -> None:
    part = next(line for line in found if line["parts"])["parts"]["place"]
    part["salt"] = ("1" if part["salt"][0] == "0" else "0") + part["salt"][1:]


def changed_header(found: list[Any]) -> None:
    line = last_with_body(found)
    line["header"] = line["header"].replace('"publish"', '"publisk"')


def changed_header_and_digest(found: list[Any]) -> None:
    changed_header(found)
    line = last_with_body(found)
    line["digest"] = digest(line["header"].encode())


def changed_signature(found: list[Any]) -> None:
    line = last_with_body(found)
    line["signature"] = line["signature"][:-2] + ("00" if line["signature"][-2:] != "00" else "01")


def removed(found: list[Any]) -> None:
    del found[len(found) // 2]


def removed_header(found: list[Any]) -> None:
    found[0] |= {"header": None, "signature": "", "body": None}


def swapped(found: list[Any]) -> None:
    found[-1], found[-2] = found[-2], found[-1]


def inserted(found: list[Any]) -> None:
    found.insert(3, found[2])


def more_than_a_digest(found: list[Any]) -> None:
    line = next(line for line in found if line["header"] is None)
    line["body"] = "{}"


def of_a_wrong_type(found: list[Any]) -> None:
    found[0]["seq"] = "1"


TAMPERINGS = [
    changed_body,
    changed_part,
    changed_salt,
    changed_header,
    changed_header_and_digest,
    changed_signature,
    removed,
    removed_header,
    swapped,
    inserted,
    more_than_a_digest,
    of_a_wrong_type,
]


def last_with_body(found: list[Any]) -> Any:
    return next(line for line in reversed(found) if "Перестроен" in (line["body"] or ""))


@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_a_changed_bundle_is_refused_and_nothing_is_taken(
    tamper: Callable[[list[Any]], None], sent: Path, second: Second
) -> None:
    found = lines(sent)
    tamper(found)
    assert second.receive(again(sent, found))["problem"] == "refused"
    assert second.counts() == [0] * 7


def test_a_changed_byte_in_a_member_is_refused(sent: Path, second: Second) -> None:
    content = members(sent)
    name = f"{bag.BASE}/data/entries-00001.jsonl"
    content[name] = content[name].replace(b"Arystan", b"Arystam")
    packed(sent, content)
    assert second.receive(sent)["problem"] == "damaged"


@pytest.mark.parametrize(
    "name",
    [
        "../evil.txt",
        "/evil.txt",
        f"{bag.BASE}/../evil.txt",
        f"{bag.BASE}/data/extra.txt",
        f"{bag.BASE}/data/entries-1.jsonl",
        "other/data/nodes.json",
    ],
)
def test_members_that_do_not_belong_are_refused(name: str, sent: Path, second: Second) -> None:
    packed(sent, {**members(sent), name: b"x"})
    assert second.receive(sent)["problem"] == "bundle"
    assert second.counts() == [0] * 7


def test_a_bomb_is_refused_before_it_is_read(sent: Path, second: Second) -> None:
    packed(sent, {**members(sent), f"{bag.BASE}/data/entries-00002.jsonl": b" " * (8 << 20)})
    assert second.receive(sent)["problem"] == "bundle"


def test_a_file_that_is_no_zip_is_refused(second: Second, tmp_path: Path) -> None:
    (tmp_path / "not.zip").write_bytes(b"PK\x03\x04 and no more")
    assert second.receive(tmp_path / "not.zip")["problem"] == "bundle"


def packed(file: Path, content: Members) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)


def test_a_node_keeps_its_key(sent: Path, second: Second) -> None:
    second.receive(sent)
    nodes = json.loads(members(sent)[f"{bag.BASE}/{bag.NODES}"])
    nodes["nodes"][0]["public_key"] = "00" * 32
    assert second.receive(again(sent, lines(sent), nodes))["problem"] == "key"


def test_a_taken_prefix_is_refused(sent: Path, second: Second) -> None:
    second.begin("TEST")
    before = second.counts()
    assert second.receive(sent)["problem"] == "prefix"
    assert second.counts() == before
    second.fresh()
    second.begin("OTHER")
    assert second.receive(sent).get("problem") is None
    assert second.check() == []


@pytest.mark.parametrize(("second_name", "problem"), [("One name", None), ("Another name", "fork")])
def test_two_entries_with_one_number_are_a_fork(
    second_name: str, problem: str | None, sent: Path, second: Second
) -> None:
    rename("One name")
    bundle.export(sent)
    assert second.receive(sent).get("problem") is None
    if second_name != "One name":
        undo()
        rename(second_name)
    bundle.export(sent)
    assert second.receive(sent).get("problem") == problem


def rename(name: str) -> None:
    node = Node.objects.get()
    node.name = name
    with transaction.atomic():
        log.write(node, "revise", log.Behalf(node.id))


def undo() -> None:
    """Takes the last entry back, as a node does that goes on from an old copy of its disk."""
    last = Entry.objects.order_by("-position")[0]
    Revision.objects.filter(entry=last.position).delete()
    last.delete()
    end = Entry.objects.order_by("-position")[0]
    Log.objects.update(seq=end.seq, head=end.digest, position=end.position)
    Node.objects.update(revision=1)


def test_a_permanent_number_of_another_node_is_refused(sent: Path, second: Second) -> None:
    second.receive(sent)
    record = Record.objects.exclude(pid=None).first()
    assert record is not None
    record.pid = "OTHER-000001"
    with transaction.atomic():
        log.write(record, "revise", log.Behalf(log.node_id()))
    bundle.export(sent)
    answer = second.receive(sent)
    assert answer["problem"] == "refused" and "permanent number" in answer["text"]
