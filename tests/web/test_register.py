"""The state list as of a day: who stands on it, in which order, as page, print, CSV and XLSX, for whom."""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from ortaq.engine import actions
from ortaq.engine.models import Record
from ortaq.register.number import sort_key
from ortaq.register.standing import entries, standing, statuses
from tests.cast import Cast
from tests.web.posting import said, signed_in

pytestmark = pytest.mark.django_db(databases="__all__")
TODAY = 20260101
numbers = st.text(alphabet="0123456789.-/ абәА", max_size=12)


def named(text: str) -> list[dict[str, Any]]:
    return [
        {"_id": "namekk", "name": {"text": f"{text} кесенесі", "lang": "kk"}, "kind": "official"},
        {"_id": "nameen", "name": {"text": f"{text} Mausoleum", "lang": "en"}, "kind": "variant"},
    ]


def listed(cast: Cast, text: str, number: str, category: str = "kz_local", start: str = "1982", **more: Any) -> Record:
    valid = {"from": start} | ({"to": more.pop("end")} if "end" in more else {})
    protection = [{"_id": "prone2", "category": category, "valid": valid, "source": {"text": "Үлгі", "certainty": "H"}}]
    register = [{"_id": "regne2", "list": "Үлгі тізім", "number": number, "valid": valid}]
    return cast.monument(**({"names": named(text), "protection": protection, "register": register} | more))


def body(response: Any) -> bytes:
    return b"".join(getattr(response, "streaming_content", ())) or response.content


def as_csv(client: Client, query: str = "", lang: str = "en") -> list[list[str]]:
    response = client.get(f"/{lang}/register?format=csv&{query}")
    assert response.status_code == 200 and response["Content-Type"].startswith("text/csv")
    assert "attachment" in response["Content-Disposition"]
    return list(csv.reader(io.StringIO(body(response).decode("utf-8-sig"))))


def lines(client: Client, query: str = "") -> list[dict[str, str]]:
    table = as_csv(client, query)
    top = table.index([])
    return [dict(zip(table[top + 1], row, strict=True)) for row in table[top + 2 :]]


def names(client: Client, query: str = "") -> list[str]:
    return [line["Name"].removesuffix(" Mausoleum") for line in lines(client, query)]


# --- the order of numbers ---------------------------------------------------------------------------------------


def test_numbers_stand_in_the_order_of_people() -> None:
    order = ["2", "2.1", "2.2", "2.10", "10", "245-1", "245-2", "245-10", "393-3", "4952", "А-1", "Б-1", ""]
    mixed = random.Random(7).sample(order, len(order))
    assert sorted(mixed, key=sort_key) == order


@given(st.lists(numbers, max_size=8))
def test_the_order_is_whole_and_the_same_however_the_list_came(given_: list[str]) -> None:
    once = sorted(given_, key=sort_key)
    assert sorted(reversed(given_), key=sort_key) == once
    assert sorted(once) == sorted(given_)


@given(numbers, numbers)
def test_equal_keys_are_equal_texts(one: str, two: str) -> None:
    assert (sort_key(one) == sort_key(two)) == (one == two)


@given(st.integers(0, 10**9), st.integers(0, 10**9), numbers)
def test_digits_count_as_numbers_also_behind_a_word(one: int, two: int, before: str) -> None:
    before = before.rstrip("0123456789")
    assert (sort_key(f"{before}{one}") < sort_key(f"{before}{two}")) == (one < two)


# --- how a thing stood ------------------------------------------------------------------------------------------

LOCAL = {"category": "kz_local", "valid": {"from": "1982-01-01"}}
HIGHER = {"category": "kz_republican", "action": "changed", "valid": {"from": "2010-01-01"}}
REVOKED = {"category": "kz_republican", "action": "revoked", "valid": {"from": "2020-01-01"}}


@pytest.mark.parametrize(
    ("rows", "day", "found"),
    [
        ([LOCAL], 19811231, None),
        ([LOCAL], 19820101, ("surely", "kz_local")),
        ([LOCAL, HIGHER], 20091231, ("surely", "kz_local")),
        ([LOCAL, HIGHER], 20100101, ("surely", "kz_republican")),
        ([HIGHER, LOCAL], 20100101, ("surely", "kz_republican")),
        ([LOCAL, HIGHER, REVOKED], 20191231, ("surely", "kz_republican")),
        ([LOCAL, HIGHER, REVOKED], 20200101, None),
        ([LOCAL, {"category": "status_revoked", "valid": {"from": "2020"}}], 20200601, ("perhaps", "kz_local")),
        ([LOCAL, {"category": "unprotected"}], 20250101, ("surely", "kz_local")),
        ([{"category": "kz_local"}], TODAY, ("surely", "kz_local")),
        ([{"category": "kz_local"}], 19500101, ("perhaps", "kz_local")),
        ([{"category": "who_whl", "valid": {"from": "2003"}}], TODAY, None),
    ],
)
def test_the_latest_statement_is_the_status(rows: list[dict[str, Any]], day: int, found: Any) -> None:
    data = {"protection": rows}
    stood = standing(statuses(data, "KZ", TODAY), entries(data, TODAY), day)
    assert (stood and (stood.state, stood.status and stood.status.category)) == found


