"""Who answers for an object and is told of damage to it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from ortaq.people.holders import Holder
from ortaq.people.rights import AUTHORITIES

MOST = 50  # letters about one report
MEMBERS = frozenset({"editor"})


def responsible(
    holders: Iterable[Holder], country: str, units: Collection[str], protectors: Collection[UUID], owner: UUID
) -> list[Holder]:
    """Those to write to, each person once.

    Inspectors of the region (``units``: the object's unit and all above it) or of the whole
    country, and officers of the bodies that protect the object. Where there is none of
    them: officers of the country and those who edit for the organisation of the record.
    """
    known = list(holders)
    found = [h for h in known if _inspects(h, country, units) or _protects(h, country, protectors)]
    found = found or [h for h in known if _governs(h, country) or _owns(h, owner)]
    return list({h.actor: h for h in reversed(found)}.values())[::-1][:MOST]


def _inspects(holder: Holder, country: str, units: Collection[str]) -> bool:
    held = holder.held
    return held.role == "inspector" and held.country == country and (not held.region or held.region in units)


def _protects(holder: Holder, country: str, protectors: Collection[UUID]) -> bool:
    return _governs(holder, country) and holder.held.organisation in protectors


def _governs(holder: Holder, country: str) -> bool:
    return holder.held.role in AUTHORITIES and holder.held.country == country


def _owns(holder: Holder, owner: UUID) -> bool:
    return holder.held.role in MEMBERS and holder.held.organisation == owner
