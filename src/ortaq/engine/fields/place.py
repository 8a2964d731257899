"""Where a thing is: exact for those who may know, generalised for everybody else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from ortaq.engine import geo
from ortaq.engine.facts import Fact, Spot
from ortaq.engine.fields.base import Context, Field, Piece, Widget, wrong_type
from ortaq.engine.fields.number import decimal, plain
from ortaq.engine.labels import L
from ortaq.engine.problems import Problem

PRECISIONS = {
    "exact": L(kk="дәл", az="dəqiq", ru="точно", en="exact"),
    "1km": L(kk="1 км-ге дейін", az="1 km dəqiqliklə", ru="до 1 км", en="within 1 km"),
    "10km": L(kk="10 км-ге дейін", az="10 km dəqiqliklə", ru="до 10 км", en="within 10 km"),
    "district": L(kk="тек аудан", az="yalnız rayon", ru="только район", en="district only"),
    "none": L(kk="көрсетілмейді", az="göstərilmir", ru="не показывается", en="not shown"),
}
APPROXIMATE = L(kk="шамамен алынған орны", az="təxmini yer", ru="приблизительное место", en="approximate place")
MIDDLE = L(
    kk="аумақтың шамамен алынған ортасы",
    az="ərazinin təxmini ortası",
    ru="приблизительная середина территории",
    en="approximate middle of the area",
)
ORDER = tuple(PRECISIONS)
METHODS = ("gnss", "map", "satellite", "text", "centre", "unknown")
ROUGH = ("text", "centre", "unknown")  # ways of finding a place that make no exact point
ROUGH_METRES = 100  # from here on an accuracy means that the point is only approximate
KEYS = {"geometry", "text", "crs", "original", "accuracy_m", "method", "precision", "certainty"}


@dataclass
class Place(Field):
    """Canonical value: ``{"geometry": GeoJSON in WGS 84, "precision": …, "accuracy_m", "method", "original"}``.

    ``original`` keeps geometry and CRS as given when they were not WGS 84. The public
    form has ``precision`` and, down to 10 km, the geometry generalised to a grid; an exact one says too how it was
    found and how far it can be trusted.
    """

    type: ClassVar[str] = "place"

    def clean(self, value: Any, context: Context) -> Any:
        if isinstance(value, str):
            value = {"text": value}
        if not isinstance(value, dict) or set(value) - KEYS:
            raise wrong_type("place")
        if not isinstance(value.get("text") or "", str) or not isinstance(value.get("crs") or "", str):
            raise wrong_type("place")
        given = geo.parse(value["text"]) if value.get("text") else value.get("geometry")
        if given is None:
            return None
        crs = value.get("crs") or "EPSG:4326"
        found: dict[str, Any] = {"geometry": geo.clean(given, crs, context.country or None)}
        if crs != "EPSG:4326":
            found["original"] = {"crs": crs, "geometry": _bare(given)}
        elif value.get("original"):
            found["original"] = _original(value["original"])
        found["precision"] = _one_of(value.get("precision") or "exact", ORDER)
        if value.get("method"):
            found["method"] = _one_of(value["method"], METHODS)
        if value.get("accuracy_m") not in (None, ""):
            found["accuracy_m"] = plain(decimal(value["accuracy_m"]))
        if value.get("certainty"):
            found["certainty"] = _one_of(value["certainty"], ("V", "H", "M", "L"))
        return found

    def take(self, form: Mapping[str, Any], name: str) -> Any:
        text = str(form.get(f"{name}.text", "")).strip()
        keys = ("crs", "precision", "method", "accuracy_m", "certainty")
        rest = {key: str(form.get(f"{name}.{key}", "")).strip() for key in keys}
        return {"text": text} | {key: given for key, given in rest.items() if given} if text else None

    def widget(self, value: Any, name: str, context: Context) -> Widget:
        value = value if isinstance(value, dict) else {}
        extra = {"precisions": list(PRECISIONS.items()), "methods": METHODS, "text": _typed(value)}
        return Widget("place", name, self.label, self.help, self.required, value, extra)

    def show(self, value: Any, context: Context) -> list[Piece]:
        precision = str(PRECISIONS[value["precision"]].at(context.lang))
        if not value.get("geometry"):
            return [Piece(precision, context.lang)]
        lat, lon = geo.centre(value["geometry"])
        return [Piece(f"{lat:.5f}, {lon:.5f}", note=precision)]

    def facts(self, value: Any) -> Iterator[Fact]:
        if value.get("geometry"):
            yield Spot(value["geometry"])

    def public(self, value: Any, like: Any = None) -> Any:
        coarsest = max(value["precision"], (like or value)["precision"], key=ORDER.index)
        form = geo.public_form(value.get("geometry"), coarsest)
        if form and coarsest == "exact":
            form |= {key: value[key] for key in ("accuracy_m", "method", "certainty") if value.get(key)}
        return form

    def schema(self) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["precision"],
            "properties": {
                "geometry": {"type": "object", "description": "GeoJSON geometry, WGS 84"},
                "precision": {"enum": list(ORDER)},
                "accuracy_m": {"type": "string", "description": "metres"},
                "method": {"enum": list(METHODS)},
                "certainty": {"enum": ["V", "H", "M", "L"]},
                "original": {"type": "object", "description": "crs and geometry as given"},
            },
        }


def approximate(value: Mapping[str, Any]) -> bool:
    """Whether a place is not where the thing stands but about there, whoever sees it."""
    doubted = value.get("method") in ROUGH or value.get("certainty") in ("M", "L")
    return doubted or float(value.get("accuracy_m") or 0) >= ROUGH_METRES


def _one_of(value: Any, known: tuple[str, ...]) -> str:
    if value not in known:
        message = _("“%(value)s” is not known here. Choose one of: %(known)s")
        raise Problem("choice", message, value=value, known=", ".join(known))
    return str(value)


def _original(value: Any) -> dict[str, Any]:
    """A geometry as it was given in another CRS; checked in that CRS, so that nothing else hides in it."""
    if not isinstance(value, dict) or set(value) != {"crs", "geometry"} or not isinstance(value["crs"], str):
        raise wrong_type("place")
    geo.clean(value["geometry"], value["crs"])
    return {"crs": value["crs"], "geometry": _bare(value["geometry"])}


def _bare(geometry: dict[str, Any]) -> dict[str, Any]:
    return {"type": geometry["type"], "coordinates": geometry["coordinates"]}


def _typed(value: dict[str, Any]) -> str:
    """The geometry as a person would type it: latitude, longitude for a point, GeoJSON for the rest."""
    if value.get("text"):
        return str(value["text"])
    geometry = value.get("geometry")
    if not geometry:
        return ""
    if geometry["type"] == "Point":
        lon, lat = geometry["coordinates"][:2]
        return f"{lat}, {lon}"
    return json.dumps(geometry)
