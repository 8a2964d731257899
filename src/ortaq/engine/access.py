"""The one gate: nothing is read except through :func:`visible`, :func:`get` and :func:`views`.

A reader is a set of tokens. A row or a closed part is readable when one token is in
common. Links show only where both ends do; history is read under today's audience.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar, overload
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ortaq.engine import derive, kinds, reads
from ortaq.engine.canonical import parse
from ortaq.engine.fields.place import Place
from ortaq.engine.ids import PID
from ortaq.engine.models import ClosedPart, Entry, Link, Record, Revision, Token
from ortaq.engine.problems import Absent, Gone
from ortaq.engine.projection import narrowed, without_hidden
from ortaq.engine.traced import ERASED, MERGED, PUBLISHED, WITHDRAWN, Traced

T = TypeVar("T", bound=Traced)


@dataclass(frozen=True)
class Reader:
    """Who reads: tokens (see design §6), and for somebody signed in his opaque id."""

    tokens: frozenset[str] = frozenset({"public"})
    id: UUID | None = None
    organisation: UUID | None = None  # the one he acts for; None when he speaks for himself
    lang: str = "en"

    def may(self, verb: str, thing: Any) -> bool:
        """Whether this reader may act; a mere reader may not. Members of the people app know more."""
        return False


PUBLIC = Reader()


@dataclass
class View:
    """A record as one reader sees it. Pages and outputs get this and never the row's own data.

    ``data`` is complete for the reader; ``closed`` names the parts that exist and are
    not his to read, ``opened`` those that he reads although others may not.
    """

    record: Record
    data: dict[str, Any]
    title: dict[str, str]
    opened: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    names: dict[str, View] = field(default_factory=dict)
    _whole: dict[str, Any] = field(default_factory=dict)  # with the links that are hidden from him, for actions only

    @property
    def kind(self) -> type[kinds.Kind] | None:
        return kinds.get(self.record.kind)

    @property
    def key(self) -> str:
        """What addresses are made of: the pid, or the UUID of what has none yet."""
        return self.record.pid or str(self.record.id)


@overload
def visible(reader: Reader) -> QuerySet[Record]: ...
@overload
def visible(reader: Reader, model: type[T]) -> QuerySet[T]: ...
def visible(reader: Reader, model: type[Traced] = Record) -> QuerySet[Any]:
    """The rows of ``model`` that ``reader`` may read."""
    return _visible(model, reader.tokens).all()


@lru_cache(maxsize=1_000)
def _visible(model: type[Traced], tokens: frozenset[str]) -> QuerySet[Any]:
    """The query that :func:`visible` copies; it is never run, building it takes as long as running it."""
    shared = Token.objects.filter(thing=OuterRef("id"), part="", token__in=tokens)
    return model._default_manager.filter(Exists(shared))


def row(reader: Reader, model: type[T], id_: UUID, *, lock: bool = False) -> T:
    """One readable row by id; raises Absent. ``lock`` holds it against other writers until the commit."""
    rows = visible(reader, model)
    found = (rows.select_for_update() if lock else rows).filter(id=id_).first()
    if found is None:
        raise Absent(str(id_))
    return found


def get(reader: Reader, key: str | UUID) -> View:
    """One record by pid or UUID; raises Absent, or Gone for what was public once and is withdrawn."""
    where = _where(key)
    record = visible(reader).filter(where).first() if where else None
    if record is not None:
        return views(reader, [record])[0]
    gone = Record.objects.filter(where, state__in=(WITHDRAWN, ERASED), was_public=True).first() if where else None
    if gone is not None:
        raise Gone(gone.pid or "", gone.updated)
    raise Absent(str(key))


def successor(reader: Reader, view: View) -> View | None:
    """The record that ``view`` was merged into, when the reader may see that too."""
    if view.record.state != MERGED or view.record.merged_into is None:
        return None
    into = visible(reader).filter(id=view.record.merged_into).first()
    return views(reader, [into])[0] if into else None


def views(reader: Reader, records: Sequence[Record]) -> list[View]:
    """``records`` (already readable) as the reader sees them: closed parts added, hidden links taken out."""
    parts = _opened(reader, [(record.id, record.parts) for record in records])
    found = [_view(record, contents) for record, contents in zip(records, parts, strict=True)]
    _settle_links(reader, found)
    for view in found:
        reads.note(reader, view.record, view.opened)
    return found


def places(reader: Reader, records: Sequence[Record]) -> list[View]:
    """``records`` (already readable) for a map: names and places at the reader's precision, and nothing else."""
    opened = _opened(reader, [(record.id, _placed_parts(record)) for record in records])
    found = [_view(record, parts) for record, parts in zip(records, opened, strict=True)]
    for view in found:
        of = {f.name for f in view.kind.fields if isinstance(f, Place)} if view.kind else set()
        view.data = view._whole = {name: value for name, value in view.data.items() if name in of}
        reads.note(reader, view.record, view.opened)
    return found


def _placed_parts(record: Record) -> dict[str, str]:
    """The closed parts with a place in them; all of a record whose name is in one."""
    kind = kinds.get(record.kind)
    if kind is None or not record.title:
        return record.parts
    names = {f.part for f in kind.fields if isinstance(f, Place)}
    return {name: commitment for name, commitment in record.parts.items() if name in names}


def readable_parts(reader: Reader) -> QuerySet[ClosedPart]:
    """The closed parts that are there and that the reader may read, today's and those of older states."""
    return _readable_parts(reader.tokens).all()


@lru_cache(maxsize=1_000)
def _readable_parts(tokens: frozenset[str]) -> QuerySet[ClosedPart]:
    shared = Token.objects.filter(thing=OuterRef("thing"), part=OuterRef("name"), token__in=tokens)
    return ClosedPart.objects.filter(Exists(shared), content__isnull=False)


