"""What one may not see survives what he saves; what is hidden is in no answer."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ortaq.engine import access, actions
from ortaq.engine.models import Record
from ortaq.engine.projection import with_hidden, without_hidden
from tests.cast import Cast, monument_data

KIND = "heritage_object"
THINGS = [f"00000000-0000-7000-8000-00000000000{n}" for n in range(6)]

links = st.builds(lambda to: {"to": to}, st.sampled_from(THINGS))
rows = st.lists(
    st.fixed_dictionaries({}, optional={"part_of": links, "see_also": links}).filter(bool), min_size=1, max_size=5
)


def numbered(given_rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"country": "KZ", "related": [{"_id": f"row{n}", **row} for n, row in enumerate(given_rows)]}


@given(rows, st.sets(st.sampled_from(THINGS)))
def test_saving_what_one_was_shown_changes_nothing(given_rows: list[dict[str, Any]], shown: set[str]) -> None:
    full = numbered(given_rows)
    seen = without_hidden(KIND, full, frozenset(shown))
    again = with_hidden(KIND, full, seen, seen)
    assert sorted(again.get("related", []), key=lambda r: r["_id"]) == full["related"]


@given(rows, st.sets(st.sampled_from(THINGS)))
def test_nothing_hidden_is_left(given_rows: list[dict[str, Any]], shown: set[str]) -> None:
    seen = str(without_hidden(KIND, numbered(given_rows), frozenset(shown)))
    assert not [thing for thing in THINGS if thing not in shown and thing in seen]


@given(rows, st.sets(st.sampled_from(THINGS)))
def test_a_removed_visible_link_stays_removed(given_rows: list[dict[str, Any]], shown: set[str]) -> None:
    full = numbered(given_rows)
    seen = without_hidden(KIND, full, frozenset(shown))
    cleared = with_hidden(KIND, full, seen, {"country": "KZ"})
    left = {link["to"] for row in cleared.get("related", []) for key, link in row.items() if key != "_id"}
    assert not left & shown


def test_a_hidden_link_survives_the_edit_of_who_cannot_see_it(cast: Cast) -> None:
    hidden = cast.monument()
    record = cast.monument(related=[{"_id": "relrow", "see_also": {"to": str(hidden.id)}}])
    actions.narrow(cast.aigerim, Record, hidden.id, ["national:KZ"], reason="жабық")
    view = access.get(cast.leyla, record.id)
    assert "related" not in view.data
    data = {**view.data, "summary": {"az": {"text": "Mətn."}}}
    proposal = actions.propose(cast.leyla, record.id, data, base_revision=record.revision, reason="təklif")
    actions.accept(cast.aigerim, proposal.id)
    assert access.get(cast.aigerim, record.id).data["related"][0]["see_also"] == {"to": str(hidden.id)}


@pytest.mark.parametrize("name", ["leyla", "stranger"])
def test_a_link_to_something_hidden_is_refused_like_one_to_nothing(cast: Cast, name: str) -> None:
    draft = cast.monument(state="draft")
    answers = []
    for target in (str(draft.id), THINGS[0]):
        data = monument_data(country="AZ", admin_unit="az-sheki", place=None, related=[{"see_also": {"to": target}}])
        with pytest.raises(Exception) as caught:
            actions.create(getattr(cast, name), KIND, data, owner=cast.reserve)
        answers.append(str(caught.value).replace(target, ""))
    assert answers[0] == answers[1]
