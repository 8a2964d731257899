"""The page where somebody chooses what to describe, and the way to it."""

from __future__ import annotations

import pytest
from django.test import Client

from ortaq.engine import kinds
from ortaq.engine.labels import LANGUAGES
from ortaq.web.alphabet import place
from tests.cast import Cast
from tests.web.posting import said, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_is_there_with_what_it_is_for(cast: Cast, lang: str) -> None:
    page = said(signed_in(cast, "aigerim").get(f"/{lang}/new"))
    for kind in kinds.KINDS.values():
        assert f'href="/{lang}/new/{kind.slug}">{kind.label.at(lang)}</a>' in page
        assert kind.about is None or kind.about.at(lang) in page


@pytest.mark.parametrize(
    ("lang", "ordered"),
    [
        ("kk", ["Адам", "Әдет", "Жер", "Ұйым", "Іс-шара"]),
        ("az", ["Dərs", "Ərazi", "Irmaq", "İrs obyekti", "Şəxs", "Təşkilat"]),
        ("ru", ["Жизнь", "Материал", "Место"]),
        ("en", ["Act", "Event", "Route"]),
    ],
)
def test_a_list_follows_the_alphabet_of_its_reader(lang: str, ordered: list[str]) -> None:
    assert sorted(reversed(ordered), key=lambda text: place(lang, text)) == ordered


def test_each_way_leads_to_a_form(cast: Cast) -> None:
    client = signed_in(cast, "dana")
    for slug in kinds.KINDS:
        assert client.get(f"/ru/new/{slug}").status_code == 200, slug


def test_who_may_create_finds_the_way_on_every_page(cast: Cast) -> None:
    for name in ("aigerim", "dana", "yerlan", "leyla"):
        client = signed_in(cast, name)
        assert 'href="/en/new"' in said(client.get("/en/"))
        assert 'aria-current="page">New record' in said(client.get("/en/new"))


@pytest.mark.parametrize("name", ["timur", "nigar", "sasha"])
def test_who_may_not_is_told_and_sees_no_way(cast: Cast, name: str) -> None:
    client = signed_in(cast, name)
    assert client.get("/en/new").status_code == 403
    assert client.get("/en/new/material").status_code == 403
    assert 'href="/en/new"' not in said(client.get("/en/"))
    assert 'href="/en/new"' not in said(client.get("/en/account"))


def test_a_stranger_signs_in_first(cast: Cast) -> None:
    client = Client()
    assert client.get("/kk/new").url.endswith("/account/login/?next=/kk/new")  # type: ignore[attr-defined]
    assert 'href="/kk/new"' not in said(client.get("/kk/"))
    assert signed_in(cast, "aigerim").post("/kk/new").status_code == 405
