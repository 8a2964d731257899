"""What stands around a record on its page: what refers to it, its series, what lies in it; never what is hidden."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client

from ortaq.engine import actions
from ortaq.engine.kinds import KINDS
from ortaq.engine.models import Link, Record
from ortaq.search.consumer import Consumer
from tests.cast import Cast
from tests.leaks.walk import absent
from tests.web.posting import said, signed_in

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture(autouse=True)
def nothing_drawn() -> None:
    caches["drawn"].clear()


def made(cast: Cast, slug: str, name: str, *, state: str = "published", **changes: Any) -> Record:
    """The example of a kind under another name, published by the officer."""
    data = deepcopy(KINDS[slug].example) | changes
    data["names"] = [{"_id": "nm2abc", "name": {"text": name, "lang": "kk"}, "kind": "official"}]
    data = {key: value for key, value in data.items() if value is not None} | {"country": "KZ", "admin_unit": None}
    if "admin_unit" in changes or slug == "archaeological_research":
        data["admin_unit"] = changes.get("admin_unit", "kz-turkistan")
    data = {key: value for key, value in data.items() if value is not None}
    record = actions.create(cast.aigerim, slug, data, owner=cast.museum, submit=state == "published")
    return actions.publish(cast.dana, record.id) if state == "published" else record


def about(record: Record) -> list[dict[str, Any]]:
    return [{"_id": "ob2abc", "object": {"to": str(record.id)}}]


def survey(cast: Cast, of: Record, name: str, year: str, grade: str, **more: Any) -> Record:
    changes = {"object": {"to": str(of.id)}, "date": {"edtf": year}, "grade": grade, "next_visit": None, **more}
    return made(cast, "condition_survey", name, **changes)


def page(client: Any, record: Record, lang: str = "en") -> str:
    response = client.get(f"/{lang}/o/{record.pid or record.id}")
    assert response.status_code == 200, response.content
    return " ".join(said(response).split())


def section(html: str, name: str) -> str:
    found = re.search(rf'<section id="{name}">.*?</section>', html)
    return found[0] if found else ""


def test_an_object_lists_what_refers_to_it_by_kind(cast: Cast, client: Client) -> None:
    record = cast.monument()
    made(cast, "restoration_work", "Күмбез жұмысы", objects=about(record))
    survey(cast, record, "Көктем тексеруі", "2004-05-12", "emergency")
    for slug in ("archaeological_research", "material", "event", "practice"):
        made(cast, slug, f"Мысал {slug}", objects=about(record))
    stops = [{"_id": "sp2abc", "object": {"to": str(record.id)}}]
    made(cast, "route", "Мысал route", stops=stops)
    html = page(client, record)
    order = (
        "restoration_work",
        "condition_survey",
        "archaeological_research",
        "material",
        "event",
        "route",
        "practice",
    )
    assert re.findall(r'<section id="linked-(\w+)"', html) == list(order)
    work = section(html, "linked-restoration_work")
    assert "Күмбез жұмысы" in work and "<rect" in work and "2001" in work and "restoration" in work.lower()
    seen = section(html, "linked-condition_survey")
    assert "12 May 2004" in seen and "critical (emergency)" in seen
    assert "linked-cards" in section(html, "linked-material")
    assert html.count("<h1") == 1


@pytest.mark.parametrize("lang", ["kk", "az", "ru"])
def test_sections_are_headed_in_the_language_of_the_reader(cast: Cast, client: Client, lang: str) -> None:
    record = cast.monument()
    for slug in ("restoration_work", "practice"):
        made(cast, slug, "Мысал", objects=about(record))
        assert f"<h2>{KINDS[slug].plural.at(lang)}</h2>" in page(client, record, lang)


@pytest.mark.parametrize("how", ["draft", "narrowed", "withdrawn"])
def test_what_is_hidden_leaves_no_trace(cast: Cast, client: Client, how: str) -> None:
    record = cast.monument()
    made(cast, "restoration_work", "Ашық жұмыс", objects=about(record))
    before = page(client, record)
    hidden = made(cast, "event", "zqxhidden", state="draft" if how == "draft" else "published", objects=about(record))
    if how == "narrowed":
        assert "zqxhidden" in page(client, record)
        actions.narrow(cast.aigerim, Record, hidden.id, ["national:KZ"], reason="қазба жүріп жатыр")
    elif how == "withdrawn":
        actions.withdraw(cast.aigerim, Record, hidden.id, reason="қате")
    assert page(client, record) == before
    assert "zqxhidden" not in page(signed_in(cast, "leyla"), record)
    assert ("zqxhidden" in page(signed_in(cast, "aigerim"), record)) == (how != "withdrawn")


def test_a_draft_says_that_it_is_one(cast: Cast) -> None:
    record = cast.monument()
    made(cast, "event", "Мысал", state="draft", objects=about(record))
    assert "badge draft" in section(page(signed_in(cast, "aigerim"), record), "linked-event")


def test_a_reference_in_a_closed_part_shows_to_its_readers_only(cast: Cast, client: Client) -> None:
    owner = made(cast, "organisation", "Иеленуші ұйым")
    cast.monument(ownership=[{"_id": "ownrow", "owner": {"to": str(owner.id)}}])
    assert Link.objects.filter(target=owner.id, part="owner").count() == 1
    for name in ("yerlan", "dana", "aigerim"):
        shown = section(page(signed_in(cast, name), owner), "linked-heritage_object")
        assert "Arystan Bab Mausoleum" in shown and "owner" in shown
    for stranger in (client, signed_in(cast, "leyla"), signed_in(cast, "timur")):
        assert "Arystan Bab" not in page(stranger, owner)


def test_the_drawing_follows_what_refers_to_the_record(cast: Cast, client: Client) -> None:
    record = cast.monument()
    assert "linked-" not in page(client, record)
    event = made(cast, "event", "Бірінші атау", objects=about(record))
    assert "Бірінші атау" in page(client, record)
    names = [{"_id": "nm2abc", "name": {"text": "Екінші атау", "lang": "kk"}, "kind": "official"}]
    actions.revise(cast.aigerim, event.id, event.data | {"names": names}, base_revision=event.revision)
    html = page(client, record)
    assert "Екінші атау" in html and "Бірінші атау" not in html
    event.refresh_from_db()
    actions.revise(cast.aigerim, event.id, event.data | {"objects": None}, base_revision=event.revision)
    assert "linked-" not in page(client, record)


@pytest.mark.parametrize("name", ["", "aigerim", "leyla", "dana"])
def test_the_page_needs_as_many_queries_for_ten_as_for_one(
    cast: Cast, client: Client, django_assert_max_num_queries: Any, name: str
) -> None:
    record = cast.monument()
    for number in range(10):
        made(cast, "event", f"Мысал {number}", objects=about(record))
    browser = signed_in(cast, name) if name else client
    page(browser, record)  # a process asks for its name and for new labels once in a while, not for each page
    caches["drawn"].clear()
    with django_assert_max_num_queries(12):
        page(browser, record)


def test_a_work_puts_its_object_above_and_the_problems_first(cast: Cast, client: Client) -> None:
    record = cast.monument()
    html = page(client, made(cast, "restoration_work", "Күмбез жұмысы", objects=about(record)))
    subject = re.search(r'<p class="subject">.*?</p>', html)
    assert subject and f'href="/en/o/{record.pid}"' in subject[0] and "Arystan Bab Mausoleum" in subject[0]
    assert '<section id="objects">' not in html
    places = [html.index(f'<section id="{name}">') for name in ("problems", "stages", "participants", "lessons")]
    assert places == sorted(places)
    table = section(html, "problems")
    assert re.findall(r'<th scope="col">([^<]*)</th>', table) == ["Problem", "Solution", "Result"]
    assert "Diagnosis" in table and "Product" in table


def test_a_survey_says_its_class_large_and_how_it_stands_among_the_others(cast: Cast, client: Client) -> None:
    record, other = cast.monument(), cast.monument(place=None)
    first = survey(cast, record, "Алғашқысы", "1998-04-01", "good")
    assert 'id="trend"' not in page(client, first)
    last = survey(cast, record, "Соңғысы", "2004-05-12", "emergency")
    survey(cast, other, "Басқа нысандікі", "2001", "ruined")
    hidden = survey(cast, record, "zqxsurvey", "2002", "lost")
    actions.narrow(cast.aigerim, Record, hidden.id, ["national:KZ"], reason="тексеру")
    html = page(client, last)
    trend = section(html, "trend")
    assert trend.index("good") < trend.index("1 April 1998") < trend.index("12 May 2004")
    assert f'href="/en/o/{first.pid}"' in trend and trend.count("<li") == 2 and trend.count("this survey") == 1
    assert "Басқа" not in trend and "zqxsurvey" not in html
    assert re.search(r'<p class="grade">.*?<strong>critical \(emergency\)</strong>', html)
    assert "zqxsurvey" in page(signed_in(cast, "dana"), last)


def test_a_person_has_what_they_took_part_in_and_as_what(cast: Cast, client: Client) -> None:
    person = made(cast, "person", "Айгүл Мысалова")
    team = [{"_id": "pa2abc", "agent": {"to": str(person.id)}, "role": "contractor"}]
    made(cast, "restoration_work", "Күмбез жұмысы", participants=team)
    seasons = [{"_id": "se2abc", "leader": {"to": str(person.id)}}]
    made(cast, "archaeological_research", "Қазба", seasons=seasons)
    html = page(client, person)
    assert "Күмбез жұмысы" in section(html, "linked-restoration_work")
    assert "contractor" in section(html, "linked-restoration_work").lower()
    assert "leader" in section(html, "linked-archaeological_research")
    assert "Verified specialist" not in html


def test_the_mark_of_a_specialist_lasts_as_long_as_the_role(cast: Cast, client: Client) -> None:
    person = made(cast, "person", "Нигяр Мысал")
    user = cast.users["nigar"]
    user.person = person.id
    user.save()
    assert "Verified specialist" in page(client, person)
    other = made(cast, "person", "Тимур Мысал")
    cast.users["timur"].person = other.id
    cast.users["timur"].save()
    assert "Verified specialist" not in page(client, other)
    actions.narrow(cast.aigerim, Record, person.id, [], part="name", reason="сұрады")
    assert "Verified specialist" not in page(client, person)


def test_an_organisation_shows_only_members_whose_names_are_public(cast: Cast, client: Client) -> None:
    works = [{"_id": "af2abc", "organisation": {"to": str(cast.museum)}}]
    made(cast, "person", "Ашық Мысалов", affiliations=works)
    quiet = made(cast, "person", "zqxquiet", affiliations=works)
    actions.narrow(cast.aigerim, Record, quiet.id, [], part="name", reason="сұрады")
    museum = Record.objects.get(id=cast.museum)
    shown = section(page(client, museum), "linked-person")
    assert "Ашық Мысалов" in shown and "zqxquiet" not in shown


def test_what_has_no_date_stands_in_the_order_of_the_alphabet(cast: Cast, client: Client) -> None:
    whole = made(cast, "place", "Облыс", sort="other", place=None)
    for name in ("Тараз", "Қарақия", "Бейнеу", "Ақтау"):
        made(cast, "place", name, sort="city", place=None, within={"to": str(whole.id)})
    shown = section(page(client, whole, "kk"), "linked-place")
    assert re.findall(r">(Ақтау|Бейнеу|Қарақия|Тараз)<", shown) == ["Ақтау", "Бейнеу", "Қарақия", "Тараз"]


def indexed() -> None:
    with Consumer() as consumer:
        consumer.rebuild()


def test_the_page_of_a_unit_shows_what_lies_in_it(cast: Cast, client: Client) -> None:
    place = made(cast, "place", "Отырар", sort="district", admin_unit="kz-turkistan-otyrar", place=None)
    river = made(cast, "place", "Өзен", sort="natural", admin_unit="kz-turkistan-otyrar", place=None)
    record = cast.monument()
    hidden = cast.monument(names=[{"_id": "namekk", "name": {"text": "zqxlying", "lang": "kk"}}])
    actions.narrow(cast.aigerim, Record, hidden.id, ["national:KZ"], reason="тексеру")
    indexed()
    html = page(client, place)
    assert "Heritage in: Otyrar district" in html and f'href="/en/o/{record.pid}"' in html
    assert "Show 1 object" in html and "zqxlying" not in html
    assert "Heritage in" not in page(client, river)


def test_the_gallery_is_another_view_of_the_same_results(cast: Cast, client: Client) -> None:
    shown = cast.monument()
    bare = cast.monument(place=None, names=[{"_id": "namekk", "name": {"text": "Орынсыз кесене", "lang": "kk"}}])
    indexed()
    query = "q=кесене&country=KZ&sort=name"
    rows, tiles = (said(client.get(f"/kk/search?{query}&view={view}")) for view in ("list", "gallery"))
    for record in (shown, bare):
        assert f'href="/kk/o/{record.pid}"' in rows and f'href="/kk/o/{record.pid}"' in tiles
    assert 'class="hits"' in rows and 'class="gallery"' not in rows
    assert tiles.count('class="tile"') == 2 and "<img" not in tiles
    assert tiles.count('class="place-map"') == 1 and tiles.count('class="sign"') == 1
    other = re.search(r'<nav class="shapes".*?</nav>', tiles, re.S)
    assert other and "country=KZ" in other[0] and "sort=name" in other[0]
    assert 'name="view" value="gallery"' in tiles and 'name="view"' not in said(client.get(f"/kk/search?{query}"))
    assert 'class="hits"' in said(client.get("/kk/search?view=zqx"))


def test_the_code_leads_to_the_permanent_address(cast: Cast, client: Client) -> None:
    record = cast.monument()
    answer = client.get(f"/kk/o/{record.pid}/qr")
    assert answer["Content-Type"] == "image/svg+xml" and said(answer).startswith("<svg")
    assert f'src="/kk/o/{record.pid}/qr"' in page(client, record, "kk")
    hidden = made(cast, "event", "Мысал", state="draft")
    keys = (str(hidden.id), absent(str(hidden.id)))
    answers = [client.get(f"/kk/o/{key}/qr") for key in keys]
    assert [a.status_code for a in answers] == [404, 404]
    assert said(answers[0]).replace(keys[0], keys[1]) == said(answers[1])


def test_a_reference_says_what_it_is(cast: Cast, client: Client) -> None:
    cast.monument(related=[{"_id": "relrow", "see_also": {"to": str(cast.museum)}}])
    museum = Record.objects.get(id=cast.museum)
    assert "refers to it" in section(page(client, museum), "linked-heritage_object")
