"""Inviting by address and by table, and what is behind the link of the letter."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from ortaq.engine.models import Entry
from ortaq.people import actions as people
from ortaq.people.models import Acceptance, Invitation, Role, User
from tests.cast import PASSWORD, Cast
from tests.web.posting import form_of, said, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def bolat(cast: Cast) -> Any:
    """Bolat administers the museum."""
    people.give_role(None, cast.users["bolat"], "org_admin", organisation=cast.museum)
    return signed_in(cast, "bolat")


def page(cast: Cast, organisation: str = "museum") -> str:
    return f"/en/o/{cast.organisations[organisation]}/invitations"


def invite(cast: Cast, client: Any, email: str = "new@example.org", **more: str) -> Any:
    body = {"do": "invite", "email": email, "role": "editor", "language": "az", **more}
    return client.post(page(cast), body)


def link() -> str:
    found = re.search(r"http://testserver(/\S+/invitation/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_a_person_without_an_account_is_invited_and_takes_the_role(cast: Cast, bolat: Any) -> None:
    assert invite(cast, bolat, until="2999-03-31").status_code == 302
    letter = mail.outbox[-1]
    assert letter.to == ["new@example.org"] and "/az/invitation/" in letter.body and "Түркістан музейі" in letter.body
    secret = link().rpartition("/")[2]
    assert secret not in str(Invitation.objects.values()) and len(secret) == 32
    visitor: Any = Client()
    form = form_of(visitor.get(link()), "password")
    assert visitor.post(link(), {**form, "password": PASSWORD}).status_code == 422
    assert visitor.post(link(), {**form, "password": "1234567890", "terms": "1"}).status_code == 422
    sent = visitor.post(link(), {**form, "password": PASSWORD, "terms": "1"})
    assert sent.status_code == 302 and "/account/login/?next=" in sent.url
    user = User.objects.get(email="new@example.org")
    assert user.language == "az" and Acceptance.objects.filter(user=user).count() == 2
    signed = visitor.post(sent.url, {"login": user.email, "password": PASSWORD, "next": link()})
    assert signed.url == link()
    assert visitor.post(link()).status_code == 302
    role = Role.objects.get(holder=user.actor)
    assert (role.role, role.organisation, role.country) == ("editor", cast.museum, "KZ") and role.until
    assert Entry.objects.get(thing=role.id).actor == cast.bolat.id
    over = visitor.get(link())
    assert over.status_code == 404 and "/az/account" in said(over).partition("<main")[2]
    used, unknown = (said(Client().get(f"/az/invitation/{key}")) for key in (secret, "unknown"))
    assert used.replace(secret, "unknown") == unknown
    assert "No invitation is waiting" in said(bolat.get(page(cast)))


def test_an_account_that_is_there_gets_the_role_by_signing_in(cast: Cast, bolat: Any) -> None:
    invite(cast, bolat, "timur@example.org")
    assert signed_in(cast, "leyla").post(link()).status_code == 404
    assert signed_in(cast, "timur").post(link()).status_code == 302
    assert cast.timur.has("editor")


def test_nobody_learns_whether_an_address_has_an_account(cast: Cast, bolat: Any) -> None:
    answers, hide = (
        [],
        re.compile(r'name="csrfmiddlewaretoken" value="\w+"|(new|timur)@example\.org|invitation(/|%2F)[\w-]+'),
    )
    for email in ("new@example.org", "timur@example.org"):
        sent = invite(cast, bolat, email)
        visitor: Any = Client()
        shown = said(visitor.get(link()))
        posted = visitor.post(link(), {"password": PASSWORD, "terms": "1"})
        after = said(visitor.get(posted.url))
        answers.append([hide.sub("", text) for text in (str(sent.url), shown, str(posted.url), after)])
    assert answers[0] == answers[1]


def test_a_link_ends_when_it_is_old_taken_back_or_sent_again(cast: Cast, bolat: Any) -> None:
    invite(cast, bolat)
    first, id_ = link(), Invitation.objects.get().id
    bolat.post(page(cast), {"do": "again", "id": str(id_)})
    second = link()
    assert Client().get(first).status_code == 404 and Client().get(second).status_code == 200
    Invitation.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert Client().get(second).status_code == 404
    bolat.post(page(cast), {"do": "again", "id": str(id_)})
    bolat.post(page(cast), {"do": "revoke", "id": str(id_)})
    assert Client().get(link()).status_code == 404
    assert bolat.post(page(cast), {"do": "again", "id": str(id_)}).status_code == 404


def test_a_role_comes_only_from_who_may_give_it(cast: Cast, bolat: Any) -> None:
    assert signed_in(cast, "aigerim").get(page(cast)).status_code == 403
    assert bolat.get(page(cast, "reserve")).status_code == 403
    assert "specialist" not in form_of(bolat.get(page(cast)), "role")["role"]
    assert invite(cast, bolat, role="officer").status_code == 422
    assert invite(cast, bolat, role="system_admin").status_code == 422
    assert not mail.outbox
    people.give_role(None, cast.users["murad"], "country_admin", organisation=cast.az_ministry, country="AZ")
    murad = signed_in(cast, "murad")
    assert murad.get(page(cast, "reserve")).status_code == 200
    assert murad.get(page(cast)).status_code == 403
    body = {"do": "invite", "email": "x@example.org", "role": "inspector", "region": "kz-turkistan"}
    assert murad.post(page(cast, "reserve"), body).status_code == 422


def test_an_inviter_who_lost_the_right_invites_nobody(cast: Cast, bolat: Any) -> None:
    invite(cast, bolat, "timur@example.org")
    people.end_role(None, Role.objects.get(role="org_admin").id)
    assert signed_in(cast, "timur").post(link()).status_code == 404
    assert not cast.timur.has("editor")


def test_nobody_gives_or_ends_a_role_of_his_own(cast: Cast, bolat: Any) -> None:
    invite(cast, bolat, "bolat@example.org", role="translator")
    assert bolat.post(link()).status_code == 404
    assert not cast.bolat.has("translator")


def upload(cast: Cast, client: Any, content: bytes) -> Any:
    return client.post(page(cast), {"do": "check", "file": SimpleUploadedFile("people.csv", content)})


@pytest.mark.parametrize(("mark", "separator"), [(b"", ","), (b"\xef\xbb\xbf", ";")])
def test_a_table_is_shown_and_then_sent(cast: Cast, bolat: Any, mark: bytes, separator: str) -> None:
    rows = ["email,role,language,until", "a@example.org,editor,kk,2999-01-01", "", "b@example.org,аудармашы,,"]
    shown = upload(cast, bolat, mark + "\r\n".join(rows).replace(",", separator).encode())
    assert "a@example.org" in said(shown) and not mail.outbox and not Invitation.objects.exists()
    assert bolat.post(page(cast), {**form_of(shown, "text"), "do": "send"}).status_code == 302
    assert sorted(letter.to[0] for letter in mail.outbox) == ["a@example.org", "b@example.org"]
    assert set(Invitation.objects.values_list("email", "role", "language")) == {
        ("a@example.org", "editor", "kk"),
        ("b@example.org", "translator", "en"),
    }


def test_a_wrong_row_names_row_column_and_value_and_nothing_is_written(cast: Cast, bolat: Any) -> None:
    table = "email,role,until\ngood@example.org,editor,\nnot-an-address,officer,tomorrow\ngood@example.org,editor,\n"
    text = said(upload(cast, bolat, table.encode()))
    assert "Row 3, column email, “not-an-address”" in text
    assert (
        "Row 3, column role, “officer”" in text
        and "organisation editor" in text
        and "Row 3, column until, “tomorrow”" in text
    )
    assert "Row 4, column email" in text and 'value="send"' not in text
    bolat.post(page(cast), {"do": "send", "text": table})
    assert not Invitation.objects.exists() and not mail.outbox


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00x", b"name,job\na,b\n", b"email,role\n", b'email,role\n"a,b'])
def test_a_file_that_is_no_such_table_is_refused_in_words(cast: Cast, bolat: Any, content: bytes) -> None:
    answer = upload(cast, bolat, content)
    assert answer.status_code == 422 and "error-summary" in said(answer)
