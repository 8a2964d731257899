"""The vocabularies and the administrative units as the engine asks for terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from ortaq.engine import terms as engine_terms
from ortaq.engine.fields.unit import UNITS
from ortaq.vocab import overlay, places, table, terms


@dataclass(frozen=True)
class Unit:
    """An administrative unit as a term; ``broader`` is the code of the unit that it lies in today."""

    code: str
    labels: Mapping[str, str] = field(hash=False)
    broader: str
    doubtful: frozenset[str] = frozenset()


class Source:
    """See :class:`ortaq.engine.terms.Source`."""

    def get(self, vocabulary: str, code: str) -> engine_terms.Term | None:
        return _units().get(code) if vocabulary == UNITS else terms.get(vocabulary, code)

    def terms(self, vocabulary: str) -> Sequence[engine_terms.Term]:
        return tuple(_units().values()) if vocabulary == UNITS else terms.terms(vocabulary)

    def find(self, vocabulary: str, text: str) -> Sequence[engine_terms.Term]:
        return _found(table.fold(text)) if vocabulary == UNITS else terms.find(vocabulary, text)

    def version(self) -> str:
        return str(overlay.now().version)

    def refresh(self) -> None:
        overlay.refresh()


@cache
def _units() -> Mapping[str, Unit]:
    return {place.code: _unit(place) for place in places.places()}


def _unit(place: places.Place) -> Unit:
    """A unit whose names are second-hand carries the mark of a label to be checked."""
    doubtful = frozenset() if place.checked else frozenset(place.names)
    return Unit(place.code, place.names, place.parent or "", doubtful)


def _found(folded: str) -> list[Unit]:
    return [unit for unit in _units().values() if folded in table.folded((unit.code, *unit.labels.values()))]
