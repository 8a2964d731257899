"""Searching as each of the cast: what is found, what is counted, and when a change takes effect."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from ortaq.engine import access, actions, derive, log, timed
from ortaq.engine.access import Reader, View
from ortaq.engine.facts import Facet
from ortaq.engine.models import Beat, Denied, Entry, Grant, Record
from ortaq.engine.problems import Problem
from ortaq.search import access as search
from ortaq.search import health
from ortaq.search.consumer import Consumer, rebuild
from ortaq.search.documents import SEARCHABLE
from ortaq.search.index import IndexReader
from ortaq.search.query import Query
from tests.cast import Cast, monument_data

LAT, LON = 42.851234, 68.271234
AT_THE_SPOT = (LON - 0.0005, LAT - 0.0005, LON + 0.0005, LAT + 0.0005)
FACETS = ("kind", "country", "type", "region", "century", "protection", "condition", "use")

pytestmark = pytest.mark.usefixtures("own_folder")


def found(reader: Reader, **query: Any) -> list[str]:
    return [str(view.record.id) for view in search.search(reader, Query(limit=200, **query)).views]


def heritage(reader: Reader, **query: Any) -> list[str]:
    return found(reader, kind=["heritage_object"], **query)


@pytest.mark.parametrize("who", ["stranger", "aigerim", "leyla", "murad"])
def test_a_monument_is_found_in_every_language_by_everybody(cast: Cast, index: Consumer, who: str) -> None:
    record = cast.monument()
    index.follow()
    for text in ("кесене", "türbə", "мавзолей", "mausoleum", "Arystan Bab", "Арыстан баб", record.pid or "-"):
        assert heritage(getattr(cast, who), text=text) == [str(record.id)], text


def test_the_exact_spot_is_found_only_by_who_may_read_it(cast: Cast, index: Consumer) -> None:
    record = cast.monument()
    index.follow()
    lat, lon = derive.geo.centre(record.data["place"]["geometry"])
    around = (lon - 0.0005, lat - 0.0005, lon + 0.0005, lat + 0.0005)
    for name, reader in cast.readers().items():
        inside = access.get(reader, record.id).data["place"]["geometry"]["type"] == "Point"
        assert heritage(reader, bbox=AT_THE_SPOT) == ([str(record.id)] if inside else []), name
        assert heritage(reader, bbox=around) == ([] if inside else [str(record.id)]), name
    assert heritage(cast.aigerim, bbox=AT_THE_SPOT) and not heritage(cast.stranger, bbox=AT_THE_SPOT)


def mixed(cast: Cast) -> None:
    """Records of both sides in many states and audiences."""
    cast.monument()
    cast.monument(dating=[{"date": {"text": "XII век", "lang": "ru"}}], object_type=["mosque"])
    cast.monument(state="draft")
    cast.monument(state="draft", by=cast.leyla, country="AZ", admin_unit="az-sheki", place=None)
    sent = cast.monument(state="draft")
    actions.submit(cast.aigerim, sent.id)
    hidden, half, gone = cast.monument(), cast.monument(), cast.monument(object_type=["caravanserai"])
    actions.narrow(cast.aigerim, Record, hidden.id, ["national:KZ"], reason="сынақ")
    actions.narrow(cast.aigerim, Record, half.id, ["professional"], reason="сынақ")
    actions.withdraw(cast.aigerim, Record, gone.id, reason="сынақ")
    until = timezone.now() + timedelta(days=1)
    actions.grant(cast.aigerim, hidden.id, f"actor:{cast.timur.id}", until, reason="сынақ")


def counted(views: list[View], name: str) -> list[tuple[str, int]]:
    counts: Counter[str] = Counter()
    for view in views:
        assert view.kind is not None
        facts = {f.value for f in derive.facts(view.kind, view.data) if isinstance(f, Facet) and f.name == name}
        counts.update(facts | ({view.record.kind} if name == "kind" else set()))
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def test_hits_counts_and_facets_are_those_of_the_gate_for_everybody(cast: Cast, index: Consumer) -> None:
    mixed(cast)
    index.follow()
    sizes = set()
    for name, reader in cast.readers().items():
        rows = access.visible(reader).filter(state__in=SEARCHABLE)
        views = access.views(reader, list(rows))
        result = search.search(reader, Query(limit=200, facets=FACETS))
        assert {v.record.id for v in result.views} == {v.record.id for v in views}, name
        assert result.count == len(views), name
        for facet in FACETS:
            assert result.facets[facet] == counted(views, facet), (name, facet)
        sizes.add(result.count)
    assert len(sizes) > 3, "the cast must not all see the same"


def test_narrowing_takes_effect_before_the_index_has_heard_of_it(cast: Cast, index: Consumer) -> None:
    record = cast.monument()
    index.follow()
    assert heritage(cast.stranger, text="кесене")
    actions.narrow(cast.aigerim, Record, record.id, ["professional"], reason="сынақ")
    for reader in cast.readers().values():
        result = search.search(reader, Query(text="кесене", kind=["heritage_object"], facets=FACETS))
        assert (result.count, result.views, result.facets["type"]) == (0, [], [])
    index.follow()
    assert not Denied.objects.exists()
    assert not heritage(cast.stranger, text="кесене") and not heritage(cast.timur, text="кесене")
    assert heritage(cast.nigar, text="кесене") == [str(record.id)] == heritage(cast.aigerim, text="кесене")


def test_an_index_that_passes_a_narrowing_during_a_search_shows_nothing_of_it(
    cast: Cast, index: Consumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = cast.monument()
    index.follow()
    assert heritage(cast.stranger)
    actions.narrow(cast.aigerim, Record, record.id, ["professional"], reason="сынақ")
    whole = IndexReader.refresh

    def refresh(reader: IndexReader) -> bool:
        changed = whole(reader)
        index.follow()
        return changed

    monkeypatch.setattr(IndexReader, "refresh", refresh)
    result = search.search(cast.stranger, Query(kind=["heritage_object"]))
    assert (result.count, result.facets["type"]) == (0, []) and not Denied.objects.exists()


def test_a_narrowed_part_is_closed_at_once_too(cast: Cast, index: Consumer) -> None:
    record = cast.monument()
    index.follow()
    assert heritage(cast.dana, bbox=AT_THE_SPOT)
    actions.narrow(cast.aigerim, Record, record.id, [], part="place", reason="сынақ")
    assert not heritage(cast.dana, bbox=AT_THE_SPOT)
    index.follow()
    assert not heritage(cast.dana, bbox=AT_THE_SPOT) and heritage(cast.dana, text="кесене")
    assert heritage(cast.aigerim, bbox=AT_THE_SPOT)


def test_what_is_withdrawn_is_gone_at_once_and_back_when_published(cast: Cast, index: Consumer) -> None:
    record = cast.monument()
    index.follow()
    actions.withdraw(cast.aigerim, Record, record.id, reason="сынақ")
    assert not heritage(cast.stranger) and not heritage(cast.aigerim)
    index.follow()
    assert not heritage(cast.stranger) and not heritage(cast.aigerim)
    actions.publish(cast.aigerim, record.id)
    index.follow()
    assert heritage(cast.stranger) == [str(record.id)]


def test_a_draft_is_found_by_its_author_and_owner_only(cast: Cast, index: Consumer) -> None:
    draft = cast.monument(state="draft")
    index.follow()
    seen = {name for name, reader in cast.readers().items() if heritage(reader, text="кесене")}
    assert seen == {"aigerim", "bolat"} and heritage(cast.bolat) == [str(draft.id)]


def test_a_grant_makes_the_exact_place_findable_and_its_end_stops_it(cast: Cast, index: Consumer) -> None:
    record = cast.monument()
    index.follow()
    assert not heritage(cast.timur, bbox=AT_THE_SPOT)
    until = timezone.now() + timedelta(hours=1)
    actions.grant(cast.aigerim, record.id, f"actor:{cast.timur.id}", until, part="place", reason="сынақ")
    index.follow()
    assert heritage(cast.timur, bbox=AT_THE_SPOT) == [str(record.id)]
    assert not heritage(cast.nigar, bbox=AT_THE_SPOT)
    Grant.objects.update(until=timezone.now())
    assert not heritage(cast.timur, bbox=AT_THE_SPOT), "the clock closes before the node has acted"
    assert timed.run_due() == 1
    index.follow()
    assert not heritage(cast.timur, bbox=AT_THE_SPOT) and heritage(cast.timur, text="кесене")
    assert heritage(cast.aigerim, bbox=AT_THE_SPOT)


def test_a_page_that_the_index_found_is_read_again(cast: Cast, index: Consumer) -> None:
    """A reader whose token ended after the index was asked sees no view of it."""
    record = cast.monument(state="draft")
    index.follow()
    hits = search.opened()
    hits.refresh()
    page = hits.search(Query(tokens=cast.bolat.tokens, kind=["heritage_object"]))
    assert [hit.thing for hit in page.hits] == [str(record.id)]
    assert search._views(cast.stranger, page.hits) == []


def test_rebuilding_gives_the_same_index(cast: Cast, index: Consumer) -> None:
    mixed(cast)
    index.follow()
    queries = [Query(limit=200, facets=FACETS), Query(text="кесене", limit=200), Query(bbox=AT_THE_SPOT, limit=200)]

    def answers() -> list[Any]:
        results = [search.search(reader, query) for reader in cast.readers().values() for query in queries]
        return [(r.count, [view.record.id for view in r.views], r.facets, r.why) for r in results]

    before = answers()
    assert index.rebuild() and index.cursor() == log.head().position
    assert answers() == before and any(count for count, *_ in before)


def test_the_command_rebuilds_and_counts_unless_a_worker_runs(cast: Cast) -> None:
    cast.monument()
    assert rebuild() == len(cast.organisations) + 2
    assert search.cursor() == log.head().position
    with Consumer(), pytest.raises(Problem) as caught:
        rebuild()
    assert caught.value.code == "index_busy"


def test_a_stopped_rebuild_starts_again(cast: Cast, index: Consumer) -> None:
    cast.monument()
    index.follow()
    assert index.rebuild(lambda: True) is None and index.cursor() == 0
    assert found(cast.stranger) == []
    index.follow()
    assert heritage(cast.stranger) and not index.behind()


def test_an_index_ahead_of_a_restored_log_is_rebuilt(cast: Cast, index: Consumer) -> None:
    record = cast.monument()
    index._writer.put([], [], 10_000)
    assert index.behind()
    index.follow()
    assert index.cursor() == log.head().position and heritage(cast.stranger) == [str(record.id)]


def test_the_end_of_a_role_needs_no_indexing(cast: Cast, index: Consumer) -> None:
    from ortaq.people import actions as people
    from ortaq.people.models import Role

    cast.monument(state="draft")
    index.follow()
    assert heritage(cast.bolat)
    (role,) = Role.objects.filter(holder=cast.users["bolat"].actor)
    people.end_role(None, role.id)
    assert not heritage(cast.bolat)


def test_why_says_what_matched_and_marks_it(cast: Cast, index: Consumer) -> None:
    cast.monument(
        summary={"ru": {"text": "Слово. " * 40 + "Купол перестроен в начале XX века мастером. " + "Ещё. " * 40}}
    )
    index.follow()
    result = search.search(cast.stranger, Query(text="мавзолей", lang="ru", kind=["heritage_object"]))
    (title, *_rest) = result.why[0]
    assert (title.where, title.lang) == ("title", "ru")
    assert title.snippet == [("Мавзолей", True), (" Арыстан-баб", False)]
    (text,) = search.search(cast.stranger, Query(text="перестроен", lang="ru")).hits[0][1]
    assert text.where == "text" and ("перестроен", True) in text.snippet
    assert text.snippet[0] == ("…", False) == text.snippet[-1] and len("".join(t for t, _ in text.snippet)) < 250
    assert search.search(cast.stranger, Query(kind=["heritage_object"])).why == [[]]


def test_why_tells_nothing_of_a_part_that_is_closed(cast: Cast, index: Consumer) -> None:
    record = cast.monument()
    index.follow()
    query = Query(text="меншік иесі")
    assert search.why(access.get(cast.aigerim, record.id), query)
    assert search.why(access.get(cast.stranger, record.id), query) == []
    assert heritage(cast.aigerim, text="меншік иесі") == [], "only the indexed part is searched"


@pytest.mark.parametrize(
    ("text", "spans"), [("abc", [(0, 3)]), ("x" * 500, [(0, 500)]), ("a b " * 100, [(0, 1), (2, 3), (396, 397)])]
)
def test_a_snippet_is_a_piece_of_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    joined = "".join(part for part, _ in search.snippet(text, spans)).strip("…")
    assert joined and joined in text


def test_waiting_for_an_entry(cast: Cast, index: Consumer) -> None:
    index.follow()
    cast.monument()
    assert not search.wait_for(log.head().position, seconds=0.02)
    index.follow()
    assert search.wait_for(log.head().position, seconds=0.02)


def test_a_writer_waits_for_what_he_just_wrote_and_not_for_older_things(
    cast: Cast, index: Consumer, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.follow()
    cast.monument()  # by Aigerim; the index does not take it in
    asked: list[int] = []
    monkeypatch.setattr(IndexReader, "wait_for", lambda _index, cursor, _seconds: asked.append(cursor))
    search.search(cast.bolat, Query())
    search.search(cast.stranger, Query())
    assert asked == []
    search.search(cast.aigerim, Query())
    assert asked and asked[0] > index.cursor()
    Entry.objects.update(time=timezone.now() - search.FRESH)
    search.search(cast.aigerim, Query())
    assert len(asked) == 1


def test_things_that_are_no_records_touch_nothing(cast: Cast, index: Consumer) -> None:
    """The first entries are the node's own and those of roles."""
    index.follow()
    assert set(found(cast.stranger)) == {str(id_) for id_ in cast.organisations.values()}


def test_health_tells_lag_and_signs_of_life(cast: Cast, index: Consumer) -> None:
    cast.monument()
    report, status = health.report()
    assert (report["status"], status) == ("degraded", 200), "no worker has ever shown up"
    assert report["index"] == {"position": 0, "lag": log.head().position}
    index.follow()
    Beat.objects.create(name="worker", at=timezone.now())
    report, status = health.report()
    assert (report["status"], report["database"], status) == ("ok", "ok", 200)
    assert report["index"] == {"position": log.head().position, "lag": 0}
    assert [worker["name"] for worker in report["workers"]] == ["worker"]
    assert set(report) == {"status", "database", "index", "workers", "version"}
    Beat.objects.update(at=timezone.now() - timedelta(minutes=5))
    assert health.report()[0]["status"] == "degraded"


def test_health_without_a_database_is_down(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def broken() -> None:
        raise OperationalError("no route to host db.internal")

    monkeypatch.setattr(log, "head", broken)
    report, status = health.report()
    assert (report["status"], report["database"], status) == ("down", "down", 503)
    assert "internal" not in repr(report)


def test_monument_data_is_what_the_queries_above_expect() -> None:
    assert monument_data()["place"]["geometry"]["coordinates"] == [LON, LAT]
