"""A label that was accepted is in force everywhere at once, and what was there before comes back by undoing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from ortaq.engine import actions as engine
from ortaq.engine import terms as engine_terms
from ortaq.engine.access import PUBLIC
from ortaq.engine.models import Entry
from ortaq.engine.problems import Absent, Forbidden, Problems
from ortaq.people import actions as people
from ortaq.people.actors import Member, member
from ortaq.search import access as search
from ortaq.search.consumer import Consumer
from ortaq.search.query import Query
from ortaq.vocab import actions, overlay, terms
from ortaq.vocab.models import ACCEPTED, RETURNED, UNDONE, TermProposal
from tests.cast import Cast, monument_data

pytestmark = pytest.mark.django_db
TYPE, CODE = "object_type", "mausoleum"
BETTER = {"kk": "күмбезді кесене"}


@pytest.fixture
def editor(cast: Cast) -> Member:
    """Nigar translates for the reserve."""
    people.give_role(None, cast.users["nigar"], "translator", organisation=cast.reserve, country="AZ")
    return member(cast.users["nigar"])


def proposed(cast: Cast, labels: dict[str, str] | None = None, code: str = CODE) -> TermProposal:
    return actions.propose(cast.timur, TYPE, code, labels or BETTER, reason="үлгі себеп", source="үлгі сөздік")


def wrong(act: Any) -> str:
    with pytest.raises(Problems) as found:
        act()
    return found.value.problems[0].code


def test_an_accepted_label_is_read_everywhere(cast: Cast, editor: Member) -> None:
    shipped = engine_terms.label(TYPE, CODE, "kk")
    proposal = proposed(cast)
    overlay.refresh()
    assert engine_terms.label(TYPE, CODE, "kk") == shipped, "a proposal alone changes nothing"
    actions.accept(editor, proposal.id)
    assert engine_terms.label(TYPE, CODE, "kk") == shipped, "reading a label asks no database"
    engine_terms.refresh()
    assert engine_terms.label(TYPE, CODE, "kk") == BETTER["kk"]
    assert engine_terms.label(TYPE, CODE, "ru") == terms.shipped(TYPE, CODE).labels["ru"]  # type: ignore[union-attr]
    assert [term.code for term in terms.find(TYPE, "Күмбезді  кесене")] == [CODE]
    kept = [entry.action for entry in Entry.objects.filter(thing=proposal.id).order_by("position")]
    assert kept == ["propose", "accept"]


def test_the_page_the_api_and_the_picker_show_it_without_a_restart(cast: Cast, editor: Member) -> None:
    record, client = cast.monument(), Client()
    page, api = f"/kk/o/{record.pid}", f"/api/v1/vocabularies/{TYPE}"
    assert BETTER["kk"] not in client.get(page).content.decode()
    proposal = actions.accept(editor, proposed(cast).id)
    assert BETTER["kk"] in client.get(page).content.decode()
    told = {term["code"]: term for term in client.get(api).json()["terms"]}
    assert told[CODE]["labels"]["kk"] == BETTER["kk"]
    client.force_login(cast.users["aigerim"])
    assert BETTER["kk"] in client.get(f"{page}/edit").content.decode()
    actions.undo(editor, proposal.id, reason="қате")
    assert BETTER["kk"] not in client.get(page).content.decode()


def test_a_record_is_found_by_the_new_label(cast: Cast, editor: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ortaq.search.consumer.MOST", 1)  # more records than one commit takes
    records = {cast.monument(names=name(text)).id for text in ("Бірінші", "Екінші", "Үшінші")}
    with Consumer() as consumer:
        consumer.follow()
        assert not found("күмбезді")
        actions.accept(editor, proposed(cast).id)
        consumer.follow()
        assert not consumer.behind()
    assert found("күмбезді") == records


def name(text: str) -> list[dict[str, Any]]:
    return [{"_id": "namekk", "name": {"text": text, "lang": "kk"}, "kind": "official"}]


def found(text: str) -> set[UUID]:
    results = search.search(PUBLIC, Query(text=text))
    return set() if results.near else {view.record.id for view in results.views}


def test_undoing_brings_back_what_was_accepted_before(cast: Cast, editor: Member) -> None:
    first = actions.accept(editor, proposed(cast, {"az": "birinci nümunə"}).id)
    overlay.refresh()
    second = actions.accept(editor, proposed(cast, {"az": "ikinci nümunə"}).id)
    overlay.refresh()
    assert engine_terms.label(TYPE, CODE, "az") == "ikinci nümunə"
    assert actions.undo(editor, second.id, reason="yanlış").verdict == UNDONE
    overlay.refresh()
    assert engine_terms.label(TYPE, CODE, "az") == "birinci nümunə"
    actions.undo(editor, first.id, reason="yanlış")
    overlay.refresh()
    assert engine_terms.label(TYPE, CODE, "az") == terms.shipped(TYPE, CODE).labels["az"]  # type: ignore[union-attr]
    assert wrong(lambda: actions.undo(editor, first.id, reason="yanlış")) == "answered"


def test_an_accepted_label_is_no_longer_to_be_checked(cast: Cast, editor: Member) -> None:
    term = next(t for t in terms.terms(TYPE) if t.doubtful)
    lang = min(term.doubtful)
    same = {lang: term.labels[lang]}
    actions.accept(editor, proposed(cast, same, term.code).id)
    overlay.refresh()
    now = terms.get(TYPE, term.code)
    assert now is not None and lang not in now.doubtful and now.labels[lang] == same[lang]
    assert wrong(lambda: proposed(cast, same, term.code)) == "unchanged"


def test_a_new_term_can_be_chosen_and_then_not_be_taken_away(cast: Cast, editor: Member) -> None:
    labels = {"en": "sample type", "kk": "үлгі түр"}
    proposal = actions.accept(editor, proposed(cast, labels, "sample_type").id)
    overlay.refresh()
    assert terms.terms(TYPE)[-1].code == "sample_type"
    assert terms.shipped(TYPE, "sample_type") is None
    record = engine.create(cast.aigerim, "heritage_object", monument_data(object_type=["үлгі түр"]), owner=cast.museum)
    assert record.data["object_type"] == ["sample_type"]
    assert wrong(lambda: actions.undo(editor, proposal.id, reason="қате")) == "in_use"


def test_who_may_do_what(cast: Cast, editor: Member) -> None:
    proposal = proposed(cast)
    for name_ in ("timur", "aigerim", "dana", "sasha"):
        with pytest.raises((Forbidden, Absent)):
            actions.accept(getattr(cast, name_), proposal.id)
    with pytest.raises(Forbidden):
        actions.propose(PUBLIC, TYPE, CODE, BETTER, reason="x")
    own = actions.propose(editor, TYPE, CODE, {"az": "öz nümunəsi"}, reason="səbəb")
    with pytest.raises(Forbidden):
        actions.accept(editor, own.id)
    with pytest.raises(Absent):
        actions.propose(cast.timur, "no_such_list", CODE, BETTER, reason="x")


def test_returned_and_withdrawn_proposals_are_closed(cast: Cast, editor: Member) -> None:
    proposal = proposed(cast)
    assert wrong(lambda: actions.return_(editor, proposal.id, reason=" ")) == "reason"
    assert actions.return_(editor, proposal.id, reason="бар").verdict == RETURNED
    assert wrong(lambda: actions.accept(editor, proposal.id)) == "answered"
    assert wrong(lambda: actions.withdraw(cast.timur, proposal.id, reason="x")) == "answered"
    other = proposed(cast)
    with pytest.raises(Forbidden):
        actions.withdraw(cast.nigar, other.id, reason="x")
    actions.withdraw(cast.timur, other.id, reason="қателестім")
    with pytest.raises(Absent):
        actions.accept(editor, other.id)
    third = actions.accept(editor, proposed(cast).id)
    assert third.verdict == ACCEPTED
    assert wrong(lambda: actions.withdraw(cast.timur, third.id, reason="x")) == "answered"


@pytest.mark.parametrize(
    ("code", "labels", "expected"),
    [
        ("Bad Code", {"en": "x"}, "code"),
        (CODE, {"kk": "  "}, "unchanged"),
        (CODE, {"xx": "tail"}, "unchanged"),
        (CODE, {"kk": "ү" * 201}, "too_long"),
    ],
)
def test_what_is_wrong_is_said(cast: Cast, code: str, labels: dict[str, str], expected: str) -> None:
    assert wrong(lambda: actions.propose(cast.timur, TYPE, code, labels, reason="x")) == expected
    assert wrong(lambda: actions.propose(cast.timur, TYPE, CODE, BETTER, reason="")) == "reason"


def test_what_another_node_accepted_changes_nothing_here(cast: Cast, editor: Member) -> None:
    proposal = actions.accept(editor, proposed(cast).id)
    TermProposal.objects.filter(id=proposal.id).update(origin=UUID(int=7))
    overlay.refresh()
    assert engine_terms.label(TYPE, CODE, "kk") != BETTER["kk"]
