"""Every traced type travels: same row, valid signature, twice without change, narrowed, erased."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from ortaq.alerts import actions as alerts
from ortaq.alerts import inspecting
from ortaq.alerts.models import Alert
from ortaq.engine import access, actions, erasure, kinds, log
from ortaq.engine.fields import Country, Line
from ortaq.engine.kinds import Kind
from ortaq.engine.labels import L
from ortaq.engine.models import Record, Request
from ortaq.engine.traced import TYPES, Traced
from ortaq.exchange import bundle
from ortaq.people import actions as people
from ortaq.people import deputies
from ortaq.vocab import actions as labels
from tests.cast import Cast
from tests.exchange.second import Second, row_of

LATER = datetime(2099, 1, 1, tzinfo=UTC)


def a_node(cast: Cast) -> Traced:
    return TYPES["node"]._default_manager.get()


def a_record(cast: Cast) -> Traced:
    return cast.monument()


def a_proposal(cast: Cast) -> Traced:
    record = cast.monument()
    data = {**access.get(cast.leyla, record.id).data, "summary": {"az": {"text": "Təklif."}}}
    return actions.propose(cast.leyla, record.id, data, base_revision=record.revision, reason="düzəliş")


def an_answer(cast: Cast) -> Traced:
    return actions.return_proposal(cast.aigerim, a_proposal(cast).id, reason="негізсіз")


def a_grant(cast: Cast) -> Traced:
    record = cast.monument()
    return actions.grant(cast.dana, record.id, f"actor:{cast.nigar.id}", LATER, part="place", reason="зерттеу")


def a_request(cast: Cast) -> Traced:
    record = cast.monument()
    return actions.request_widening(cast.dana, record.id, "owner", ["registered"], reason="ашу")


def a_role(cast: Cast) -> Traced:
    return people.give_role(None, cast.users["nigar"], "specialist", country="AZ", until=LATER)


def an_alert(cast: Cast) -> Alert:
    told = alerts.Told("Қабырға құлаған.", "kk", threat="structural", seen="бүгін", place="қақпа")
    alert, _secret = alerts.report(cast.monument(), told, "")
    alerts.take(cast.yerlan, alert.id)
    return alerts.close(cast.yerlan, alert.id, "Бекітілді.")


def an_inspection(cast: Cast) -> Traced:
    alert = an_alert(cast)
    begun = inspecting.inspect(cast.yerlan, alert.target, alert.id)
    order = {"text": "Бекіту.", "deadline": LATER.date()}
    return inspecting.write_step(cast.yerlan, begun.id, "order", order, base_revision=1)


def a_term_proposal(cast: Cast) -> Traced:
    return labels.propose(cast.timur, "act_kind", "order", {"kk": "бұйрық үлгісі"}, reason="үлгі", source="үлгі")


def a_deputy(cast: Cast) -> Traced:
    now = datetime.now(UTC)
    until = now + timedelta(days=9)
    return deputies.name(cast.aigerim, cast.bolat.id, cast.museum, start=now, until=until, reason="іссапар")


EXAMPLES: dict[str, Callable[[Cast], Traced]] = {
    "node": a_node,
    "record": a_record,
    "proposal": a_proposal,
    "answer": an_answer,
    "grant": a_grant,
    "request": a_request,
    "role": a_role,
    "alert": an_alert,
    "inspection": an_inspection,
    "term_proposal": a_term_proposal,
    "deputy": a_deputy,
}
# The text of a node's first entry is what proves its key to those who meet it later: it is never erased.
NEVER_ERASED = {"node"}


def sent(second: Second, tmp_path: Path, audience: set[str] | None = None) -> dict[str, Any]:
    """Exports here, receives there; what receiving said."""
    file = tmp_path / "sent.zip"
    bundle.export(file, audience=frozenset(audience) if audience is not None else None)
    return second.receive(file)


def change(thing: Traced, action: str = "revise", **more: Any) -> None:
    with transaction.atomic():
        log.write(thing, action, log.Behalf(log.node_id(), log.node_id()), **more)


@pytest.mark.parametrize("name", sorted(TYPES))
def test_every_traced_type_travels(name: str, cast: Cast, second: Second, tmp_path: Path) -> None:
    assert name in EXAMPLES, f"the traced type {name} needs an example in this file"
    thing = EXAMPLES[name](cast)
    assert thing.type == name
    assert sent(second, tmp_path).get("problem") is None
    assert second.row(name, thing.id) == here(thing)
    assert second.check() == []

    before = second.counts()
    assert sent(second, tmp_path)["entries"] == 0
    assert second.counts() == before
    assert second.row(name, thing.id) == here(thing)

    change(thing)
    narrow(thing)
    assert sent(second, tmp_path)["entries"] == 2
    assert second.row(name, thing.id) == here(thing)
    assert ["", "public"] not in second.row(name, thing.id)["tokens"]
    assert second.check() == []
    if name not in NEVER_ERASED:
        erased_there_too(thing, second, tmp_path)


def erased_there_too(thing: Traced, second: Second, tmp_path: Path) -> None:
    old = tmp_path / "old.zip"
    bundle.export(old)
    with transaction.atomic():
        erasure.blank(thing)
        log.write(thing, "erase", log.Behalf(log.node_id()), dropped=tuple(thing.parts), narrows=True)
        erasure.wipe(thing, range(1, thing.revision))
    for file in (None, old):  # what somebody else still has brings nothing back
        second.receive(old) if file else sent(second, tmp_path)
        kept = second.kept(thing.id)
        assert {number: texts for number, texts in kept["revisions"].items() if texts[0]} == {
            str(thing.revision): [True, False]
        }
        assert kept["parts"] == []
        assert second.row(thing.type, thing.id) == here(thing)
    assert {code for code, _where in second.check()} <= {"erased"}


def here(thing: Traced) -> Any:
    import json

    return json.loads(json.dumps(row_of(thing.type, str(thing.id)), default=str))


def narrow(thing: Traced) -> None:
    thing.audience = []
    change(thing, "narrow", narrows=True)


def test_narrowing_is_denied_to_the_index_until_it_has_passed(cast: Cast, second: Second, tmp_path: Path) -> None:
    record = cast.monument()
    sent(second, tmp_path)
    assert second.counts()[-1] == 0
    actions.narrow(cast.dana, Record, record.id, ["national:KZ"], reason="қорғау")
    sent(second, tmp_path)
    assert second.counts()[-1] == 1
    assert second.view(record.id) == "Absent"


def test_drafts_never_leave(cast: Cast, second: Second, tmp_path: Path) -> None:
    draft = cast.monument(state="draft", summary={"ru": {"text": "canary-draft"}})
    published = cast.monument(summary={"ru": {"text": "Не черновик."}})
    sent(second, tmp_path)
    assert second.row("record", draft.id) is None
    assert list(second.kept(published.id)["revisions"]) == ["3"]
    assert b"canary-draft" not in unpacked(tmp_path / "sent.zip")


def test_everybody_verifies_the_open_record_without_its_closed_parts(
    cast: Cast, second: Second, tmp_path: Path
) -> None:
    record = cast.monument()
    assert sent(second, tmp_path, {"public"}).get("problem") is None
    assert second.check() == []
    assert second.row("record", record.id)["body"] == here(record)["body"]
    assert second.kept(record.id)["parts"] == []
    assert b"68.271234" not in unpacked(tmp_path / "sent.zip")
    assert "Жеке меншік".encode() not in unpacked(tmp_path / "sent.zip")
    assert sent(second, tmp_path).get("problem") is None  # later the rest arrives on top
    assert second.kept(record.id)["parts"] == ["owner", "place"]
    assert second.row("record", record.id) == here(record)
    assert second.check() == []


def test_an_audience_with_the_token_of_a_part_gets_the_part(cast: Cast, second: Second, tmp_path: Path) -> None:
    record = cast.monument()
    sent(second, tmp_path, {"national:KZ"})
    assert second.kept(record.id)["parts"] == ["owner", "place"]
    second.fresh()
    sent(second, tmp_path, {"national:AZ"})
    assert second.kept(record.id)["parts"] == []


def test_what_was_narrowed_is_a_digest_for_others(cast: Cast, second: Second, tmp_path: Path) -> None:
    record = cast.monument(summary={"ru": {"text": "canary-narrowed"}})
    actions.narrow(cast.dana, Record, record.id, ["national:KZ"], reason="қорғау")
    sent(second, tmp_path, {"public"})
    content = unpacked(tmp_path / "sent.zip")
    assert b"canary-narrowed" not in content and str(record.id).encode() not in content
    assert second.check() == []
    sent(second, tmp_path, {"national:KZ"})
    assert second.row("record", record.id) == here(record)


def test_an_old_text_that_says_more_than_today_stays_at_home(cast: Cast, second: Second, tmp_path: Path) -> None:
    place = {"geometry": {"type": "Point", "coordinates": [68.271234, 42.851234]}, "precision": "exact"}
    record = cast.monument(place=place)
    data = {**access.get(cast.aigerim, record.id).data}
    data["place"] = {**data["place"], "precision": "10km"}
    record = actions.revise(cast.aigerim, record.id, data, base_revision=record.revision)
    sent(second, tmp_path, {"public"})
    assert b"68.271234" not in unpacked(tmp_path / "sent.zip")
    assert list(second.kept(record.id)["revisions"]) == [str(record.revision)]
    assert second.row("record", record.id)["body"] == here(record)["body"]
    assert second.check() == []


def test_a_withdrawal_is_told_to_those_who_had_it(cast: Cast, second: Second, tmp_path: Path) -> None:
    record = cast.monument()
    sent(second, tmp_path, {"public"})
    assert second.view(record.id)["country"] == "KZ"
    actions.withdraw(cast.dana, Record, record.id, reason="canary-reason")
    sent(second, tmp_path, {"public"})
    assert second.view(record.id) == "Gone"
    assert b"canary-reason" not in unpacked(tmp_path / "sent.zip")
    assert second.check() == []


def test_an_erasure_of_old_revisions_is_done_on_copies(cast: Cast, second: Second, tmp_path: Path) -> None:
    record = cast.monument()
    data = {**access.get(cast.aigerim, record.id).data, "summary": {"ru": {"text": "Новый."}}}
    actions.revise(cast.aigerim, record.id, data, base_revision=record.revision)
    sent(second, tmp_path)
    erasers = Cast.readers(cast)
    first, other = (erasers[name] for name in erasing(erasers, record))
    request = actions.request_erasure(first, Record, record.id, revisions=[3], reason="өшіру")
    actions.confirm(other, request.id)
    sent(second, tmp_path)
    assert second.kept(record.id)["revisions"] == {"3": [False, True], "4": [True, False]}
    assert second.row("request", request.id)["body"]["confirmed"] is True
    assert {code for code, _where in second.check()} == {"erased"}
    assert Request.objects.get(id=request.id).confirmed


def erasing(readers: dict[str, Any], record: Record) -> list[str]:
    """Two people who may erase the record and read it."""
    return [name for name, reader in readers.items() if reader.may("erase", record)][:2]


class Letter(Kind):
    slug, version, icon = "letter_nobody_knows", 3, "box"
    label = plural = L(kk="a", az="a", ru="a", en="Letter")
    fields = [Country("country", label), Line("name", label)]
    title = "name"


class Parcel(Kind):
    slug, version, icon = "parcel", 1, "box"
    label = plural = L(kk="a", az="a", ru="a", en="Parcel")
    fields = [Country("country", label), Line("name", label)]
    title = "name"


for _slug in ("letter_nobody_knows", "parcel"):
    kinds.KINDS.pop(_slug)


@pytest.fixture
def foreign_kinds() -> Iterator[None]:
    kinds.KINDS.update({"letter_nobody_knows": Letter, "parcel": Parcel})
    yield
    for slug in ("letter_nobody_knows", "parcel"):
        kinds.KINDS.pop(slug)


def published(cast: Cast, slug: str) -> UUID:
    draft = actions.create(cast.aigerim, slug, {"country": "KZ", "name": "Аты"}, owner=cast.museum)
    actions.submit(cast.aigerim, draft.id)
    return actions.publish(cast.dana, draft.id).id


@pytest.mark.usefixtures("foreign_kinds")
def test_an_unknown_kind_is_kept_shown_and_passed_on_unchanged(cast: Cast, second: Second, tmp_path: Path) -> None:
    id_ = published(cast, "letter_nobody_knows")
    sent(second, tmp_path)
    assert second.row("record", id_)["body"]["data"] == {"country": "KZ", "name": "Аты"}
    assert second.view(id_) == {"country": "KZ", "name": "Аты"}
    assert second.check() == []
    again = tmp_path / "again.zip"
    second.export(again, None)
    assert entries(again) == entries(tmp_path / "sent.zip")


@pytest.mark.usefixtures("foreign_kinds")
def test_an_older_kind_is_upgraded_when_it_is_read(cast: Cast, second: Second, tmp_path: Path) -> None:
    id_ = published(cast, "parcel")
    sent(second, tmp_path)
    assert second.row("record", id_)["body"] == here(Record.objects.get(id=id_))["body"]
    assert second.view(id_) == {"country": "KZ", "name": "Аты", "content": "upgraded"}
    assert second.check() == []
    Parcel.version = 3
    Parcel.upgrades = {1: dict, 2: dict}
    try:
        newer = published(cast, "parcel")
        sent(second, tmp_path)
        assert second.view(newer) == {"country": "KZ", "name": "Аты"}
    finally:
        Parcel.version = 1


def test_the_copy_goes_on_to_a_third_unchanged(cast: Cast, second: Second, tmp_path: Path) -> None:
    cast.monument()
    for audience in ({"public"}, {"national:KZ"}, None):
        second.fresh()
        sent(second, tmp_path, audience)
        again = tmp_path / "again.zip"
        second.export(again, None)
        assert entries(again) == entries(tmp_path / "sent.zip")


def entries(file: Path) -> list[bytes]:
    from tests.exchange.test_bag import members

    return [content for name, content in sorted(members(file).items()) if "/entries-" in name]


def unpacked(file: Path) -> bytes:
    from tests.exchange.test_bag import members

    return b"\n".join(members(file).values())
