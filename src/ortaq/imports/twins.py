"""Which rows may be records that are there already, among those that the writer may read and no others.

Two things are twins when they have the same number in a register, or when a name of both is the same and they lie
within 500 metres; in the same district where one of the two has no point. What only the public form of a place says
is no point.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ortaq.engine import access, geo
from ortaq.engine.access import Reader, View
from ortaq.engine.actions import Prepared
from ortaq.engine.canonical import parse
from ortaq.engine.facts import Words
from ortaq.engine.fields import Line, Place, Text
from ortaq.engine.kinds import Kind
from ortaq.engine.models import Record
from ortaq.imports.earlier import LIVING
from ortaq.search.analysis import wholes
from ortaq.search.folding import fold

METRES = 500
RADIUS = 6_371_000.0
BATCH = 500
SAME_SIGN = str.maketrans("авекмнорстухі", "abekmhopctyxi")  # a Cyrillic letter typed for a Latin one
_GROUPS = re.compile(r"[^\W_]+")
Number = tuple[str, str, str]  # scheme, list, the number itself


@dataclass(frozen=True)
class Traits:
    """What tells things apart: folded names, numbers, point (latitude, longitude) or None, district, country."""

    names: frozenset[str] = frozenset()
    numbers: frozenset[Number] = frozenset()
    spot: tuple[float, float] | None = None
    unit: str = ""
    country: str = ""


@dataclass(frozen=True)
class Pair:
    row: int
    record: UUID
    why: str
    metres: int | None = None


def of_row(kind: type[Kind], prepared: Prepared) -> Traits:
    """Of a record that was checked and not written."""
    return traits(kind, whole(prepared), exact=True)


def whole(prepared: Prepared) -> dict[str, Any]:
    """All that a record says which was checked and not written, closed parts too."""
    data = dict(prepared.record.data)
    for part in prepared.draft.closed:
        data |= parse(bytes(part.content or b"{}"))
    return data


def of_view(kind: type[Kind], view: View) -> Traits:
    """Of a record as its reader sees it."""
    place = _place(kind)
    part = place.part if place else ""
    value = view.data.get(place.name) if place else None
    exact = not part or part in view.opened or (value or {}).get("precision") == "exact"
    return traits(kind, view.data, exact=exact)


def traits(kind: type[Kind], data: dict[str, Any], *, exact: bool) -> Traits:
    place = _place(kind)
    value = data.get(place.name) if place and exact else None
    spot = geo.centre(value["geometry"]) if value and value.get("geometry") else None
    return Traits(
        frozenset(_names(kind, data)),
        frozenset(_numbers(kind, data)),
        spot,
        data.get("admin_unit", ""),
        data.get("country", ""),
    )


def same(one: Traits, other: Traits) -> tuple[str, int | None] | None:
    """(why, metres apart) for twins, None for others."""
    if one.country and other.country and one.country != other.country:
        return None
    metres = round(_metres(one.spot, other.spot)) if one.spot and other.spot else None
    if any(_same_number(a, b) for a in one.numbers for b in other.numbers):
        return "number", metres
    if one.names.isdisjoint(other.names):
        return None
    near = metres <= METRES if metres is not None else bool(one.unit) and one.unit == other.unit
    return ("name", metres) if near else None


def find(reader: Reader, kind: type[Kind], rows: Collection[tuple[int, Traits]]) -> Iterator[list[Pair]]:
    """The twins of ``rows`` among what ``reader`` may see, record by record; one step is one batch of records."""
    by_key: dict[Any, list[tuple[int, Traits]]] = {}
    for row in rows:
        for key in _keys(row[1]):
            by_key.setdefault(key, []).append(row)
    living = access.visible(reader).filter(kind=kind.slug, state__in=LIVING) if by_key else Record.objects.none()
    ids = list(living.order_by("id").values_list("id", flat=True))
    for start in range(0, len(ids), BATCH):
        batch = access.visible(reader).filter(id__in=ids[start : start + BATCH]).order_by("id")
        yield _met(reader, kind, [record for record in batch if record.state in LIVING], by_key)


def _met(reader: Reader, kind: type[Kind], batch: list[Record], by_key: dict[Any, Any]) -> list[Pair]:
    """Open names and numbers say who is looked at; what is decided is decided on views."""
    if not _closed(kind):
        batch = [record for record in batch if any(key in by_key for key in _keys(_open(kind, record)))]
    pairs = []
    for view in access.views(reader, batch) if batch else ():
        seen = of_view(kind, view)
        met = {row: known for key in _keys(seen) for row, known in by_key.get(key, ())}
        for row, known in met.items():
            why = same(known, seen)
            if why:
                pairs.append(Pair(row, view.record.id, *why))
    return pairs


def _open(kind: type[Kind], record: Record) -> Traits:
    data = record.data
    if record.kind_version <= kind.version:
        data = kind.upgrade(data, record.kind_version)
    return Traits(frozenset(_names(kind, data)), frozenset(_numbers(kind, data)))


def _closed(kind: type[Kind]) -> bool:
    """Whether names or numbers of this kind stand in a closed part, so that only a view has them."""
    tops = {kind.title, *(path.partition(".")[0] for path in kind.numbered)}
    return any(field.part for field in kind.fields if field.name in tops)


def _keys(found: Traits) -> Iterator[Any]:
    yield from found.names
    yield from {(scheme, number) for scheme, _list, number in found.numbers}


def _place(kind: type[Kind]) -> Place | None:
    return next((field for field in kind.fields if isinstance(field, Place)), None)


def _names(kind: type[Kind], data: dict[str, Any]) -> Iterator[str]:
    """Each name without spaces: as folded, as spelt in letters that the alphabets share, as it sounds."""
    field, value = kind.field(kind.title), data.get(kind.title)
    if isinstance(field, Text | Line):
        texts = value.items() if isinstance(value, dict) else [("", {"text": value or ""})]
        found = [(lang, inner["text"]) for lang, inner in texts]
    else:
        facts = field.facts(value) if field and value is not None else ()
        found = [(f.lang, f.text) for f in facts if isinstance(f, Words) and f.weight == "title"]
    for lang, text in found:
        yield from folded(text, lang)


def folded(text: str, lang: str) -> Iterator[str]:
    found = wholes(text, lang or None)
    yield from (form for form in found if form[0] in "=:^" and len(form) > 2)
    if not found:  # too long a name to be looked for as a whole
        yield "=" + "".join(form[0] for word in text.split() if (form := fold(word, lang or None)))


def _numbers(kind: type[Kind], data: dict[str, Any]) -> Iterator[Number]:
    for path in kind.numbered:
        top, _dot, inner = path.partition(".")
        for row in data.get(top) or ():
            value = row.get(inner)
            scheme, text = (value["scheme"], value["value"]) if isinstance(value, dict) else (top, value or "")
            number = normal(text)
            if number:
                yield scheme, " ".join(fold_list(row.get("list"))), number


def fold_list(value: Any) -> Iterable[str]:
    return (form[0] for word in str(value or "").split() if (form := fold(word, None)))


def normal(text: str) -> str:
    """A number without what people write differently: case, signs between, zeros in front, letters that look alike."""
    small = unicodedata.normalize("NFKC", text).casefold().replace("№", " ").translate(SAME_SIGN)
    groups = (group.lstrip("0") or "0" for group in _GROUPS.findall(small))
    return ".".join(group for group in groups if group not in ("no", "n"))


def _same_number(one: Number, other: Number) -> bool:
    same_list = one[1] == other[1] or not one[1] or not other[1]
    return one[0] == other[0] and one[2] == other[2] and same_list


def _metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The distance on the sphere, good to half a percent."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, spot)) for spot in (one, other))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * RADIUS * math.asin(math.sqrt(min(1.0, half)))
