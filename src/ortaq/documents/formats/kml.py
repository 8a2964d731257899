"""KML 2.2 for globes and maps: a placemark for each record; one without a place has no geometry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from ortaq.documents.formats import Around, cells, precision
from ortaq.documents.paper import printable
from ortaq.engine.access import View
from ortaq.engine.labels import pick
from ortaq.engine.outputs.geojson import place_of

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
SAID = ("pid", "kind", "country", "url", "state", "updated")


class Kml:
    def __init__(self, path: Path, around: Around) -> None:
        self._around = around
        self._file = path.open("w", encoding="utf-8")
        self._file.write(HEAD)
        said = "\n".join(f"{label}: {text}" for label, text in around.about)
        self._file.write(f"\n<name>{_text(around.about[0][1])}</name><description>{_text(said)}</description>\n")

    def add(self, view: View) -> None:
        _lang, name = pick(view.title, self._around.lang)
        said = cells(view, self._around)
        data = {name_: said.get(name_, "") for name_ in SAID} | {"precision": precision(view)}
        data |= {f"title_{lang}": text for lang, text in view.title.items()}
        more = "".join(
            f"<Data name={quoteattr(key)}><value>{_text(text)}</value></Data>" for key, text in data.items() if text
        )
        place = place_of(view) or {}
        shape = geometry(place["geometry"]) if place.get("geometry") else ""
        link = f"<description>{_text(self._around.url(view))}</description>"
        known = f"<name>{_text(name or view.key)}</name>{link}<ExtendedData>{more}</ExtendedData>{shape}"
        self._file.write(f"<Placemark>{known}</Placemark>\n")

    def close(self) -> None:
        self._file.write("</Document></kml>\n")
        self._file.close()


def geometry(shape: dict[str, Any]) -> str:
    """A geometry of GeoJSON as one element."""
    sort, given = shape["type"], shape.get("coordinates", ())
    if sort == "GeometryCollection":
        return f"<MultiGeometry>{''.join(geometry(one) for one in shape['geometries'])}</MultiGeometry>"
    if sort.startswith("Multi"):
        parts = "".join(geometry({"type": sort.removeprefix("Multi"), "coordinates": one}) for one in given)
        return f"<MultiGeometry>{parts}</MultiGeometry>"
    if sort == "Polygon":
        return f"<Polygon>{''.join(_rings(given))}</Polygon>"
    points = [given] if sort == "Point" else given
    return f"<{sort}>{_coordinates(points)}</{sort}>"


def _rings(rings: Sequence[Any]) -> Iterator[str]:
    for number, ring in enumerate(rings):
        side = "innerBoundaryIs" if number else "outerBoundaryIs"
        yield f"<{side}><LinearRing>{_coordinates(ring)}</LinearRing></{side}>"


def _coordinates(points: Sequence[Any]) -> str:
    return f"<coordinates>{' '.join(f'{point[0]:.7g},{point[1]:.7g}' for point in points)}</coordinates>"


def _text(text: str) -> str:
    return escape(printable(text))
