"""The guided tour is a thing of the demo: any other node has none and offers none."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases="__all__")


def test_no_other_node_has_a_tour(cast: Cast) -> None:
    cache.delete("ortaq.node_name")
    assert [Client().get(f"/en/{page}").status_code for page in ("tour/", "tour/3", "tour/99")] == [404] * 3
    assert "/en/tour/" not in Client().get("/en/").content.decode()
    cache.delete("ortaq.node_name")
