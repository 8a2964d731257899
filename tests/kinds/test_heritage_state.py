"""What a heritage object says about its status, use and condition: the fields of domain model §1.3."""

from __future__ import annotations

import pytest

from ortaq.engine import derive
from ortaq.engine.fields import Context, Group
from ortaq.kinds.heritage_object import HeritageObject

FIELDS = {
    "protection": {"category", "action", "act", "authority", "basis"},
    "protection_authority": {"body"},
    "register": {"list", "number", "old_number", "act"},
    "passport": {"document", "number", "issuer", "author", "date"},
    "zones": {"zone", "outline", "regime", "act", "authority"},
    "condition": {"date", "grade", "element", "assessor", "method", "note"},
    "threats": {"threat", "state", "extent", "cause", "effect", "note"},
    "use": {"use", "visitors", "capacity", "opening", "filming", "note"},
    "permitted_use": {"use", "conditions", "act", "authority"},
    "ownership": {"owner", "owner_kind", "manager", "user", "rent"},
    "obligations": {"number", "party", "signed", "terms"},
}
CLOSED = {"zones": "place", "ownership": "owner", "obligations": "owner"}


@pytest.mark.parametrize("name", FIELDS)
def test_each_is_a_list_of_dated_statements_with_source_and_certainty(name: str) -> None:
    group = HeritageObject.field(name)
    assert isinstance(group, Group) and group.dated
    assert FIELDS[name] | {"valid", "source"} <= {field.name for field in group.fields}
    assert group.part == CLOSED.get(name, "")


def test_every_kind_of_zone_can_be_said_with_its_outline() -> None:
    ring = [[[68.2, 42.8], [68.3, 42.8], [68.3, 42.9], [68.2, 42.8]]]
    codes = ("territory", "protection_zone", "building_regulation", "landscape_zone", "reserve", "wh_buffer")
    zones = [
        {"zone": code, "outline": {"type": "Polygon", "coordinates": ring}, "valid": {"from": "2020"}} for code in codes
    ]
    cleaned = HeritageObject.clean({"country": "KZ", "zones": zones}, Context(country="KZ"))
    assert [row["zone"] for row in cleaned["zones"]] == list(codes)


def test_owner_manager_user_and_obligations_leave_nothing_open() -> None:
    data = {
        "ownership": [{"_id": "ownrow", "owner": {"name": "A"}, "manager": {"name": "B"}, "user": {"name": "C"}}],
        "obligations": [{"_id": "oblrow", "number": "7", "party": {"name": "D"}}],
    }
    opened, parts = derive.split(HeritageObject, data)
    assert opened == {} and set(parts) == {"owner"} and parts["owner"] == data


def test_a_permitted_use_is_not_counted_as_a_use() -> None:
    data = {"permitted_use": [{"_id": "pusrow", "use": "museum"}]}
    assert not [fact for fact in derive.facts(HeritageObject, data) if getattr(fact, "name", "") == "use"]
