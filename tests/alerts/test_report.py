"""Somebody without an account reports damage; it reaches those who answer for the object and nobody else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone, translation

from ortaq.alerts import access, actions, limits
from ortaq.alerts.models import Alert, Sender
from ortaq.engine import actions as records
from ortaq.engine import log, timed
from ortaq.engine.check import check
from ortaq.engine.models import Entry, Record, Revision
from ortaq.engine.problems import Absent, Forbidden, Problems
from ortaq.exchange import bundle
from tests.alerts.reporting import ADDRESS, WORDS, form_page, report, reported
from tests.cast import Cast
from tests.exchange.test_travel import unpacked
from tests.web.posting import form_of, said, signed_in

pytestmark = pytest.mark.django_db(databases="__all__")
EMAIL = "witness@example.org"


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Any:
    return django_capture_on_commit_callbacks


def test_the_page_of_an_object_leads_to_the_form(cast: Cast) -> None:
    record = cast.monument()
    page = said(Client().get(f"/ru/o/{record.pid}"))
    assert f'href="/ru/o/{record.pid}/alert"' in page
    museum = Record.objects.get(id=cast.museum)
    assert "/alert" not in said(Client().get(f"/ru/o/{museum.pid}"))
    assert Client().get(f"/ru/o/{museum.pid}/alert").status_code == 404


def test_a_report_comes_to_the_inspector_and_to_nobody_else(cast: Cast, committed: Any) -> None:
    record = cast.monument()
    alert, _secret = reported(record, committed, threat="vandalism", seen="бүгін", place="қақпа", email=EMAIL)
    assert (alert.text, alert.lang, alert.threat) == (WORDS, "kk", "vandalism")
    for name in ("yerlan", "dana", "aigerim", "bolat"):
        page = said(signed_in(cast, name).get("/kk/alerts"))
        assert WORDS[:20] in page, name
        assert WORDS in said(signed_in(cast, name).get(f"/kk/alerts/{alert.id}"))
    for name in ("leyla", "murad", "timur", "nigar", "sasha"):
        client = signed_in(cast, name)
        assert WORDS[:20] not in said(client.get("/kk/alerts")), name
        assert client.get(f"/kk/alerts/{alert.id}").status_code == 404
        assert client.post(f"/kk/alerts/{alert.id}", {"do": "take"}).status_code == 404
    assert Client().get("/kk/alerts").status_code == 302


def test_the_letter_goes_to_the_inspector_in_his_language_and_says_no_more_than_a_link(
    cast: Cast, committed: Any
) -> None:
    record = cast.monument()
    alert, secret = reported(record, committed, lang="ru", place="у двери", email=EMAIL)
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert set(letters) == {"yerlan@example.org", EMAIL}
    told = letters["yerlan@example.org"]
    assert f"http://testserver/kk/alerts/{alert.id}" in told.body
    for word in (WORDS, EMAIL, "у двери", "68.27", secret, "кесенесі"):
        assert word not in told.body + str(told.subject)
    assert f"http://testserver/ru/alert/{secret}" in letters[EMAIL].body


def test_the_secret_link_shows_state_and_answer(cast: Cast, committed: Any) -> None:
    record = cast.monument()
    alert, secret = reported(record, committed, email=EMAIL)
    stranger = Client()
    page = said(stranger.get(f"/en/alert/{secret}?sent=1"))
    assert "Thank you" in page and f"http://testserver/en/alert/{secret}" in page
    assert WORDS in page and "New" in page and EMAIL not in page
    yerlan = signed_in(cast, "yerlan")
    address = f"/en/alerts/{alert.id}"
    assert yerlan.post(address, {"do": "take"}).status_code == 302
    assert "You work on it." in said(yerlan.get(address))
    mail.outbox.clear()
    with committed(execute=True):
        yerlan.post(address, {"do": "answer", "text": "Ертең барамыз."})
    assert [letter.to for letter in mail.outbox] == [[EMAIL]] and "Ертең барамыз." in mail.outbox[0].body
    page = said(stranger.get(f"/en/alert/{secret}"))
    assert "Ертең барамыз." in page and "In work" in page and "Thank you" not in page
    assert yerlan.post(address, {"do": "close", "text": "Қабырға бекітілді."}).status_code == 302
    assert "Қабырға бекітілді." in said(stranger.get(f"/en/alert/{secret}"))
    assert yerlan.post(address, {"do": "close", "text": "тағы"}).status_code == 422
    assert yerlan.post(address, {"do": "reopen"}).status_code == 302
    assert yerlan.post(address, {"do": "reject", "text": ""}).status_code == 422
    assert yerlan.post(address, {"do": "reject", "text": "Қате хабар."}).status_code == 302
    alert.refresh_from_db()
    assert alert.status == "rejected"
    done = list(Entry.objects.filter(thing=alert.id).order_by("position").values_list("action", "actor"))
    who = cast.yerlan.id
    assert done == [("report", log.ANONYMOUS), *((a, who) for a in ("take", "answer", "close", "reopen", "reject"))]


def test_a_wrong_secret_is_absent(cast: Cast, committed: Any) -> None:
    alert, secret = reported(cast.monument(), committed)
    wrong = "A" * 32 if secret != "A" * 32 else "B" * 32
    answers = [Client().get(f"/en/alert/{key}") for key in (wrong, "short", str(alert.id), secret + "x")]
    assert {a.status_code for a in answers} == {404}
    assert answers[0].content.replace(wrong.encode(), b"") == answers[1].content.replace(b"/short", b"/")
    assert Client().get(f"/en/alert/{wrong}/photo").status_code == 404


def test_neither_secret_nor_sender_stands_in_the_log(cast: Cast, committed: Any) -> None:
    alert, secret = reported(cast.monument(), committed, email=EMAIL)
    sender = Sender.objects.get(alert=alert)
    assert len(secret) == 32 and sender.digest == actions.digest(secret) and ADDRESS not in sender.asker
    body = bytes(Revision.objects.get(thing=alert.id).body or b"").decode()
    header = Entry.objects.get(thing=alert.id).header
    for word in (secret, sender.digest, EMAIL, ADDRESS, sender.asker):
        assert word not in body + header


def test_hidden_objects_take_reports_like_absent_ones(cast: Cast) -> None:
    draft, narrowed = cast.monument(state="draft"), cast.monument()
    records.narrow(cast.dana, Record, narrowed.id, ["national:KZ"], reason="қорғау")
    for record in (draft, narrowed):
        page, key = form_page(record), str(record.pid or record.id)
        absent = page.replace(key, "TEST-999999")
        for method in ("get", "post"):
            hidden, nothing = (getattr(Client(), method)(p, {"text": WORDS}) for p in (page, absent))
            assert hidden.status_code == nothing.status_code == 404
            assert hidden.content.replace(key.encode(), b"TEST-999999") == nothing.content
    assert not Alert.objects.exists()


def test_whom_the_object_is_hidden_from_the_report_is_hidden_from(cast: Cast, committed: Any) -> None:
    record = cast.monument()
    alert, secret = reported(record, committed)
    records.narrow(cast.dana, Record, record.id, ["national:KZ"], reason="қорғау")
    assert signed_in(cast, "yerlan").get(f"/kk/alerts/{alert.id}").status_code == 404
    assert signed_in(cast, "dana").get(f"/kk/alerts/{alert.id}").status_code == 200
    page = said(Client().get(f"/en/alert/{secret}"))
    assert "not shown to everybody" in page and "Arystan" not in page
    assert [h.email for h in access.responsible_for(alert)] == []


def test_a_report_of_an_object_for_a_few_is_for_them_alone(cast: Cast) -> None:
    record = cast.monument()
    assert {"national:KZ", "region:kz-turkistan", "region:kz-turkistan-otyrar"} <= set(actions.audience(record))
    records.narrow(cast.dana, Record, record.id, ["national:KZ"], reason="қорғау")
    assert actions.audience(Record.objects.get(id=record.id)) == ["national:KZ"]


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(cast: Cast) -> None:
    record = cast.monument()
    answer = report(record, lang="en", text="", place="the gate", email="nobody")
    assert answer.status_code == 422
    page = said(answer)
    assert "Write something here." in page and "This is not an e-mail address." in page and "the gate" in page
    assert report(record, text="б" * 5000).status_code == 422
    assert report(record, threat="no-such-threat").status_code == 422
    assert report(record, lang="en", website="http://spam.example").status_code == 422
    assert not Alert.objects.exists()


def test_a_form_needs_its_token(cast: Cast) -> None:
    record = cast.monument()
    strict = Client(enforce_csrf_checks=True, REMOTE_ADDR=ADDRESS)
    assert strict.post(form_page(record), {"text": WORDS}).status_code == 403
    given = form_of(strict.get(form_page(record)), "text")
    assert strict.post(form_page(record), {**given, "text": WORDS, "photo": ""}).status_code == 302


def test_one_address_sends_only_so_much(cast: Cast) -> None:
    first, second = cast.monument(), cast.monument()
    for _ in range(limits.AN_OBJECT):
        assert report(first).status_code == 302
    assert report(first).status_code == 422
    for _ in range(limits.AN_HOUR - limits.AN_OBJECT):
        assert report(second).status_code == 302
    assert report(second).status_code == 422
    assert report(second, address="203.0.113.8").status_code == 302
    Sender.objects.update(made=timezone.now() - timedelta(hours=2))
    assert report(second).status_code == 302
    assert Alert.objects.count() == limits.AN_HOUR + 2


def test_many_tries_end_before_anything_is_read(cast: Cast) -> None:
    record = cast.monument()
    for _ in range(limits.TRIES):
        assert report(record, text="", address="203.0.113.9").status_code == 422
    answer = report(record, lang="en", text=WORDS, address="203.0.113.9")
    assert answer.status_code == 422 and "Wait an hour" in said(answer)


def test_a_form_of_many_megabytes_is_not_read(cast: Cast) -> None:
    answer = Client(REMOTE_ADDR=ADDRESS).post(
        form_page(cast.monument(), "en"), b"x" * 12_000_001, content_type="multipart/form-data; boundary=x"
    )
    assert answer.status_code == 413 and "at most 10 MB" in said(answer)


def test_who_may_not_attend_is_refused(cast: Cast, committed: Any) -> None:
    alert, _secret = reported(cast.monument(), committed)
    with pytest.raises(Absent):
        actions.take(cast.timur, alert.id)
    Alert.objects.filter(id=alert.id).update(owner=cast.reserve)  # who reads by region only and does not own it
    with pytest.raises(Forbidden):
        actions.take(cast.aigerim, alert.id)


def test_two_cannot_take_the_same_report(cast: Cast, committed: Any) -> None:
    alert, _secret = reported(cast.monument(), committed)
    actions.take(cast.yerlan, alert.id)
    with translation.override("en"), pytest.raises(Problems, match="quicker"):
        actions.take(cast.dana, alert.id)


def test_the_sender_is_forgotten_90_days_after_the_end(cast: Cast, committed: Any) -> None:
    alert, secret = reported(cast.monument(), committed, email=EMAIL)
    actions.close(cast.yerlan, alert.id, "Жасалды.")
    now = timezone.now()
    timed.run_due(now + timedelta(days=89))
    assert Sender.objects.get(alert=alert).email == EMAIL
    timed.run_due(now + timedelta(days=91))
    sender = Sender.objects.get(alert=alert)
    assert (sender.email, sender.asker) == ("", "")
    assert access.sent(secret)[0].id == alert.id
    assert timed.run_due(now + timedelta(days=92)) == 0


def test_a_letter_that_cannot_leave_undoes_nothing(cast: Cast, committed: Any, settings: Any) -> None:
    settings.EMAIL_BACKEND = "nowhere.Backend"
    alert, _secret = reported(cast.monument(), committed, email=EMAIL)
    assert Alert.objects.filter(id=alert.id).exists()


def test_public_bundles_search_and_pages_know_nothing(cast: Cast, committed: Any, tmp_path: Path) -> None:
    record = cast.monument()
    alert, _secret = reported(record, committed, text="zqxalert")
    bundle.export(tmp_path / "b.zip", audience=frozenset({"public"}))
    sent = unpacked(tmp_path / "b.zip")
    assert b"zqxalert" not in sent and str(alert.id).encode() not in sent
    bundle.export(tmp_path / "kz.zip", audience=frozenset({"national:KZ"}))
    assert b"zqxalert" in unpacked(tmp_path / "kz.zip")
    for page in (f"/en/o/{record.pid}", f"/en/o/{record.pid}/log", f"/api/v1/records/{record.pid}"):
        assert "zqxalert" not in said(Client().get(page))
    assert [finding for finding in check() if finding.code != "file_extra"] == []  # files outlive a test's database
