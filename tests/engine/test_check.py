"""``ortaq check`` finds whatever was changed behind the log's back, and says nothing when nothing was."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from ortaq.engine import access, actions, keys, log, store
from ortaq.engine.canonical import canonical, digest
from ortaq.engine.check import check
from ortaq.engine.models import ClosedPart, Entry, Link, Log, Node, Record, Revision, StoredFile, Token
from tests.cast import Cast


@pytest.fixture
def monument(cast: Cast) -> Record:
    """A published object with closed parts and a link, another one, and a file in the store."""
    other = cast.monument()
    store.add(b"a file", "file.txt")
    return cast.monument(related=[{"_id": "rel2ab", "see_also": {"to": str(other.id)}}])


def faults() -> set[str]:
    return {finding.code for finding in check() if finding.fault}


def last(record: Record) -> Revision:
    return Revision.objects.filter(thing=record.id).latest("entry")


def swap_byte(data: bytes | memoryview, at: int = -3) -> bytes:
    found = bytearray(data)
    found[at] ^= 1
    return bytes(found)


def body(record: Record) -> None:
    revision = last(record)
    revision.body = swap_byte(revision.body or b"")
    revision.save()


def old_body(record: Record) -> None:
    revision = Revision.objects.filter(thing=record.id).earliest("entry")
    revision.body = swap_byte(revision.body or b"")
    revision.save()


def lost_body(record: Record) -> None:
    Revision.objects.filter(entry=last(record).entry_id).update(body=None)


def closed_part(record: Record) -> None:
    part = ClosedPart.objects.get(commitment=record.parts["place"])
    part.content = swap_byte(part.content or b"")
    part.save()


def salt(record: Record) -> None:
    part = ClosedPart.objects.get(commitment=record.parts["place"])
    part.salt = swap_byte(part.salt or b"")
    part.save()


def lost_part(record: Record) -> None:
    ClosedPart.objects.filter(commitment=record.parts["owner"]).delete()


def emptied_part(record: Record) -> None:
    ClosedPart.objects.filter(commitment=record.parts["owner"]).update(content=None, salt=None)


def link(record: Record) -> None:
    Link.objects.filter(source=record.id).update(role="part_of")


def added_link(record: Record) -> None:
    Link.objects.create(source=record.id, role="see_also", target=record.id)


def lost_link(record: Record) -> None:
    Link.objects.filter(source=record.id).delete()


def file(record: Record) -> None:
    path = store.path(StoredFile.objects.get(digest=digest(b"a file")).digest)
    path.write_bytes(b"a fine")


def lost_file(record: Record) -> None:
    store.path(digest(b"a file")).unlink()


def removed_entry(record: Record) -> None:
    middle = Revision.objects.filter(thing=record.id)[1].entry_id
    Revision.objects.filter(entry=middle).delete()
    Entry.objects.filter(position=middle).delete()


def removed_tail(record: Record) -> None:
    end = Entry.objects.latest("position")
    Revision.objects.filter(entry=end.position).delete()
    end.delete()


def inserted_entry(record: Record) -> None:
    """A whole entry with a right chain, by somebody without the key."""
    end = Entry.objects.latest("position")
    header = json.loads(end.header) | {"seq": end.seq + 1, "prev": end.digest, "before": end.digest}
    header["revision"] += 1
    text = canonical(header)
    signature = keys.SigningKey(b"7" * 32).sign(text)
    entry = Entry(position=end.position + 1, signature=signature, **log.entry_columns(header, text))
    entry.save(force_insert=True)
    found = last(record)
    Revision.objects.create(entry=entry, thing=found.thing, number=entry.revision, body=found.body, parts=found.parts)
    Record.objects.filter(id=record.id).update(revision=entry.revision, updated=entry.time)
    Log.objects.update(seq=entry.seq, head=entry.digest, position=entry.position)


def swapped_entries(record: Record) -> None:
    """Two entries change places, with their texts."""
    one, two = Entry.objects.filter(thing=record.id)[:2]
    names = [f.attname for f in Entry._meta.concrete_fields if f.attname not in ("position", "seq")]
    first, second = ({name: getattr(entry, name) for name in names} for entry in (one, two))
    Entry.objects.filter(position=one.position).update(**second)
    Entry.objects.filter(position=two.position).update(**first)


def changed_column(record: Record) -> None:
    Entry.objects.filter(thing=record.id, action="publish").update(action="create")


def changed_header(record: Record) -> None:
    entry = Entry.objects.get(thing=record.id, action="publish")
    entry.header = entry.header.replace('"publish"', '"propose"')
    entry.save()


def signature(record: Record) -> None:
    entry = Entry.objects.get(thing=record.id, action="publish")
    entry.signature = swap_byte(entry.signature)
    entry.save()


def wrong_key_in_the_folder(record: Record) -> None:
    file = Path(settings.ORTAQ_DATA) / log.KEY_FILE
    file.unlink()
    keys.create(file)


def wrong_key_in_the_row(record: Record) -> None:
    node = Node.objects.get()
    node.public_key = keys.SigningKey(b"8" * 32).public.hex()
    node.save()


def signed_with_a_wrong_key(record: Record) -> None:
    """The folder's key was exchanged for a while, and the log went on."""
    wrong_key_in_the_folder(record)
    keys.load.cache_clear()
    with transaction.atomic():
        log.write(record, "revise", log.Behalf(log.node_id()))


