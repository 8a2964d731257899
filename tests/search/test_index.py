"""The index on disk: one writer, commits that hold together, readers that never see half."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ortaq.engine.problems import Problem
from ortaq.search import index as module
from ortaq.search.index import IndexReader, IndexWriter, Page, rebuild_needed
from ortaq.search.query import Query
from ortaq.search.schema import Document, build

SCALE = int(os.environ.get("ORTAQ_TEST_SCALE", "1"))
EVERYBODY = frozenset({"public"})
ALL = Query(tokens=EVERYBODY, limit=200)


def document(thing: str, **values: Any) -> Document:
    given: dict[str, Any] = {"key": thing, "thing": thing, "variant": "open", "tokens": ["public"], "part_tokens": []}
    return Document(**{**given, "kind": "film", **values})


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[IndexWriter]:
    with IndexWriter(tmp_path) as opened:
        yield opened


def things(reader: IndexReader, query: Query = ALL) -> set[str]:
    reader.refresh()
    return {hit.thing for hit in reader.search(query).hits}


def test_a_reader_before_the_first_writer_finds_nothing(tmp_path: Path) -> None:
    reader = IndexReader(tmp_path / "none")
    assert reader.search(ALL) == Page(facets={"kind": [], "country": [], "type": []})
    assert (reader.count(ALL), reader.cursor(), reader.refresh()) == (0, 0, False)
    with IndexWriter(tmp_path / "none") as writer:
        writer.put([document("a")], [], 1)
        assert things(reader) == {"a"} and reader.cursor() == 1


def test_one_commit_replaces_removes_and_moves_the_cursor(tmp_path: Path, writer: IndexWriter) -> None:
    reader = IndexReader(tmp_path)
    assert writer.put([document("a"), document("b"), document("c")], [], 3) == []
    assert things(reader) == {"a", "b", "c"} and reader.cursor() == writer.cursor() == 3
    writer.put([document("a", kind="book")], ["b", "never there"], 4)
    assert things(reader) == {"a", "c"} and reader.cursor() == 4
    assert reader.search(ALL).facets["kind"] == [("book", 1), ("film", 1)]
    writer.put([document("c")], ["c"], 5)
    assert things(reader) == {"a", "c"}, "what is removed and written in one commit stays: delete first, then add"


def test_a_reader_stays_on_its_state_until_refreshed(tmp_path: Path, writer: IndexWriter) -> None:
    writer.put([document("a")], [], 1)
    reader = IndexReader(tmp_path)
    writer.put([document("b")], [], 2)
    assert (reader.count(ALL), reader.cursor()) == (1, 1)
    assert reader.refresh() and not reader.refresh()
    assert (reader.count(ALL), reader.cursor()) == (2, 2)
    assert reader.wait_for(2) and not reader.wait_for(3, seconds=0.02)


def test_what_was_written_is_there_after_closing(tmp_path: Path) -> None:
    with IndexWriter(tmp_path) as first:
        first.put([document("a")], [], 7)
    with IndexWriter(tmp_path) as second:
        assert second.cursor() == 7
        second.put([document("b")], [], 8)
    assert things(IndexReader(tmp_path)) == {"a", "b"}


def test_clear_empties_for_readers_too(tmp_path: Path, writer: IndexWriter) -> None:
    writer.put([document("a")], [], 7)
    reader = IndexReader(tmp_path)
    writer.clear()
    assert things(reader) == set() and reader.cursor() == writer.cursor() == 0
    writer.put([document("b")], [], 1)
    assert things(reader) == {"b"}


def test_an_index_of_another_version_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with IndexWriter(tmp_path) as writer:
        writer.put([document("a")], [], 7)
    reader = IndexReader(tmp_path)
    assert not rebuild_needed(tmp_path)
    monkeypatch.setattr(module, "VERSION", "next")
    assert rebuild_needed(tmp_path)
    assert IndexReader(tmp_path).count(ALL) == 0, "fields of another version are not read"
    with IndexWriter(tmp_path) as writer:
        assert writer.cursor() == 0 and not rebuild_needed(tmp_path)
        writer.put([document("b")], [], 1)
        assert things(reader) == {"b"}


def test_a_second_writer_is_refused(tmp_path: Path, writer: IndexWriter) -> None:
    with pytest.raises(Problem) as refused:
        IndexWriter(tmp_path)
    assert refused.value.code == "index_busy"
    writer.put([document("a")], [], 1)
    writer.close()
    writer.close()
    with IndexWriter(tmp_path) as next_writer:
        assert next_writer.cursor() == 1


def bad_documents() -> list[list[Document]]:
    both = {"part_tokens": ["org:x"]}
    return [
        [document("bad", updated="now")],
        [document("bad", updated=True)],
        [document("bad", date_min=2**60)],
        [document("bad", lat=91.0, lon=0.0)],
        [document("bad", lat=float("nan"), lon=0.0)],
        [document("bad", kind=None, country=3)],
        [document("bad", tokens=[""])],
        [document("bad", facets={"a b": ["x"]})],
        [document("bad", facets={"place": ["x" * 70_000]})],
        [document("bad", titles={"kk": None})],
        [document("bad", kind="\ud800")],
        [document("bad", texts=[("kk", "text", "loud")])],
        [document("bad", variant="secret")],
        [document("bad"), document("bad")],
        [document("bad", **both)],
        [document("bad", variant="exact", **both)],
        [document("bad", **both), document("bad", variant="exact", part_tokens=["org:y"])],
        [document("bad", **both), document("bad", variant="exact", tokens=["org:y"], **both)],
    ]


@pytest.mark.parametrize("bad", bad_documents(), ids=range(len(bad_documents())))
def test_a_bad_document_is_set_aside_alone(tmp_path: Path, writer: IndexWriter, bad: list[Document]) -> None:
    reader = IndexReader(tmp_path)
    writer.put([document("bad"), document("old")], [], 1)
    aside = writer.put([document("a"), *bad, document("b")], ["old"], 2)
    assert [one.thing for one in aside] == ["bad"] and aside[0].reason
    assert things(reader) == {"a", "b"}, "an older form may hold what its readers may no longer know"
    assert reader.cursor() == 2


def test_a_failing_commit_is_replayed_one_by_one(
    tmp_path: Path, writer: IndexWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = build

    def wrong(given: Document) -> Any:
        row = real(given)
        if given.thing.startswith("bad"):
            row.add_unsigned("lat", 5)  # the library notices at commit only
        return row

    writer.put([document("bad 1"), document("old")], [], 1)
    monkeypatch.setattr(module, "build", wrong)
    aside = writer.put([document(name) for name in ("a", "bad 1", "b", "bad 2")], ["old"], 2)
    assert sorted(one.thing for one in aside) == ["bad 1", "bad 2"]
    reader = IndexReader(tmp_path)
    assert things(reader) == {"a", "b"} and reader.cursor() == 2
    assert writer.put([document("c")], [], 3) == []
    assert things(reader) == {"a", "b", "c"}


def test_readers_in_threads_see_whole_commits_only(tmp_path: Path, writer: IndexWriter) -> None:
    writer.put([document(f"{n}", kind="k0") for n in range(20)], [], 0)
    reader, wrong, stop = IndexReader(tmp_path), [], threading.Event()

    def read() -> None:
        while not stop.is_set():
            reader.refresh()
            page = reader.search(ALL)
            if page.count != 20 or len(page.facets["kind"]) != 1 or page.facets["kind"][0][1] != 20:
                wrong.append(page)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for thread in readers:
        thread.start()
    for turn in range(15):
        writer.put([document(f"{n}", kind=f"k{turn}") for n in range(20)], [], turn)
    stop.set()
    for thread in readers:
        thread.join()
    assert not wrong


WRITING = """
import sys
from pathlib import Path
from ortaq.search.index import IndexWriter
from ortaq.search.schema import Document

