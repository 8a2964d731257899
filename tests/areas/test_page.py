"""The page about an area and its PDF: readable without scripts, in four languages, bounded, the same for the same."""

from __future__ import annotations

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ortaq.areas import asking, drawing
from ortaq.documents import typeset
from ortaq.engine import actions
from ortaq.engine.models import Record
from ortaq.search.consumer import Consumer
from tests.areas.test_touching import place, point, square, zone
from tests.cast import Cast
from tests.web.posting import said, signed_in

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("own_folder")]
AREA = json.dumps(square(68.27, 42.85, 0.01))
ASKED = {"text": AREA, "reach": "1000", "as_of": "2024-06-01"}


def act(cast: Cast) -> Record:
    data = {
        "country": "KZ",
        "names": [{"_id": "nm2abc", "name": {"text": "Үлгі бұйрық № 7", "lang": "kk"}, "kind": "official"}],
        "sort": "order",
    }
    record = actions.create(cast.aigerim, "legal_act", data, owner=cast.museum, submit=True)
    return actions.publish(cast.dana, record.id)


def stage(cast: Cast, index: Consumer) -> Record:
    """An object in the area with a status and a zone by the same act, and one beside it that all may know."""
    by = {"act": {"to": str(act(cast).id)}}
    held = {"valid": {"from": "2020-01-01"}, **by}
    record = cast.monument(
        place=place(point(68.275, 42.855), "10km"),
        protection=[{"_id": "prot22", "category": "kz_republican", **held}],
        zones=[zone(square(68.26, 42.84, 0.02), regime={"kk": {"text": "Құрылыс салуға болмайды."}}, **held)],
    )
    cast.monument(place=place(point(68.2841, 42.855)), names=[{"name": {"text": "Көрші", "lang": "kk"}}])
    index.follow()
    return record


def test_an_officer_sees_zones_objects_acts_and_distances(cast: Cast, index: Consumer) -> None:
    record = stage(cast, index)
    html = said(signed_in(cast, "dana").post("/en/area", ASKED))
    assert html.count(f'href="/en/o/{record.pid}"') == 2
    assert "protection zone" in html and "Құрылыс салуға болмайды." in html
    assert html.count("Үлгі бұйрық № 7") == 2
    assert re.search(r"touches: [\d.]+ ha in common", html) and "in the area" in html
    assert re.search(r">33\d m away<", html)
    assert '<pattern id="zone1"' in html and "1 June 2024" in html
    assert "Perhaps in the area" not in html


def test_a_stranger_is_told_what_is_open(cast: Cast, index: Consumer, client: Client) -> None:
    stage(cast, index)
    html = said(client.post("/en/area", ASKED))
    assert "Perhaps in the area" in html and "its place is known within 10 km" in html
    assert "Құрылыс салуға болмайды." not in html and "None that you may see." in html
    assert "68.275" not in html.replace("68.2750", "")
    assert re.search(r">33\d m away<", html)


@pytest.mark.parametrize("lang", ["kk", "az", "ru", "en"])
def test_the_page_is_there_in_every_language(cast: Cast, index: Consumer, client: Client, lang: str) -> None:
    stage(cast, index)
    empty = client.get(f"/{lang}/area")
    assert empty.status_code == 200 and "area-found" not in said(empty)
    asked = client.get(f"/{lang}/area", ASKED)
    assert asked.status_code == 200 and "area-found" in said(asked)


