"""Facets with several values: the counts of the index are those that somebody gets who counts through the gate."""

from __future__ import annotations

import os
import random
from collections import Counter

import pytest

from ortaq.engine import access, actions, derive, geo
from ortaq.engine.access import View
from ortaq.engine.facts import Facet, Spot, Words
from ortaq.engine.models import Record
from ortaq.search import access as search
from ortaq.search import undeclared
from ortaq.search.consumer import Consumer
from ortaq.search.documents import SEARCHABLE
from ortaq.search.facets import PERIOD, without
from ortaq.search.query import Query, wanted_facets
from ortaq.vocab.terms import rank
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_folder")]

SCALE = int(os.environ.get("ORTAQ_TEST_SCALE", "1"))
SETS = 50 * SCALE
FACETS = ("kind", "country", "type", "region", "century", "protection", "rank", "condition", "use", "owner", "language")
TYPES = ("mausoleum", "mosque", "caravanserai", "palace")
CATEGORIES = {True: ("kz_republican", "kz_local"), False: ("az_world", "az_country")}
UNDATED = [{"date": {"text": "белгісіз", "lang": "kk", "undated": True}}]
DATINGS = ("XIV-XV вв.", "XII век", "XVIII век", "II век до н. э.", "1450")


def mixed(cast: Cast, chance: random.Random) -> None:
    """Records of both sides of every type and time, some of them drafts, some narrowed, some in closed places."""
    from ortaq.vocab import terms

    uses = [term.code for term in terms.terms("use")]
    for number in range(24):
        ours = chance.random() < 0.6
        record = cast.monument(
            by=cast.aigerim if ours else cast.leyla,
            country="KZ" if ours else "AZ",
            admin_unit="kz-turkistan-otyrar" if ours else "az-sheki",
            state=chance.choice(("published", "published", "published", "draft")),
            names=[
                {"name": {"text": f"Ескерткіш {number}", "lang": chance.choice(("kk", "az", "ru"))}, "kind": "official"}
            ],
            object_type=chance.sample(TYPES, chance.randint(1, 2)),
            dating=[{"date": {"text": chance.choice(DATINGS), "lang": "ru"}}] if chance.random() < 0.8 else UNDATED,
            protection=[{"category": chance.choice(CATEGORIES[ours])}] if chance.random() < 0.6 else None,
            use=[{"use": chance.choice(uses[:3])}] if chance.random() < 0.6 else None,
            summary=None,
            place={
                "geometry": {"type": "Point", "coordinates": [60 + chance.random() * 10, 40 + chance.random() * 10]},
                "precision": chance.choice(("exact", "10km")),
            },
        )
        if record.state == "published" and chance.random() < 0.3:
            by = cast.aigerim if ours else cast.leyla
            audience = ["professional"] if chance.random() < 0.5 else [f"national:{record.country}"]
            actions.narrow(by, Record, record.id, audience, reason="сынақ")


class Seen:
    """One record as its reader sees it: values by facet, its outer dates, its place."""

    def __init__(self, view: View) -> None:
        assert view.kind is not None
        facts = list(derive.facts(view.kind, view.data))
        self.values: dict[str, set[str]] = {"kind": {view.record.kind}, "owner": {str(view.record.owner)}}
        for fact in facts:
            if isinstance(fact, Facet):
                self.values.setdefault(fact.name, set()).add(fact.value)
        written = {fact.lang for fact in facts if isinstance(fact, Words) and fact.weight != "term" and fact.lang}
        self.values["language"] = written | {lang for lang in view.title if lang}
        self.values["rank"] = {str(found) for code in self.values.get("protection", ()) if (found := rank(code))}
        spans = undeclared.dating(view.kind, facts)
        starts, ends = [span.start for span in spans], [span.end for span in spans]
        self.first = None if None in starts else min((s for s in starts if s is not None), default=None)
        self.last = None if None in ends else max((e for e in ends if e is not None), default=None)
        self.dated = bool(spans) and (self.first is not None or self.last is not None)
        spot = next((fact for fact in facts if isinstance(fact, Spot)), None)
        self.at = geo.centre(spot.geometry) if spot else None

    def matches(self, query: Query) -> bool:
        chosen = wanted_facets(query)
        if not all(self.values.get(name, set()) & set(values) for name, values in chosen.items()):
            return False
        if query.bbox is not None:
            west, south, east, north = query.bbox
            if self.at is None or not (south <= self.at[0] <= north and west <= self.at[1] <= east):
                return False
        if query.dates is not None:
            first, last = query.dates
            return self.dated and (
                (first is None or self.last is None or self.last >= first)
                and (last is None or self.first is None or self.first <= last)
            )
        return True