writer = IndexWriter(Path(sys.argv[1]))
step = writer.cursor()
print("start", step, flush=True)
while True:
    step += 1
    rows = [
        Document(str(n), str(n), "open", ["public"], [], "k", titles={"en": f"w{step}"}, date_min=step, date_max=step)
        for n in range(step % 7, 40, 7)
    ]
    writer.put(rows, [str(step % 40)], step)
    print("done", step, flush=True)
"""


def expected(cursor: int) -> dict[str, int]:
    """What the index must hold when it stands at ``cursor``: thing and the step that wrote it last."""
    held: dict[str, int] = {}
    for step in range(1, cursor + 1):
        held.pop(str(step % 40), None)
        held.update({str(n): step for n in range(step % 7, 40, 7)})
    return held


@pytest.mark.parametrize("seed", range(3 * SCALE))
def test_a_killed_writer_leaves_index_and_cursor_in_step(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    acknowledged = 0
    for _ in range(3):
        command = [sys.executable, "-c", WRITING, str(tmp_path)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        assert child.stdout is not None
        started = child.stdout.readline().split()
        assert started[0] == "start" and int(started[1]) >= acknowledged
        for _ in range(chance.randrange(2, 12)):
            acknowledged = int(child.stdout.readline().split()[1])
        threading.Event().wait(chance.random() * 0.03)
        os.kill(child.pid, signal.SIGKILL)
        child.communicate()
        reader = IndexReader(tmp_path)
        cursor = reader.cursor()
        assert cursor >= acknowledged
        held = expected(cursor)
        assert things(reader) == set(held)
        for step in set(held.values()):
            found = things(reader, Query(tokens=EVERYBODY, dates=(step, step), limit=200))
            assert found == {thing for thing, written in held.items() if written == step}
