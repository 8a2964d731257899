"""The administrative units of a country as records, each linked to the unit that it lies in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from ortaq.engine import actions
from ortaq.people.actors import Member
from ortaq.vocab import places
from ortaq.vocab.places import Place

TOGETHER = 10  # units published in one transaction, which keeps the write lock short
SORTS = {
    "country": "country",
    "region": "region",
    "autonomous_republic": "autonomous_republic",
    "district": "district",
    "rayon": "district",
    "city": "city",
    "city_district": "district",
}


def create(officer: Member, country: str) -> int:
    """Creates and publishes the units of a country, from the top down; returns how many."""
    made: dict[str, UUID] = {}
    waiting = [place for place in places.places() if place.country == country]
    while waiting:
        level = [place for place in waiting if not place.parent or place.parent in made]
        made |= _level(officer, level, made)
        waiting = [place for place in waiting if place.code not in made]
    return len(made)


def _level(officer: Member, level: list[Place], made: dict[str, UUID]) -> dict[str, UUID]:
    owner = officer.organisation
    assert owner is not None
    ready = [actions.prepare(officer, "place", _data(place, made), owner=owner, submit=True) for place in level]
    with transaction.atomic():
        actions.create_many(officer, ready)
    for start in range(0, len(ready), TOGETHER):
        with transaction.atomic():
            for one in ready[start : start + TOGETHER]:
                actions.publish(officer, one.record.id)
    return {place.code: one.record.id for place, one in zip(level, ready, strict=True)}


def _data(place: Place, made: dict[str, UUID]) -> dict[str, Any]:
    """Raw data with what is known of a unit; what is not known is left out."""
    codes = {"kato": place.kato, "iso3166-2": place.iso if "-" in place.iso else ""}
    data: dict[str, Any] = {
        "country": place.country,
        "names": [{"name": {"text": name, "lang": lang}} for lang, name in place.names.items()],
        "sort": SORTS[place.level],
        "admin_unit": place.code,
        "identifiers": [{"id": {"scheme": scheme, "value": code}} for scheme, code in codes.items() if code],
        "existed": {"from": place.valid_from, "to": place.valid_to},
        "sources": [{"source": {"text": place.source, "certainty": "V" if place.checked else "L"}}],
    }
    if place.parent in made:
        data["within"] = {"to": str(made[place.parent])}
    if place.lat is not None and place.lon is not None:
        point = {"type": "Point", "coordinates": [place.lon, place.lat]}
        data["place"] = {"geometry": point, "precision": "exact", "method": "centre"}
    return data
