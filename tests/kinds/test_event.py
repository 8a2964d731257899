"""Who reads the lists of an event, and what its dates say to the search."""

from __future__ import annotations

import pytest

from ortaq.engine import access, actions, derive
from ortaq.engine.facts import Span
from ortaq.kinds.event import Event
from tests.cast import Cast
from tests.kinds.checking import found


def test_the_days_of_an_event_are_one_span() -> None:
    spans = [fact for fact in derive.facts(Event, {"date": Event.example["date"]}) if isinstance(fact, Span)]
    assert len(spans) == 1


def test_an_event_has_its_dates_and_its_state_before_it_is_public() -> None:
    assert found(Event, publishing=True, date=None) == [("required", ("date",))]
    assert found(Event, publishing=True, progress=None) == [("required", ("progress",))]
    assert found(Event, seats=0) == [("number", ("seats",))]


@pytest.mark.django_db
def test_the_protocol_list_is_for_the_authorities_of_the_country(cast: Cast) -> None:
    record = actions.create(cast.aigerim, "event", Event.example, owner=cast.museum)
    actions.submit(cast.aigerim, record.id)
    record = actions.publish(cast.dana, record.id)
    for name, reads in {"aigerim": True, "dana": True, "murad": False, "timur": False, "stranger": False}.items():
        view = access.get(getattr(cast, name), record.id)
        assert ("protocol" in view.data) is reads, name
        assert ("protocol" in view.closed) is not reads, name
        assert view.data["programme"], name