def test_a_list_alone_is_enough_and_its_end_ends_it() -> None:
    data = {"register": [{"number": "7", "valid": {"from": "1960-01-01", "to": "1981-12-31"}}, {"number": "2.1"}]}
    stood = standing((), entries(data, TODAY), 19700101)
    assert stood and (stood.state, stood.number, [e.number for e in stood.entries]) == ("surely", "7", ["7", "2.1"])
    later = standing((), entries(data, TODAY), TODAY)
    assert later and later.number == "2.1" and later.status is None


# --- the doors --------------------------------------------------------------------------------------------------


def test_the_list_of_a_day(cast: Cast, client: Client) -> None:
    listed(cast, "Екі", "245-1")
    listed(cast, "Бір", "2.1", category="kz_republican")
    listed(cast, "Кеш", "2", start="2010-05-01")
    listed(cast, "Бұрын", "10", end="1999-12-31")
    cast.monument(names=named("Мәртебесіз"))
    assert names(client, "as_of=1995-01-01") == ["Бір", "Бұрын", "Екі"]
    assert names(client, "as_of=2011-01-01") == ["Кеш", "Бір", "Екі"]
    assert names(client, "as_of=1970-01-01") == []
    assert names(client, "as_of=2011-01-01&category=kz_republican") == ["Бір"]
    assert names(client, "as_of=2011-01-01&country=AZ") == []
    assert names(client, "as_of=1982-06-01") == ["Бір", "Бұрын", "Екі"]
    assert {line["On that day"] for line in lines(client, "as_of=1982-06-01")} == {"perhaps"}


def test_a_line_says_everything(cast: Cast, client: Client) -> None:
    act = actions.create(
        cast.dana,
        "legal_act",
        {"country": "KZ", "names": [{"name": {"text": "Үлгі бұйрық", "lang": "kk"}, "kind": "official"}]},
        owner=cast.kz_ministry,
    )
    act = actions.publish(cast.dana, act.id)
    row = {"_id": "prone2", "category": "kz_local", "act": {"to": str(act.id)}, "valid": {"from": "1982-03-01"}}
    record = listed(cast, "Бір", "245-1", protection=[row])
    (line,) = lines(client, "as_of=2020-01-01")
    assert line["Permanent number"] == record.pid and line["Number in the list"] == "245-1"
    assert line["Official name"] == "Бір кесенесі" and line["Name"] == "Бір Mausoleum"
    assert line["Category"] == "local significance (KZ)" and line["Act"] == "Үлгі бұйрық"
    assert line["Valid"].startswith("1 March 1982") and line["Dating"] == "14th–15th centuries"
    assert line["Administrative unit on that day"] and line["On that day"] == "applied"
    assert line["Country"] == "Kazakhstan"
    top = dict(row for row in as_csv(client, "as_of=2020-01-01&country=KZ") if len(row) == 2)
    assert (top["Node"], top["As of"], top["Filter"], top["Records"]) == ("Test node", "2020-01-01", "Kazakhstan", "1")
    assert int(top["Log position"]) > 0 and "UTC" in top["Made"]


def test_a_unit_is_named_as_it_lay_on_that_day(cast: Cast, client: Client) -> None:
    listed(cast, "Бір", "1", admin_unit="kz-abai-abai")
    (before,), (after,) = lines(client, "as_of=2000-01-01"), lines(client, "as_of=2023-01-01")
    assert before["Region"] != after["Region"] == "Abai region"
    assert names(client, "as_of=2000-01-01&region=kz-east-kazakhstan") == ["Бір"]
    assert names(client, "as_of=2023-01-01&region=kz-east-kazakhstan") == []


@pytest.mark.parametrize("lang", ["kk", "az", "ru", "en"])
def test_page_and_print_in_every_language(cast: Cast, client: Client, lang: str) -> None:
    listed(cast, "Бір", "245-1")
    page = said(client.get(f"/{lang}/register?as_of=2020-01-01"))
    printed = body(client.get(f"/{lang}/register?as_of=2020-01-01&format=print")).decode()
    for html in (page, printed):
        assert f'<html lang="{lang}">' in html and "245-1" in html and html.count("<tr>") == 2
        assert "style=" not in html
    assert printed.endswith("</html>\n") and "<!-- rows -->" not in printed
    assert "2020-01-01" not in printed.partition("<main")[2], "days on paper are written as people write them"


