"""Members of an organisation: roles with their ends, drafts of who leaves, deputies."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from ortaq.engine import access, actions
from ortaq.engine.models import Entry, Record
from ortaq.engine.problems import Absent, Forbidden, Problems
from ortaq.people import actions as people
from ortaq.people import deputies
from ortaq.people.actors import member
from ortaq.people.models import Deputy, Role
from tests.cast import Cast, monument_data
from tests.web.posting import form_of, said, signed_in

pytestmark = pytest.mark.django_db
LATER = datetime(2099, 1, 1, tzinfo=UTC)


@pytest.fixture
def bolat(cast: Cast) -> Any:
    """Bolat administers the museum."""
    people.give_role(None, cast.users["bolat"], "org_admin", organisation=cast.museum)
    return signed_in(cast, "bolat")


def page(cast: Cast, more: str = "") -> str:
    return f"/en/o/{cast.museum}/members{more}"


def role_of(cast: Cast, name: str) -> Role:
    return Role.objects.filter(holder=cast.users[name].actor, state="published").earliest("created")


def test_the_page_of_the_organisation_leads_to_its_members(cast: Cast, bolat: Any, client: Any) -> None:
    own = '/members">'
    shown = {name: own in said(signed_in(cast, name).get(f"/en/o/{cast.museum}")) for name in cast.users}
    assert {name for name, led in shown.items() if led} == {"aigerim", "bolat", "sasha"}
    assert own not in said(client.get(f"/en/o/{cast.museum}"))
    account = said(bolat.get("/en/account"))
    assert 'lang="kk">Түркістан музейі</a>' in account.partition("<main")[2]


def test_members_see_each_other_and_strangers_do_not(cast: Cast, bolat: Any, client: Any) -> None:
    aigerim = said(signed_in(cast, "aigerim").get(page(cast)))
    assert "organisation editor" in aigerim and "aigerim@" not in aigerim and "bolat@" not in aigerim
    assert "aigerim@example.org" in said(bolat.get(page(cast)))
    assert signed_in(cast, "leyla").get(page(cast)).status_code == 403
    assert client.get(page(cast)).status_code == 302
    assert "aigerim@" not in said(signed_in(cast, "sasha").get(page(cast)))
    record = cast.monument()
    assert bolat.get(f"/en/o/{record.pid}/members").status_code == 404


def test_a_role_is_ended_with_a_reason_and_an_entry(cast: Cast, bolat: Any) -> None:
    role = role_of(cast, "aigerim")
    assert bolat.post(page(cast), {"do": "end", "id": role.id}).status_code == 422
    assert bolat.post(page(cast), {"do": "end", "id": role.id, "reason": "жұмыстан кетті"}).status_code == 302
    role.refresh_from_db()
    assert (role.state, role.reason) == ("withdrawn", "жұмыстан кетті")
    assert not cast.aigerim.roles
    entry = Entry.objects.filter(thing=role.id).latest("position")
    assert (entry.action, entry.actor) == ("end", cast.bolat.id)
    assert bolat.post(page(cast), {"do": "end", "id": role.id, "reason": "тағы"}).status_code == 404


def test_a_role_gets_another_last_day(cast: Cast, bolat: Any) -> None:
    role = role_of(cast, "aigerim")
    for until, status in (("2999-01-31", 302), ("2001-01-01", 422), ("soon", 422), ("", 302)):
        answer = bolat.post(page(cast), {"do": "extend", "id": role.id, "until": until, "reason": "келісімшарт"})
        assert answer.status_code == status, until
    assert role_of(cast, "aigerim").until is None
    assert Entry.objects.filter(thing=role.id, action="extend").count() == 2


def test_only_who_may_give_a_role_changes_it(cast: Cast, bolat: Any) -> None:
    own = Role.objects.get(role="org_admin")
    for client, role in ((signed_in(cast, "aigerim"), role_of(cast, "bolat")), (bolat, own)):
        assert client.post(page(cast), {"do": "end", "id": role.id, "reason": "x"}).status_code == 403
    foreign = role_of(cast, "leyla")
    assert bolat.post(page(cast), {"do": "end", "id": foreign.id, "reason": "x"}).status_code == 404
    assert cast.leyla.roles and cast.bolat.has("org_admin")


def test_drafts_of_who_leaves_are_handed_over(cast: Cast, bolat: Any) -> None:
    people.give_role(None, cast.users["nigar"], "editor", organisation=cast.museum, country="KZ")
    draft, other = cast.monument(state="draft"), cast.monument(state="draft")
    where = page(cast, f"/drafts?of={cast.aigerim.id}")
    form = form_of(bolat.get(where), "chosen")
    assert set(form["chosen"]) == {str(draft.id), str(other.id)}
    body = {"chosen": [str(draft.id)], "to": str(cast.nigar.id)}
    assert bolat.post(where, body).status_code == 422
    assert bolat.post(where, {**body, "reason": "кетті", "to": str(cast.leyla.id)}).status_code == 422
    assert bolat.post(where, {**body, "reason": "кетті", "address": "nobody@example.org"}).status_code == 422
    assert bolat.post(where, {**body, "reason": "кетті"}).status_code == 302
    draft.refresh_from_db()
    other.refresh_from_db()
    assert (draft.author, other.author) == (cast.nigar.id, cast.aigerim.id)
    assert Entry.objects.filter(thing=draft.id).latest("position").action == "hand_over"
    people.end_role(None, role_of(cast, "aigerim").id)
    with pytest.raises(Absent):
        access.get(cast.aigerim, draft.id)
    assert access.get(cast.aigerim, other.id)


def test_own_drafts_are_handed_over_by_oneself_and_by_nobody_else(cast: Cast) -> None:
    draft = cast.monument(state="draft")
    where = page(cast, f"/drafts?of={cast.aigerim.id}")
    assert signed_in(cast, "leyla").get(where).status_code == 403
    assert signed_in(cast, "bolat").get(where).status_code == 403
    body = {"chosen": [str(draft.id)], "address": "bolat@example.org", "reason": "демалыс"}
    assert signed_in(cast, "aigerim").post(where, body).status_code == 302
    assert Record.objects.get(id=draft.id).author == cast.bolat.id


def test_handing_over_is_no_second_person(cast: Cast) -> None:
    """An officer does not publish his own change of status because a colleague handed the draft on in between."""
    data = monument_data(protection=[{"_id": "prot22", "category": "kz_local"}])
    draft = actions.create(cast.dana, "heritage_object", data, owner=cast.kz_ministry)
    people.give_role(None, cast.users["bolat"], "country_admin", organisation=cast.kz_ministry, country="KZ")
    bolat = member(cast.users["bolat"], cast.kz_ministry)
    actions.hand_over(bolat, draft.id, bolat.id or draft.id, reason="демалыс")
    with pytest.raises(Forbidden):
        actions.publish(cast.dana, draft.id)
    assert actions.publish(bolat, draft.id).pid
    with pytest.raises(Problems):
        actions.hand_over(bolat, draft.id, cast.dana.id, reason="x")


def deputise(cast: Cast, name: str = "yerlan", **body: str) -> Any:
    """The inspector's colleague of the ministry stands in for the officer."""
    values = {"do": "name", "organisation": str(cast.kz_ministry), "address": f"{name}@example.org"}
    day = timezone.now().date()
    days = {"start": str(day), "until": str(day + timedelta(days=7)), "reason": "отпуск"}
    return signed_in(cast, "dana").post("/ru/people/deputies", {**values, **days, **body})