@pytest.mark.parametrize("name", ["area.geojson", "area.kml"])
def test_a_file_is_read_and_stands_in_the_field_afterwards(
    cast: Cast, index: Consumer, client: Client, name: str
) -> None:
    stage(cast, index)
    ring = " ".join(f"{x},{y}" for x, y in square(68.27, 42.85, 0.01)["coordinates"][0])
    kml = (
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><Polygon><outerBoundaryIs><LinearRing><coordinates>{ring}'
        "</coordinates></LinearRing></outerBoundaryIs></Polygon></kml>"
    )
    content = AREA if name.endswith("json") else kml
    html = said(client.post("/en/area", {"file": SimpleUploadedFile(name, content.encode()), "reach": "1000"}))
    assert "area-found" in html and "{&quot;type&quot;:&quot;Polygon&quot;" in html


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"text": ""}, "Draw an area"),
        ({"text": "nowhere"}, "cannot be read as a place"),
        ({"text": AREA, "reach": "7"}, "Choose one of the distances"),
        ({"text": AREA, "as_of": "soon"}, "year-month-day"),
        ({"text": AREA, "crs": "EPSG:1"}, "EPSG:1"),
    ],
)
def test_what_is_wrong_is_said_and_kept(cast: Cast, client: Client, given: dict[str, str], words: str) -> None:
    answer = client.post("/en/area", given)
    assert answer.status_code == 422 and words in said(answer) and "area-found" not in said(answer)
    refused = client.post("/en/area.pdf", given)
    assert refused.status_code == 400 and words in said(refused)


@pytest.mark.parametrize(
    ("given", "field"), [({"text": "x"}, "area"), ({"reach": "7"}, "reach"), ({"as_of": "x"}, "as-of")]
)
def test_a_mistake_leads_to_its_field(cast: Cast, client: Client, given: dict[str, str], field: str) -> None:
    html = said(client.post("/en/area", {"text": AREA} | given))
    wrong = re.findall(r'is-invalid">\s*<label for="f-([a-z-]+)"', html)
    assert wrong == [field] and f'<a href="#f-{field}">' in html


def test_a_form_that_is_too_big_is_not_read(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/en/area", {"text": "1" * asking.MOST_SENT})
    assert answer.status_code == 413 and "too large" in said(answer)
    assert client.post("/en/area", {"text": "1, 2"}).status_code == 403, "the token is still asked for"


def test_the_paper_says_what_the_page_says(cast: Cast, index: Consumer, quick_papers: None) -> None:
    record = stage(cast, index)
    paper = json.loads(signed_in(cast, "dana").post("/ru/area.pdf", ASKED).content)
    text = json.dumps(paper, ensure_ascii=False)
    assert text.count("Үлгі бұйрық № 7") == 2 and str(record.pid) in text
    assert "#zone1" in text and "Құрылыс салуға болмайды." in text
    open_ = json.dumps(json.loads(Client().post("/ru/area.pdf", ASKED).content), ensure_ascii=False)
    assert "Құрылыс салуға болмайды." not in open_ and str(record.pid) in open_


def test_the_paper_is_a_pdf_and_the_same_for_the_same(cast: Cast, index: Consumer) -> None:
    stage(cast, index)
    client = signed_in(cast, "dana")
    first = client.post("/kk/area.pdf", ASKED)
    assert first["Content-Type"] == "application/pdf" and first.content.startswith(b"%PDF")
    assert client.post("/kk/area.pdf", ASKED).content == first.content
    assert typeset.FONTS.is_dir()


def test_the_map_in_the_form_is_told_the_shape(cast: Cast, client: Client) -> None:
    answer = client.post("/az/area/understood", {"text": "POINT (68.27 42.85)"}).json()
    assert answer["geometry"] == {"type": "Point", "coordinates": [68.27, 42.85]} and "68°16′" in answer["written"]
    assert "problem" in client.post("/az/area/understood", {"text": "nowhere"}).json()
    assert client.post("/az/area/understood", {"text": ""}).json() == {}
    assert client.get("/az/area/understood").status_code == 405


def test_every_kind_of_zone_has_a_hatching_of_its_own() -> None:
    assert len(drawing.KINDS) == len(drawing.HATCHES) == len(drawing.DASHES)
    assert len(set(zip(drawing.HATCHES, drawing.DASHES, strict=True))) == len(drawing.KINDS)
    assert drawing.kind_of("something new") == len(drawing.KINDS) - 1
