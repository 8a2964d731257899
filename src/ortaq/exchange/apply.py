"""The second pass: proved lines become entries, revisions, closed parts and rows, in small transactions.

Whatever is repeated changes nothing, so a pass that was cut off is simply begun again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from ortaq.engine import db, log
from ortaq.engine.log import entry_columns
from ortaq.engine.models import ClosedPart, Entry, Log, Revision
from ortaq.engine.problems import Problem
from ortaq.exchange.line import Line
from ortaq.exchange.settle import settle


@dataclass
class Summary:
    """What a bundle brought: ``entries`` new here, ``known`` before, ``things`` whose rows changed,
    ``nodes`` it speaks for, ``lost`` entries of this node from before it was restored."""

    entries: int = 0
    known: int = 0
    things: int = 0
    nodes: int = 0
    lost: int = 0


def write(batch: list[Line], summary: Summary) -> None:
    """Takes in proved lines in one transaction under the log's lock."""
    own = log.head().node
    lines = [line for line in batch if line.node != own]
    with transaction.atomic():
        db.lock_log(connection)
        here = _here(lines)
        touched: set[UUID] = set()
        position = log.head().position
        new, filled = [], []
        for line in lines:
            entry = here.get(line.number)
            if entry is None:
                position += 1
                here[line.number] = entry = _entry(line, position)
                new.append(entry)
            elif entry.digest != line.digest:
                raise Problem("fork", _("Entries that differ from those of the bundle came in meanwhile. Try again."))
            elif line.header is not None and not entry.header:
                entry = _entry(line, entry.position)
                here[line.number] = entry
                filled.append(entry)
            else:
                continue
            if entry.thing:
                touched.add(entry.thing)
        Entry.objects.bulk_create(new)
        for entry in filled:
            entry.save(force_update=True)
        touched |= _revisions(lines, here) | _parts(lines)
        Log.objects.filter(id=1).update(position=position)
        summary.things += settle(touched)
    summary.entries += len(new)
    summary.known += len(lines) - len(new)
    _count_own(batch, own, summary)


def _count_own(batch: list[Line], own: UUID | None, summary: Summary) -> None:
    mine = [line for line in batch if line.node == own]
    if not mine:
        return
    known = len(_here(mine))
    summary.known += known
    summary.lost += len(mine) - known


def _here(lines: Iterable[Line]) -> dict[tuple[UUID, int, int], Entry]:
    spans: dict[tuple[UUID, int], list[int]] = {}
    for line in lines:
        spans.setdefault((line.node, line.epoch), []).append(line.seq)
    found = {}
    for (node, epoch), seqs in spans.items():
        for row in Entry.objects.filter(node=node, epoch=epoch, seq__gte=min(seqs), seq__lte=max(seqs)):
            found[row.node, row.epoch, row.seq] = row
    return found


def _entry(line: Line, position: int) -> Entry:
    if line.header is None:
        return Entry(position=position, node=line.node, epoch=line.epoch, seq=line.seq, digest=line.digest)
    return Entry(position=position, signature=line.signature, **entry_columns(line.told, line.header))


def _revisions(lines: list[Line], here: dict[tuple[UUID, int, int], Entry]) -> set[UUID]:
    """Adds the texts that are not here yet; one that was erased here stays erased."""
    given = {here[line.number].position: line for line in lines if line.body is not None}
    present = set(Revision.objects.filter(entry__in=given).values_list("entry_id", flat=True))
    rows = [
        Revision(
            entry_id=position,
            thing=line.thing,
            number=line.told["revision"],
            body=line.body,
            parts={name: part["commitment"] for name, part in line.told["parts"].items()},
        )
        for position, line in given.items()
        if position not in present
    ]
    Revision.objects.bulk_create(rows)
    return {row.thing for row in rows}


def _parts(lines: list[Line]) -> set[UUID]:
    """Adds the closed parts that are not here yet; an erased one keeps its empty row and so stays erased."""
    given = {
        line.told["parts"][name]["commitment"]: ClosedPart(
            commitment=line.told["parts"][name]["commitment"],
            thing=line.thing,
            name=name,
            salt=part.salt,
            content=part.content,
        )
        for line in lines
        for name, part in line.parts.items()
    }
    for present in ClosedPart.objects.filter(commitment__in=given).values_list("commitment", flat=True):
        del given[present]
    ClosedPart.objects.bulk_create(given.values())
    return {row.thing for row in given.values()}
