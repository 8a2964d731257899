"""The files that a search result can leave as: one module a format, each with the same three methods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from ortaq.engine.access import View
from ortaq.engine.kinds import Kind
from ortaq.engine.outputs import table
from ortaq.engine.outputs.geojson import exact, place_of

FIXED = ("pid", "kind", "country", "url", *table.FIXED[1:])


@dataclass(frozen=True)
class Around:
    """What a file says of itself, and what all its records have in common. ``base`` begins every address."""

    lang: str
    base: str
    stamp: datetime
    about: list[tuple[str, str]]
    kinds: list[type[Kind]]

    def url(self, view: View) -> str:
        return f"{self.base}/o/{view.key}"


class Writer(Protocol):
    """Takes views one by one and never holds all of them. A file that was not closed is not whole."""

    def __init__(self, path: Path, around: Around) -> None: ...

    def add(self, view: View) -> None: ...

    def close(self) -> None: ...


def cells(view: View, around: Around) -> dict[str, str]:
    """Column -> text of one record, as its reader sees it; of a kind that this node does not know only the frame."""
    record = view.record
    found = {"pid": record.pid or "", "kind": record.kind, "country": record.country, "url": around.url(view)}
    known = view.kind if view.kind and record.kind_version <= view.kind.version else None
    if known is None:
        title = {f"title_{lang}": text for lang, text in view.title.items() if f"title_{lang}" in FIXED}
        return found | {"state": record.state, "updated": record.updated.isoformat()} | title
    return found | dict(zip(table.columns(known), table.row(known, view, around.lang), strict=True))


def columns(kinds: list[type[Kind]]) -> list[str]:
    """The columns of all these kinds; what two of them call the same stands in one."""
    return list(dict.fromkeys([*FIXED, *(name for kind in kinds for name in table.columns(kind))]))


def precision(view: View) -> str:
    place = place_of(view) or {}
    return "exact" if exact(view) else str(place.get("precision") or "")
