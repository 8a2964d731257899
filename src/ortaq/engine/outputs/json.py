"""A view as the JSON that the API and the record page share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from ortaq.engine import derive
from ortaq.engine.access import View
from ortaq.engine.facts import Span
from ortaq.engine.fields import Date, Group
from ortaq.engine.fields.base import Field
from ortaq.engine.outputs.geojson import exact, place_of


def item(view: View, url: str) -> dict[str, Any]:
    """All that the reader may see of one record, for programs; ``url`` is its permanent address.

    ``place`` is ``{"precision", "geometry", "exact"}`` at the reader's precision, ``dates`` the outer ends of all
    datings as days (``"-0499-01-01"``) and the first one as given, ``closed`` the parts that exist and are not
    this reader's to see.
    """
    record = view.record
    return {
        "id": str(record.id),
        "pid": record.pid,
        "kind": record.kind,
        "kind_version": view.kind.version if view.kind else record.kind_version,
        "country": record.country,
        "title": view.title,
        "place": place(view),
        "dates": dates(view),
        "url": url,
        "state": record.state,
        "revision": record.revision,
        "created": record.created.isoformat(),
        "updated": record.updated.isoformat(),
        "owner": str(record.owner),
        "origin": str(record.origin),
        "data": view.data,
        "closed": sorted(view.closed),
        "links": links(view),
    }


BRIEF = ("id", "pid", "kind", "country", "title", "place", "dates", "url", "state", "revision", "updated", "owner")


def brief(view: View, url: str) -> dict[str, Any]:
    """The members of :func:`item` that a list gives."""
    found = item(view, url)
    return {name: found[name] for name in BRIEF}


def place(view: View) -> dict[str, Any] | None:
    value = place_of(view)
    if value is None:
        return None
    return {"precision": value["precision"], "geometry": value.get("geometry"), "exact": exact(view)}


def dates(view: View) -> dict[str, str | None] | None:
    """First and last day of all datings, None for an open end, and the first dating as given; None without any."""
    kind = view.kind
    spans = [fact for fact in derive.facts(kind, view.data) if isinstance(fact, Span)] if kind else []
    given = next(_given(kind.fields, view.data), None) if kind else None
    if not spans and given is None:
        return None
    starts, ends = [s.start for s in spans], [s.end for s in spans]
    return {
        "min": None if None in starts or not starts else day(min(s for s in starts if s is not None)),
        "max": None if None in ends or not ends else day(max(e for e in ends if e is not None)),
        "text": (given or {}).get("text"),
        "lang": (given or {}).get("lang"),
    }


def _given(fields: list[Field], data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The dates of a body in the order of its fields, those in groups too."""
    for field in fields:
        value = data.get(field.name)
        if isinstance(field, Date) and value:
            yield value
        elif isinstance(field, Group):
            for row in value or ():
                yield from _given(field.fields, row)


def day(number: int) -> str:
    """year*10000 + month*100 + day as ISO 8601, years before 0 and after 9999 with their sign."""
    year, rest = divmod(number, 10000)
    month, day_ = divmod(rest, 100)
    sign = "-" if year < 0 else "+" if year > 9999 else ""
    return f"{sign}{abs(year):04d}-{month:02d}-{day_:02d}"


def links(view: View) -> list[dict[str, Any]]:
    """References of the record that the reader may see at both ends."""
    found: list[dict[str, Any]] = []
    for _part, row, role, target in derive.links(view.record.kind, view.data):
        if "/" in target:
            found.append({"role": role, "row": row, "uri": target})
            continue
        other = view.names.get(str(UUID(target)))
        if other is not None:
            found.append({"role": role, "row": row, "to": target, "pid": other.record.pid, "title": other.title})
    return found
