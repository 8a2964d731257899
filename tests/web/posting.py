"""Posts a form as a browser does: every control of the page with the value it was drawn with."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.test import Client

from ortaq.engine.models import Record
from tests.cast import Cast

Pairs = dict[str, list[str]]


class Controls(HTMLParser):
    """What each ``form`` of a page would send, in order; buttons send nothing unless they are pressed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Pairs] = []
        self.attrs: list[dict[str, str | None]] = []
        self._area: str | None = None
        self._text = ""
        self._select: str | None = None
        self._first: str | None = None
        self._chosen = False

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        attrs = dict(given)
        name = attrs.get("name")
        if tag == "form":
            self.forms.append({})
            self.attrs.append(attrs)
        elif not self.forms:
            return
        elif tag == "input" and name and attrs.get("type") not in ("submit", "button"):
            if attrs.get("type") not in ("checkbox", "radio") or "checked" in attrs:
                self._put(name, attrs.get("value") or "")
        elif tag == "textarea" and name:
            self._area, self._text = name, ""
        elif tag == "select" and name:
            self._select, self._first, self._chosen = name, None, False
        elif tag == "option" and self._select:
            value = attrs.get("value") or ""
            self._first = value if self._first is None else self._first
            if "selected" in attrs:
                self._put(self._select, value)
                self._chosen = True

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            self._put(self._area, self._text.removeprefix("\n"))
            self._area = None
        elif tag == "select" and self._select:
            if not self._chosen and self._first is not None:
                self._put(self._select, self._first)
            self._select = None

    def _put(self, name: str, value: str) -> None:
        self.forms[-1].setdefault(name, []).append(value)


def form_of(response: Any, having: str = "_base") -> Pairs:
    """The first form of the page that has the control ``having``."""
    page = Controls()
    page.feed(response.content.decode())
    return next(form for form in page.forms if having in form)


def said(response: Any) -> str:
    return str(response.content.decode())


def signed_in(cast: Cast, name: str) -> Any:
    client = Client()
    client.force_login(cast.users[name], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def page(record: Record, verb: str, lang: str = "en") -> str:
    return f"/{lang}/o/{record.pid or record.id}/{verb}"
