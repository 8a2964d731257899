"""The outline of a protection zone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from ortaq.engine import geo
from ortaq.engine.facts import Fact, Outline
from ortaq.engine.fields.base import Context, Field, Piece, Widget
from ortaq.engine.problems import Problem


@dataclass
class Zone(Field):
    """Canonical value: a GeoJSON Polygon or MultiPolygon in WGS 84."""

    type: ClassVar[str] = "zone"

    def clean(self, value: Any, context: Context) -> Any:
        if isinstance(value, str):
            if not value.strip():
                return None
            value = geo.parse(value)
        geometry = geo.clean(value, country=context.country or None)
        if geometry["type"] not in ("Polygon", "MultiPolygon"):
            raise Problem("zone", _("A zone is an area: draw or paste a polygon, not a point or a line."))
        return geometry

    def take(self, form: Mapping[str, Any], name: str) -> Any:
        return str(form.get(name, "")).strip() or None

    def widget(self, value: Any, name: str, context: Context) -> Widget:
        text = value if isinstance(value, str) else json.dumps(value) if value else ""
        return Widget("area", name, self.label, self.help, self.required, text)

    def show(self, value: Any, context: Context) -> list[Piece]:
        lat, lon = geo.centre(value)
        return [Piece(f"{lat:.5f}, {lon:.5f}")]

    def facts(self, value: Any) -> Iterator[Fact]:
        yield Outline(value)

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "description": "GeoJSON Polygon or MultiPolygon, WGS 84"}
