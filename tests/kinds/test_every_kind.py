"""What every kind must do, whatever it describes; the example of docs/howto/add-a-kind.md is one of them."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from django.conf import settings

from ortaq.engine import derive, geo, terms
from ortaq.engine.canonical import canonical, parse
from ortaq.engine.facts import Facet, Reference, Words
from ortaq.engine.fields import Context, Field, Group, Link, Piece, Row, Term
from ortaq.engine.kinds import KINDS, Kind
from ortaq.engine.labels import LANGUAGES, L
from ortaq.engine.problems import Problems

CHECKED_COLUMNS = ("country", "admin_unit")  # columns of a record that are read off these fields


def context(kind: type[Kind], lang: str = "en", publishing: bool = False) -> Context:
    return Context(lang=lang, country=kind.example.get("country", ""), publishing=publishing)


def all_fields(fields: list[Field]) -> Iterator[Field]:
    for field in fields:
        yield field
        if isinstance(field, Group):
            yield from all_fields(field.fields)


def schema_of(kind: type[Kind]) -> dict[str, Any]:
    properties = {field.name: field.schema() for field in kind.fields}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def test_the_example_fills_what_publishing_needs(kind: type[Kind]) -> None:
    try:
        kind.clean(kind.example, context(kind, publishing=True))
    except Problems as wrong:
        missing = [p for p in wrong.problems if p.code != "required"]
        assert not missing, wrong


def test_the_example_is_in_canonical_shape_already(kind: type[Kind]) -> None:
    cleaned = kind.clean(kind.example, context(kind))
    assert cleaned == kind.example
    assert kind.clean(cleaned, context(kind)) == cleaned


def test_the_example_survives_canonical_bytes(kind: type[Kind]) -> None:
    assert parse(canonical(kind.example)) == kind.example


def test_the_schema_is_one_and_takes_the_example(kind: type[Kind]) -> None:
    schema = json.loads(json.dumps(schema_of(kind)))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(kind.example, schema)


def test_the_schema_refuses_a_wrong_type(kind: type[Kind]) -> None:
    for field in kind.fields:
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({field.name: 0.5}, schema_of(kind))


def test_an_unknown_key_is_refused(kind: type[Kind]) -> None:
    with pytest.raises(Problems) as caught:
        kind.clean({**kind.example, "no_such_field": 1}, context(kind))
    assert [problem.code for problem in caught.value.problems] == ["unknown_field"]


@pytest.mark.parametrize(
    "wrong",
    [12.5, ["x", {}], {"no": "such"}, "\x00" * 3 + "?!", "x" * 10_000_000],
    ids=["number", "list", "object", "zeros", "long"],  # an id travels between processes, ten megabytes each time
)
def test_a_wrong_value_is_a_problem_or_cleaned_never_a_crash(kind: type[Kind], wrong: Any) -> None:
    for field in kind.fields:
        try:
            cleaned = kind.clean({field.name: wrong}, context(kind))
        except Problems as problems:
            assert all(problem.path[0] == field.name and problem.text for problem in problems.problems)
        else:
            assert len(canonical(cleaned)) < 1_000_000


def test_names_are_given_in_every_language(kind: type[Kind]) -> None:
    labels = [kind.label, kind.plural, *([kind.about] if kind.about else []), *(p.label for p in kind.parts.values())]
    for field in all_fields(kind.fields):
        labels += [label for label in (field.label, field.help) if label is not None]
    for label in labels:
        assert isinstance(label, L)
        for lang in LANGUAGES:
            assert label.at(lang).strip(), label
    assert kind.label.kk != kind.label.ru and kind.label.az != kind.label.en


def test_no_field_is_there_twice(kind: type[Kind]) -> None:
    for fields in (kind.fields, *(f.fields for f in kind.fields if isinstance(f, Group))):
        names = [field.name for field in fields]
        assert len(names) == len(set(names))
        assert all(name.isidentifier() and name == name.lower() for name in names)


def test_parts_are_declared_and_used(kind: type[Kind]) -> None:
    used = {field.part for field in kind.fields if field.part}
    assert used == set(kind.parts)
    assert sum(part.indexed for part in kind.parts.values()) <= 1
    inner = [f for g in kind.fields if isinstance(g, Group) for f in all_fields(g.fields)]
    assert not [f.name for f in inner if f.part or f.accepted_by], "a part or a guard is said of a whole field"


def test_personal_data_is_closed(kind: type[Kind]) -> None:
    for field in kind.fields:
        if any(f.type == "contact" for f in all_fields([field])):
            assert field.part, f"{field.name} may hold a telephone number: put it into a closed part"


def test_the_page_names_fields_that_exist(kind: type[Kind]) -> None:
    names = {field.name for field in kind.fields}
    assert set(kind.page) <= names
    assert len(kind.page) == len(set(kind.page))
    assert kind.title in names
    assert {"country"} <= names
    for name in CHECKED_COLUMNS:
        field = kind.field(name)
        assert field is None or isinstance(kind.example.get(name, ""), str)


def test_the_example_has_a_title(kind: type[Kind]) -> None:
    found = derive.title(kind, kind.example)
    assert found and all(found.values())


def test_every_vocabulary_exists(kind: type[Kind]) -> None:
    for field in all_fields(kind.fields):
        if isinstance(field, Term):
            assert terms.source().terms(field.vocabulary), f"{field.name}: no vocabulary {field.vocabulary}"


def test_links_lead_to_kinds_and_have_a_role(kind: type[Kind]) -> None:
    for field in all_fields(kind.fields):
        if isinstance(field, Link):
            assert set(field.to) <= {*KINDS, kind.slug}, f"{field.name} leads to a kind that is not there"


def test_what_is_shown_says_its_language(kind: type[Kind]) -> None:
    for lang in LANGUAGES:
        for field in kind.fields:
            value = kind.example.get(field.name)
            if value is None:
                continue
            shown = field.show(value, context(kind, lang))
            pieces = [p for row in shown if isinstance(row, Row) for _label, cell in row.cells for p in cell]
            pieces += [piece for piece in shown if isinstance(piece, Piece)]
            assert pieces, f"{field.name} shows nothing"
            assert all(piece.text for piece in pieces)
            assert {piece.lang for piece in pieces} <= {*LANGUAGES, "", "tr", "ar", "fa", "chg", "ota"}


def test_facts_come_from_the_example(kind: type[Kind]) -> None:
    facts = list(derive.facts(kind, kind.example))
    assert any(isinstance(fact, Words) and fact.weight == "title" for fact in facts)
    facets = {field.facet for field in all_fields(kind.fields) if field.facet}
    assert {fact.name for fact in facts if isinstance(fact, Facet)} <= facets
    rows = {row["_id"] for value in kind.example.values() if isinstance(value, list) for row in value if "_id" in row}
    assert all(fact.row in {"", *rows} for fact in facts if isinstance(fact, Reference))


def test_links_are_the_references_among_the_facts(kind: type[Kind]) -> None:
    said = [fact for fact in derive.facts(kind, kind.example) if isinstance(fact, Reference)]
    wanted = sorted({("part", fact.row, fact.role, fact.target or fact.uri) for fact in said})
    assert derive.links(kind.slug, kind.example, "part") == wanted


def test_what_is_closed_leaves_only_its_public_form(kind: type[Kind]) -> None:
    opened, parts = derive.split(kind, kind.example)
    assert set(opened) | {name for content in parts.values() for name in content} == set(kind.example)
    for name, content in parts.items():
        assert name in kind.parts
        for key, exact in content.items():
            field = kind.field(key)
            assert field is not None and field.part == name
            assert opened.get(key) == field.public(exact)
            if key in opened and opened[key].get("precision") != "exact":
                assert opened[key] != exact


def test_the_public_form_is_idempotent(kind: type[Kind]) -> None:
    """Generalising what is general already changes nothing, so that copies agree with their origin."""
    opened, _parts = derive.split(kind, kind.example)
    for field in kind.fields:
        if field.part and field.name in opened:
            assert field.public(opened[field.name], like=opened[field.name]) == opened[field.name]


def test_the_public_form_is_never_finer_than_said(kind: type[Kind]) -> None:
    opened, parts = derive.split(kind, kind.example)
    for content in parts.values():
        for name, value in content.items():
            if isinstance(value, dict) and value.get("geometry") and value["precision"] != "exact":
                lat, lon = geo.centre(value["geometry"])
                text = json.dumps(opened.get(name, {}))
                assert str(lat) not in text and str(lon) not in text


def test_every_older_version_has_its_upgrade_and_example(kind: type[Kind]) -> None:
    older = set(range(1, kind.version))
    assert set(kind.upgrades) == older, "one upgrade for each older version"
    assert set(kind.old_examples) == older, "one stored example of each older version"
    for version in older:
        before = json.loads(json.dumps(kind.old_examples[version]))
        upgraded = kind.upgrade(json.loads(json.dumps(before)), version)
        assert kind.clean(upgraded, context(kind)) == upgraded


def test_values_of_the_example_are_read_back_from_one_cell(kind: type[Kind]) -> None:
    """Where a field takes text from a table, what it takes is cleaned without a crash."""
    for field in kind.fields:
        if not isinstance(field, Group) and isinstance(kind.example.get(field.name), str):
            raw = field.read(kind.example[field.name], context(kind))
            assert field.clean(raw, context(kind)) == kind.example[field.name]


def test_the_record_has_its_columns(kind: type[Kind]) -> None:
    from ortaq.engine.models import Record

    opened, _parts = derive.split(kind, kind.example)
    record = Record(kind=kind.slug, kind_version=kind.version, data=opened)
    derive.columns(record)
    assert record.title or kind.field(kind.title).part  # type: ignore[union-attr]
    assert record.country == kind.example["country"]
    assert record.country in settings.ORTAQ_COUNTRIES


def test_a_kind_is_deletable_data(kind: type[Kind]) -> None:
    """Nothing of a kind hangs on the instance: it is declarations and pure functions."""
    assert all(dataclasses.is_dataclass(field) for field in all_fields(kind.fields))
    assert not [name for name, value in vars(kind).items() if callable(value) and not name.startswith("_")]
