"""The professional status: asked for, confirmed by an organisation for a year, reminded, lapsed, renewed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from ortaq.engine.models import Entry
from ortaq.engine.problems import Problem
from ortaq.people import actions as people
from ortaq.people import timed, verification
from ortaq.people.models import Role, Verification
from tests.cast import Cast
from tests.web.posting import said, signed_in

ASK, QUEUE = "/en/people/specialist", "/en/people/specialists"
GOOD = "0000-0002-1825-0097"  # the example of ORCID's own documentation


@pytest.mark.parametrize(
    "text", [GOOD, "https://orcid.org/0000-0002-1825-0097", "0000000218250097", "0000-0002-1694-233x"]
)
def test_a_good_iD_is_understood(text: str) -> None:
    assert verification.orcid(text) in (GOOD, "0000-0002-1694-233X")


@pytest.mark.parametrize("text", ["0000-0002-1825-0098", "0000-0002-1825", "x", "0000-0002-1852-0097", "-" * 19])
def test_a_wrong_iD_is_refused(text: str) -> None:
    with pytest.raises(Problem):
        verification.orcid(text)


def test_every_single_wrong_digit_is_found() -> None:
    digits = GOOD.replace("-", "")
    for at in range(15):
        for other in "0123456789":
            changed = digits[:at] + other + digits[at + 1 :]
            assert (verification.check_sign(changed[:-1]) == changed[-1]) == (changed == digits)


@pytest.fixture
def bolat(cast: Cast) -> Any:
    people.give_role(None, cast.users["bolat"], "org_admin", organisation=cast.museum)
    return signed_in(cast, "bolat")


def ask(cast: Cast, name: str = "timur", **body: str) -> Any:
    values = {"do": "ask", "organisation": str(cast.museum), "orcid": GOOD, "expertise": "тас консервациясы"}
    return signed_in(cast, name).post(ASK, {**values, **body})


@pytest.mark.django_db
def test_a_status_is_asked_for_and_confirmed_for_a_year(cast: Cast, bolat: Any) -> None:
    assert "professional" not in cast.timur.tokens
    assert ask(cast).status_code == 302 and ask(cast).status_code == 422
    shown = said(bolat.get(QUEUE))
    assert "timur@example.org" in shown and GOOD in shown and "тас консервациясы" in shown
    id_ = Verification.objects.get().id
    assert bolat.post(QUEUE, {"do": "confirm", "id": id_}).status_code == 302
    assert "professional" in cast.timur.tokens
    role = Role.objects.get(role="specialist", holder=cast.timur.id)
    assert role.until and timedelta(days=364) < role.until - timezone.now() <= timedelta(days=365)
    entry = Entry.objects.get(thing=role.id)
    assert (entry.action, entry.actor) == ("assign", cast.bolat.id)
    assert "confirmed until" in said(signed_in(cast, "timur").get(ASK))
    Role.objects.filter(id=role.id).update(until=timezone.now())
    assert "professional" not in cast.timur.tokens


@pytest.mark.django_db
def test_a_refusal_needs_a_reason_and_gives_nothing(cast: Cast, bolat: Any) -> None:
    ask(cast, orcid="", diploma="Университет, 2019")
    id_ = Verification.objects.get().id
    assert bolat.post(QUEUE, {"do": "refuse", "id": id_}).status_code == 422
    assert bolat.post(QUEUE, {"do": "refuse", "id": id_, "reason": "құжат көрінбейді"}).status_code == 302
    assert "құжат көрінбейді" in said(signed_in(cast, "timur").get(ASK)) and "professional" not in cast.timur.tokens
    assert bolat.post(QUEUE, {"do": "confirm", "id": id_}).status_code == 404
    assert ask(cast).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body", [{"orcid": ""}, {"orcid": "0000-0002-1825-0098"}, {"expertise": " "}, {"organisation": "KZ-999999"}]
)
def test_an_incomplete_request_is_refused_in_words(cast: Cast, body: dict[str, str]) -> None:
    answer = ask(cast, **body)
    assert answer.status_code == 422 and "error-summary" in said(answer) and not Verification.objects.exists()


@pytest.mark.django_db
def test_only_who_may_confirms_and_never_himself(cast: Cast, bolat: Any) -> None:
    ask(cast)
    id_ = Verification.objects.get().id
    for name in ("aigerim", "timur", "sasha"):
        assert signed_in(cast, name).get(QUEUE).status_code == 403
        assert signed_in(cast, name).post(QUEUE, {"do": "confirm", "id": id_}).status_code == 403
    murad = signed_in(cast, "murad")
    assert "Nobody is waiting" in said(murad.get(QUEUE)) and "timur@" not in said(murad.get(QUEUE))
    assert murad.post(QUEUE, {"do": "confirm", "id": id_}).status_code == 404
    assert "timur@" in said(signed_in(cast, "dana").get(QUEUE))
    ask(cast, "bolat")
    own = Verification.objects.get(user=cast.users["bolat"])
    assert bolat.post(QUEUE, {"do": "confirm", "id": own.id}).status_code == 404


@pytest.mark.django_db
def test_a_reminder_comes_once_thirty_days_before_and_the_status_is_renewed(cast: Cast, bolat: Any) -> None:
    ask(cast)
    bolat.post(QUEUE, {"do": "confirm", "id": Verification.objects.get().id})
    assert timed.run_due() == 0 and not mail.outbox
    later = timezone.now() + timedelta(days=340)
    assert timed.run_due(later) == 1 and timed.run_due(later) == 0
    assert mail.outbox[0].to == ["timur@example.org"]
    Role.objects.filter(role="specialist", holder=cast.timur.id).update(until=timezone.now() + timedelta(days=3))
    ask(cast)
    bolat.post(QUEUE, {"do": "confirm", "id": Verification.objects.get(decided=None).id})
    role = Role.objects.get(role="specialist", holder=cast.timur.id)
    assert role.until and role.until > timezone.now() + timedelta(days=360)
    assert len(verification.confirmed(cast.bolat)) == 1
    assert Entry.objects.filter(thing=role.id).latest("position").action == "extend"


@pytest.mark.django_db
def test_a_status_is_ended_before_its_time(cast: Cast, bolat: Any) -> None:
    ask(cast)
    id_ = Verification.objects.get().id
    bolat.post(QUEUE, {"do": "confirm", "id": id_})
    assert bolat.post(QUEUE, {"do": "revoke", "id": id_}).status_code == 422
    assert bolat.post(QUEUE, {"do": "revoke", "id": id_, "reason": "қателесіппіз"}).status_code == 302
    assert "professional" not in cast.timur.tokens
    assert "Nobody is waiting" in said(bolat.get(QUEUE))


@pytest.mark.django_db
def test_who_confirmed_last_may_end_it(cast: Cast, bolat: Any) -> None:
    ask(cast)
    bolat.post(QUEUE, {"do": "confirm", "id": Verification.objects.get().id})
    ask(cast, organisation=str(cast.az_ministry))
    murad, last = signed_in(cast, "murad"), Verification.objects.get(decided=None)
    murad.post(QUEUE, {"do": "confirm", "id": last.id})
    assert not verification.confirmed(cast.bolat)
    assert murad.post(QUEUE, {"do": "revoke", "id": last.id, "reason": "səhv"}).status_code == 302
    assert "professional" not in cast.timur.tokens


@pytest.mark.django_db
def test_a_request_is_taken_back(cast: Cast) -> None:
    ask(cast)
    assert signed_in(cast, "timur").post(ASK, {"do": "take_back"}).status_code == 302
    assert not Verification.objects.exists()
