"""A file is its asker's alone, and what he may not read any more does not leave by an old one."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.test import Client
from django.utils import timezone

from ortaq.documents import actions as exports
from ortaq.documents import keeping, work
from ortaq.documents.models import DONE, Export
from ortaq.engine import access, actions, reads
from ortaq.engine.models import Read, Record
from ortaq.engine.problems import Absent
from tests.cast import Cast
from tests.documents.asking import PAGE, TABLES, asked, content, finish, index, made, taken
from tests.web.posting import said, signed_in

pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_file_is_its_askers_alone(cast: Cast) -> None:
    cast.monument()
    index()
    export = asked(signed_in(cast, "aigerim"))
    finish()
    for name in ("bolat", "sasha", "timur"):
        other = signed_in(cast, name)
        assert taken(other, export).status_code == 404
        for verb in ("cancel", "again", "remove"):
            assert other.post(f"{PAGE}/{export.id}", {"do": verb}).status_code == 404
        assert str(export.id) not in said(other.get(PAGE))
    assert "login" in Client().get(f"{PAGE}/{export.id}/file")["Location"]
    export.refresh_from_db()
    assert export.state == DONE


@pytest.mark.parametrize("format_", [*TABLES, "pdf", "plates"])
def test_hidden_is_absent_from_every_form(cast: Cast, quick_papers: None, format_: str) -> None:
    cast.monument()
    hidden = cast.monument(names=[{"name": {"text": "zqxhidden", "lang": "kk"}, "kind": "official"}])
    actions.narrow(cast.aigerim, Record, hidden.id, ["national:KZ"], reason="жабық")
    cast.monument(ownership=[{"_id": "ownrow", "owner": {"name": "zqxowner"}}], finds="zqxfinds")
    cast.monument(related=[{"_id": "relrow", "see_also": {"to": str(hidden.id)}}])
    index()
    file = made(cast, "leyla", format_)
    if format_ == "xlsx":
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            file = b"".join(archive.read(name) for name in archive.namelist())
    for secret in (b"zqx", str(hidden.id).encode(), (hidden.pid or "").encode(), b"42.8512", "42°51′04".encode()):
        assert secret not in file


def test_the_rights_of_the_moment_count_when_it_is_made(cast: Cast) -> None:
    hidden = cast.monument()
    actions.narrow(cast.aigerim, Record, hidden.id, ["national:KZ"], reason="жабық")
    cast.monument()
    index()
    dana = signed_in(cast, "dana")
    asked(dana)
    end_roles(cast, "dana")
    finish()
    assert str(hidden.pid) not in content(dana, Export.objects.get()).decode()


def end_roles(cast: Cast, name: str) -> None:
    from ortaq.people.models import Role

    Role.objects.filter(holder=cast.users[name].actor).update(until=timezone.now())


def coarser(cast: Cast, record: Record) -> None:
    view = access.get(cast.aigerim, record.id)
    data = {**view.data, "place": {**view.data["place"], "precision": "10km"}}
    actions.revise(cast.aigerim, record.id, data, base_revision=view.record.revision)


NARROWINGS = {
    "narrow": lambda cast, r: actions.narrow(cast.aigerim, Record, r.id, ["national:KZ"], reason="жабық"),
    "withdraw": lambda cast, r: actions.withdraw(cast.aigerim, Record, r.id, reason="қате"),
    "coarser": coarser,
}


@pytest.mark.parametrize("how", NARROWINGS)
def test_what_was_narrowed_does_not_leave_by_an_old_file(cast: Cast, how: str) -> None:
    point = {"geometry": {"type": "Point", "coordinates": [68.271234, 42.851234]}, "precision": "exact"}
    record = cast.monument(place=point)
    cast.monument()
    index()
    timur = signed_in(cast, "timur")
    export = asked(timur, "geojson")
    finish()
    assert b"42.851234" in content(timur, export)
    NARROWINGS[how](cast, record)
    index()
    answer = taken(timur, export)
    assert answer.status_code == 302 and not keeping.file(export.id).exists()
    assert "not yours to read any more" in said(timur.get(PAGE))
    finish()
    assert b"42.851234" not in content(timur, export)


def test_a_name_in_a_link_that_was_narrowed_does_not_leave_either(cast: Cast) -> None:
    other = cast.monument(names=[{"name": {"text": "zqxlinked", "lang": "kk"}, "kind": "official"}])
    cast.monument(related=[{"_id": "relrow", "see_also": {"to": str(other.id)}}])
    index()
    timur = signed_in(cast, "timur")
    export = asked(timur, "csv", "q=Arystan")
    finish()
    assert b"zqxlinked" in content(timur, export)
    actions.narrow(cast.aigerim, Record, other.id, ["national:KZ"], reason="жабық")
    assert taken(timur, export).status_code == 302


def test_a_role_that_ended_ends_its_files(cast: Cast) -> None:
    cast.monument()
    index()
    dana = signed_in(cast, "dana")
    export = asked(dana, "geojson")
    finish()
    assert b"42.851234" in content(dana, export)
    end_roles(cast, "dana")
    assert taken(dana, export).status_code == 302
    finish()
    assert b"42.851234" not in content(dana, export)


def test_a_change_that_hides_nothing_leaves_the_file_as_it_is(cast: Cast) -> None:
    record = cast.monument()
    index()
    timur = signed_in(cast, "timur")
    export = asked(timur)
    finish()
    before = content(timur, export)
    view = access.get(cast.aigerim, record.id)
    data = {**view.data, "summary": {"ru": {"text": "Новое."}}}
    actions.revise(cast.aigerim, record.id, data, base_revision=view.record.revision)
    cast.monument()
    assert content(timur, export) == before


def test_a_restored_log_vouches_for_nothing(cast: Cast) -> None:
    cast.monument()
    index()
    timur = signed_in(cast, "timur")
    export = asked(timur)
    finish()
    Export.objects.update(position=10**9)
    assert taken(timur, export).status_code == 302


def test_reading_by_an_export_is_noted(cast: Cast) -> None:
    record = cast.monument(by=cast.leyla, country="AZ", admin_unit="az-sheki")
    index()
    made(cast, "murad", "csv")
    reads.flush()
    noted = set(Read.objects.filter(thing=record.id, actor=cast.users["murad"].actor).values_list("door", flat=True))
    assert work.DOOR in noted


def test_nobody_else_finds_an_export() -> None:
    with pytest.raises(Absent):
        exports.one(None, Export().id)
