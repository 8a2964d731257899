"""Trying every door as everybody, and looking for canaries in every byte that comes back."""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import unquote

from django.test import Client

from ortaq.vocab import terms
from tests.cast import PEOPLE
from tests.leaks.doors import ACCOUNT, KNOWN_ADDRESSES, addresses
from tests.leaks.scene import Scene

CLOCK = re.compile(r"\d\d:\d\d\.\d+")  # minutes and seconds look like a latitude
LANGUAGE = "kk"
# Around the secret places, through the middle of their cells, and around all of them.
AREAS = [
    "text=42.8532,68.2773&reach=100",
    "text=42.8473,68.2642&reach=0",
    "text=POLYGON((60 40,80 40,80 50,60 50,60 40))&reach=5000",
    "",
]
ABSENT = uuid.UUID("019f0000-0000-7000-8000-000000000001")
EVERYBODY = ("stranger", *PEOPLE)
# Differ from one answer to the next whatever is asked: form tokens, times of the answer itself, rate limits.
NOISE = (
    re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"'),
    re.compile(rb'"(position|lag|seconds_ago)": ?\d+'),
)


CHANGING = ("Set-Cookie", "Date", "Expires")  # headers


@dataclass(frozen=True)
class Answer:
    """What came back, and as whom which address was asked."""

    name: str
    method: str
    address: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def everything(self) -> str:
        """Headers and body, as sent and with the usual escapes undone."""
        text = self.body.decode("utf-8", "replace") + "\n".join(f"{k}: {v}" for k, v in self.headers)
        plain = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
        return "\n".join((text, plain, unescape(plain), unquote(plain)))


def client(scene: Scene, name: str) -> Client:
    found = Client()
    if name != "stranger":
        found.force_login(scene.cast.users[name])
    return found


def ask(browser: Client, name: str, address: str, method: str = "GET", **data: Any) -> Answer:
    """One answer; a form post sends what a curious person would."""
    call = browser.get if method == "GET" else browser.post
    response = call(address, data or None, headers={"accept": "text/html,application/json"})
    body = b"".join(getattr(response, "streaming_content", ())) or response.content
    if body.startswith(b"PK"):  # what is packed is read unpacked
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"\n".join(name.encode() + packed.read(name) for name in packed.namelist())
    headers = tuple(sorted((k, v) for k, v in response.headers.items() if k not in CHANGING))
    for noise in NOISE:
        body = noise.sub(b"", body)
    return Answer(name, method, address, response.status_code, headers, body)


def filled(scene: Scene, route: str) -> Iterator[tuple[str, str]]:
    """(address, method) for every way to ask at one route."""
    how = "page" if ACCOUNT.match(route) else KNOWN_ADDRESSES[route]
    if how == "static":
        return
    base = "/" + route.replace("<lang>", LANGUAGE).replace("<uuid:record>", str(scene.twin))
    if ACCOUNT.match(route):
        if "<" not in base and "(" not in base:
            yield base, "GET"
        return
    for key in things(scene, route) if how in ("thing", "post", "paper") else [""]:
        address = fill(base, key)
        if how == "area":
            yield from ((f"{address}?{query}", "GET") for query in AREAS)
        elif how == "search":
            yield from ((f"{address}?{query}", "GET") for query in searches(scene))
        else:
            yield address, "GET"
        if how == "thing":
            more = ("format=json", "format=geojson", "revision=1", "revision=3")
            yield from ((f"{address}?{query}", "GET") for query in more)
        if how == "post":
            yield address, "POST"
        if route.endswith("/merge"):
            keys = [key for record in scene.hidden.values() for key in (str(record.id), record.pid) if key]
            yield from ((f"{address}?into={key}", "GET") for key in keys)


def fill(address: str, key: str) -> str:
    """The route with its parameters: the thing, the first two revisions, a kind, a vocabulary."""
    values = {
        "key": key,
        "id_": key,
        "old": "3",
        "new": "4",
        "slug": "heritage_object",
        "provider_id": "elsewhere",
        "name": terms.vocabularies()[0],
        "secret": "A" * 32,
        "number": "2",
        "row": "2",
        "what": "errors",
        "form": "csv",
        "code": terms.terms(terms.vocabularies()[0])[0].code,
    }
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda m: values[m[1]], address)


def things(scene: Scene, route: str) -> list[str]:
    """Keys to try: what is open, what is hidden by id and by number, and what is not there."""
    if "<uuid:id_>" in route:
        assert scene.proposal and scene.request
        known = [scene.proposal.id, scene.request.id, scene.grant, scene.term_proposal, scene.export, scene.saved]
        known += scene.imports
        return [str(id_) for id_ in [*known, *scene.cases] if id_]
    found = [record.pid or str(record.id) for record in scene.public]
    for record in scene.hidden.values():
        found += [str(record.id), *([record.pid] if record.pid else [])]
    return found


def searches(scene: Scene) -> list[str]:
    """Words of every secret, boxes around every secret place, each facet, each order."""
    words = [f"q={canary.text}" for canary in scene.canaries if canary.text.startswith(("zqx", "+7"))]
    boxes = [
        "bbox=68.2772,42.8531,68.2774,42.8533",
        "bbox=68.2640,42.8472,68.2643,42.8474",
        "bbox=60,40,80,50",
        "bbox=67,42,70,44",
        "bbox=69.3,43.2,69.4,43.3",
    ]
    words += ["q=zq", "q=zqx"]  # how every secret begins: what is offered while somebody types

    facets = ["kind=heritage_object", "country=KZ", "type=mausoleum", "region=kz-turkistan", "century=15"]
    orders = ["sort=name", "sort=updated", "sort=date", "page_size=200", "kind=person", "kind=organisation"]
    orders += ["near=43.25,69.3&sort=distance", "from=-4820000&to=1500"]
    orders += ["rank=1&owner=&language=kk", "from=1400&to=1500", "near=42.8532,68.2773&sort=distance"]
    orders += [f"view=map&{box}" for box in ("", *boxes)]
    return ["", *words, *boxes, *facets, *orders]


def everything(scene: Scene, names: tuple[str, ...] = EVERYBODY) -> Iterator[Answer]:
    """Every answer of every door to everybody."""
    routes = sorted(set(addresses()))
    for name in names:
        browser = client(scene, name)
        for route in routes:
            for address, method in filled(scene, route):
                yield ask(browser, name, address, method)
                if "logout" in address:
                    browser = client(scene, name)


def leaks(scene: Scene, answers: Iterable[Answer]) -> Iterator[str]:
    """Each canary that came to somebody who may not see it; what he himself asked for is no news."""
    for answer in answers:
        asked = unquote(answer.address)
        text = CLOCK.sub("", answer.everything)
        for canary in scene.canaries:
            if answer.name in canary.allowed or canary.text in asked:
                continue
            if canary.text in text:
                yield f"{canary.label} to {answer.name} at {answer.method} {answer.address}"


def absent(key: str) -> str:
    """The key of the same form as ``key`` that names nothing."""
    return "TEST-999999" if "-" in key and len(key) < 20 else str(ABSENT)
