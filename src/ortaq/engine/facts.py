"""What a value says to the index, to links and to the map, whatever field it came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Words:
    """Text to be found. ``weight``: title, text or term; ``lang`` empty when unknown."""

    lang: str
    text: str
    weight: str = "text"


@dataclass(frozen=True)
class Facet:
    """A value to filter and count by."""

    name: str
    value: str


@dataclass(frozen=True)
class Reference:
    """A reference to another thing or to a URI, from one occurrence of a group (``row``) or from the record itself."""

    role: str
    target: str = ""
    uri: str = ""
    row: str = ""


@dataclass(frozen=True)
class Span:
    """Earliest and latest day as year*10000 + month*100 + day; None is open.

    ``dating``: it says of what time the thing is, not when somebody looked at it.
    """

    start: int | None
    end: int | None
    dating: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Spot:
    """A geometry on the earth (GeoJSON, WGS 84)."""

    geometry: dict[str, Any]


@dataclass(frozen=True)
class Outline:
    """A geometry that belongs to the record and is not where it lies, such as a protection zone around it."""

    geometry: dict[str, Any]


Fact = Words | Facet | Reference | Span | Spot | Outline
