"""What the demo shows beside the listed objects: either its source says it, or it is plainly marked as an example."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from ortaq.alerts.models import Alert, Inspection
from ortaq.demo import examples, facts
from ortaq.engine import access, kinds
from ortaq.engine.access import PUBLIC, View
from ortaq.engine.fields.base import Context
from ortaq.engine.models import Entry, Record
from ortaq.people import access as people
from ortaq.people.actors import Member
from ortaq.people.models import User
from ortaq.translate import waiting
from ortaq.translate.models import Waiting
from ortaq.web import deciding, mine
from tests.demo.conftest import Demo, number, numbers, seen, whole_years

pytestmark = pytest.mark.django_db(databases="__all__")

LEAST = {
    "restoration_work": 26,
    "condition_survey": 8,
    "archaeological_research": 4,
    "material": 12,
    "event": 6,
    "research_project": 6,
    "route": 3,
    "practice": 11,
    "person": 10,
    "organisation": 17,
}
# The cases of the domain model that are works, research or a report: all of them but 20, which is an inspection.
CASES = {f"case-{number}" for number in range(1, 22) if number != 20}
# What EDTF, a machine amount and a month's number write otherwise than the source.
MONTHS = {829703, 317000000, 2024}
# Kinds that say what a thing is made of, how it is and what was done or found there.
OF_FABRIC = {"restoration_work", "condition_survey", "archaeological_research", "practice", "material"}
SECRET = (
    "14-сөре",
    "Nümunə fond",
    "ҮЛГІ-Ш-1",
    "NÜMUNƏ-M-3",
    "ҮЛГІ-2",
    "NÜMUNƏ-7",
    "Түнде күзетші",
    "Үлгі қонақ",
    "69.62",
    "mortar@",
)


def rows() -> list[tuple[str, dict[str, Any]]]:
    found = [examples.read(name) for name in examples.FILES]
    return [(kind, row) for kind, some in found for row in some]


def member(role: str, country: str) -> Member:
    found = people.of_email(f"{role}-{country.lower()}@demo.example")
    assert found
    return found


def added(demo: Demo) -> list[View]:
    """Every record of the demo but the units, the acts and the listed objects, as its editor sees it."""
    found = []
    for country in ("KZ", "AZ"):
        editor = member("editor", country)
        assert editor.organisation
        rows = access.visible(editor).filter(country=country, owner=editor.organisation)
        found += [v for v in access.views(editor, list(rows)) if v.data.get("sources") and not number(v)]
    return found


def an_example(view: View) -> bool:
    return bool(view.data["sources"][0]["source"]["text"] == examples.MARK)


def test_every_kind_has_published_records(demo: Demo) -> None:
    found = {slug: seen(slug) for slug in kinds.KINDS}
    assert all(found.values()), [slug for slug, views in found.items() if not views]
    for slug, least in LEAST.items():
        assert len(found[slug]) >= least, slug
        assert {view.data["country"] for view in found[slug]} == {"KZ", "AZ"}, slug


def test_no_field_of_a_kind_is_called_like_what_a_row_says_of_its_record() -> None:
    for kind in kinds.KINDS.values():
        assert not examples.META & {field.name for field in kind.fields}, kind.slug


def test_every_row_became_a_record_that_validates(demo: Demo) -> None:
    views = added(demo)
    assert len(views) == len(rows())
    for view in views:
        assert view.kind
        context = Context(lang="en", country=view.data["country"], publishing=view.record.state != "draft")
        assert view.kind.clean(view.data, context) == view.data, view.title


def test_nothing_is_unmarked_that_has_no_source(demo: Demo) -> None:
    for view in added(demo):
        sources = [row["source"] for row in view.data["sources"]]
        if sources == [{"text": examples.MARK}]:
            assert all(text.startswith(f"{examples.WORDS[lang]}: ") for lang, text in view.title.items()), view.title
        else:
            assert {source["certainty"] for source in sources} == {"V"}, view.title
            assert not any(text.startswith(tuple(examples.WORDS.values())) for text in view.title.values())


def test_every_known_case_is_there() -> None:
    told = {key for _kind, row in rows() for key in row.get("facts", ())}
    assert CASES <= told <= set(facts.facts())
    kinds_of = {key: {kind for kind, row in rows() if key in row.get("facts", ())} for key in CASES}
    assert "material" in kinds_of["case-16"] and "research_project" in kinds_of["case-3"] & kinds_of["case-11"]
    assert all("restoration_work" in kinds_of[key] for key in CASES - {"case-3", "case-11", "case-16"})


def test_what_is_known_is_said_in_four_languages() -> None:
    for _kind, row in rows():
        for text in texts_of(row) if "facts" in row else ():
            assert set(text) == {"kk", "az", "ru", "en"}, (row["ref"], text)


def texts_of(value: Any) -> Iterator[dict[str, str]]:
    """Every map of a text by language."""
    if isinstance(value, dict):
        if set(value) & set(examples.WORDS):
            yield value
        else:
            yield from (text for inner in value.values() for text in texts_of(inner))
    elif isinstance(value, list):
        yield from (text for inner in value for text in texts_of(inner))


def test_known_facts_have_no_number_that_their_source_has_not() -> None:
    for _kind, row in rows():
        if "facts" in row:
            left_out = (*examples.META, "objects", "works", "outputs", "admin_unit", "source")
            kept = {name: value for name, value in row.items() if name not in left_out}
            given = " ".join(" ".join(facts.facts()[key].values()) for key in row["facts"])
            assert numbers(json.dumps(kept, ensure_ascii=False)) <= whole_years(numbers(given)) | MONTHS, row["ref"]


def test_what_is_said_of_fabric_is_said_of_examples_only() -> None:
    for kind, row in rows():
        if kind in OF_FABRIC and "facts" not in row:
            assert not re.search(r'"@(KZ|AZ)-\d', json.dumps(row)), row["ref"]


def test_dated_statements_of_examples_say_that_they_are_examples(demo: Demo) -> None:
    objects = [view for view in added(demo) if view.kind and view.kind.slug == "heritage_object" and an_example(view)]
    assert len(objects) == 8
    stated = Counter(name for view in objects for name in view.data if name in ("zones", "obligations", "ownership"))
    assert all(count >= 2 for count in stated.values()) and len(stated) == 3
    for view in objects:
        for name in ("zones", "condition", "threats", "use", "permitted_use", "ownership", "obligations"):
            assert all(row["source"]["text"] == examples.SHORT for row in view.data.get(name, []))


def test_no_map_shows_an_object_that_is_not_there(demo: Demo) -> None:
    for view in seen("heritage_object"):
        assert number(view) or "geometry" not in view.data.get("place", {}), view.title


def test_the_public_sees_no_closed_part_and_no_confidential_record(demo: Demo) -> None:
    views = [view for slug in kinds.KINDS for view in seen(slug)]
    text = json.dumps([view.data for view in views], ensure_ascii=False)
    assert [secret for secret in SECRET if secret in text] == []
    closed = {row["ref"] for _kind, row in rows() if "readers" in row}
    assert len(closed) == 3
    titles = {text for view in views for text in view.title.values()}
    for _kind, row in rows():
        hidden = "readers" in row or row.get("state", "published") != "published"
        named = any(f"{examples.WORDS[lang]}: {name}" in titles for lang, name in row["names"].items())
        assert named != hidden or "facts" in row, row["ref"]


def test_desks_and_queues_have_work(demo: Demo) -> None:
    for country in ("KZ", "AZ"):
        queue = deciding.queue(member("officer", country))
        assert len(queue.records) >= 4, country
        user = User.objects.get(email=f"editor-{country.lower()}@demo.example")
        desk = mine.desk(member("editor", country), user)
        assert desk.drafts and desk.sent and desk.waiting, country
        assert len(deciding.queue(member("specialist", country)).own) == 4


def test_the_translation_desk_has_work_of_each_sort(demo: Demo) -> None:
    waiting.refresh(set(Record.objects.filter(state="published").values_list("id", flat=True)))
    for lang in ("kk", "az", "ru"):
        assert Waiting.objects.filter(lang=lang, missing__gt=0).count() >= 10, lang
    assert Waiting.objects.filter(machine__gt=0).exists()
    assert Waiting.objects.filter(stale__gt=0).exists()


def test_one_report_is_inspected_and_one_waits(demo: Demo) -> None:
    assert sorted(Alert.objects.values_list("country", "status")) == [("AZ", "new"), ("KZ", "in_work")]
    assert all(text.startswith(("Үлгі: ", "Nümunə: ")) for text in Alert.objects.values_list("text", flat=True))
    inspection = Inspection.objects.get()
    assert set(inspection.data) == {"visit", "act", "order"} and inspection.deadline
    assert not access.visible(PUBLIC, Alert).exists() and not access.visible(PUBLIC, Inspection).exists()


def test_two_persons_stand_behind_what_is_published(demo: Demo) -> None:
    for view in added(demo):
        by = dict(Entry.objects.filter(thing=view.record.id).values_list("action", "actor"))
        assert by["create"] == view.record.author
        if view.record.state == "published":
            assert by["publish"] != by["create"], view.title