def _opened(reader: Reader, states: Sequence[tuple[UUID, dict[str, str]]]) -> list[dict[str, dict[str, Any]]]:
    """For each state (a thing, and part -> commitment) the contents of the parts that the reader may read."""
    wanted = {commitment for _thing, parts in states for commitment in parts.values()}
    rows = readable_parts(reader).filter(commitment__in=wanted) if wanted else ()
    contents = {(row.thing, row.commitment): parse(bytes(row.content or b"")) for row in rows}
    return [
        {name: contents[thing, c] for name, c in parts.items() if (thing, c) in contents} for thing, parts in states
    ]


def linking(reader: Reader, view: View, roles: dict[str, str], most: int) -> list[View]:
    """The first ``most`` published records that refer to ``view``, the oldest first: kind -> role of the reference.

    Only what they say openly counts. Their closed parts are left closed even for who may read them, so that
    nobody is noted as a reader of what he was not shown.
    """
    wanted = Q(id__in=())  # what is asked for no role is nothing, not everything
    for slug, role in roles.items():
        sources = Link.objects.filter(target=view.record.id, role=role, part="").values("source")
        wanted |= Q(kind=slug, id__in=sources)
    rows = visible(reader).filter(wanted, state=PUBLISHED).order_by(F("date_min").asc(nulls_last=True), "pid")[:most]
    found = [_view(record, {}) for record in rows]
    _settle_links(reader, found)
    for other in found:
        reads.note(reader, other.record, ())
    return found


def history(reader: Reader, record: Record) -> list[Entry]:
    """The entries of a readable record, the newest first; what it was as a draft stays with author and owner."""
    entries = list(Entry.objects.filter(thing=record.id).exclude(header="").order_by("-position"))
    first = _first_shown(reader, record, entries)
    return [entry for entry in entries if entry.revision >= first]


def latest(records: Iterable[Record]) -> dict[UUID, str]:
    """What was done last to each of the records, which the reader was given already: id -> name of the act."""
    entries = Entry.objects.filter(thing__in=[record.id for record in records]).exclude(header="").order_by("position")
    return {entry.thing: entry.action for entry in entries if entry.thing}


def revision(reader: Reader, record: Record, number: int) -> View:
    """An older state of a readable record under today's audience; raises Absent for one that is not there or erased."""
    found = Revision.objects.filter(thing=record.id, number=number).order_by("-entry").first()
    entries = Entry.objects.filter(thing=record.id, action="publish")
    if found is None or found.body is None or number < _first_shown(reader, record, entries):
        raise Absent(f"{record.id} {number}")
    return past(reader, record, [found])[number]


def _first_shown(reader: Reader, record: Record, entries: Iterable[Entry]) -> int:
    """The first revision that ``reader`` may look at: for others than author and owner the first that was published."""
    if f"org:{record.owner}" in reader.tokens or (reader.id is not None and reader.id == record.author):
        return 0
    return min((entry.revision for entry in entries if entry.action == "publish"), default=0)


def past(reader: Reader, record: Record, revisions: Iterable[Revision]) -> dict[int, View]:
    """Number -> older state, for many revisions of one readable record at once."""
    kept = [r for r in revisions if r.body is not None]
    found: dict[int, View] = {}
    for old, opened in zip(kept, _opened(reader, [(record.id, r.parts) for r in kept]), strict=True):
        then = Record(id=record.id, origin=record.origin, created=record.created, updated=record.updated)
        then.apply(parse(bytes(old.body or b"")))
        then.parts, then.revision, then.pid = old.parts, old.number, record.pid
        then.data = narrowed(then.kind, then.kind_version, then.data, record)
        found[old.number] = _view(then, opened)
    _settle_links(reader, list(found.values()))
    return found


def _view(record: Record, parts: dict[str, dict[str, Any]]) -> View:
    data = dict(record.data)
    for content in parts.values():
        data |= content
    kind = kinds.get(record.kind)
    title = record.title
    if kind is not None and record.kind_version <= kind.version:
        data = kind.upgrade(data, record.kind_version)
        title = derive.title(kind, data) or title
    return View(record, data, title, frozenset(parts), frozenset(record.parts) - frozenset(parts), _whole=data)


def _settle_links(reader: Reader, found: list[View]) -> None:
    """Takes out links to what the reader may not see; gives the names of the other targets and of the owners."""
    targets = {view.record.owner for view in found} | {
        UUID(target)
        for view in found
        for _part, _row, _role, target in derive.links(view.record.kind, view.data)
        if "/" not in target
    }
    shown = {str(record.id): record for record in visible(reader).filter(id__in=targets)}
    named = {str(view.record.id): view for view in titled(reader, list(shown.values()))}
    for view in found:
        view.data = without_hidden(view.record.kind, view.data, frozenset(named))
        view.names = named


def titled(reader: Reader, records: list[Record]) -> list[View]:
    """Views for their names only: the parts that carry titles, no links of their own."""
    parts = _opened(reader, [(record.id, {} if record.title else record.parts) for record in records])
    return [_view(record, contents) for record, contents in zip(records, parts, strict=True)]


def find(reader: Reader, text: str) -> str | None:
    """The UUID of what somebody typed (pid, UUID or an address of this node), None when he may not see it."""
    where = _where(text.rstrip("/").rpartition("/")[2])
    found = visible(reader).filter(where).first() if where else None
    return str(found.id) if found else None


def _where(key: str | UUID) -> Q | None:
    if isinstance(key, UUID):
        return Q(id=key)
    if PID.fullmatch(key):
        return Q(pid=key)
    try:
        return Q(id=UUID(key))
    except ValueError:
        return None
