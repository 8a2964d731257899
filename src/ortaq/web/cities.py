"""Cities for the maps, from the files that the front-end build makes of the GeoNames list."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ortaq.engine import terms
from ortaq.engine.fields.unit import UNITS

FOLDER = Path(__file__).resolve().parent / "static" / "dist" / "cities"


class City(NamedTuple):
    """``unit``: the administrative unit that it is, which has names in every language; "" for most."""

    lon: float
    lat: float
    people: int
    name: str
    unit: str


def named(countries: Iterable[str], lang: str) -> list[tuple[float, float, int, str]]:
    """Longitude, latitude, people and name of each, the largest of a country first."""
    return [
        (city.lon, city.lat, city.people, terms.label(UNITS, city.unit, lang) if city.unit else city.name)
        for country in countries
        for city in of(country)
    ]


@cache
def of(country: str) -> list[City]:
    """None for a country that GeoNames does not know, or where the front end is not built."""
    file = FOLDER / f"{country}.json"
    return [City(*row) for row in json.loads(file.read_text("utf-8"))] if file.is_file() else []