def test_a_deputy_has_the_rights_of_the_absent_one_for_that_time(cast: Cast) -> None:
    record = cast.monument()
    assert not cast.yerlan.may("protect", record)
    assert deputise(cast).status_code == 302
    assert cast.yerlan.may("protect", record) and cast.yerlan.has("officer")
    named = Deputy.objects.get()
    assert Entry.objects.get(thing=named.id).action == "deputise"
    text = said(signed_in(cast, "yerlan").get("/en/account"))
    assert "for " in text and "ministry officer" in text
    shown = said(signed_in(cast, "yerlan").get(f"/en/o/{cast.kz_ministry}/members"))
    assert f"for {str(cast.dana.id)[:8]}" in shown
    assert "You stand in for" in said(signed_in(cast, "yerlan").get("/en/people/deputies"))
    Deputy.objects.update(until=timezone.now())
    assert not cast.yerlan.may("protect", record)
    Deputy.objects.update(start=timezone.now() + timedelta(days=1), until=LATER)
    assert not cast.yerlan.has("officer")


def test_a_deputy_passes_nothing_on_and_gets_nothing_personal(cast: Cast) -> None:
    people.give_role(None, cast.users["timur"], "translator", organisation=cast.kz_ministry)
    people.give_role(None, cast.users["dana"], "editor", organisation=cast.museum)
    elsewhere = actions.create(cast.aigerim, "person", {"country": "KZ"}, owner=cast.museum)
    Record.objects.filter(id=elsewhere.id).update(author=cast.dana.id)
    deputise(cast)
    assert f"actor:{cast.dana.id}" not in cast.yerlan.tokens and f"org:{cast.museum}" not in cast.yerlan.tokens
    now = timezone.now()
    deputies.name(cast.yerlan, cast.timur.id, cast.kz_ministry, start=now, until=now + timedelta(days=3), reason="")
    assert cast.timur.has("inspector") and not cast.timur.has("officer")


def test_only_a_colleague_becomes_a_deputy(cast: Cast) -> None:
    for name in ("leyla", "dana", "timur", "nobody"):
        assert deputise(cast, name).status_code == 422, name
    assert deputise(cast, until="2001-01-01").status_code == 422
    assert deputise(cast, until="2999-01-01").status_code == 422
    assert deputise(cast, organisation=str(cast.museum)).status_code == 403
    with pytest.raises(Forbidden):
        deputies.name(cast.timur, cast.dana.id, cast.kz_ministry, start=timezone.now(), until=LATER, reason="")


def test_a_deputy_who_leaves_the_organisation_is_none_any_more(cast: Cast) -> None:
    deputise(cast)
    people.end_role(None, role_of(cast, "yerlan").id)
    assert not cast.yerlan.roles


def test_a_deputy_is_ended_from_the_page(cast: Cast) -> None:
    deputise(cast)
    id_ = str(Deputy.objects.get().id)
    assert signed_in(cast, "leyla").post("/en/people/deputies", {"do": "end", "id": id_}).status_code == 404
    assert signed_in(cast, "dana").post("/en/people/deputies", {"do": "end", "id": id_}).status_code == 302
    assert not cast.yerlan.has("officer")


def test_asking_who_acts_takes_two_queries(cast: Cast, django_assert_num_queries: Any) -> None:
    from ortaq.people.actors import roles_of

    deputise(cast)
    with django_assert_num_queries(2):
        assert len(roles_of(cast.users["yerlan"].actor)) == 2


def test_what_a_partner_gave_counts_with_the_partner(cast: Cast) -> None:
    Role.objects.filter(holder=cast.leyla.id).update(origin=cast.museum)
    assert not cast.leyla.roles
