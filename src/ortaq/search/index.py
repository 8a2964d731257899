"""The index on disk: one process writes it, any number read it.

Everything here can be thrown away and made again from the log. The cursor, the number of the last
log entry taken in, is a document of the same commit as the changes, so the two cannot part.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from ortaq.engine.problems import Problem
from ortaq.search import facets
from ortaq.search.distance import nearest_first
from ortaq.search.grid import Cell, cells
from ortaq.search.query import Query, compiled, nearest, order
from ortaq.search.schema import CURSOR, VERSION, Document, build, cursor_document, facet_path, schema

if TYPE_CHECKING:
    import tantivy

    Rows = dict[str, list[tantivy.Document]]

HEAP = 15_000_000  # bytes, the least the library takes; more did not make it faster
FACET_BUCKETS = 65_000  # values of one facet that are counted, so that the counts are exact


@dataclass(frozen=True)
class SetAside:
    """A thing that could not be indexed, and why; what the index held of it before is gone."""

    thing: str
    reason: str


@dataclass(frozen=True)
class Hit:
    thing: str
    score: float


@dataclass(frozen=True)
class Page:
    """``count`` of all that match, the hits asked for, and per facet (value, count), most frequent first.

    ``near``: nothing matched, and these are the nearest instead.
    """

    count: int = 0
    hits: list[Hit] = field(default_factory=list)
    facets: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    near: bool = False


def rebuild_needed(folder: Path) -> bool:
    """No index there, or one made by another version of the fields or of the analysis."""
    try:
        return (folder / "version").read_text() != VERSION
    except OSError:
        return True


class IndexWriter:
    """The one writer. Opening an index of another version empties it: ``cursor()`` is then 0."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = _take_lock(self.folder / "writer.lock")
        try:
            self._index = self._open()
            self._writer = self._index.writer(heap_size=HEAP, num_threads=1)
        except BaseException as error:
            os.close(self._lock)
            if "LockBusy" in str(error):
                raise _busy() from error
            raise
        self._cursor = _cursor(self._index.searcher())

    def _open(self) -> tantivy.Index:
        import tantivy

        files = self.folder / "tantivy"
        if rebuild_needed(self.folder):
            (self.folder / "version").unlink(missing_ok=True)
            shutil.rmtree(files, ignore_errors=True)
        files.mkdir(exist_ok=True)
        index = tantivy.Index(schema(), path=str(files))
        index.config_reader("manual", 0)
        index.reload()
        _write(self.folder / "version", VERSION)
        return index

    def cursor(self) -> int:
        """The last log entry that the index holds; 0 when empty."""
        return self._cursor

    def put(self, documents: list[Document], remove: Iterable[str], cursor: int) -> list[SetAside]:
        """One commit: all documents of the things named go, the new ones come, the cursor moves.

        ``documents`` must hold every variant of each of their things. What cannot be indexed is returned,
        and is not in the index in any older form either.
        """
        things, aside = _things(documents)
        gone = {*remove, *things, *(bad.thing for bad in aside)}
        try:
            self._commit(gone, [row for rows in things.values() for row in rows], cursor)
        except ValueError:
            self._writer.rollback()
            aside += self._one_by_one(gone, things, cursor)
        self._cursor = cursor
        return aside

    def _commit(self, gone: Iterable[str], rows: Iterable[tantivy.Document], cursor: int | None) -> None:
        for thing in gone:
            self._writer.delete_documents_by_term("thing", thing)
        for row in rows:
            self._writer.add_document(row)
        if cursor is not None:
            self._writer.delete_documents_by_term("thing", CURSOR)
            self._writer.add_document(cursor_document(cursor))
        self._writer.commit()

    def _one_by_one(self, gone: set[str], things: Rows, cursor: int) -> list[SetAside]:
        """The cursor moves last: a crash in between only means doing it again."""
        aside = []
        for thing, rows in things.items():
            try:
                self._commit([thing], rows, None)
            except ValueError as error:
                self._writer.rollback()
                aside.append(SetAside(thing, str(error)))
        self._commit([*(gone - set(things)), *(bad.thing for bad in aside)], [], cursor)
        return aside

    def clear(self) -> None:
        """An empty index with cursor 0, in one step for its readers."""
        self._writer.delete_all_documents()
        self._writer.commit()
        self._cursor = 0

    def close(self) -> None:
        """Waits for running merges; what was not committed is lost."""
        if self._lock < 0:
            return
        try:
            self._writer.wait_merging_threads()
        finally:
            del self._writer, self._index
            os.close(self._lock)
            self._lock = -1

    def __enter__(self) -> IndexWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _things(documents: list[Document]) -> tuple[Rows, list[SetAside]]:
    """Rows by thing, and the things whose documents are wrong in themselves or contradict each other."""
    variants: dict[str, list[Document]] = {}
    for document in documents:
        variants.setdefault(document.thing, []).append(document)
    things: Rows = {}
    aside = []
    for thing, rows in variants.items():
        try:
            _check_variants(rows)
            things[thing] = [build(row) for row in rows]
        except (ValueError, TypeError, AttributeError) as error:
            aside.append(SetAside(thing, str(error)))
    return things, aside


