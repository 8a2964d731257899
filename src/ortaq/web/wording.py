"""An address of the search page in words."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import QueryDict
from django.utils.translation import gettext as _

from ortaq.engine.access import PUBLIC
from ortaq.search.undeclared import OWNER
from ortaq.web import finding, keepers, nearby, period
from ortaq.web.reading import lang


def owners(asked: Iterable[QueryDict]) -> dict[str, str]:
    """The names of the organisations in several addresses, as everybody may name them, in one query."""
    ids = [value for given in asked for value in given.getlist(OWNER)[: finding.CHOICES]]
    return {id_: piece.text for id_, piece in keepers.names(PUBLIC, ids, lang()).items()}


def words(given: QueryDict, known: dict[str, str] | None = None) -> list[tuple[str, str]]:
    """(what, said) of each word and filter, in the active language; ``known`` are the names of its organisations."""
    known = owners([given]) if known is None else known
    found = [(_("Search words"), text)] if (text := given.get("q", "")) else []
    found += [(_("Area of the map"), box)] if (box := given.get("bbox", "")) else []
    found += [(_("Period"), years)] if (years := period.told(given)) else []
    found += [(_("Order"), near)] if (near := nearby.told(given.get(nearby.NEAR, ""))) else []
    for name in finding.facets():
        names = known if name == OWNER else {}
        values = [names.get(value) or finding.label(name, value) for value in given.getlist(name) if value]
        found += [(str(finding.legend(name)), ", ".join(values))] if values else []
    return found
