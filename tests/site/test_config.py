"""Settings out of the environment, and what stands before the node."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from ortaq.site.config import Mail, mail
from ortaq.site.proxies import client

NOBODY = "127.0.0.1"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", Mail()),
        ("smtp://mail.example", Mail("mail.example", 25)),
        ("smtp+tls://a%40b.example:p%3Aw@mail.example", Mail("mail.example", 587, "a@b.example", "p:w", starttls=True)),
        ("smtps://a:b@mail.example:2465", Mail("mail.example", 2465, "a", "b", tls=True)),
    ],
)
def test_a_mail_server_is_an_address(text: str, found: Mail) -> None:
    assert mail(text) == found


@pytest.mark.parametrize("text", ["mail.example", "http://a:secret@mail.example", "smtp://", "smtps://:secret@"])
def test_what_is_no_mail_server_is_refused_without_its_password(text: str) -> None:
    with pytest.raises(ValueError, match="smtp") as caught:
        mail(text)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("proxies", "told", "seen"),
    [
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),  # the first is what the client made up
        (2, "203.0.113.9, 198.51.100.2", "203.0.113.9"),
        (2, "203.0.113.9", NOBODY),
        (1, "", NOBODY),
        (1, "unknown", NOBODY),
        (1, "2001:db8::7", "2001:db8::7"),
    ],
)
def test_only_what_the_own_proxies_say_counts(settings: Any, proxies: int, told: str, seen: str) -> None:
    settings.ORTAQ_PROXIES = proxies
    found: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        found.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    client(view)(RequestFactory().get("/", headers={"X-Forwarded-For": told}))
    assert found == [seen]


def test_without_a_proxy_the_header_says_nothing(settings: Any) -> None:
    settings.ORTAQ_PROXIES = 0
    with pytest.raises(MiddlewareNotUsed):
        client(lambda _request: HttpResponse())
