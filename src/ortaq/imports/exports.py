"""Everything of one kind that a reader may see, as a file: CSV, GeoJSON or JSON lines in one list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ortaq.engine import access, kinds
from ortaq.engine.access import Reader, View
from ortaq.engine.outputs import geojson, table
from ortaq.engine.outputs import json as json_output
from ortaq.engine.problems import Problem
from ortaq.engine.traced import PUBLISHED

BATCH = 200
FORMATS = ("csv", "geojson", "json")


def write(reader: Reader, kind: str, path: Path, *, state: str = PUBLISHED) -> int:
    """Writes the file that the ending of ``path`` asks for; returns the number of records. Raises Problem."""
    format_ = path.suffix.lower().removeprefix(".")
    encoding = "utf-8-sig" if format_ == "csv" else "utf-8"
    check(kind, format_)
    with path.open("w", encoding=encoding, newline="") as out:
        return exports(reader, kind, format_, out, state=state)


def exports(reader: Reader, kind: str, format_: str, out: TextIO, *, state: str = PUBLISHED, **filters: Any) -> int:
    """Writes the records of ``kind`` that ``reader`` may see, as he sees them; ``filters`` are columns of a record."""
    known = check(kind, format_)
    found = found_views(reader, kind, state=state, **filters)
    if format_ == "csv":
        return table.write(known, found, reader.lang, out)
    base = settings.ORTAQ_ADDRESS.rstrip("/")
    if format_ == "json":
        return _joined(out, (json_output.item(view, f"{base}/o/{view.key}") for view in found), "[", "]")
    features = (geojson.feature(view, f"{base}/o/{view.key}") for view in found)
    return _joined(out, features, '{"type":"FeatureCollection","features":[', "]}")


def check(kind: str, format_: str) -> type[kinds.Kind]:
    """The kind, when it and the format are known; raises Problem."""
    known = kinds.get(kind)
    if known is None:
        raise Problem("kind", _("This node does not know the kind “%(kind)s”."), kind=kind)
    if format_ not in FORMATS:
        raise Problem("format", _("An export is one of: %(known)s"), known=", ".join(FORMATS))
    return known


def found_views(reader: Reader, kind: str, **filters: Any) -> Iterator[View]:
    """The views in batches, each read through the gate at its moment."""
    ids = list(access.visible(reader).filter(kind=kind, **filters).order_by("id").values_list("id", flat=True))
    for start in range(0, len(ids), BATCH):
        records = access.visible(reader).filter(id__in=ids[start : start + BATCH], kind=kind, **filters)
        yield from access.views(reader, list(records.order_by("id")))


def _joined(out: TextIO, things: Iterable[dict[str, Any]], start: str, end: str) -> int:
    count = 0
    out.write(start)
    for count, thing in enumerate(things, start=1):
        out.write((",\n" if count > 1 else "\n") + json.dumps(thing, ensure_ascii=False))
    out.write(f"\n{end}\n")
    return count
