"""The record card of an object, for paper: its order, its empty lines, its proof, and who reads which part."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ortaq.engine import actions, kinds, reads
from ortaq.engine.models import Entry, Read, Record
from ortaq.register import card
from ortaq.web import qr
from tests.cast import Cast, publish_as
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


# --- what other records say ---------------------------------------------------------------------------------------


def about(cast: Cast, to: Record, kind: str, name: str, **more: Any) -> Record:
    """A record of ``kind`` named ``name`` that links to ``to``, published."""
    link = {"to": str(to.id)}
    refers: dict[str, Any] = {"objects": [{"_id": "ob2abc", "object": link}]}
    data = kinds.KINDS[kind].example | ({"object": link} if kind == "condition_survey" else refers)
    data |= {"names": [{"_id": "nm2abc", "name": {"text": name, "lang": "en"}, "kind": "official"}]} | more
    record = actions.create(cast.aigerim, kind, data, owner=cast.museum)
    actions.submit(cast.aigerim, record.id)
    return publish_as(cast.dana, record)


def under(html: str, heading: str) -> str:
    return unescape(html.partition(f"<dt>{heading}</dt>")[2].partition("<dt>")[0])


def test_linked_records_stand_under_their_headings(cast: Cast, client: Client) -> None:
    record, other = cast.monument(**FULL), cast.monument(**FULL)
    work = about(cast, record, "restoration_work", "zqxdome")
    about(cast, record, "restoration_work", "zqxrebuilt", main_kind="reconstruction", kinds=[])
    about(cast, record, "condition_survey", "zqxsurvey")
    about(cast, record, "archaeological_research", "zqxdig")
    about(cast, record, "material", "zqxplan", sort="measured_drawing")
    about(cast, record, "material", "zqxbook", sort="book")
    html = said(client.get(page(record, "card")))
    assert {n: heading for heading in CARD for n in re.findall(r"zqx[a-z]+", under(html, heading))} == {
        "zqxdome": "Restorations",
        "zqxrebuilt": "Rebuildings",
        "zqxsurvey": "Condition",
        "zqxdig": "Historical data",
        "zqxplan": "List of drawings and photographs",
        "zqxbook": "Bibliography and archives",
    }
    found = under(html, "Restorations")
    assert f"/en/o/{work.pid}" in found and f"({work.pid})" in found
    assert "2001" in found and "Status: accepted" in found and "blank" not in found
    assert "zqx" not in said(client.get(page(other, "card")))


CARD = [label.en for label, _wanted in card.ORDER]


@pytest.mark.parametrize("kind", ["restoration_work", "condition_survey", "archaeological_research", "material"])
def test_hidden_linked_records_are_absent(cast: Cast, client: Client, kind: str) -> None:
    record = cast.monument(**FULL)
    before = said(client.get(page(record, "card")))
    hidden = about(cast, record, kind, "zqxhidden")
    assert "zqxhidden" in said(client.get(page(record, "card")))
    actions.narrow(cast.aigerim, Record, hidden.id, ["national:KZ"], reason="жабық")
    assert said(client.get(page(record, "card"))) == before
    assert "zqxhidden" in said(signed_in(cast, "dana").get(page(record, "card")))
    actions.withdraw(cast.aigerim, Record, hidden.id, reason="қате")
    assert "zqxhidden" not in said(signed_in(cast, "dana").get(page(record, "card")))


def test_an_unpublished_work_is_on_no_card(cast: Cast) -> None:
    record = cast.monument(**FULL)
    data = kinds.KINDS["restoration_work"].example | {"objects": [{"_id": "ob2abc", "object": {"to": str(record.id)}}]}
    draft = actions.create(cast.aigerim, "restoration_work", data, owner=cast.museum)
    html = said(signed_in(cast, "aigerim").get(page(record, "card")))
    assert str(draft.id) not in html and "Күмбез реставрациясы" not in html


def test_closed_parts_of_linked_records_are_neither_said_nor_noted_as_read(cast: Cast) -> None:
    record = cast.monument(**FULL)
    contract = [{"_id": "co2abc", "number": "zqxcontract"}]
    work = about(cast, record, "restoration_work", "zqxdome", contract=contract)
    reads.flush()
    Read.objects.all().delete()  # who published it has read it
    html = said(signed_in(cast, "dana").get(page(record, "card")))
    reads.flush()
    assert "zqxdome" in html and "zqxcontract" not in html
    assert not Read.objects.filter(thing=work.id).exists()
    assert Read.objects.filter(thing=record.id).exists()


def test_a_card_holds_so_many_records_and_says_when_there_are_more(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(card, "MOST", 2)
    record = cast.monument(**FULL)
    for number, year in enumerate(("1903", "1901")):
        about(cast, record, "restoration_work", f"zqx{number}", carried_out={"edtf": year}, planned=None)
    html = said(client.get(page(record, "card")))
    assert html.index("zqx1") < html.index("zqx0") and "More records" not in html
    about(cast, record, "restoration_work", "zqx2", carried_out={"edtf": "1902"}, planned=None)
    html = said(client.get(page(record, "card")))
    assert "the 2 oldest stand here" in html
    assert "zqx2" in html
    assert "zqx0" not in html


def test_the_questions_to_the_database_do_not_grow_with_linked_records(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    record = cast.monument(**FULL)
    about(cast, record, "restoration_work", "zqx")
    with CaptureQueriesContext(connection) as one:
        client.get(page(record, "card"))
    for number in range(4):
        about(cast, record, "material", f"zqx{number}")
    with django_assert_max_num_queries(len(one)):
        client.get(page(record, "card"))


# --- the code on the paper ----------------------------------------------------------------------------------------


def dark(svg: str) -> set[tuple[int, int]]:
    return {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", svg)}


def test_the_card_has_the_code_of_its_permanent_address(cast: Cast, client: Client) -> None:
    record = cast.monument(**FULL)
    html = said(client.get(page(record, "card")))
    assert str(qr.svg(f"http://testserver/o/{record.pid}")) in html
    assert html.count('<svg class="qr"') == 1 and "style=" not in html


def test_a_code_has_three_eyes_in_a_quiet_frame_and_differs_by_address() -> None:
    svg = str(qr.svg("https://example.org/o/KZ-000001?a=1&b=<2>"))
    size = int(re.findall(r'viewBox="0 0 (\d+) \1"', svg)[0])
    eye = {(x, y) for x in range(7) for y in range(7) if x in (0, 6) or y in (0, 6) or (2 <= x <= 4 and 2 <= y <= 4)}
    for left, top in ((4, 4), (size - 11, 4), (4, size - 11)):
        assert {(x - left, y - top) for x, y in dark(svg) if left <= x < left + 7 and top <= y < top + 7} == eye
    assert all(4 <= x < size - 4 and 4 <= y < size - 4 for x, y in dark(svg))
    assert "<title>" in svg and "b=&lt;2&gt;" in svg
    assert dark(svg) != dark(str(qr.svg("https://example.org/o/KZ-000002?a=1&b=<2>")))
