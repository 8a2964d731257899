"""GeoPackage 1.3 (OGC 12-128r17): one table of features in a SQLite file, as any GIS opens it.

Only what the standard asks for: no index of its own, so that the file needs no extension.
"""

from __future__ import annotations

import sqlite3
import struct
from datetime import UTC
from pathlib import Path
from typing import Any

from ortaq.documents.formats import Around, cells, columns, precision
from ortaq.engine.access import View
from ortaq.engine.outputs.geojson import place_of

APPLICATION, VERSION = 0x47504B47, 10_300
WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
    'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]'
)
SYSTEMS = (
    ("Undefined cartesian", -1, "NONE", -1, "undefined", "undefined cartesian coordinate reference system"),
    ("Undefined geographic", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"),
    ("WGS 84 geodetic", 4326, "EPSG", 4326, WGS84, "longitude and latitude in decimal degrees"),
)
TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
"""
LAYER = "records"
OWN = ("fid", "geom", "precision")

Box = tuple[float, float, float, float]


class GeoPackage:
    def __init__(self, path: Path, around: Around) -> None:
        self._around = around
        # SQLite compares names without case; a field may be called as one of the three columns of the file itself.
        self._columns = {name: f"{name}_" if name in OWN else name for name in columns(around.kinds)}
        self._box: Box | None = None
        path.unlink(missing_ok=True)
        self._file = sqlite3.connect(path, isolation_level=None)
        self._file.execute(f"PRAGMA application_id = {APPLICATION}")
        self._file.execute(f"PRAGMA user_version = {VERSION}")
        self._file.executescript(TABLES)
        self._file.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,?,?,?,?)", SYSTEMS)
        texts = "".join(f', "{name}" TEXT' for name in self._columns.values())
        own = "fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom GEOMETRY, precision TEXT"
        self._file.execute(f'CREATE TABLE "{LAYER}" ({own}{texts})')
        self._file.execute("BEGIN")

    def add(self, view: View) -> None:
        said = cells(view, self._around)
        place = place_of(view) or {}
        shape = place.get("geometry")
        row = [self._geometry(shape) if shape else None, precision(view)]
        row += [said.get(name, "") for name in self._columns]
        marks = ",".join("?" * (len(row) + 1))
        self._file.execute(f'INSERT INTO "{LAYER}" VALUES ({marks})', [None, *row])

    def _geometry(self, shape: dict[str, Any]) -> bytes:
        from shapely import to_wkb
        from shapely.geometry import shape as shaped

        made = shaped(shape)
        box: Box = made.bounds
        old = self._box or box
        self._box = (min(old[0], box[0]), min(old[1], box[1]), max(old[2], box[2]), max(old[3], box[3]))
        envelope = struct.pack("<4d", box[0], box[2], box[1], box[3])
        return b"GP" + struct.pack("<BBi", 0, 0b11, 4326) + envelope + bytes(to_wkb(made, byte_order=1))

    def close(self) -> None:
        moment = self._around.stamp.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        said = "\n".join(f"{label}: {text}" for label, text in self._around.about)
        contents = (LAYER, "features", LAYER, said, moment, *(self._box or (None,) * 4), 4326)
        self._file.execute("INSERT INTO gpkg_contents VALUES (?,?,?,?,?,?,?,?,?,?)", contents)
        self._file.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?,?,?,?,?,?)", (LAYER, "geom", "GEOMETRY", 4326, 0, 0)
        )
        self._file.execute("COMMIT")
        self._file.close()