def headings(html: str) -> list[str]:
    return re.findall(r'<th scope="col">(.*?)</th>', html)


def test_a_column_that_no_line_fills_is_left_to_the_files(cast: Cast, client: Client) -> None:
    bare = [{"_id": "prone2", "category": "kz_local"}]
    listed(cast, "Бір", "", protection=bare, register=None)
    seen = ["Name", "Category", "Administrative unit on that day", "Dating"]
    today = client.get("/en/register?format=print")
    assert headings(said(client.get("/en/register"))) == seen == headings(body(today).decode())
    (line,) = lines(client)
    assert (line["Number in the list"], line["Act"], line["Valid"], line["Certainty"]) == ("", "", "", "")
    listed(cast, "Екі", "245-1")
    html = said(client.get("/en/register"))
    assert headings(html) == ["Number in the list", "Name", "Category", "Valid", *seen[2:], "Certainty"]
    assert html.count('colspan="7"') == 1, "the heading of the region is as wide as the table"
    assert headings(said(client.get("/en/register?as_of=1950-01-01"))) == [*seen, "Certainty"], "says perhaps"


def test_categories_that_are_called_alike_are_counted_as_one(cast: Cast, client: Client) -> None:
    listed(cast, "Бір", "1")
    cast.monument(
        by=cast.leyla,
        country="AZ",
        admin_unit="az-sheki",
        place=None,
        protection=[{"_id": "prone2", "category": "az_local", "valid": {"from": "2001"}}],
    )
    html = said(client.get("/ru/register?as_of=2020-01-01"))
    assert "<li>местного значения: 2</li>" in html


