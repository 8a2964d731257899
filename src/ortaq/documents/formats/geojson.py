"""GeoJSON (RFC 7946): a feature for each record, its geometry at the reader's precision, null where there is none."""

from __future__ import annotations

import json
from pathlib import Path

from ortaq.documents.formats import Around
from ortaq.engine.access import View
from ortaq.engine.outputs.geojson import feature


class GeoJson:
    def __init__(self, path: Path, around: Around) -> None:
        self._around, self._first = around, True
        self._file = path.open("w", encoding="utf-8")
        self._file.write('{"type":"FeatureCollection","features":[')

    def add(self, view: View) -> None:
        text = json.dumps(feature(view, self._around.url(view)), ensure_ascii=False)
        self._file.write(("\n" if self._first else ",\n") + text)
        self._first = False

    def close(self) -> None:
        self._file.write("\n]}\n")
        self._file.close()