def counted(seen: list[Seen], query: Query, name: str) -> list[tuple[str, int]]:
    own = {"century" if name == PERIOD else name, *([PERIOD] if name == PERIOD else [])}
    over = without(query, frozenset(own))
    counts: Counter[str] = Counter()
    for one in seen:
        if one.matches(over):
            counts.update(one.values.get("century" if name == PERIOD else name, set()))
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def chosen(chance: random.Random, known: dict[str, list[str]]) -> Query:
    """A random set of filters: some facets with one to three values, sometimes a period or an area."""
    names = chance.sample(FACETS, chance.choice((0, 1, 1, 2, 2, 3)))
    values = {name: chance.sample(known[name], min(len(known[name]), chance.randint(1, 3))) for name in names}
    first, last = sorted(chance.sample(range(-300, 2000), 2))
    ends = (first * 10_000 + 101, last * 10_000 + 1231)
    period = chance.choice((None, None, None, ends, (ends[0], None), (None, ends[1])))
    west, south = 60 + chance.random() * 5, 40 + chance.random() * 5
    return Query(
        kind=values.pop("kind", None),
        country=values.pop("country", None),
        filters=values,
        dates=period,
        bbox=(west, south, west + 6, south + 6) if chance.random() < 0.2 else None,
        facets=(*FACETS, PERIOD),
        limit=1,
    )


def test_facets_are_those_of_a_count_through_the_gate_for_every_role(cast: Cast, index: Consumer) -> None:
    chance = random.Random(4)
    mixed(cast, chance)
    index.follow()
    sizes = set()
    for name, reader in cast.readers().items():
        views = access.views(reader, list(access.visible(reader).filter(state__in=SEARCHABLE)))
        seen = [Seen(view) for view in views]
        known = {facet: sorted({v for one in seen for v in one.values.get(facet, ())}) or ["none"] for facet in FACETS}
        sizes.add(len(seen))
        for number in range(SETS):
            query = chosen(chance, known)
            result = search.search(reader, query)
            assert result.count == sum(one.matches(query) for one in seen), (name, number, query)
            for facet in query.facets:
                assert result.facets[facet] == counted(seen, query, facet), (name, number, facet, query)
    assert len(sizes) > 3, "the cast must not all see the same"


def test_a_value_beside_a_chosen_one_is_still_offered_with_its_count(cast: Cast, index: Consumer) -> None:
    cast.monument(object_type=["mausoleum"])
    cast.monument(object_type=["mosque"])
    cast.monument(object_type=["mosque"], dating=UNDATED)
    index.follow()
    query = Query(kind=["heritage_object"], filters={"type": ["mausoleum"]}, facets=("type", "century", PERIOD))
    result = search.search(cast.stranger, query)
    assert result.count == 1
    assert result.facets["type"] == [("mosque", 2), ("mausoleum", 1)]
    assert result.facets["century"] == [("14", 1), ("15", 1)] == result.facets[PERIOD]
    both = search.search(cast.stranger, Query(kind=["heritage_object"], filters={"type": ["mausoleum", "mosque"]}))
    assert both.count == 3


def test_only_facets_with_a_chosen_value_are_counted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from ortaq.search.facets import counted as count_all

    asked: list[tuple[dict[str, list[str]], list[str]]] = []

    def count(query: Query, names: list[str]) -> dict[str, list[tuple[str, int]]]:
        asked.append((wanted_facets(query), names))
        return {name: [] for name in names}

    facets = (*FACETS, PERIOD)
    count_all(Query(facets=facets), count)
    assert [names for _chosen, names in asked] == [list(FACETS)]
    asked.clear()
    count_all(Query(country=["KZ"], filters={"type": ["mosque"]}, facets=facets), count)
    assert sorted(names for _chosen, names in asked) == sorted(
        [[n for n in FACETS if n not in ("country", "type")], ["country"], ["type"]]
    )
    for chosen_, names in asked:
        assert not set(names) & set(chosen_)


def test_what_is_chosen_keeps_its_count_however_rare_it_is() -> None:
    from ortaq.search.facets import VALUES
    from ortaq.search.facets import counted as count_all

    values = [(f"v{n}", 9) for n in range(VALUES)] + [("rare", 1), ("never", 1)]
    found = count_all(Query(filters={"type": ["rare"]}, facets=("type",)), lambda _query, names: {names[0]: values})
    assert found["type"] == [*values[:VALUES], ("rare", 1)]


def test_the_facets_that_no_field_declares() -> None:
    from uuid import UUID

    owner = UUID(int=7)
    found = undeclared.facets(owner, {"protection": ["kz_local", "az_world", "kz_local"]})
    assert found == {"owner": [str(owner)], "rank": ["1", "3"]}
    assert undeclared.facets(owner, {}) == {"owner": [str(owner)]}
