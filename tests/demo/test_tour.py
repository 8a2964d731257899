"""The guided tour: ten stops, each link answers for the role it names, and none of it on another node."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client

from ortaq.demo import sides, tour
from ortaq.people.models import User
from tests.demo.conftest import Demo

pytestmark = pytest.mark.django_db(databases="__all__")
LANGS = ("kk", "az", "ru", "en")
LINK = re.compile(r'<a class="button" href="([^"]+)"')


@pytest.fixture(autouse=True)
def fresh_name_of_the_node() -> None:
    cache.delete("ortaq.node_name")


def opened(email: str = "") -> Client:
    client = Client()
    if email:
        client.force_login(User.objects.get(email=email))
    return client


def test_there_are_ten_stops(demo: Demo) -> None:
    page = opened().get("/en/tour/").content.decode()
    assert len(tour.STOPS) == 10
    assert [f"/en/tour/{n}" in page for n in range(1, 11)] == [True] * 10


@pytest.mark.parametrize("number", range(1, 11))
def test_every_link_answers_for_the_role_it_names(demo: Demo, number: int) -> None:
    found = tour.stop(number)
    assert found
    emails = [side.email(found.role) for side in sides.SIDES] if found.role else [""]
    for email in emails:
        client = opened(email)
        page = client.get(f"/en/tour/{number}").content.decode()
        link = LINK.search(page)
        assert link and f"{number} of 10" in page
        assert (email in page) == bool(email) or not email
        answer = client.get(unescape(link[1]))
        assert answer.status_code == 200, link[1]
        if found.role:
            assert opened().get(unescape(link[1])).status_code == 302


def test_the_way_leads_on_and_back(demo: Demo) -> None:
    for number in range(1, 11):
        page = opened().get(f"/kk/tour/{number}").content.decode()
        assert (f'rel="prev" href="/kk/tour/{number - 1}"' in page) == (number > 1)
        assert (f'rel="next" href="/kk/tour/{number + 1}"' in page) == (number < 10)
    for number in (0, 11):
        assert opened().get(f"/kk/tour/{number}").status_code == 404


def test_the_stops_lead_to_what_they_speak_of(demo: Demo) -> None:
    def page(number: int, lang: str = "en") -> str:
        link = LINK.search(opened().get(f"/{lang}/tour/{number}").content.decode())
        assert link
        return opened().get(unescape(link[1])).content.decode(errors="replace")

    assert "Turkistan" in page(2) and 'class="stacks sided"' in page(4)
    assert "Compare" in page(5) and "closed" in page(6)
    assert page(10).startswith("%PDF")
    assert not any(
        link.endswith("?q=")
        for n in (2, 4, 5, 6, 10)
        for link in LINK.findall(opened().get(f"/en/tour/{n}").content.decode())
    )


def test_home_and_footer_offer_it_in_each_language(demo: Demo) -> None:
    for lang in LANGS:
        assert opened().get(f"/{lang}/").content.decode().count(f'href="/{lang}/tour/"') == 2
        assert opened().get(f"/{lang}/search").content.decode().count(f'href="/{lang}/tour/"') == 1
