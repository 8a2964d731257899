"""How a thing stood on a day: its category on the scale of its own country, and its entries in lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ortaq.engine.dates.holding import NOT, PERHAPS, SURELY, Held, held
from ortaq.engine.kinds import Kind
from ortaq.register.number import sort_key

STATUS, ENTRIES = "protection", "register"  # the groups of a kind that this reads
UNPROTECTED = frozenset({"status_revoked", "unprotected"})
REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Status:
    """One statement of protection: ``row`` is its place in the group, ``says`` the columns that it fills."""

    held: Held
    category: str
    revokes: bool
    row: int
    says: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """One register entry."""

    held: Held
    number: str
    row: int
    says: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """On one day: ``state`` is surely or perhaps; ``status`` None where only a list names the thing."""

    state: str
    status: Status | None
    entries: tuple[Entry, ...]

    @property
    def number(self) -> str:
        return next((entry.number for entry in self.entries if entry.number), "")


def listed(kind: type[Kind] | None) -> bool:
    """Whether things of this kind have a status and entries in lists, and so a place in the extract and a card."""
    return bool(kind and kind.field(STATUS) and kind.field(ENTRIES))


def statuses(data: dict[str, Any], country: str, today: int) -> tuple[Status, ...]:
    """The statements on the national scale; lists of the world are no status of a state and stand elsewhere."""
    found = []
    for at, row in enumerate(data.get(STATUS) or ()):
        category, valid = row.get("category", ""), row.get("valid") or {}
        revokes = category in UNPROTECTED or (row.get("action") == REVOKED and not valid.get("to"))
        if revokes or category.startswith(f"{country.lower()}_"):
            found.append(Status(held(valid, today), category, revokes, at, _says(row)))
    return tuple(found)


def entries(data: dict[str, Any], today: int) -> tuple[Entry, ...]:
    rows = enumerate(data.get(ENTRIES) or ())
    return tuple(Entry(held(row.get("valid"), today), row.get("number", ""), at, _says(row)) for at, row in rows)


def _says(row: dict[str, Any]) -> frozenset[str]:
    certainty = (row.get("source") or {}).get("certainty")
    given = {"number": row.get("number"), "act": row.get("act"), "since": row.get("valid"), "certainty": certainty}
    return frozenset(name for name, value in given.items() if value)


def standing(of: Iterable[Status], named: Iterable[Entry], day: int) -> Standing | None:
    """How it stood on ``day``, None where it was on no list and under no protection.

    A later statement takes the place of an earlier one, also where nobody wrote down the end of the earlier.
    """
    then = sorted(
        (status for status in of if status.held.on(day) != NOT),
        key=lambda status: (status.held.begun[0], status.revokes, status.row),
    )
    doubt = False
    while then and then[-1].revokes:
        if then.pop().held.on(day) == SURELY:
            return None
        doubt = True
    on_lists = sorted(
        (entry for entry in named if entry.held.on(day) != NOT),
        key=lambda entry: (entry.held.on(day) != SURELY, sort_key(entry.number), entry.row),
    )
    states = [then[-1].held.on(day)] if then else [entry.held.on(day) for entry in on_lists]
    if not states:
        return None
    sure = SURELY in states and not doubt
    return Standing(SURELY if sure else PERHAPS, then[-1] if then else None, tuple(on_lists))
