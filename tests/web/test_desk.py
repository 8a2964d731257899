"""My desk: what waits, what was begun, what was sent; for each person his own and nobody else's."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from ortaq.engine import actions
from ortaq.people import actions as people
from ortaq.people.actors import member
from ortaq.vocab import actions as labels
from tests.cast import Cast, monument_data
from tests.web.posting import form_of, page, said, signed_in

pytestmark = pytest.mark.django_db(databases="__all__")


def test_an_empty_desk_says_what_it_is_for(cast: Cast) -> None:
    html = said(signed_in(cast, "timur").get("/en/desk"))
    assert "Nothing is waiting for you" in html and "You have no drafts" in html
    assert "Describe an object" not in html
    assert "Describe an object" in said(signed_in(cast, "aigerim").get("/en/desk"))


def test_a_stranger_has_none(cast: Cast, client: Client) -> None:
    assert client.get("/en/desk").status_code == 302
    assert "My desk" not in said(client.get("/en/"))


def test_drafts_are_with_their_author(cast: Cast) -> None:
    draft = cast.monument(state="draft")
    assert f"/en/o/{draft.id}" in said(signed_in(cast, "aigerim").get("/en/desk"))
    bolat = said(signed_in(cast, "bolat").get("/en/desk"))
    assert "You have no drafts" in bolat and "Changed last in your organisation" in bolat
    assert str(draft.id) not in said(signed_in(cast, "leyla").get("/en/desk"))


def test_a_proposal_is_on_two_desks(cast: Cast) -> None:
    record = cast.monument()
    data = monument_data(summary={"az": {"text": "Yeni mətn"}})
    proposal = actions.propose(cast.leyla, record.id, data, base_revision=record.revision, reason="mənbə var")
    for name, heading in (("leyla", "What you proposed"), ("aigerim", "Review all of them")):
        html = said(signed_in(cast, name).get("/en/desk"))
        assert f"/en/review/{proposal.id}" in html and heading in html
    assert str(proposal.id) not in said(signed_in(cast, "nigar").get("/en/desk"))


@pytest.mark.parametrize(("lang", "word"), [("kk", "секунд"), ("az", "saniyə"), ("ru", "секунд"), ("en", "second")])
def test_how_long_it_waits_is_said_in_every_language(cast: Cast, lang: str, word: str) -> None:
    record = cast.monument()
    data = monument_data(summary={"az": {"text": "Yeni mətn"}})
    actions.propose(cast.leyla, record.id, data, base_revision=record.revision, reason="mənbə var")
    client = signed_in(cast, "aigerim")
    for path in ("desk", "review"):
        assert word in said(client.get(f"/{lang}/{path}"))


def test_unsaved_text_is_on_the_desk_until_it_is_saved(cast: Cast) -> None:
    record, client = cast.monument(), signed_in(cast, "aigerim")
    client.post("/en/unsaved", form_of(client.get(page(record, "edit"))))
    html = said(client.get("/en/desk"))
    assert f"/en/o/{record.pid}/edit?unsaved=1" in html and "your changes, not saved" in html
    client.post(page(record, "edit"), form_of(client.get(page(record, "edit") + "?unsaved=1")))
    assert "?unsaved=1" not in said(client.get("/en/desk"))


def test_a_new_record_that_was_begun_is_on_the_desk(cast: Cast) -> None:
    client = signed_in(cast, "aigerim")
    client.post("/kk/unsaved", form_of(client.get("/kk/new/legal_act"), "_owner"))
    assert "/en/new/legal_act?unsaved=1" in said(client.get("/en/desk"))


@pytest.mark.parametrize("name", ["aigerim", "dana", "timur"])
def test_the_desk_stands_first_at_home(cast: Cast, name: str) -> None:
    html = said(signed_in(cast, name).get("/en/"))
    assert html.index("My desk</a></h2>") < html.index('class="hero"')


def test_the_desk_asks_the_database_little(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for _ in range(3):
        cast.monument(state="draft")
    client = signed_in(cast, "aigerim")
    with django_assert_max_num_queries(24):
        client.get("/en/desk")


def test_what_came_back_says_why(cast: Cast) -> None:
    draft, record = cast.monument(state="draft"), cast.monument()
    actions.submit(cast.aigerim, draft.id)
    actions.return_record(cast.dana, draft.id, reason="күні жоқ")
    data = monument_data(summary={"az": {"text": "Yeni mətn"}})
    asked = actions.propose(cast.leyla, record.id, data, base_revision=record.revision, reason="mənbə var")
    actions.return_proposal(cast.aigerim, asked.id, reason="mənbə zəifdir")
    desk, review = (said(signed_in(cast, "leyla").get(f"/en/{page}")) for page in ("desk", "review"))
    assert "mənbə zəifdir" in desk and "mənbə zəifdir" in review
    assert "күні жоқ" in said(signed_in(cast, "aigerim").get("/en/desk"))
    actions.submit(cast.aigerim, draft.id)
    assert "күні жоқ" not in said(signed_in(cast, "aigerim").get("/en/desk"))


def test_words_wait_on_the_desk_of_a_language_editor(cast: Cast) -> None:
    people.give_role(None, cast.users["nigar"], "translator", organisation=cast.reserve, country="AZ")
    asked = labels.propose(cast.timur, "object_type", "mausoleum", {"kk": "күмбезді кесене"}, reason="үлгі себеп")
    html = {name: said(signed_in(cast, name).get("/en/desk")) for name in ("nigar", "timur", "aigerim")}
    assert [f"/en/term-proposals/{asked.id}" in html[name] for name in html] == [True, True, False]
    assert "Describe an object" not in html["nigar"], "a language editor makes no records"
    labels.return_(member(cast.users["nigar"]), asked.id, reason="осылай да түсінікті")
    assert str(asked.id) not in said(signed_in(cast, "nigar").get("/en/desk"))
    assert "осылай да түсінікті" in said(signed_in(cast, "timur").get("/en/desk"))
