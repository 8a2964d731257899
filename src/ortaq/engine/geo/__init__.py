"""Places: GeoJSON geometries in WGS 84, cleaned, typed by people, coarsened for the public, cut into map cells.

shapely and pyproj are loaded by the first call that needs them, so that a node at rest does not hold them.
"""

from ortaq.engine.geo.cells import quadkeys
from ortaq.engine.geo.cleaning import clean
from ortaq.engine.geo.grid import PRECISIONS, public_form
from ortaq.engine.geo.shapes import Geometry, bbox, centre, positions
from ortaq.engine.geo.written import parse, to_dms

__all__ = [
    "PRECISIONS",
    "Geometry",
    "bbox",
    "centre",
    "clean",
    "parse",
    "positions",
    "public_form",
    "quadkeys",
    "to_dms",
]
