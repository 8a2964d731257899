"""Small geographic files for the tests, made by GDAL where it is there."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

POINTS = [(68.271, 43.2974), (69.01, 42.34)]
NAMES = ["Арыстан баб кесенесі", "Қарашаш ана"]


def layer(path: Path, *, crs: str = "EPSG:4326", encoding: str = "", name: str = "", **more: Any) -> Path:
    """Two named points in the coordinates of ``crs``."""
    import numpy
    import pyogrio.raw
    import shapely
    from pyproj import Transformer

    to = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    shapes = shapely.to_wkb([shapely.Point(*to.transform(*point)) for point in POINTS])
    values = [numpy.array(NAMES, dtype=object), numpy.array([7, 8], dtype="int64")]
    pyogrio.raw.write(
        str(path),
        geometry=shapes,
        field_data=values,
        fields=["name_kk", "nr"],
        geometry_type="Point",
        crs=crs,
        encoding=encoding or None,
        **({"layer": name} if name else {}),
        **more,
    )
    return path


def zipped(folder: Path, to: Path, *, without: str = "") -> Path:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in sorted(folder.iterdir()):
            if part.suffix != without:
                packed.write(part, f"data/{part.name}")
    return to


def shapefile(folder: Path, **more: Any) -> Path:
    inner = folder / "shape"
    inner.mkdir()
    without = more.pop("without", "")
    layer(inner / "sites.shp", **more)
    return zipped(inner, folder / "sites.zip", without=without)


def geojson(path: Path, crs: str = "") -> Path:
    features = [
        {
            "type": "Feature",
            "id": number,
            "properties": {"name_kk": name, "nr": number, "tags": ["a"]},
            "geometry": {"type": "Point", "coordinates": list(point)},
        }
        for number, (name, point) in enumerate(zip(NAMES, POINTS, strict=True), start=7)
    ]
    found: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if crs:
        found["crs"] = {"type": "name", "properties": {"name": crs}}
    path.write_text(json.dumps(found, ensure_ascii=False), "utf-8")
    return path


KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<Folder><name>first</name><Placemark><name>Арыстан баб кесенесі</name>
<ExtendedData><Data name="nr"><value>7</value></Data></ExtendedData>
<Point><coordinates>68.271,43.2974,300</coordinates></Point></Placemark></Folder>
<Folder><name>second</name><Placemark><name>Қарашаш ана</name><Point><coordinates>69.01,42.34</coordinates></Point>
</Placemark></Folder></Document></kml>
"""
