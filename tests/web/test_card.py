"""The record card of an object, for paper: its order, its empty lines, its proof, and who reads which part."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from ortaq.engine.models import Entry
from tests.cast import Cast
from tests.web.posting import page, said, signed_in

pytestmark = pytest.mark.django_db(databases="__all__")
FULL: dict[str, Any] = {
    "protection": [{"_id": "prone2", "category": "kz_local", "valid": {"from": "1982"}}],
    "ownership": [{"_id": "ownrow", "owner": {"name": "zqxowner"}, "manager": {"name": "zqxmanager"}}],
    "obligations": [{"_id": "oblrow", "number": "zqx-7", "valid": {"from": "2020", "to": "2025"}}],
    "zones": [{"_id": "zonne2", "zone": "territory", "regime": {"kk": {"text": "zqxregime"}}}],
    "permitted_use": [{"_id": "pusne2", "use": "museum"}],
}
ORDER = [
    "Name",
    "Location and address",
    "Type and category",
    "Dating",
    "Historical data",
    "Rebuildings",
    "Restorations",
]
ORDER += [
    "Condition",
    "Use",
    "Owner and user",
    "Bibliography and archives",
    "Compiled by",
    "Signature of the inspector",
]


@pytest.mark.parametrize("lang", ["kk", "az", "ru", "en"])
def test_the_card_speaks_every_language_and_has_lines_to_write_on(cast: Cast, client: Client, lang: str) -> None:
    record = cast.monument(**FULL)
    html = said(client.get(page(record, "card", lang)))
    assert f'<html lang="{lang}">' in html and html.count('class="blank"') >= 10 and "style=" not in html


def test_the_fields_stand_in_the_order_of_cards(cast: Cast, client: Client) -> None:
    found = re.findall(r"<dt>(.*?)</dt>", said(client.get(page(cast.monument(**FULL), "card"))))
    assert [label for label in found if label in ORDER] == ORDER


def test_the_foot_says_what_the_paper_can_be_checked_by(cast: Cast, client: Client) -> None:
    record = cast.monument(**FULL)
    html = said(client.get(page(record, "card")))
    foot = html.partition('class="card-foot"')[2]
    entry = Entry.objects.get(thing=record.id, revision=record.revision)
    assert entry.digest in foot and f"revision {record.revision}" in foot and f"/o/{record.pid}" in foot


@pytest.mark.parametrize("name", ["stranger", "nigar", "murad", "timur"])
def test_closed_parts_are_only_said_to_be_closed(cast: Cast, name: str) -> None:
    record = cast.monument(**FULL)
    client = Client() if name == "stranger" else signed_in(cast, name)
    html = unescape(said(client.get(page(record, "card"))))
    assert "zqx" not in html and "42°51′04" not in html and "≈ 42°" in html
    assert html.count("Owner and user: closed.") == 1 and "the authorities of this country: Kazakhstan" in html


def test_who_may_read_them_has_them_on_the_card(cast: Cast) -> None:
    html = said(signed_in(cast, "dana").get(page(cast.monument(**FULL), "card")))
    for text in ("zqxowner", "zqxmanager", "zqx-7", "zqxregime", "42°51′04.4″N"):
        assert text in html


def test_only_what_is_listed_has_a_card(cast: Cast, client: Client) -> None:
    record = cast.monument()
    assert page(record, "card") in said(client.get(f"/en/o/{record.pid}"))
    assert page(record, "card") + "x" not in said(client.get(f"/en/o/{record.pid}"))
    aigerim = signed_in(cast, "aigerim")
    assert aigerim.get(f"/en/o/{cast.museum}/card").status_code == 404
    assert "/card" not in said(aigerim.get(f"/en/o/{cast.museum}"))


def test_a_hidden_record_has_no_card(cast: Cast, client: Client) -> None:
    draft = cast.monument(state="draft")
    assert client.get(page(draft, "card")).status_code == 404
    assert "Draft" in said(signed_in(cast, "aigerim").get(page(draft, "card")))
