"""What the forms are helped with: understood dates and places, offered records, text that was not saved."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from ortaq.engine import actions
from ortaq.engine.models import Entry
from ortaq.search.consumer import Consumer
from ortaq.vocab import meaning
from ortaq.web.models import Unsaved
from tests.cast import Cast, monument_data
from tests.web.posting import form_of, page, said, signed_in

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("own_folder")]


def test_a_term_is_found_by_every_name_of_what_it_means(cast: Cast) -> None:
    client = signed_in(cast, "aigerim")
    found = client.get("/kk/help/terms", {"vocabulary": "element"}).json()["terms"]
    held = [(code, meaning.concept("element", code)) for code in found]
    named = [(code, concept) for code, concept in held if concept]
    assert named
    for code, concept in named:
        for lang in ("kk", "az", "ru", "en", "tr"):
            assert set(concept.names(lang)) <= set(found[code]["words"].get(lang, [])), (code, lang)
    vault = next(found[code]["words"] for code, concept in named if "dome" in concept.id)
    assert "cupola" in vault["en"] and "gümbəz" in vault["az"] and "купола" in vault["ru"]


@pytest.mark.parametrize(
    ("lang", "text", "understood"),
    [
        ("kk", "XV ғасыр", "XV ғасыр"),
        ("az", "XV əsr", "XV əsr"),
        ("ru", "ХV в.", "XV в."),
        ("en", "15th century", "15th c."),
    ],
)
def test_a_date_says_what_was_understood(cast: Cast, lang: str, text: str, understood: str) -> None:
    answer = signed_in(cast, "aigerim").get(f"/{lang}/help/date", {"text": text, "lang": lang}).json()
    assert answer["edtf"] == "1401/1500"
    assert answer["understood"].startswith(understood[:3])


def test_a_date_that_says_nothing_gets_the_reason(cast: Cast) -> None:
    answer = signed_in(cast, "aigerim").get("/en/help/date", {"text": "long ago, perhaps"}).json()
    assert set(answer) == {"problem"} and answer["problem"]
    assert signed_in(cast, "aigerim").get("/en/help/date", {"text": " "}).json() == {}


def test_a_place_says_where_it_is_and_what_others_see(cast: Cast) -> None:
    client = signed_in(cast, "aigerim")
    raw = {"text": "42°51′04″N 68°16′16″E", "precision": "10km", "country": "KZ"}
    answer = client.post("/en/help/place", raw).json()
    assert "42°51′04" in answer["written"]
    assert "within 10 km" in answer["others"] and "42°51′04" not in answer["others"]
    assert client.post("/en/help/place", raw | {"precision": "none"}).json()["others"] == "not shown"


def test_a_place_is_given_to_the_map_unless_it_is_too_large(cast: Cast) -> None:
    client = signed_in(cast, "aigerim")
    answer = client.post("/en/help/place", {"text": "LINESTRING(68 42, 69 43)"}).json()
    assert answer["geometry"] == {"type": "LineString", "coordinates": [[68.0, 42.0], [69.0, 43.0]]}
    many = ", ".join(f"{60 + n / 1_000} 42" for n in range(2_001))
    assert "geometry" not in client.post("/en/help/place", {"text": f"LINESTRING({many})"}).json()


@pytest.mark.parametrize("text", ["200, 300", "68.27 north", "POLYGON((0 0, 1 1, 0 1, 1 0, 0 0))"])
def test_a_wrong_place_gets_the_reason(cast: Cast, text: str) -> None:
    answer = signed_in(cast, "aigerim").post("/ru/help/place", {"text": text}).json()
    assert set(answer) == {"problem"} and answer["problem"]


def test_only_readable_records_are_offered(cast: Cast, index: Consumer) -> None:
    shown, hidden = cast.monument(), cast.monument(state="draft")
    index.follow()
    for name, expected in (("aigerim", {shown.pid, str(hidden.id)}), ("leyla", {shown.pid})):
        items = signed_in(cast, name).get("/en/help/records", {"q": "Арыстан баб"}).json()["items"]
        assert {item["key"] for item in items} == expected
    number = signed_in(cast, "leyla").get("/az/help/records", {"q": str(shown.pid)}).json()["items"]
    assert number[0]["title"] == "Arıstan Bab türbəsi"
    assert signed_in(cast, "leyla").get("/az/help/records", {"q": str(hidden.id)}).json() == {"items": []}


def test_offers_are_of_the_kinds_that_the_field_takes(cast: Cast, index: Consumer) -> None:
    cast.monument()
    index.follow()
    asked = {"q": "Арыстан баб", "kinds": "organisation,person"}
    assert signed_in(cast, "aigerim").get("/kk/help/records", asked).json() == {"items": []}


def terms(client: Client, vocabulary: str, lang: str = "en") -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/{lang}/help/terms", {"vocabulary": vocabulary}).json()["terms"]
    return found


def test_terms_have_their_names_in_all_languages_and_what_lies_above(cast: Cast) -> None:
    client = signed_in(cast, "aigerim")
    units = terms(client, "admin_unit", "ru")
    assert units["kz-turkistan-otyrar"]["above"] == "Казахстан › Туркестанская область"
    assert set(units["kz-turkistan"]["words"]) >= {"kk", "az", "ru", "en"} and units["kz"]["above"] == ""
    granite = terms(client, "material", "az")["granite"]
    assert granite["words"]["kk"][0] == "гранит" and granite["above"] == "daş" and granite["note"].endswith(".")
    assert terms(client, "no_such") == terms(client, "") == {}


def test_every_single_choice_of_many_can_be_searched(cast: Cast) -> None:
    html = said(signed_in(cast, "aigerim").get(page(cast.monument(), "edit")))
    assert '<select id="f-admin_unit" name="admin_unit" data-terms="admin_unit"' in html
    country = re.search(r'<select[^>]* name="country"[^>]*>', html)
    assert country and "data-terms" not in country[0], "two countries need no search"


@pytest.mark.parametrize("path", ["help/date?text=1900", "help/records?q=Арыстан", "help/terms"])
def test_strangers_are_asked_to_sign_in(cast: Cast, client: Client, path: str) -> None:
    assert client.get(f"/kk/{path}").status_code == 302


def keep(client: Client, **changes: Any) -> Any:
    record = changes.pop("record")
    form = form_of(client.get(page(record, "edit"))) | changes
    return client.post("/en/unsaved", form)


def test_what_is_typed_is_kept_and_offered_again(cast: Cast) -> None:
    record, client = cast.monument(), signed_in(cast, "aigerim")
    before = Entry.objects.count()
    answer = keep(client, record=record, **{"summary.kk": ["Жаңа мәтін, әлі сақталмаған"]})
    assert answer.status_code == 200 and answer.json()["kept"]
    assert Entry.objects.count() == before
    again = said(client.get(page(record, "edit")))
    assert "You typed something here" in again and "Жаңа мәтін, әлі сақталмаған" not in again
    restored = client.get(page(record, "edit") + "?unsaved=1")
    assert "Жаңа мәтін, әлі сақталмаған" in said(restored)
    saved = client.post(page(record, "edit"), form_of(restored))
    assert saved.status_code == 302
    assert not Unsaved.objects.exists()
    assert "Жаңа мәтін, әлі сақталмаған" in said(client.get(f"/kk/o/{record.pid}"))


def test_what_was_typed_on_an_older_revision_meets_the_conflict_page(cast: Cast) -> None:
    record, client = cast.monument(), signed_in(cast, "aigerim")
    keep(client, record=record, **{"summary.kk": ["Менің мәтінім"]})
    data = monument_data(summary={"kk": {"text": "Басқа мәтін"}})
    actions.revise(cast.bolat, record.id, data, base_revision=record.revision)
    restored = form_of(client.get(page(record, "edit") + "?unsaved=1"))
    answer = client.post(page(record, "edit"), restored)
    assert answer.status_code == 409
    assert "Менің мәтінім" in said(answer) and "Басқа мәтін" in said(answer)


def test_nobody_else_gets_what_is_not_saved(cast: Cast) -> None:
    record, client = cast.monument(), signed_in(cast, "aigerim")
    keep(client, record=record, **{"summary.kk": ["Менің мәтінім"]})
    other = signed_in(cast, "bolat")
    assert "You typed something here" not in said(other.get(page(record, "edit")))
    row = Unsaved.objects.get()
    assert other.post(f"/en/unsaved/{row.id}/discard").status_code == 404
    assert client.post(f"/en/unsaved/{row.id}/discard").url == f"/en/o/{record.id}/edit"
    assert not Unsaved.objects.exists()


@pytest.mark.parametrize("name", ["", "edit:x", "delete:" + "0" * 36])
def test_only_forms_that_there_are_keep_text(cast: Cast, name: str) -> None:
    answer = signed_in(cast, "aigerim").post("/en/unsaved", {"_page": name, "summary.kk": "x"})
    assert answer.status_code == 413
    assert not Unsaved.objects.exists()


def test_a_new_record_is_kept_too(cast: Cast) -> None:
    client = signed_in(cast, "aigerim")
    form = form_of(client.get("/kk/new/heritage_object"), "_owner") | {"names.0.name.text": ["Жаңа кесене"]}
    assert client.post("/kk/unsaved", form).status_code == 200
    assert "Жаңа кесене" in said(client.get("/kk/new/heritage_object?unsaved=1"))


def test_the_language_that_is_written_stands_first(cast: Cast) -> None:
    record, client = cast.monument(), signed_in(cast, "aigerim")
    form = form_of(client.get(page(record, "edit", "kk"))) | {"summary.az": ["Xülasə"], "_write": ["az"]}
    html = said(client.post(page(record, "edit", "kk"), form))
    assert re.search(r'name="_write"\s+value="az"\s+aria-pressed="true"', html)
    assert "Xülasə" in html and 'data-written="az">1 / 1' in html
