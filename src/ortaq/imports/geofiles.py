"""Features of GeoJSON, Shapefile, GeoPackage and KML files as rows; part of the reading process, without Django.

Each reader yields first ``{"crs", "crs_name", "layers"}``, then the names of the columns as row 0, then a row for each
feature. The last column holds the geometry as GeoJSON in the coordinates of the file. Formats are told by their
content before GDAL sees them: its other drivers would follow a disguised file to other places.
"""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.parsers import expat

from ortaq.imports.cells import cell

GEOMETRY = "geometry"
SHAPE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
MOST_ENTRIES = 2_000  # of a ZIP file
CHUNK = 1 << 20
Order = dict[str, Any]


class Wrong(Exception):
    """What a person can mend; the code is one of ``reading.PROBLEMS``."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def geojson(order: Order) -> Iterator[Any]:
    def refuse(_name: str) -> Any:
        raise Wrong("broken")

    try:
        found = json.loads(Path(order["path"]).read_bytes(), parse_constant=refuse)
    except (ValueError, RecursionError):
        raise Wrong("broken") from None
    if not isinstance(found, dict):
        raise Wrong("no_features")
    features = found.get("features") if found.get("type") == "FeatureCollection" else [found]
    if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
        raise Wrong("no_features")
    named = found.get("crs")
    given = named.get("properties", {}).get("name", "") if isinstance(named, dict) else ""
    columns = list(dict.fromkeys(key for one in features for key in _properties(one)))
    yield {"crs": _plain_code(cell(str(given))), "crs_name": cell(str(given)), "layers": []}
    yield 0, [*columns, _geometry_name(columns)]
    for number, one in enumerate(features, start=1):
        properties = _properties(one)
        geometry = one.get("geometry") if one.get("type") == "Feature" else one
        text = json.dumps(geometry).replace("\\u0000", "") if isinstance(geometry, dict) else ""
        yield number, [*(cell(properties.get(name)) for name in columns), text]


def _properties(feature: dict[str, Any]) -> dict[str, Any]:
    found = feature.get("properties")
    given = {cell(str(key)): value for key, value in found.items()} if isinstance(found, dict) else {}
    if isinstance(feature.get("id"), str | int) and "id" not in given:
        given = {"id": feature["id"], **given}
    return given


def _geometry_name(columns: list[str]) -> str:
    name = GEOMETRY
    while name in columns:
        name += "_"
    return name


def shapefile(order: Order) -> Iterator[Any]:
    """One of the shapefiles in a ZIP file; what it holds is counted while it is unpacked, never believed."""
    folder = Path(order["folder"])
    try:
        with zipfile.ZipFile(order["path"]) as packed:
            names = _shapes(packed)
            base = _chosen(sorted(names), order["sheet"])
            left = order["most_bytes"]
            for suffix, entry in names[base].items():
                left = _unpack(packed, entry, folder / f"table{suffix}", left)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError):
        raise Wrong("broken") from None
    if not {".shp", ".shx", ".dbf"} <= set(names[base]):
        raise Wrong("shape_parts")
    with (folder / "table.shp").open("rb") as file:
        if file.read(4) != b"\x00\x00\x27\x0a":
            raise Wrong("broken")
    encoding = order["encoding"] or ("" if ".cpg" in names[base] else _dbf_encoding(folder / "table.dbf"))
    yield from _features(folder / "table.shp", [None], sorted(names), encoding)


def _shapes(packed: zipfile.ZipFile) -> dict[str, dict[str, zipfile.ZipInfo]]:
    """The shapefiles of an archive: name -> ending -> entry."""
    entries = packed.infolist()
    if len(entries) > MOST_ENTRIES:
        raise Wrong("too_large")
    found: dict[str, dict[str, zipfile.ZipInfo]] = {}
    for entry in entries:
        base, _dot, ending = entry.filename.rpartition(".")
        if f".{ending.lower()}" in SHAPE_PARTS and not base.startswith("__MACOSX"):
            found.setdefault(base, {})[f".{ending.lower()}"] = entry
    found = {name.rpartition("/")[2]: parts for name, parts in found.items() if ".shp" in parts}
    if not found:
        raise Wrong("no_shape")
    return found


def _unpack(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, to: Path, left: int) -> int:
    """Writes one entry, at most ``left`` bytes of it; returns how many are left."""
    with packed.open(entry) as source, to.open("wb") as out:
        while chunk := source.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise Wrong("too_large")
            out.write(chunk)
    return left


def _dbf_encoding(path: Path) -> str:
    """What the table is written in when no .cpg says it: its own mark, else UTF-8 or the Cyrillic of Windows."""
    data = path.read_bytes()
    if len(data) < 32 or data[29]:
        return ""
    try:
        data[int.from_bytes(data[8:10], "little") :].decode("utf-8")
    except UnicodeDecodeError:
        return "cp1251"
    return "utf-8"


def geopackage(order: Order) -> Iterator[Any]:
    path = Path(order["folder"]) / "table.gpkg"
    with Path(order["path"]).open("rb") as file:
        head = file.read(100)
    if not head.startswith(b"SQLite format 3\0") or head[68:70] != b"GP":
        raise Wrong("broken")
    shutil.copyfile(order["path"], path)
    layers = _layers(path)
    yield from _features(path, [_chosen(layers, order["sheet"])], layers, "")


def kml(order: Order) -> Iterator[Any]:
    """All folders of a KML file; one that is named alone when ``sheet`` says so."""
    path = Path(order["folder"]) / "table.kml"
    _refuse_other_xml(Path(order["path"]))
    shutil.copyfile(order["path"], path)
    layers = _layers(path)
    wanted = [_chosen(layers, order["sheet"])] if order["sheet"] else list(layers)
    yield from _features(path, wanted, layers, "")


def _refuse_other_xml(path: Path) -> None:
    """Only a document whose first element is kml and that declares no entities."""
    parser, first = expat.ParserCreate(), list[str]()

    def forbid(*_given: Any) -> None:
        raise Wrong("broken")

    parser.StartDoctypeDeclHandler = forbid
    parser.EntityDeclHandler = forbid
    parser.StartElementHandler = lambda name, _attributes: first.append(name) if not first else None
    try:
        with path.open("rb") as file:
            parser.ParseFile(file)
    except expat.ExpatError:
        raise Wrong("broken") from None
    if not first or first[0].rpartition(":")[2] != "kml":
        raise Wrong("broken")


def _chosen(layers: list[str], wanted: str) -> str:
    if wanted and wanted not in layers:
        raise Wrong("sheet", name=wanted, known=", ".join(layers))
    if not layers:
        raise Wrong("no_features")
    return wanted or layers[0]


def _layers(path: Path) -> list[str]:
    ogr = _ogr()
    try:
        return [str(name) for name, _geometry in ogr.list_layers(path)]
    except ogr.errors.DataSourceError:
        raise Wrong("broken") from None


def _ogr() -> Any:
    try:
        import pyogrio
        import pyogrio.errors
        import pyogrio.raw
    except ImportError:
        raise Wrong("no_gis") from None
    return pyogrio


def _features(path: Path, wanted: Sequence[str | None], layers: list[str], encoding: str) -> Iterator[Any]:
    """The features of all the wanted layers under the columns of all of them."""
    ogr = _ogr()
    read, crs = [], ""
    for layer in wanted:
        try:
            meta, _fids, shapes, values = ogr.raw.read(
                path, layer=layer, encoding=encoding or None, datetime_as_string=True, force_2d=True
            )
        except (ogr.errors.DataSourceError, ogr.errors.DataLayerError, UnicodeError):
            raise Wrong("broken") from None
        crs = crs or meta["crs"] or ""
        read.append((list(map(str, meta["fields"])), shapes, values))
    columns = list(dict.fromkeys(name for fields, _shapes, _values in read for name in fields))
    yield {"crs": _code(crs), "crs_name": _name(crs), "layers": layers}
    yield 0, [*columns, _geometry_name(columns)]
    number = 0
    for fields, shapes, values in read:
        places = {name: at for at, name in enumerate(fields)}
        for at in range(len(shapes) if shapes is not None else len(values[0]) if values else 0):
            number += 1
            cells = [cell(_python(values[places[name]][at])) if name in places else "" for name in columns]
            yield number, [*cells, _geojson(shapes[at]) if shapes is not None else ""]


def _python(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def _geojson(wkb: bytes | None) -> str:
    import shapely

    if wkb is None:
        return ""
    shape = shapely.from_wkb(wkb, on_invalid="ignore")
    return str(shapely.to_geojson(shape)) if shape is not None else '{"type": "unreadable"}'


def _plain_code(text: str) -> str:
    """A code or URN as it is, "" for what is none; the default of GeoJSON is WGS 84."""
    if not text or text.upper().endswith(("CRS84", "EPSG::4326", "EPSG:4326")):
        return "EPSG:4326"
    return text if ":" in text and len(text) < 60 else ""


def _code(crs: str) -> str:
    """AUTHORITY:CODE of what GDAL found, also of a description without a code that is surely a known system."""
    if not crs or (crs.count(":") == 1 and len(crs) < 40):
        return crs
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        found = CRS.from_wkt(crs).to_authority()
    except CRSError:
        return ""
    return ":".join(found) if found else ""


def _name(crs: str) -> str:
    return crs.partition('"')[2].partition('"')[0] if '"' in crs else crs


READERS: dict[str, Callable[[Order], Iterator[Any]]] = {
    "geojson": geojson,
    "shapefile": shapefile,
    "geopackage": geopackage,
    "kml": kml,
}
