"""The rule of two: status changes by one who proposes and an officer of that country who accepts, with the act."""

from __future__ import annotations

from typing import Any

import pytest

from ortaq.engine import access, actions
from ortaq.engine.models import Proposal, Record
from ortaq.engine.problems import Problems
from tests.cast import Cast
from tests.web.posting import form_of, page, said, signed_in

pytestmark = pytest.mark.django_db(databases="__all__")
LOCAL = {"_id": "prone2", "category": "kz_local", "valid": {"from": "1982"}, "basis": "Үлгі"}


def protected(cast: Cast) -> Record:
    return cast.monument(protection=[LOCAL])


def act_of(cast: Cast) -> Record:
    data = {"country": "KZ", "names": [{"name": {"text": "Үлгі бұйрық", "lang": "kk"}, "kind": "official"}]}
    return actions.publish(cast.dana, actions.create(cast.dana, "legal_act", data, owner=cast.kz_ministry).id)


def propose(cast: Cast, record: Record, name: str = "aigerim", **changes: str) -> Proposal:
    """Through the form: the old status ends, a new one begins below."""
    browser = signed_in(cast, name)
    form = form_of(browser.get(page(record, "propose")))
    form |= {key.replace("__", "."): [value] for key, value in changes.items()}
    answer = browser.post(page(record, "propose"), form | {"_reason": ["санат"]})
    assert answer.status_code == 302, said(answer)
    return Proposal.objects.latest("created")


def change_of(act: Record | None) -> dict[str, str]:
    found = {
        "protection__0__valid__to": "2009-12-31",
        "protection__1__category": "kz_republican",
        "protection__1__action": "changed",
        "protection__1__valid__from": "2010-01-01",
    }
    return found | ({"protection__1__act": str(act.pid)} if act else {})


def decide(cast: Cast, proposal: Proposal, name: str, do: str = "accept") -> Any:
    return signed_in(cast, name).post(f"/en/review/{proposal.id}", {"_do": do, "_reason": "тексерілді"}, follow=True)


def categories(cast: Cast, record: Record) -> list[tuple[str, Any]]:
    rows = access.get(cast.stranger, record.id).data["protection"]
    return [(row["category"], row.get("valid", {}).get("to")) for row in rows]


def test_an_editor_proposes_and_the_officer_of_the_country_accepts(cast: Cast) -> None:
    record = protected(cast)
    proposal = propose(cast, record, **change_of(act_of(cast)))
    assert categories(cast, record) == [("kz_local", None)]
    assert str(proposal.id) in said(signed_in(cast, "dana").get("/en/review"))
    decide(cast, proposal, "dana")
    assert categories(cast, record) == [("kz_local", "2009-12-31"), ("kz_republican", None)]


@pytest.mark.parametrize("name", ["aigerim", "bolat", "murad", "yerlan", "leyla", "nigar", "timur", "sasha"])
def test_nobody_else_accepts_it(cast: Cast, name: str) -> None:
    record = protected(cast)
    proposal = propose(cast, record, **change_of(act_of(cast)))
    decide(cast, proposal, name)
    assert categories(cast, record) == [("kz_local", None)]


def test_an_officer_does_not_accept_his_own(cast: Cast) -> None:
    record = protected(cast)
    proposal = propose(cast, record, "dana", **change_of(act_of(cast)))
    decide(cast, proposal, "dana")
    assert categories(cast, record) == [("kz_local", None)]


def test_without_the_act_it_is_refused_with_the_reason(cast: Cast) -> None:
    record = protected(cast)
    proposal = propose(cast, record, **change_of(None))
    assert "needs its act" in said(decide(cast, proposal, "dana"))
    assert categories(cast, record) == [("kz_local", None)]


def test_the_same_form_does_not_save_it_alone(cast: Cast) -> None:
    record, act = protected(cast), act_of(cast)
    for name in ("aigerim", "dana"):
        browser = signed_in(cast, name)
        form = form_of(browser.get(page(record, "edit")))
        form |= {key.replace("__", "."): [value] for key, value in change_of(act).items()}
        browser.post(page(record, "edit"), form)
        assert categories(cast, record) == [("kz_local", None)]


def accepted(cast: Cast, record: Record, rows: list[dict[str, Any]]) -> list[str]:
    """The codes of what prevents the officer from accepting these rows, none when he did."""
    view = access.get(cast.aigerim, record.id)
    data = {**view.data, "protection": rows}
    if not rows:
        del data["protection"]
    proposal = actions.propose(cast.aigerim, record.id, data, base_revision=view.record.revision, reason="мәртебе")
    try:
        actions.accept(cast.dana, proposal.id)
    except Problems as problems:
        return [problem.code for problem in problems.problems]
    return []


def test_a_status_that_was_stays_said(cast: Cast) -> None:
    record, act = protected(cast), {"to": str(act_of(cast).id)}
    assert accepted(cast, record, []) == ["status_kept"]
    assert accepted(cast, record, [{**LOCAL, "category": "kz_republican", "act": act}]) == ["status_kept"]
    assert accepted(cast, record, [{"_id": "prtwo2", "category": "kz_republican", "act": act}]) == ["status_kept"]
    assert accepted(cast, record, [{**LOCAL, "valid": {"from": "1982", "to": "2010"}}]) == ["act"]


def test_revoking_is_a_dated_statement_too(cast: Cast) -> None:
    record, act = protected(cast), {"to": str(act_of(cast).id)}
    ended = {**LOCAL, "valid": {"from": "1982", "to": "2019"}}
    revoked = {
        "_id": "prtwo2",
        "category": "status_revoked",
        "action": "revoked",
        "act": act,
        "valid": {"from": "2020"},
    }
    assert accepted(cast, record, [ended, revoked]) == []
    assert categories(cast, record) == [("kz_local", "2019"), ("status_revoked", None)]
    history = [access.revision(cast.stranger, Record.objects.get(id=record.id), n) for n in (record.revision,)]
    assert history[0].data["protection"] == [LOCAL]


def test_the_act_may_be_added_to_a_status_later(cast: Cast) -> None:
    record, act = protected(cast), {"to": str(act_of(cast).id)}
    assert accepted(cast, record, [{**LOCAL, "act": act}]) == []
