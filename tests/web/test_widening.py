"""What the search page says about other names that it looked for, and the ways to more and to less."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from ortaq.engine.fields.base import Piece
from ortaq.people import actions as people
from ortaq.search.consumer import Consumer
from ortaq.vocab import thesaurus
from ortaq.web.templatetags.ortaq import plainly, said
from ortaq.web.thesaurus import explained
from tests.cast import Cast
from tests.web.posting import signed_in
from tests.web.test_pages import text

MORTAR = {"az": {"text": "Divarları əhəng məhlulu ilə hörülüb.", "origin": "original"}}

pytestmark = pytest.mark.usefixtures("own_folder")


def test_other_names_are_told_marked_and_can_be_left_out(cast: Cast, index: Consumer, client: Client) -> None:
    record = cast.monument(fabric=MORTAR)
    index.follow()
    html = text(client, "/ru/search?q=известковый+раствор&kind=heritage_object")
    assert f"/ru/o/{record.pid}" in html and "<mark>əhəng məhlulu</mark>" in html
    assert '<span lang="az">əhəng məhlulu</span>' in html and '<span lang="kk">әк ерітіндісі</span>' in html
    assert "/ru/thesaurus?under=lime-mortar" in html
    assert "kind=heritage_object&amp;exact=1" in html
    only = text(client, "/ru/search?q=известковый+раствор&kind=heritage_object&exact=1")
    assert f"/ru/o/{record.pid}" not in only and '<span lang="az">əhəng məhlulu</span>' not in only
    assert 'name="exact" value="1"' in only and 'name="exact"' not in html


def test_narrower_terms_are_offered_and_looked_for(cast: Cast, index: Consumer, client: Client) -> None:
    record = cast.monument(fabric=MORTAR)
    index.follow()
    html = text(client, "/en/search?q=binders+and+mortars")
    assert f"/en/o/{record.pid}" not in html and "narrower=1" in html
    html = text(client, "/en/search?q=binders+and+mortars&narrower=1")
    assert f"/en/o/{record.pid}" in html and "<mark>əhəng məhlulu</mark>" in html
    assert "Without narrower terms" in html
    assert "narrower" not in text(client, "/en/search?q=Arystan")


def test_the_map_and_the_api_look_for_the_same(cast: Cast, index: Consumer, client: Client) -> None:
    cast.monument(fabric=MORTAR)
    index.follow()
    counts = {
        (words, more): client.get(f"/api/v1/records?kind=heritage_object&q={words}{more}").json()["count"]
        for words in ("lime mortar", "binders and mortars")
        for more in ("", "&exact=true", "&narrower=true")
    }
    found = {asked for asked, count in counts.items() if count}
    assert found == {("lime mortar", ""), ("lime mortar", "&narrower=true"), ("binders and mortars", "&narrower=true")}
    assert "1 record" in text(client, "/en/search?q=lime+mortar&view=map")


def test_a_concept_has_its_searches_and_its_broader_concept(cast: Cast, client: Client) -> None:
    html = text(client, "/kk/thesaurus?under=mortar")
    above = thesaurus.get("mortar")
    assert above and f"?under={above.broader}" in html
    assert "/kk/search?q=" in html and "narrower=1" in html
    assert "/thesaurus/mortar.ttl" in html and "/thesaurus/mortar.jsonld" in html
    assert "narrower=1" not in text(client, "/kk/thesaurus?under=lime-mortar")


def test_what_is_to_be_checked_is_shown_to_those_who_check_it(cast: Cast, client: Client) -> None:
    html = text(client, "/kk/thesaurus?under=ceramic-pipe")
    assert "saxsı boru" in html and "tüng" not in html
    assert "?under=ceramic-pipe" not in text(client, "/kk/thesaurus?q=tüng")
    html = text(client, "/kk/thesaurus?under=vault")
    assert '<span lang="kk">свод</span>' not in html and "свод" in html
    people.give_role(None, cast.users["nigar"], "translator", organisation=cast.reserve, country="AZ")
    assert "tüng" in text(signed_in(cast, "nigar"), "/kk/thesaurus?under=ceramic-pipe")


def test_a_term_on_a_page_leads_to_what_it_means(cast: Cast, client: Client) -> None:
    record = cast.monument()
    html = text(client, f"/ru/o/{record.pid}")
    assert 'href="/ru/thesaurus?under=mausoleum"' in html and "türbə" in html
    piece = Piece("гранит", "ru", term=("material", "granite"))
    assert 'class="term"' in said([piece]) and "<a" not in plainly([piece])
    assert "<a" not in said([Piece("x", term=("material", "no_such"))])
    with translation.override("en"):
        found = explained("material", "granite", "en")
    assert found == ("/en/thesaurus?under=granite", "Hard igneous stone. · гранит · qranit · гранит")