def _check_variants(rows: list[Document]) -> None:
    """A reader must meet one variant of a record: never two, never one meant for others."""
    variants = sorted(row.variant for row in rows)
    if variants not in (["open"], ["exact", "open"]):
        raise ValueError(f"variants {variants}: one open document, and at most one exact one, is allowed")
    first = rows[0]
    if first.thing == CURSOR:
        raise ValueError("this name is taken")
    if any(set(row.tokens) != set(first.tokens) or set(row.part_tokens) != set(first.part_tokens) for row in rows):
        raise ValueError("the two variants of a record must carry the same tokens")
    if bool(first.part_tokens) != (len(rows) == 2):
        raise ValueError("part_tokens and the exact document come together or not at all")


class IndexReader:
    """Reads what is committed; safe in many threads and processes; empty where there is no index yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self._guard = threading.Lock()
        self._stamp: tuple[Any, ...] | None = None
        self._index: tantivy.Index | None = None
        self.refresh()

    def refresh(self) -> bool:
        """Takes in what was committed since; two file lookups when nothing was. True when something changed."""
        with self._guard:
            stamp = (_stamp(self.folder / "version"), _stamp(self.folder / "tantivy" / "meta.json"))
            if stamp == self._stamp:
                return False
            same = self._stamp is not None and self._index is not None and stamp[0] == self._stamp[0]
            try:
                self._index = self._reloaded() if same else self._opened(None not in stamp)
            except (ValueError, OSError):
                # Caught between two states of a rebuild: keep answering, look again next time.
                self._stamp = None
                return False
            self._stamp = stamp
            return True

    def _reloaded(self) -> tantivy.Index:
        assert self._index is not None
        self._index.reload()
        return self._index

    def _opened(self, there: bool) -> tantivy.Index | None:
        if not there or rebuild_needed(self.folder):
            return None
        import tantivy

        index = tantivy.Index.open(str(self.folder / "tantivy"))
        index.config_reader("manual", 0)
        index.reload()
        return index

    def cursor(self) -> int:
        """The log entry up to which this reader sees; 0 when empty."""
        index = self._index
        return 0 if index is None else _cursor(index.searcher())

    def wait_for(self, cursor: int, seconds: float = 1.0) -> bool:
        """Until this reader sees entry ``cursor``, so that a writer finds his own change; False when time is up."""
        end = time.monotonic() + seconds
        while True:
            self.refresh()
            if self.cursor() >= cursor:
                return True
            if time.monotonic() >= end:
                return False
            time.sleep(0.01)

    def count(self, query: Query) -> int:
        """How many things match, without fetching any."""
        index = self._index
        return 0 if index is None else _count(index.searcher(), compiled(query))

    def grid(self, query: Query, size: int) -> list[Cell]:
        """Where what matches lies, in cells of ``size`` microdegrees."""
        index = self._index
        return [] if index is None else cells(index.searcher(), query, size)

    def search(self, query: Query) -> Page:
        """Hits, count and facets of one state of the index."""
        index = self._index
        if index is None:
            return Page(facets={name: [] for name in query.facets})
        searcher, asked = index.searcher(), compiled(query)
        count, hits = _hits(searcher, asked, query)
        near = nearest(query) if not count and query.text.strip() else None
        if near is not None:
            count, hits = _hits(searcher, near, query)
            near = near if count else None

        def counts(over: Query, names: list[str]) -> facets.Counts:
            same = (near or asked) if over is query else (near and nearest(over)) or compiled(over)
            return _facets(searcher, same, names)

        return Page(count, hits, facets.counted(query, counts), near is not None)

    def best(self, asked: tantivy.Query, limit: int) -> list[str]:
        """The things of the first hits of a question that is compiled already, its rights included."""
        index = self._index
        if index is None:
            return []
        searcher = index.searcher()
        found = searcher.search(asked, limit, weight_by_field="weight").hits
        return [str(searcher.doc(address).get_first("thing")) for _score, address in found]


def _hits(searcher: tantivy.Searcher, asked: tantivy.Query, query: Query) -> tuple[int, list[Hit]]:
    from tantivy import Order

    offset, limit = query.window
    if not limit:
        return _count(searcher, asked), []
    if query.by_distance:
        return _count(searcher, asked), [Hit(thing, 0.0) for thing in nearest_first(searcher, asked, query)]
    by = order(query)
    if by is None:
        result = searcher.search(asked, limit, offset=offset, weight_by_field="weight")
    else:
        direction = Order.Asc if by[1] else Order.Desc
        result = searcher.search(asked, limit, offset=offset, order_by_field=by[0], order=direction)
    hits = [
        Hit(str(searcher.doc(address).get_first("thing")), float(score) if by is None else 0.0)
        for score, address in result.hits
    ]
    return _known(result), hits


def _known(result: tantivy.SearchResult) -> int:
    count: int = result.count  # type: ignore[attr-defined]  # the stubs leave it out
    return count


def _count(searcher: tantivy.Searcher, asked: tantivy.Query) -> int:
    return _known(searcher.search(asked, 1))


def _facets(searcher: tantivy.Searcher, asked: tantivy.Query, names: Iterable[str]) -> dict[str, list[tuple[str, int]]]:
    wanted = {
        name: {"terms": {"field": facet_path(name), "size": FACET_BUCKETS, "segment_size": FACET_BUCKETS}}
        for name in names
    }
    if not wanted:
        return {}
    answer = searcher.aggregate(asked, wanted)
    counted = {}
    for name in wanted:
        values = [(str(b["key"]).removeprefix("="), int(b["doc_count"])) for b in answer[name]["buckets"]]
        counted[name] = sorted(values, key=lambda pair: (-pair[1], pair[0]))
    return counted


def _cursor(searcher: tantivy.Searcher) -> int:
    from tantivy import Query as Q

    found = searcher.search(Q.term_query(schema(), "thing", CURSOR, index_option="basic"), 1).hits
    return int(searcher.doc(found[0][1]).get_first("cursor") or 0) if found else 0


def _take_lock(path: Path) -> int:
    """A lock of the kernel: it ends with its process, however that ends. The file is never deleted."""
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        raise _busy() from error
    return descriptor


def _busy() -> Problem:
    return Problem(
        "index_busy",
        gettext_lazy("Another process writes this search index. Stop the other worker, or wait until it has ended."),
    )


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def _write(path: Path, text: str) -> None:
    """Whole or not at all, even when the power goes."""
    if path.exists() and path.read_text() == text:
        return
    beside = path.with_suffix(".new")
    with beside.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.rename(path)
