"""No door leaks: every door × every role, and ten planted leaks that the same test catches."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, product
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse

from ortaq.engine import access, actions
from ortaq.engine.access import Reader
from ortaq.engine.models import ClosedPart, Record, Token
from ortaq.engine.problems import Gone
from ortaq.exchange import bundle
from ortaq.imports import exports
from ortaq.search import access as finding
from ortaq.search import documents
from tests.cast import Cast
from tests.leaks.doors import addresses, unknown
from tests.leaks.scene import Scene, hide, index, open_part, zoned
from tests.leaks.walk import AREAS, EVERYBODY, Answer, absent, ask, client, everything, filled, leaks, searches

pytestmark = pytest.mark.django_db(databases="__all__")
OLDEST = [{"date": {"edtf": "Y-4815162"}}]  # the slider of the period would begin there
OUTSIDERS = ("stranger", "timur", "leyla")
# Every door as everybody takes minutes: on a server database, where the gate is the same SQL, outsiders walk alone.
FULL = connection.vendor == "sqlite" or int(os.environ.get("ORTAQ_TEST_SCALE", "1")) >= 4
WALKERS = EVERYBODY if FULL else OUTSIDERS


def test_every_door_is_known() -> None:
    assert unknown() == []


@pytest.mark.parametrize("name", WALKERS)
def test_no_canary_comes_to_whom_it_is_not_for(cast: Cast, name: str) -> None:
    scene = hide(open_part(cast))
    answers = list(everything(scene, (name,)))
    assert len(answers) > 150
    assert not [answer for answer in answers if answer.status >= 500]
    assert list(leaks(scene, answers)) == []


def test_the_walk_sees_what_may_be_seen(cast: Cast) -> None:
    """A walk that found nothing anywhere would prove nothing."""
    scene = hide(open_part(cast))
    text = "".join(answer.everything for answer in everything(scene, ("aigerim",)))
    missing = {c.label for c in scene.canaries if "aigerim" in c.allowed and c.text not in text}
    assert missing <= {"exact place", "place of an old revision"} | {c.label for c in scene.canaries if ":" in c.label}
    assert "68.277313" in text and "68.264178" in text and "zqxdraft" in text and "zqxowner" in text
    assert all(planted in text for planted in ("zqxhiddenzone", "zqxzone", "4815200", "69.314159", "zqxsavedname"))


def hidden_pairs(scene: Scene, name: str) -> Iterator[tuple[Answer, Answer]]:
    """(answer for something hidden, answer for something absent) at every door that takes a key."""
    browser = client(scene, name)
    nothing: dict[tuple[str, str], Answer] = {}  # one absent thing answers for every hidden one
    for label, record in scene.hidden.items():
        if scene.may_see(name, label) or label == "withdrawn":
            continue
        for key in filter(None, (str(record.id), record.pid)):
            for route in sorted(set(addresses())):
                for address, method in filled(scene, route):
                    if key in address:
                        other = address.replace(key, absent(key)), method
                        if other not in nothing:
                            nothing[other] = ask(browser, name, *other)
                        yield ask(browser, name, address, method), nothing[other]


def differing(pairs: Iterable[tuple[Answer, Answer]]) -> Iterator[str]:
    for hidden, nothing in pairs:
        keys, others = (re.split("[/?&=]", answer.address) for answer in (hidden, nothing))
        key, other = next(pair for pair in zip(keys, others, strict=True) if pair[0] != pair[1])
        same = hidden.everything.replace(key, "") == nothing.everything.replace(other, "")
        if hidden.status != nothing.status or not same:
            yield f"{hidden.name} {hidden.method} {hidden.address}: {hidden.status} / {nothing.status}"


@pytest.mark.parametrize("name", (*OUTSIDERS, "nigar", "murad", "sasha") if FULL else OUTSIDERS)
def test_hidden_answers_like_absent(cast: Cast, name: str) -> None:
    scene = hide(open_part(cast))
    pairs = list(hidden_pairs(scene, name))
    assert len(pairs) > 20
    assert list(differing(pairs)) == []


def counting(scene: Scene, name: str) -> Iterator[tuple[str, str]]:
    """Address and answer of every door that lists or counts."""
    browser = client(scene, name)
    doors = ["/kk/", "/kk/review", *(f"/kk/search?{q}" for q in searches(scene) if "zqx" not in q)]
    for door in ("/api/v1/records", "/kk/search/points", "/kk/search/zones", "/kk/search/names"):
        doors += [f"{door}?{q}" for q in searches(scene) if "zqx" not in q]
    doors += [f"/kk/search/names?q={q}" for q in ("zq", "ке")]
    doors += [f"{door}?{area}" for door in ("/kk/area", "/kk/area.pdf") for area in AREAS]
    return ((address, ask(browser, name, address).everything) for address in doors)


@pytest.mark.parametrize("name", ["stranger", "nigar", "murad"])
def test_hidden_records_change_no_list_and_no_count(cast: Cast, name: str) -> None:
    """The same lists, facets, counts and orders before and after secrets were added."""
    scene = open_part(cast)
    before = dict(counting(scene, name))
    for text in ("zqxone", "zqxtwo"):
        names = [{"name": {"text": f"{text} кесенесі", "lang": "kk"}, "kind": "official"}]
        record = cast.monument(names=names, zones=zoned(68.2773, 42.8532, "қорық"), dating=OLDEST)
        actions.narrow(cast.aigerim, Record, record.id, ["national:KZ"], reason="жабық")
        cast.monument(state="draft", zones=zoned(68.2773, 42.8532, "қорық"), dating=OLDEST)
    index()
    assert dict(counting(scene, name)) == before


def without(answer: Answer, asked: str) -> str:
    """An answer less what was asked for, as it was typed and as it stands in addresses."""
    return answer.everything.replace(quote(asked), "").replace(asked, "")


@pytest.mark.parametrize("name", OUTSIDERS)
def test_searching_for_a_secret_is_like_searching_for_nothing(cast: Cast, name: str) -> None:
    scene = hide(open_part(cast))
    browser = client(scene, name)
    for canary in scene.canaries:
        if not canary.text.startswith("zqx") or name in canary.allowed:
            continue
        for door in ("/kk/search?q=", "/kk/search/names?q=", "/api/v1/records?q="):
            other = "zqx" + re.sub("[a-z]", "y", canary.text[3:])  # as long, in addresses too
            found = ask(browser, name, door + canary.text)
            nothing = ask(browser, name, door + other)
            assert without(found, canary.text) == without(nothing, other), (canary.label, door)


def test_a_box_around_the_exact_place_finds_nothing(cast: Cast) -> None:
    scene = hide(open_part(cast))
    box = "/api/v1/records?bbox=68.2772,42.8531,68.2774,42.8533"
    found = {name: ask(client(scene, name), name, box) for name in ("stranger", "nigar", "leyla", "aigerim")}
    counts = {name: json.loads(answer.body)["count"] for name, answer in found.items()}
    assert counts.pop("aigerim") > 0
    assert counts == {"stranger": 0, "nigar": 0, "leyla": 0}


def test_no_canary_leaves_by_an_export(cast: Cast, tmp_path: Path) -> None:
    scene = hide(open_part(cast))
    answers = []
    for name in ("stranger", "leyla", "nigar", "sasha"):
        for kind, suffix in product(("heritage_object", "person", "organisation"), (".csv", ".geojson", ".json")):
            file = tmp_path / f"{name}-{kind}{suffix}"
            exports.write(scene.cast.readers()[name], kind, file)
            answers.append(Answer(name, "export", f"{kind}{suffix}", 200, (), file.read_bytes()))
    assert list(leaks(scene, answers)) == []


def bundled(scene: Scene, file: Path, tokens: frozenset[str], name: str) -> Answer:
    import zipfile

    bundle.export(file, audience=tokens)
    with zipfile.ZipFile(file) as bag:
        body = b"".join(name_.encode() + bag.read(name_) for name_ in bag.namelist())
    return Answer(name, "bundle", "", 200, (), body)


def test_no_canary_leaves_by_a_public_bundle(cast: Cast, tmp_path: Path) -> None:
    """Signed bytes cannot be changed: an open text that links to something hidden takes its opaque id along."""
    scene = hide(open_part(cast))
    scene.canaries = [canary for canary in scene.canaries if not canary.label.endswith(": id")]
    assert list(leaks(scene, [bundled(scene, tmp_path / "b.zip", frozenset({"public"}), "stranger")])) == []


# --- planted leaks: each one must be found by what stands above -------------------------------------------------


def plant_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "visible", lambda reader, model=Record: model._default_manager.all())


def plant_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    every = ClosedPart.objects.filter(content__isnull=False)
    monkeypatch.setattr(access, "readable_parts", lambda reader: every.all())


def plant_history(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "narrowed", lambda slug, version, data, today: data)


def plant_links(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "without_hidden", lambda slug, data, shown: data)


def plant_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """The index answers everybody as if he were the ministry: counts and facets know too much."""
    real = finding.replace

    def generous(query: Any, **changes: Any) -> Any:
        if "tokens" in changes:
            changes["tokens"] = frozenset(Token.objects.values_list("token", flat=True))
        return real(query, **changes)

    monkeypatch.setattr(finding, "replace", generous)


def plant_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    """The open document holds what belongs to the closed part."""
    real = documents._fill

    def full(document: Any, record: Record, kind: Any, data: Any, known: Any) -> Any:
        whole = dict(data)
        for content in documents._contents([record]).values():
            whole |= content
        return real(document, record, kind, whole, {})

    monkeypatch.setattr(documents, "_fill", full)


def plant_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is only hidden is said to be gone."""
    real = access.get

    def telling(reader: Reader, key: Any) -> Any:
        try:
            return real(reader, key)
        except access.Absent:
            record = Record.objects.filter(pid=str(key)).first()
            if record is not None:
                raise Gone(record.pid or "", record.updated) from None
            raise

    monkeypatch.setattr(access, "get", telling)


