"""Output: three texts of one record, field by field, for somebody whose save met another's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ortaq.engine.access import View
from ortaq.engine.fields import Text
from ortaq.engine.fields.base import Context, Field, Piece, Row
from ortaq.engine.kinds import Kind
from ortaq.engine.labels import L
from ortaq.engine.outputs.form import ordered
from ortaq.engine.problems import Conflict

Shown = list[Piece] | list[Row]
MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Clash:
    """One field in which the two texts differ; ``both`` when each of the two changed it.

    ``chosen`` is the side that loses nothing: the only one that changed it, mine where both did.
    """

    name: str
    label: L
    base: Shown
    theirs: Shown
    mine: Shown
    both: bool
    chosen: str


def clashes(kind: type[Kind], conflict: Conflict, view: View, context: Context) -> list[Clash]:
    """Every readable field that differs, in the order of the form."""
    found = []
    for field in ordered(kind, view):
        base, theirs, mine = (side.get(field.name) for side in (conflict.base, conflict.theirs, conflict.mine))
        if mine == theirs:
            continue
        chosen = THEIRS if mine == base else MINE
        before, other, own = (shown(field, value, context) for value in (base, theirs, mine))
        both = base not in (theirs, mine)
        found.append(Clash(field.name, field.label, before, other, own, both, chosen))
    return found


def shown(field: Field, value: Any, context: Context) -> Shown:
    """What people read of a value, every language of a text; nothing for no value."""
    if value is None:
        return []
    if isinstance(field, Text):
        return [Piece(inner["text"], lang, origin=inner["origin"]) for lang, inner in value.items()]
    return field.show(value, context)


def resolved(kind: type[Kind], view: View, mine: Mapping[str, Any], chosen: Mapping[str, str]) -> dict[str, Any]:
    """The data after the choice: of each field the side that was chosen, today's where nothing was."""
    data: dict[str, Any] = {}
    for field in ordered(kind, view):
        value = (mine if chosen.get(field.name) == MINE else view.data).get(field.name)
        if value is not None:
            data[field.name] = value
    return data
