"""A view as a GeoJSON feature (RFC 7946), its geometry at the reader's precision."""

from __future__ import annotations

from typing import Any

from ortaq.engine.access import View
from ortaq.engine.fields import Place
from ortaq.engine.fields.place import approximate


def place_of(view: View) -> dict[str, Any] | None:
    """The value of the first place field as the reader may see it: exact, generalised or only its precision."""
    kind = view.kind
    fields = [f for f in kind.fields if isinstance(f, Place)] if kind else []
    return next((view.data[f.name] for f in fields if view.data.get(f.name)), None)


def exact(view: View) -> bool:
    """Whether the reader sees the place as it is."""
    kind, value = view.kind, place_of(view)
    parts = {f.part for f in kind.fields if isinstance(f, Place)} if kind else set()
    return bool(value and (value["precision"] == "exact" or parts & view.opened))


def feature(view: View, url: str) -> dict[str, Any]:
    """``{"type": "Feature", "id", "geometry": … or null, "properties": {…}}``; ``url`` is the permanent address."""
    place = place_of(view) or {}
    return {
        "type": "Feature",
        "id": view.key,
        "geometry": place.get("geometry"),
        "properties": {
            "pid": view.record.pid,
            "kind": view.record.kind,
            "country": view.record.country,
            "title": view.title,
            "precision": "exact" if exact(view) else place.get("precision"),
            **({"approximate": True} if approximate(place) else {}),
            "revision": view.record.revision,
            "url": url,
        },
    }