def test_pages_of_the_screen_hold_the_whole(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from ortaq.register import asking

    monkeypatch.setattr(asking, "PAGE", 2)
    for number in range(5):
        listed(cast, f"Нысан{number}", str(number))
    pages = [said(client.get(f"/en/register?page={number}")) for number in (1, 2, 3)]
    seen = [re.findall(r"Нысан\d(?= Mausoleum)", page) for page in pages]
    assert seen == [["Нысан0", "Нысан1"], ["Нысан2", "Нысан3"], ["Нысан4"]]
    assert "Page 2 of 3" in pages[1] and all("5 records" in page for page in pages)
    assert client.get("/en/register?page=4").status_code == 404


@pytest.mark.parametrize("query", ["format=pdf", "as_of=x", "page=0", "page=x", "as_of=2020-02-31"])
def test_what_cannot_be_asked_is_no_page(cast: Cast, client: Client, query: str) -> None:
    assert client.get(f"/en/register?{query}").status_code == 404


SIGNS = ["=1+1", "+1+1", "-1+2", "@SUM(1)", '=HYPERLINK("https://example.org")']


@pytest.mark.parametrize("text", SIGNS)
def test_nothing_in_a_file_is_a_formula(cast: Cast, client: Client, text: str) -> None:
    listed(cast, "Бір", text, names=[{"name": {"text": text, "lang": "en"}, "kind": "official"}])
    (line,) = lines(client)
    assert line["Name"] == line["Number in the list"] == f"'{text}"
    archive = zipfile.ZipFile(io.BytesIO(body(client.get("/en/register?format=xlsx"))))
    sheets = [archive.read(name).decode() for name in archive.namelist() if "/worksheets/" in name]
    assert len(sheets) == 2 and all(
        "<f>" not in sheet and "hyperlink" not in sheet.lower().split("<sheetdata>")[0] for sheet in sheets
    )
    assert [row[3] for row in worksheet(client)][1:] == [text]


def worksheet(client: Client, at: int = 0, lang: str = "en", query: str = "") -> list[list[Any]]:
    response = client.get(f"/{lang}/register?format=xlsx&{query}")
    assert response.status_code == 200 and "attachment" in response["Content-Disposition"]
    return CalamineWorkbook.from_filelike(io.BytesIO(body(response))).get_sheet_by_index(at).to_python()


@pytest.mark.parametrize("lang", ["kk", "az", "ru", "en"])
def test_the_workbook_says_what_the_table_says(cast: Cast, client: Client, lang: str) -> None:
    for number in range(3):
        listed(cast, f"Нысан <{number}> & \x01", f"{number}")
    table = as_csv(client, lang=lang)
    top = table.index([])
    cells = worksheet(client, lang=lang)
    assert cells == table[top + 1 :]
    assert any("Нысан <1> &" in cell for row in cells for cell in row)
    about = worksheet(client, 1, lang)
    assert [row[0] for row in about] == [row[0] for row in table[:top]] and about[0][1] == "Test node"


def test_days_and_numbers_of_the_workbook_are_days_and_numbers(cast: Cast, client: Client) -> None:
    starts = {"1": "1982-03-01", "2": "1982", "3": "1899-12-31", "4": "1982-03-01~"}
    for number, start in starts.items():
        listed(cast, "Бір", number, start=start)
    listed(cast, "Бір", "5", start="1982-03-01", end="2090-01-01")
    since = {row[1]: row[7] for row in worksheet(client, query="as_of=2020-01-01")[1:]}
    assert since.pop("1") == date(1982, 3, 1)
    assert len(since) == 4 and all(isinstance(said, str) and said for said in since.values())
    about = {row[0]: row[1] for row in worksheet(client, 1, query="as_of=2020-01-01")}
    assert about["As of"] == date(2020, 1, 1) and about["Records"] == 5.0
    assert isinstance(about["Made"], datetime)


def test_the_headings_of_the_workbook_stay_in_sight(cast: Cast, client: Client) -> None:
    listed(cast, "Бір", "1")
    archive = zipfile.ZipFile(io.BytesIO(body(client.get("/en/register?format=xlsx"))))
    sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert re.search(r'<pane ySplit="1"[^>]*state="frozen"', sheet)
    assert sheet.count("<col ") > 3 and "<autoFilter " in sheet


# --- for whom ---------------------------------------------------------------------------------------------------

SECRET = {"_id": "ownrow", "owner": {"name": "zqxowner"}}


def everything(client: Client) -> str:
    """All that the list says to somebody, without the two lines that change with every entry and minute."""
    found = "".join(
        body(client.get(f"/en/register?as_of=2020-01-01&{query}")).decode("utf-8", "replace")
        for query in ("", "format=print", "format=csv", "region=kz-turkistan", "category=kz_local")
    )
    found += "\n".join(str(row) for at in (0, 1) for row in worksheet(client, at, query="as_of=2020-01-01"))
    found = re.sub(r"(Log position[^\d]{1,60})[\d.]+|\d\d:\d\d UTC|'Made'.*", r"\1", found)
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", found)


@pytest.mark.parametrize("name", ["stranger", "nigar", "murad", "timur"])
def test_hidden_records_are_in_no_list_count_or_file(cast: Cast, name: str) -> None:
    listed(cast, "Ашық", "1")
    client = Client() if name == "stranger" else signed_in(cast, name)
    before = everything(client)
    assert "Ашық" in before
    hidden = listed(cast, "zqxhidden", "zqx-2", ownership=[SECRET])
    actions.narrow(cast.aigerim, Record, hidden.id, ["national:KZ"], reason="жабық")
    withdrawn = listed(cast, "zqxgone", "zqx-3")
    actions.withdraw(cast.aigerim, Record, withdrawn.id, reason="қате")
    cast.monument(state="draft", names=named("zqxdraft"), register=[{"number": "zqx-4"}])
    assert everything(client) == before
    assert "zqxhidden" in everything(signed_in(cast, "dana"))


def test_closed_parts_are_in_no_list(cast: Cast, client: Client) -> None:
    zone = [{"_id": "zonne2", "zone": "territory", "regime": {"kk": {"text": "zqxregime"}}}]
    listed(cast, "Ашық", "1", ownership=[SECRET], zones=zone, finds="zqxfinds")
    for reader in (client, signed_in(cast, "dana")):
        text = everything(reader)
        assert "Ашық" in text and "zqx" not in text and "68.27" not in text and "42.85" not in text


def test_a_hidden_act_is_not_named(cast: Cast, client: Client) -> None:
    names_ = [{"name": {"text": "zqxact", "lang": "kk"}, "kind": "official"}]
    act = actions.create(cast.dana, "legal_act", {"country": "KZ", "names": names_}, owner=cast.kz_ministry)
    act = actions.publish(cast.dana, act.id)
    row = {"_id": "prone2", "category": "kz_local", "act": {"to": str(act.id)}, "valid": {"from": "1982"}}
    listed(cast, "Ашық", "1", protection=[row])
    assert "zqxact" in everything(client)
    actions.narrow(cast.dana, Record, act.id, ["national:KZ"], reason="жабық")
    text = everything(client)
    assert "Ашық" in text and "zqxact" not in text and str(act.id) not in text
