"""What a material must say of itself before it is kept here."""

from __future__ import annotations

import pytest
from django.utils import translation

from ortaq.engine import actions, derive
from ortaq.engine.access import get
from ortaq.engine.facts import Reference
from ortaq.engine.problems import Problems
from ortaq.kinds.material import Material
from tests.cast import Cast
from tests.kinds.checking import found, problems


@pytest.mark.parametrize("mark", ["official_use", "state_secret", "geodetic"])
def test_what_is_marked_is_refused_and_told_what_to_do(mark: str) -> None:
    assert found(Material, mark=mark) == [("marked", ("mark",))]
    with translation.override("en"):
        text = str(problems(Material, mark=mark)[0].text)
    assert "cannot be kept here" in text and "official use" in text


def test_nobody_publishes_without_saying_that_there_is_no_mark() -> None:
    assert found(Material, mark=None) == []
    assert found(Material, publishing=True, mark=None) == [("required", ("mark",))]


@pytest.mark.parametrize("level", ["registered", "professional", "partner", "national", "organisation"])
def test_a_restriction_has_its_reason(level: str) -> None:
    assert found(Material, level=level, reason=None) == [("reason", ("reason",))]
    assert found(Material, level=level, reason=["unpublished"]) == []


def test_what_is_open_needs_no_reason() -> None:
    assert found(Material, publishing=True, level="public", reason=None, until=None) == []
    assert found(Material, level=None, reason=None) == []


def test_a_personal_permission_ends() -> None:
    assert found(Material, level="named", until=None) == [("until", ("until",))]
    assert found(Material, level="named") == []


@pytest.mark.parametrize("sum_", ["abc", "0123456789ABCDEF" * 4, "0" * 63, "g" * 64])
def test_a_checksum_is_one(sum_: str) -> None:
    technical = [{"_id": "te2abc", "sha256": sum_}]
    assert found(Material, technical=technical) == [("checksum", ("technical", 0, "sha256"))]


def test_where_it_is_kept_and_the_contract_stay_closed() -> None:
    opened, parts = derive.split(Material, Material.example)
    assert set(parts) == {"storage", "contract"}
    assert not {"storage", "contract"} & set(opened)


@pytest.mark.django_db
def test_a_marked_material_never_reaches_the_log(cast: Cast) -> None:
    with pytest.raises(Problems):
        actions.create(cast.aigerim, "material", {**Material.example, "mark": "official_use"}, owner=cast.museum)


@pytest.mark.django_db
def test_a_new_version_leads_to_the_one_before(cast: Cast) -> None:
    first = actions.create(cast.aigerim, "material", {**Material.example, "supersedes": None}, owner=cast.museum)
    data = {**Material.example, "supersedes": {"to": str(first.id)}}
    second = actions.create(cast.aigerim, "material", data, owner=cast.museum)
    assert get(cast.aigerim, second.id).data["supersedes"] == {"to": str(first.id)}
    links = [fact for fact in derive.facts(Material, data) if isinstance(fact, Reference)]
    assert [link.target for link in links if link.role == "supersedes"] == [str(first.id)]
