"""The reading pages as people and programs get them."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from ortaq.engine import access, actions
from ortaq.engine.models import Record
from ortaq.engine.traced import IN_REVIEW
from tests.cast import Cast, monument_data
from tests.leaks.scene import index

LANGUAGES = ("kk", "az", "ru", "en")
ABSENT = "TEST-000000"
EXACT = {"geometry": {"type": "Point", "coordinates": [68.271234, 42.851234]}, "precision": "exact"}


@pytest.fixture
def signed_in(cast: Cast) -> Callable[[str], Client]:
    def enter(name: str) -> Client:
        client = Client()
        client.force_login(cast.users[name])
        return client

    return enter


def text(client: Client, path: str, status: int = 200, **extra: Any) -> str:
    answer = client.get(path, **extra)
    assert answer.status_code == status, answer.content[:400]
    return answer.content.decode()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_record_page_speaks_every_language(cast: Cast, client: Client, lang: str) -> None:
    record = cast.monument()
    html = text(client, f"/{lang}/o/{record.pid}")
    assert f'<html lang="{lang}">' in html
    for name in ("Арыстан баб кесенесі", "Arıstan Bab türbəsi", "Мавзолей Арыстан-баб", "Arystan Bab Mausoleum"):
        assert name in html
    for other in set(LANGUAGES) - {lang}:
        assert f'href="/{other}/o/{record.pid}"' in html
        assert f'<span lang="{other}">' in html
    assert f"/o/{record.pid}" in html


def test_a_stranger_sees_the_cell_and_who_may_see_more(cast: Cast, client: Client) -> None:
    record = cast.monument()
    html = text(client, f"/en/o/{record.pid}")
    assert "within 10 km" in html and "≈ 42°" in html
    assert "68.271234" not in html and "68°16′16" not in html
    assert "Жеке меншік иесі" not in html
    assert "the authorities of this country: Kazakhstan" in html


def test_an_editor_of_the_owner_sees_the_exact_place_and_his_doors(
    cast: Cast, signed_in: Callable[[str], Client]
) -> None:
    record = cast.monument()
    html = text(signed_in("aigerim"), f"/en/o/{record.pid}")
    assert "42°51′04.4″N" in html and "Жеке меншік иесі" in html
    assert f"/en/o/{record.pid}/edit" in html and f"/en/o/{record.pid}/manage" in html
    assert f"/en/o/{record.pid}/propose" not in html
    html = text(signed_in("leyla"), f"/en/o/{record.pid}")
    assert f"/en/o/{record.pid}/propose" in html and f"/en/o/{record.pid}/edit" not in html
    assert "42°51′04.4″N" not in html


def test_what_is_not_given_is_said(cast: Cast, client: Client) -> None:
    record = cast.monument()
    html = text(client, f"/en/o/{record.pid}")
    assert re.search(r"<dt>Condition</dt>\s*<dd class=\"absent\">not given</dd>", html)


@pytest.mark.parametrize(
    "page", ["/en/o/{}", "/en/o/{}/history", "/en/o/{}/log", "/en/o/{}/history/1/2", "/o/{}", "/o/{}?format=json"]
)
def test_hidden_and_absent_are_the_same(cast: Cast, client: Client, page: str) -> None:
    hidden = cast.monument(state="draft")
    other = uuid.UUID(int=hidden.id.int ^ 1)
    one, two = (client.get(page.format(id_)) for id_ in (hidden.id, other))
    assert one.status_code == two.status_code == 404
    assert one.content.replace(str(hidden.id).encode(), b"") == two.content.replace(str(other).encode(), b"")
    assert dict(one.items()) == dict(two.items())


def test_withdrawn_is_gone(cast: Cast, client: Client) -> None:
    record = cast.monument()
    actions.withdraw(cast.aigerim, Record, record.id, reason="қате")
    html = text(client, f"/en/o/{record.pid}", 410)
    assert record.pid and record.pid in html and "Арыстан" not in html
    assert client.get(f"/o/{record.pid}", headers={"accept": "application/json"}).status_code == 410


def test_the_permanent_address_speaks_to_people_and_programs(cast: Cast, client: Client) -> None:
    record = cast.monument()
    people = client.get(f"/o/{record.pid}", headers={"accept": "text/html", "accept-language": "az"})
    assert (people.status_code, people["Location"]) == (302, f"/az/o/{record.pid}")
    assert {"Accept", "Accept-Language", "Cookie"} <= {v.strip() for v in people["Vary"].split(",")}
    program = client.get(f"/o/{record.pid}", headers={"accept": "application/json"})
    found = program.json()
    assert program["Content-Type"] == "application/json"
    assert (found["pid"], found["title"]["kk"]) == (record.pid, "Арыстан баб кесенесі")
    assert found["place"]["geometry"]["type"] == "Polygon" and not found["place"]["exact"]
    assert (found["dates"]["min"], found["dates"]["max"]) == ("1301-01-01", "1500-12-31")
    assert "68.271234" not in program.content.decode() and found["closed"] == ["owner", "place"]
    shape = client.get(f"/o/{record.pid}?format=geojson")
    assert shape["Content-Type"] == "application/geo+json"
    assert shape.json()["type"] == "Feature" and shape.json()["properties"]["precision"] == "10km"


def test_absent_json_is_not_sent_on_to_a_page(cast: Cast, client: Client) -> None:
    assert client.get(f"/o/{ABSENT}", headers={"accept": "application/json"}).status_code == 404


def test_a_merged_record_leads_to_its_successor(cast: Cast, client: Client) -> None:
    one, two = cast.monument(), cast.monument()
    actions.merge(cast.aigerim, one.id, two.id, reason="повтор")
    for path in ("/o/{}", "/en/o/{}"):
        answer = client.get(path.format(one.pid))
        assert (answer.status_code, answer["Location"]) == (301, path.format(two.pid))
    answer = client.get(f"/o/{one.pid}?format=json")
    assert answer["Location"] == f"/o/{two.pid}?format=json"
    actions.withdraw(cast.aigerim, Record, two.id, reason="қате")
    assert client.get(f"/o/{one.pid}").status_code == 404
    assert client.get(f"/en/o/{one.pid}/history").status_code == 404


def test_the_history_says_who_what_when_and_why(cast: Cast, client: Client) -> None:
    record = cast.monument()
    data = access.get(cast.aigerim, record.id).data
    data["summary"] = {"ru": {"text": "Перестроен в начале двадцатого века."}}
    changed = actions.revise(cast.aigerim, record.id, data, base_revision=record.revision, reason="түзету")
    html = text(client, f"/en/o/{record.pid}/history")
    assert "Created" not in html
    for piece in ("Published", "Revised", "түзету", "Түркістан музейі", str(cast.aigerim.id)[:8]):
        assert piece in html
    assert str(cast.aigerim.id) not in html
    to = client.get(f"/en/o/{record.pid}/history?old={changed.revision}&new={record.revision}")
    assert to["Location"] == f"/en/o/{record.pid}/history/{record.revision}/{changed.revision}"
    html = text(client, to["Location"])
    assert "<del>XX</del>" in html and "<ins>двадцатого</ins>" in html


def test_a_diff_never_shows_what_is_closed_today(cast: Cast, client: Client) -> None:
    record = cast.monument(place=EXACT)
    data = access.get(cast.aigerim, record.id).data
    data["place"] = {"geometry": {"type": "Point", "coordinates": [68.5, 42.5]}, "precision": "none"}
    changed = actions.revise(cast.aigerim, record.id, data, base_revision=record.revision)
    html = text(client, f"/en/o/{record.pid}/history/{record.revision}/{changed.revision}")
    assert "68.271234" not in html and "68.5" not in html
    assert "changed, and closed to you" in html


def test_an_erased_revision_says_so(cast: Cast, client: Client) -> None:
    record = cast.monument()
    data = access.get(cast.aigerim, record.id).data | {"summary": {"ru": {"text": "Тайна."}}}
    changed = actions.revise(cast.aigerim, record.id, data, base_revision=record.revision)
    data = access.get(cast.aigerim, record.id).data | {"summary": {"ru": {"text": "Открыто."}}}
    actions.revise(cast.aigerim, record.id, data, base_revision=changed.revision)
    asked = actions.request_erasure(cast.aigerim, Record, record.id, revisions=[changed.revision], reason="заявление")
    actions.confirm(cast.bolat, asked.id)
    html = text(client, f"/en/o/{record.pid}/history")
    assert "was erased on" in html
    assert client.get(f"/en/o/{record.pid}/history/{record.revision}/{changed.revision}").status_code == 404


def test_the_log_can_be_verified_from_the_page(cast: Cast, client: Client) -> None:
    record = cast.monument()
    html = text(client, f"/en/o/{record.pid}/log")
    entry = access.history(cast.stranger, record)[0]
    assert entry.digest in html and bytes(entry.signature).hex() in html
    header = re.findall(r"<pre class=\"digest\">(.*?)</pre>", html)[0].replace("&quot;", '"')
    assert json.loads(header)["body"] == json.loads(entry.header)["body"] and header == entry.header


def test_an_unknown_kind_is_shown_as_it_came(cast: Cast, client: Client) -> None:
    record = cast.monument()
    Record.objects.filter(id=record.id).update(kind="meteorite", data={"mass": "12 <kg>"})
    html = text(client, f"/en/o/{record.pid}")
    assert "Arystan Bab Mausoleum" in html and "12 &lt;kg&gt;" in html
    assert text(client, f"/en/o/{record.pid}/history")
    assert client.get(f"/o/{record.pid}?format=json").json()["data"] == {"mass": "12 <kg>"}


def test_a_draft_is_marked_for_those_who_see_it(cast: Cast, signed_in: Callable[[str], Client]) -> None:
    draft = cast.monument(state="draft")
    assert "badge draft" in text(signed_in("bolat"), f"/kk/o/{draft.id}")
    actions.submit(cast.aigerim, draft.id)
    assert access.get(cast.dana, draft.id).record.state == IN_REVIEW
    assert "badge in-review" in text(signed_in("dana"), f"/ru/o/{draft.id}")


def test_what_signed_in_people_see_is_not_stored(
    cast: Cast, client: Client, signed_in: Callable[[str], Client]
) -> None:
    record = cast.monument()
    for path in (f"/en/o/{record.pid}", f"/o/{record.pid}?format=json", "/en/", f"/en/o/{ABSENT}"):
        assert client.get(path)["Cache-Control"] == "private, no-cache"
        assert signed_in("timur").get(path)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", ["", "aigerim", "leyla", "dana"])
def test_the_record_page_asks_the_database_little(
    cast: Cast, client: Client, signed_in: Callable[[str], Client], django_assert_max_num_queries: Any, name: str
) -> None:
    record = cast.monument(related=[{"_id": f"rel{n}", "see_also": {"to": str(cast.museum)}} for n in range(5)])
    client = signed_in(name) if name else client
    with django_assert_max_num_queries(12):
        text(client, f"/en/o/{record.pid}")


@pytest.mark.parametrize("path", ["/", "/en/o/{}", "/en/o/{}/history", "/en/o/{}/log", "/o/{}", "/healthz"])
def test_pages_are_only_read(cast: Cast, client: Client, path: str) -> None:
    record = cast.monument()
    if path != "/":
        assert client.post(path.format(record.pid)).status_code == 405
    assert client.head(path.format(record.pid)).status_code in (200, 302)


@pytest.mark.parametrize("lang", ["kk", "az", "ru", "en"])
def test_numbers_in_pictures_have_a_point_in_every_language(cast: Cast, client: Client, lang: str) -> None:
    record = cast.monument(place=EXACT)
    index()
    for address in (f"/{lang}/", f"/{lang}/o/{record.pid}"):
        html = text(client, address)
        assert "<circle" in html
        assert not re.findall(r'\b(?:cx|cy|r|viewBox)="[^"]*\d,\d+"', html)


def test_the_history_names_what_each_entry_changed(cast: Cast, client: Client) -> None:
    record = cast.monument()
    data = monument_data(object_type=["mosque"], summary={"ru": {"text": "Другой текст"}})
    changed = actions.revise(cast.aigerim, record.id, data, base_revision=record.revision)
    html = text(client, f"/en/o/{record.pid}/history")
    told = re.search(rf'<a href="/en/o/{record.pid}/history/(\d+)/{changed.revision}">([^<]*)</a>', html)
    assert told and told[2] == "Object type, Summary"
    assert text(client, f"/en/o/{record.pid}/history/{told[1]}/{changed.revision}").count("<li>") >= 2


def test_the_story_does_not_reach_back_before_publication(
    cast: Cast, client: Client, signed_in: Callable[[str], Client]
) -> None:
    draft = cast.monument(state="draft")
    data = monument_data(summary={"ru": {"text": "Только в черновике"}})
    draft = actions.revise(cast.aigerim, draft.id, data, base_revision=draft.revision)
    actions.submit(cast.aigerim, draft.id)
    record = actions.publish(cast.dana, draft.id)
    told = f"/en/o/{record.pid}/history/"
    assert told not in text(client, f"/en/o/{record.pid}/history")
    own = text(signed_in("aigerim"), f"/en/o/{record.pid}/history")
    assert told in own and "Summary" in own
