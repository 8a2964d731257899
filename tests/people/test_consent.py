"""Terms of use and personal data: texts in every language, asked once, never in the way of reading."""

from __future__ import annotations

from typing import Any

import pytest

from ortaq.people import consent
from ortaq.people.models import Acceptance
from tests.cast import Cast
from tests.web.posting import form_of, said, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", consent.KINDS)
def test_every_version_stands_in_every_language_with_the_same_shape(kind: str) -> None:
    for version in consent.versions(kind):
        shapes = set()
        for lang in ("kk", "az", "ru", "en"):
            text = consent.text(kind, version, lang)
            shapes.add(tuple((block.tag, len(block.items)) for block in text.blocks))
            assert text.title and "#" not in "".join(block.text for block in text.blocks)
        assert len(shapes) == 1


@pytest.mark.parametrize("kind", consent.KINDS)
def test_the_texts_are_public(cast: Cast, client: Any, kind: str) -> None:
    for lang in ("kk", "az", "ru", "en"):
        page = client.get(f"/{lang}/{kind}")
        assert consent.text(kind, "1", lang).title in said(page)
    assert client.get(f"/en/{kind}?version=1").status_code == 200
    assert client.get(f"/en/{kind}?version=99").status_code == 404


def test_who_has_not_accepted_is_asked_once_and_reading_stays_open(cast: Cast) -> None:
    record = cast.monument()
    Acceptance.objects.all().delete()
    client = signed_in(cast, "aigerim")
    for path in ("", "search", f"o/{record.pid}", f"o/{record.pid}/history", "terms", "account"):
        assert client.get(f"/kk/{path}").status_code == 200, path
    assert client.get("/api/v1/records").status_code == 200
    asked = client.get(f"/kk/o/{record.pid}/edit")
    assert asked.status_code == 302 and asked.url.startswith("/kk/consent?next=")
    form = form_of(client.get(asked.url), "next")
    assert client.post("/kk/consent", form).status_code == 422
    assert client.post("/kk/consent", {**form, "terms": "1"}).url == f"/kk/o/{record.pid}/edit"
    assert client.get(f"/kk/o/{record.pid}/edit").status_code == 200
    assert [row[:3] for row in consent.of(cast.users["aigerim"])] == [("privacy", "1", "kk"), ("terms", "1", "kk")]
    assert client.post("/kk/consent", {"terms": "1", "next": "https://elsewhere.example/"}).url == "/kk/"
    assert Acceptance.objects.count() == 2


def test_a_new_version_is_asked_about_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(cast, "aigerim")
    assert client.get("/kk/review").status_code == 200
    monkeypatch.setattr(consent, "newest", lambda: {"terms": "2", "privacy": "1"})
    assert client.get("/kk/review").status_code == 302
    client.post("/kk/consent", {"terms": "1"})
    assert client.get("/kk/review").status_code == 200
    assert Acceptance.objects.filter(user=cast.users["aigerim"]).count() == 3


def test_signing_out_is_never_in_the_way(cast: Cast) -> None:
    Acceptance.objects.all().delete()
    client = signed_in(cast, "timur")
    assert client.get("/ru/account/logout/").status_code == 200
    assert client.post("/ru/account/logout/").status_code == 302
