"""Pages that take much work are not for programs that ask without end."""

from __future__ import annotations

import pytest
from django.test import Client

from ortaq.api import rate
from ortaq.web import costly
from tests.cast import Cast
from tests.web.posting import said

pytestmark = pytest.mark.django_db(databases="__all__")


def test_one_address_asks_for_so_much_work_and_no_more(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(costly, "LIMIT", rate.Limit(3))
    key, client = cast.monument().pid, Client(REMOTE_ADDR="192.0.2.9")
    doors = ("/en/area", f"/en/o/{key}/plate.pdf", "/en/area", f"/en/o/{key}/paper.pdf", "/en/area.pdf")
    answers = [client.get(door) for door in doors]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert 1 <= int(answers[-1]["Retry-After"]) <= rate.WINDOW + 1 and "then try again" in said(answers[-1])
    assert Client(REMOTE_ADDR="192.0.2.10").get("/en/area").status_code == 200
    assert client.get(f"/en/o/{key}").status_code == 200
