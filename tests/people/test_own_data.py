"""Taking one's data home, and leaving: asked for twice, done after fourteen days, nothing of the person stays."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from ortaq.engine import access, actions
from ortaq.engine.check import check
from ortaq.engine.models import Entry, Record
from ortaq.people import actions as people
from ortaq.people import leaving, personal, timed
from ortaq.people.models import Acceptance, ApiToken, Invitation, Leaving, Role, User
from tests.cast import PASSWORD, Cast
from tests.web.posting import form_of, said, signed_in

pytestmark = pytest.mark.django_db(databases="__all__")
PAGE = "/en/people/data"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def exported(client: Any) -> tuple[dict[str, Any], str]:
    answer = client.post(PAGE, {"do": "export"})
    assert answer["Content-Type"] == "application/zip" and "no-store" in answer["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as bag:
        assert bag.namelist() == ["readme.txt", "data.json"]
        return json.loads(bag.read("data.json")), bag.read("readme.txt").decode()


def test_the_file_holds_everything_about_me_and_no_secret(cast: Cast) -> None:
    user = cast.users["leyla"]
    secret = people.new_token(user, "harvester")
    TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    person = actions.create(cast.leyla, "person", {"about": {"az": {"text": "Memar."}}}, owner=cast.reserve)
    User.objects.filter(pk=user.pk).update(person=person.id)
    record = cast.monument()
    data = {**access.get(cast.leyla, record.id).data, "summary": {"az": {"text": "Təklif."}}}
    actions.propose(cast.leyla, record.id, data, base_revision=record.revision, reason="düzəliş")
    Invitation.objects.create(
        digest="x" * 64,
        email=user.email,
        role="editor",
        organisation=cast.museum,
        language="kk",
        inviter=cast.bolat.id,
        expires=timezone.now(),
    )
    client = signed_in(cast, "leyla")
    found, readme = exported(client)
    assert found["account"]["email"] == user.email and user.email in readme
    assert [role["role"] for role in found["roles"]] == ["editor"]
    assert found["person"]["data"]["about"]["az"]["text"] == "Memar."
    assert [row["id"] for row in found["records"]] == [str(person.id)] and len(found["proposals"]) == 1
    assert {row["action"] for row in found["entries"]} == {"create", "propose"}
    assert len(found["invitations"]) == 1 and len(found["sessions"]) == 1 and len(found["accepted_texts"]) == 2
    text = json.dumps(found)
    key = Session.objects.get().session_key
    fresh = User.objects.get(pk=user.pk)
    for hidden in (secret, people.digest(secret), fresh.password, key, "JBSWY3DPEHPK3PXP", "x" * 64):
        assert hidden not in text
    assert "bolat@" not in text and "aigerim@" not in text


def test_every_model_that_names_an_account_is_in_the_file(cast: Cast) -> None:
    """A new table about accounts must be thought of here and in the erasure."""
    known = {"ApiToken", "Verification", "Acceptance", "Leaving", "EmailAddress", "Authenticator"}
    known |= {"SocialAccount", "UserSession", "Unsaved", "SavedSearch", "Export", "ImportJob"}
    pointing = {relation.related_model.__name__ for relation in User._meta.related_objects}
    assert pointing == known
    topics = {"account", "verifications", "accepted_texts", "erasure_asked", "unsaved_texts", "providers", "browsers"}
    assert {*topics, "exports", "imports", "saved_searches"} <= set(personal.everything(cast.users["timur"]))


def erase(client: Any, **body: str) -> Any:
    step = client.post(PAGE, {"do": "prepare", "password": PASSWORD})
    return client.post(PAGE, {**form_of(step, "proof"), "do": "leave", "sure": "1", **body})


def test_leaving_asks_for_the_password_and_twice(cast: Cast) -> None:
    client = signed_in(cast, "timur")
    assert "leads to nobody" in said(client.get(PAGE))
    assert client.post(PAGE, {"do": "prepare", "password": "not-this-one"}).status_code == 422
    assert erase(client, sure="").status_code == 422 and erase(client, proof="forged").status_code == 422
    other = form_of(signed_in(cast, "nigar").post(PAGE, {"do": "prepare", "password": PASSWORD}), "proof")["proof"][0]
    assert erase(client, proof=other).status_code == 422
    assert not Leaving.objects.exists() and not mail.outbox
    assert erase(client).status_code == 302
    assert mail.outbox[-1].to == ["timur@example.org"] and re.search(r"/ru/people/data", str(mail.outbox[-1].body))
    due = Leaving.objects.get().due
    assert timedelta(days=13) < due - timezone.now() <= timedelta(days=14)


def test_wrong_passwords_are_limited(cast: Cast) -> None:
    client = signed_in(cast, "timur")
    answers = [client.post(PAGE, {"do": "prepare", "password": "no"}).status_code for _try in range(12)]
    assert answers[0] == 422 and answers[-1] == 429


def test_within_fourteen_days_it_is_taken_back(cast: Cast) -> None:
    client = signed_in(cast, "timur")
    erase(client)
    assert timed.run_due() == 0
    assert client.post(PAGE, {"do": "stay"}).status_code == 302
    assert timed.run_due(timezone.now() + timedelta(days=20)) == 0
    assert User.objects.filter(email="timur@example.org").exists()


def test_unfinished_records_come_first(cast: Cast) -> None:
    draft = cast.monument(state="draft")
    client = signed_in(cast, "aigerim")
    shown = said(client.get(PAGE))
    assert "First hand over or withdraw" in shown and str(draft.id) in shown and 'value="prepare"' not in shown
    assert client.post(PAGE, {"do": "prepare", "password": PASSWORD}).status_code == 422
    actions.withdraw(cast.aigerim, Record, draft.id, reason="керек емес")
    assert 'value="prepare"' in said(client.get(PAGE))


def test_after_fourteen_days_nothing_of_the_person_stays_but_the_opaque_number(cast: Cast) -> None:
    user, actor = cast.users["leyla"], cast.leyla.id
    people.new_token(user, "harvester")
    TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    client = signed_in(cast, "leyla")
    erase(client)
    assert timed.run_due(timezone.now() + timedelta(days=15)) == 1
    assert timed.run_due(timezone.now() + timedelta(days=15)) == 0
    assert not User.objects.filter(actor=actor).exists()
    for model in (ApiToken, Acceptance, EmailAddress):
        assert not model._default_manager.filter(user_id=user.pk).exists()
    assert not leaving.sessions(user) and client.get(PAGE).status_code == 302
    role = Role.objects.get(holder=actor)
    assert role.state == "withdrawn" and Entry.objects.filter(thing=role.id).latest("position").action == "end"
    assert list(check()) == []
    assert people.add_user("leyla@example.org", PASSWORD).actor != actor