def token(record: Record) -> None:
    Token.objects.create(thing=record.id, part="place", token="public")


def lost_token(record: Record) -> None:
    Token.objects.filter(thing=record.id, token="public").delete()


def row(record: Record) -> None:
    Record.objects.filter(id=record.id).update(data={**record.data, "country": "AZ"})


def column(record: Record) -> None:
    Record.objects.filter(id=record.id).update(lat=42.851234)


def lost_row(record: Record) -> None:
    Record.objects.filter(id=record.id).delete()


def extra_row(record: Record) -> None:
    record.id, record.pid = type(record)().id, None
    record.save(force_insert=True)


def head(record: Record) -> None:
    Log.objects.update(head="0" * 64)


def head_number(record: Record) -> None:
    Log.objects.update(seq=3)


TAMPERINGS: dict[Callable[[Record], None], set[str]] = {
    body: {"body"},
    old_body: {"body"},
    lost_body: {"body_missing"},
    closed_part: {"part"},
    salt: {"part"},
    lost_part: {"part_missing"},
    emptied_part: {"part_missing"},
    link: {"link"},
    added_link: {"link"},
    lost_link: {"link"},
    file: {"file"},
    lost_file: {"file_missing"},
    removed_entry: {"gap", "position"},
    removed_tail: {"end"},
    inserted_entry: {"signature"},
    swapped_entries: {"prev", "header"},
    changed_column: {"header"},
    changed_header: {"digest", "signature"},
    signature: {"signature"},
    wrong_key_in_the_folder: {"key"},
    wrong_key_in_the_row: {"key"},
    signed_with_a_wrong_key: {"key"},
    token: {"token"},
    lost_token: {"token"},
    row: {"row"},
    column: {"column"},
    lost_row: {"row_missing"},
    extra_row: {"row_extra"},
    head: {"end"},
    head_number: {"end"},
}


@pytest.mark.parametrize("tamper", TAMPERINGS)
def test_what_was_changed_is_found(tamper: Callable[[Record], None], monument: Record) -> None:
    assert faults() == set()
    tamper(monument)
    assert faults() >= TAMPERINGS[tamper]


def test_a_whole_life_is_clean(cast: Cast, monument: Record) -> None:
    data = {**access.get(cast.leyla, monument.id).data, "summary": {"az": {"text": "Təklif."}}}
    proposal = actions.propose(cast.leyla, monument.id, data, base_revision=monument.revision, reason="düzəliş")
    actions.accept(cast.aigerim, proposal.id)
    actions.revert(cast.aigerim, monument.id, 3, reason="қайтару")
    actions.narrow(cast.dana, Record, monument.id, ["national:KZ"], reason="қорғау")
    actions.withdraw(cast.dana, Record, monument.id, reason="қате")
    told: list[Any] = []
    assert [f for f in check(lambda done, total: told.append((done, total))) if f.fault] == []
    assert told[-1] == (log.head().position, log.head().position)


def test_erased_texts_are_told_and_are_no_fault(cast: Cast, monument: Record) -> None:
    erasers = [reader for reader in cast.readers().values() if reader.may("erase", monument)]
    request = actions.request_erasure(erasers[0], Record, monument.id, reason="өтініш")
    actions.confirm(erasers[1], request.id)
    found = check()
    assert [f for f in found if f.fault] == []
    erased = [f.where for f in found if f.code == "erased"]
    assert len(erased) == monument.revision and all(str(monument.id) in where for where in erased)


def test_a_file_without_a_row_is_told_and_is_no_fault(cast: Cast) -> None:
    found = store.add(b"left over by a crash", "x")
    StoredFile.objects.filter(digest=found.digest).delete()
    assert any(f.code == "file_extra" and found.digest in f.where and not f.fault for f in check())


def test_the_store_keeps_the_same_bytes_once(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_bytes(b"same")
    one, two = store.add(tmp_path / "one.txt", "one.txt"), store.add(b"same", "two.txt")
    assert (one.digest, one.name) == (two.digest, two.name) and StoredFile.objects.count() == 1
    with store.open(one.digest) as stream:
        assert stream.read() == b"same"
    for wrong in ("../../etc/passwd", "A" * 64, ""):
        with pytest.raises(ValueError):
            store.open(wrong)