def plant_header(monkeypatch: pytest.MonkeyPatch) -> None:
    """A header names the last record that was written."""
    real = HttpResponse.__init__

    def init(self: HttpResponse, *args: Any, **kwargs: Any) -> None:
        real(self, *args, **kwargs)
        self["X-Last"] = str(Record.objects.filter(state="draft").values_list("id", flat=True).first())

    monkeypatch.setattr(HttpResponse, "__init__", init)


def plant_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """An absent thing answers longer when something hidden has that number."""
    from ortaq.web import middleware

    real = middleware.errors

    def errors(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
        handle = real(get_response)

        def padded(request: HttpRequest) -> HttpResponse:
            response = handle(request)
            key = request.path.strip("/").split("/")[-1]
            if response.status_code == 404 and Record.objects.filter(pid=key).exists():
                response.content += b" "
            return response

        padded.process_exception = handle.process_exception  # type: ignore[attr-defined]
        return padded

    monkeypatch.setattr(middleware, "errors", errors)


def plant_titles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Links carry the titles of what they lead to, hidden or not."""
    real = access._settle_links

    def telling(reader: Reader, found: Any) -> None:
        real(Reader(frozenset(Token.objects.values_list("token", flat=True))), found)

    monkeypatch.setattr(access, "_settle_links", telling)


PLANTED = [
    plant_gate,
    plant_parts,
    plant_history,
    plant_links,
    plant_index,
    plant_documents,
    plant_gone,
    plant_header,
    plant_size,
    plant_titles,
]


@contextmanager
def planted(plant: Callable[[pytest.MonkeyPatch], None]) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        plant(monkeypatch)
        yield


def test_every_planted_leak_is_caught(cast: Cast) -> None:
    scene = hide(open_part(cast))
    before = dict(counting(scene, "stranger"))
    missed = []
    for plant in PLANTED if FULL else PLANTED[:2]:
        with planted(plant):
            index_again()
            if not first_sign(scene, before):
                missed.append(plant.__name__)
    assert missed == []


def first_sign(scene: Scene, before: dict[str, str]) -> str | None:
    """What the tests above would find first."""
    counts = (f"counts at {address}" for address, now in counting(scene, "stranger") if now != before[address])
    pairs = differing(hidden_pairs(scene, "stranger"))
    return next(chain(counts, pairs, leaks(scene, everything(scene, ("stranger",)))), None)


def index_again() -> None:
    from ortaq.search.consumer import Consumer

    with Consumer() as consumer:
        consumer.rebuild()


def test_the_bundle_leak_is_caught(cast: Cast, tmp_path: Path) -> None:
    scene = hide(open_part(cast))
    everybody = frozenset(Token.objects.values_list("token", flat=True))
    assert list(leaks(scene, [bundled(scene, tmp_path / "b.zip", everybody, "stranger")]))
