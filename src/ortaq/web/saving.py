"""Saved searches: addresses of the search page under names, and what was published in them since they were opened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ortaq.engine import access
from ortaq.engine.access import Reader
from ortaq.engine.log import head
from ortaq.engine.models import Entry
from ortaq.engine.problems import Absent, Problem
from ortaq.search.access import matching
from ortaq.search.query import Query
from ortaq.web import finding
from ortaq.web.models import SavedSearch
from ortaq.web.wording import owners, words

MOST = 50  # searches of one account
LONGEST = 100  # characters of a name
LARGEST = 4_000  # characters of an address
LOOKED_AT = 5_000  # publications, the latest, among which the new ones of a search are looked for
COUNTED = 99  # new records that are told one by one


@dataclass(frozen=True)
class Line:
    """A saved search: ``new`` records, ``more`` when there are more than that, ``told`` its filters in words."""

    id: UUID
    name: str
    query: str
    opened: datetime
    new: int
    more: bool
    told: list[tuple[str, str]]


def save(user: Any, name: str, query: str) -> SavedSearch:
    """Raises Problem for an address that asks nothing or is too long, and when there are too many."""
    given = _asked(query)
    name = _tidy(name) or _named(given)
    if SavedSearch.objects.filter(user=user).count() >= MOST:
        message = _("You have %(most)s saved searches. Delete one that you no longer need.")
        raise Problem("too_many_searches", message, most=MOST)
    address = given.urlencode()
    if not address or len(address) > LARGEST:
        raise Problem("search_too_long", _("This search cannot be saved. Choose fewer filters, or at least one."))
    now, position = timezone.now(), head().position
    return SavedSearch.objects.create(user=user, name=name, query=address, position=position, opened=now)


def _asked(query: str) -> QueryDict:
    """The address without what says nothing about the search: which page of it was open."""
    given = QueryDict(query[: 2 * LARGEST], mutable=True)
    given.pop("page", None)
    for name in [name for name, values in given.lists() if not any(values)]:
        del given[name]
    return given


def _tidy(name: str) -> str:
    return " ".join(name.replace("\0", " ").split())[:LONGEST]


def _named(given: QueryDict) -> str:
    """A name made of the search itself."""
    said = ", ".join(said for _what, said in words(given))
    return _tidy(said) or _("All records")


def rename(user: Any, id_: UUID, name: str) -> None:
    """Raises Absent for another's, Problem for no name."""
    row = of(user, id_)
    name = _tidy(name)
    if not name:
        raise Problem("search_name", _("Write a name for the search."))
    SavedSearch.objects.filter(id=row.id).update(name=name)


def delete(user: Any, id_: UUID) -> SavedSearch:
    """What was deleted, so that it can be saved again. Raises Absent for another's."""
    row = of(user, id_)
    SavedSearch.objects.filter(id=row.id).delete()
    return row


def of(user: Any, id_: UUID) -> SavedSearch:
    """One of the account's own; raises Absent."""
    row = SavedSearch.objects.filter(user=user, id=id_).first()
    if row is None:
        raise Absent(str(id_))
    return row


def opened(user: Any, id_: UUID) -> str:
    """The address of the search; from now on nothing in it is new. Raises Absent."""
    row = of(user, id_)
    SavedSearch.objects.filter(id=row.id).update(position=head().position, opened=timezone.now())
    return f"{reverse('search')}?{row.query}"


def lines(reader: Reader, user: Any) -> list[Line]:
    """All of an account, in a fixed number of queries however many there are."""
    rows = list(SavedSearch.objects.filter(user=user)[:MOST])
    if not rows:
        return []
    published = _published(min(row.position for row in rows))
    given = [QueryDict(row.query) for row in rows]
    found = matching(reader, [_new(*pair, published) for pair in zip(rows, given, strict=True)])
    wanted = {UUID(thing) for things in found for thing in things}
    shown = {str(id_) for id_ in access.visible(reader).filter(id__in=wanted).values_list("id", flat=True)}
    counts = [sum(thing in shown for thing in things) for things in found]
    names = owners(given)
    return [
        Line(row.id, row.name, row.query, row.opened, min(n, COUNTED), n > COUNTED, words(address, names))
        for row, address, n in zip(rows, given, counts, strict=True)
    ]


def _new(row: SavedSearch, given: QueryDict, published: list[tuple[int, str]]) -> Query:
    """The search, of nothing but what was published after it was last opened."""
    things = frozenset(thing for position, thing in published if position > row.position)
    return replace(finding.question(given), things=things, limit=COUNTED + 1, facets=(), sort="updated")


def _published(after: int) -> list[tuple[int, str]]:
    """(position, thing) of the latest publications."""
    rows = Entry.objects.filter(position__gt=after, action="publish", thing__isnull=False).order_by("-position")
    return [(position, str(thing)) for position, thing in rows.values_list("position", "thing")[:LOOKED_AT]]
