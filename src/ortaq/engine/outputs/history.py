"""The history of a record as people read it: who acted, when, what for, what was erased."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ortaq.engine import access
from ortaq.engine.access import Reader, View
from ortaq.engine.canonical import parse
from ortaq.engine.labels import L
from ortaq.engine.models import Entry, Node, Revision
from ortaq.engine.outputs.diff import diff
from ortaq.engine.outputs.page import Address

ACTIONS = {
    "create": L(kk="Жазба жасалды", az="Qeyd yaradıldı", ru="Запись создана", en="Created"),
    "revise": L(kk="Өңделді", az="Redaktə edildi", ru="Исправлена", en="Revised"),
    "propose": L(kk="Қарауға жіберілді", az="Baxışa göndərildi", ru="Отправлена на проверку", en="Sent for review"),
    "publish": L(kk="Жарияланды", az="Dərc edildi", ru="Опубликована", en="Published"),
    "accept": L(kk="Ұсыныс қабылданды", az="Təklif qəbul edildi", ru="Предложение принято", en="Proposal accepted"),
    "return": L(kk="Қайтарылды", az="Geri qaytarıldı", ru="Возвращена", en="Returned"),
    "narrow": L(
        kk="Көретіндер шектелді", az="Oxuyanların dairəsi daraldıldı", ru="Круг читателей сужен", en="Audience narrowed"
    ),
    "widen": L(
        kk="Көретіндер кеңейтілді",
        az="Oxuyanların dairəsi genişləndirildi",
        ru="Круг читателей расширен",
        en="Audience widened",
    ),
    "reopen": L(
        kk="Мерзімі келіп, ашылды", az="Vaxtı çatıb açıldı", ru="Открыта по сроку", en="Opened when it was due"
    ),
    "withdraw": L(kk="Кері алынды", az="Geri götürüldü", ru="Снята с публикации", en="Withdrawn"),
    "revert": L(
        kk="Бұрынғы күйіне қайтарылды",
        az="Əvvəlki vəziyyətinə qaytarıldı",
        ru="Возвращена к прежнему виду",
        en="Reverted",
    ),
    "erase": L(kk="Өшірілді", az="Silindi", ru="Стёрта", en="Erased"),
    "transfer": L(kk="Иесі ауысты", az="Sahibi dəyişdi", ru="Передана другой организации", en="Given to another owner"),
    "merge": L(
        kk="Басқа жазбамен біріктірілді",
        az="Başqa qeydlə birləşdirildi",
        ru="Объединена с другой записью",
        en="Merged into another record",
    ),
    "import": L(kk="Импортталды", az="İdxal edildi", ru="Импортирована", en="Imported"),
}


@dataclass(frozen=True)
class Line:
    """One entry. ``action`` in the active language, ``actor`` the first digits of an opaque id, ``by`` the
    organisation he acted for, where the reader may see it, as (key, title by language)."""

    number: int
    position: int
    action: str
    time: datetime
    actor: str
    by: tuple[str, dict[str, str]] | None
    reason: str
    erased: datetime | None
    kept: bool
    previous: int = 0  # the revision before, 0 when there is none that the reader may look at


@dataclass(frozen=True)
class Signed:
    """One entry as it was signed. ``header`` is the RFC 8785 text itself; digest, signature and the node's
    public key (empty where it is not known here) are hex."""

    seq: int
    epoch: int
    action: str
    time: datetime
    digest: str
    signature: str
    key: str
    header: str


def lines(reader: Reader, view: View, start: int = 0, count: int | None = None) -> tuple[list[Line], int]:
    """(lines, how many there are), the newest first."""
    entries = access.history(reader, view.record)
    chosen = entries[start : None if count is None else start + count]
    bodies = {r.entry_id: r for r in Revision.objects.filter(entry__in=[e.position for e in chosen])}
    acted = {e.position: str(json.loads(e.header)["on_behalf_of"]) for e in chosen}
    known = titles(reader, {UUID(id_) for id_ in acted.values() if id_})
    before = _previous(entries)
    found = [_line(e, bodies.get(e.position), known.get(acted[e.position]), before[e.revision]) for e in chosen]
    return found, len(entries)


def _previous(entries: Iterable[Entry]) -> dict[int, int]:
    """Revision -> the one before it among those that are shown."""
    numbers = sorted({e.revision for e in entries})
    return dict(zip(numbers, [0, *numbers], strict=False))


def story(reader: Reader, view: View, shown: Sequence[Line], lang: str, address: Address) -> dict[int, list[str]]:
    """Position of an entry -> labels of the fields that it changed, in the order of the kind; at most two queries."""
    pairs = {line.position: (line.previous, line.number) for line in shown if line.kept and line.previous}
    numbers = {number for pair in pairs.values() for number in pair}
    revisions = Revision.objects.filter(thing=view.record.id, number__in=numbers)
    states = access.past(reader, view.record, revisions.order_by("entry"))
    found = {}
    for position, (old, new) in pairs.items():
        if old in states and new in states:
            changes = diff(states[old], states[new], lang, address)
            found[position] = list(dict.fromkeys(str(change.label) for change in changes))
    return found


def _line(entry: Entry, revision: Revision | None, by: tuple[str, dict[str, str]] | None, previous: int) -> Line:
    kept = revision is not None and revision.body is not None
    body: dict[str, Any] = parse(bytes(revision.body or b"")) if revision is not None and kept else {}
    return Line(
        number=entry.revision,
        position=entry.position,
        action=str(ACTIONS.get(entry.action, entry.action)),
        time=_moment(entry),
        actor=str(entry.actor)[:8],
        by=by,
        reason=body.get("reason", ""),
        erased=revision.erased if revision is not None else None,
        kept=kept,
        previous=previous,
    )


def signed(reader: Reader, view: View) -> list[Signed]:
    """The entries with what one needs to verify them, the newest first."""
    entries = access.history(reader, view.record)
    nodes = access.visible(reader, Node).filter(id__in={e.node for e in entries})
    keys = dict(nodes.values_list("id", "public_key"))
    return [
        Signed(
            e.seq,
            e.epoch,
            str(ACTIONS.get(e.action, e.action)),
            _moment(e),
            e.digest,
            bytes(e.signature).hex(),
            keys.get(e.node, ""),
            e.header,
        )
        for e in entries
    ]


def titles(reader: Reader, ids: Iterable[UUID]) -> dict[str, tuple[str, dict[str, str]]]:
    """UUID -> (key, title) of the records among ``ids`` that the reader may see and that have an open title."""
    wanted: Sequence[UUID] = list(ids)
    rows = access.visible(reader).filter(id__in=wanted).only("id", "pid", "title") if wanted else ()
    return {str(row.id): (row.pid or str(row.id), row.title) for row in rows if row.title}


def _moment(entry: Entry) -> datetime:
    if entry.time is None:
        raise ValueError(f"entry {entry.position} has a header and no time")
    return entry.time
