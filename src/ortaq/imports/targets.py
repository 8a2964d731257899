"""What a column can be mapped to: every field of a kind, said as people read it, and the columns of a place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ortaq.engine.fields import Group, Identifier, Name, Period, Place, Text, Zone
from ortaq.engine.fields.base import Field
from ortaq.engine.kinds import KINDS, Kind
from ortaq.imports.matching import vocabulary

SCHEME = "#"  # between the path of a number and whose number it is
PLACE = "@"
SPOTS: dict[str, Any] = {
    "@lat": _("Latitude, or northing"),
    "@lon": _("Longitude, or easting"),
    "@geometry": _("Geometry or both coordinates"),
    "@accuracy": _("Accuracy in metres"),
    "@certainty": _("Certainty of the place: V, H, M or L"),
}


@dataclass(frozen=True)
class Goal:
    """``code`` stands in the form, ``path`` in the mapping; ``wordy`` has a language; ``group`` its group's label."""

    code: str
    path: str
    field: Field | None
    label: Any
    group: Any = None
    scheme: str = ""

    @property
    def wordy(self) -> bool:
        return isinstance(self.field, Text | Name)

    @property
    def vocabulary(self) -> str:
        return vocabulary(self.field) if self.field else ""


def goals(kind: type[Kind]) -> dict[str, Goal]:
    """By code, in the order of the kind."""
    return _goals(kind.slug)


@cache
def _goals(slug: str) -> dict[str, Goal]:
    kind, found = KINDS[slug], dict[str, Goal]()
    place = place_of(kind)
    for field in kind.fields:
        for goal in _of(field):
            found[goal.code] = goal
        if field is place:
            found |= {code: Goal(code, field.name, None, label, field.label) for code, label in SPOTS.items()}
    return found


def place_of(kind: type[Kind]) -> Place | None:
    """The field that columns with coordinates fill."""
    return next((field for field in kind.fields if isinstance(field, Place)), None)


def _of(field: Field) -> Iterator[Goal]:
    if isinstance(field, Group):
        for inner in field.fields:
            yield from _one(f"{field.name}.{inner.name}", inner, field.label)
    else:
        yield from _one(field.name, field, None)


def _one(path: str, field: Field, group: Any) -> Iterator[Goal]:
    if isinstance(field, Place | Zone):
        return
    if isinstance(field, Identifier):
        for scheme in field.schemes:
            label = format_lazy("{}: {}", field.label, scheme)
            yield Goal(f"{path}{SCHEME}{scheme}", f"{path}.value", field, label, group, scheme)
    elif isinstance(field, Period):
        for end, said in (("from", _("beginning")), ("to", _("end"))):
            yield Goal(f"{path}.{end}", f"{path}.{end}", field, format_lazy("{}: {}", field.label, said), group)
    else:
        yield Goal(path, path, field, field.label, group)
