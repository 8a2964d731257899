"""Every kind through every output: form, page, JSON, GeoJSON, table, diff, index."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import timezone, translation

from ortaq.engine import derive
from ortaq.engine.access import View
from ortaq.engine.actions.base import part_audiences
from ortaq.engine.fields import Context
from ortaq.engine.kinds import Kind
from ortaq.engine.labels import LANGUAGES
from ortaq.engine.models import Record
from ortaq.engine.outputs import form, geojson, page, table
from ortaq.engine.outputs import json as json_output
from ortaq.engine.outputs.diff import diff
from ortaq.search.documents import documents
from tests.web.posting import Controls

OPENED, SHUT = "inside", "outside"


def view_of(kind: type[Kind], reader: str = OPENED) -> View:
    """The example as its owner sees it, or as somebody without any closed part does."""
    opened, parts = derive.split(kind, kind.example)
    now = timezone.now()
    record = Record(
        kind=kind.slug, kind_version=kind.version, origin=uuid4(), owner=uuid4(), created=now, updated=now, revision=1
    )
    record.data, record.parts, record.audience, record.state = (
        opened,
        dict.fromkeys(parts, "x"),
        ["public"],
        "published",
    )
    record.part_audiences = part_audiences(kind, kind.example)
    record.pid = "TEST-000123"
    derive.columns(record)
    data = dict(kind.example) if reader == OPENED else opened
    mine = frozenset(parts) if reader == OPENED else frozenset()
    return View(record, data, derive.title(kind, data), mine, frozenset(parts) - mine)


def address(view: View, _lang: str) -> str:
    return f"/o/{view.key}"


def posted(kind: type[Kind], lang: str, view: View | None = None) -> QueryDict:
    """What a browser sends back when nobody changes anything in the form of the example."""
    context = Context(lang=lang, country=str(kind.example.get("country", "")))
    with translation.override(lang):
        questions, mistakes = form.questions(kind, context, view.data if view else kind.example, view)
        assert not mistakes
        shown = [
            render_to_string("ortaq/widgets/field.html", {"w": q.widget, "part": q.part, "others": q.others})
            for q in questions
        ]
    controls = Controls()
    controls.feed("<form>" + "".join(shown) + "</form>")
    found = QueryDict(mutable=True)
    for name, values in controls.forms[0].items():
        found.setlist(name, values)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_form_that_nobody_touched_changes_nothing(kind: type[Kind], lang: str) -> None:
    raw = form.take(kind, posted(kind, lang))
    context = Context(lang=lang, country=str(kind.example.get("country", "")))
    assert kind.clean(raw, context) == kind.example


def test_the_form_leaves_out_what_is_closed(kind: type[Kind]) -> None:
    outside = view_of(kind, SHUT)
    sent = posted(kind, "en", outside)
    closed = {f.name for f in kind.fields if f.part in outside.closed}
    assert not [key for key in sent if key.partition(".")[0] in closed]


def test_the_form_writes_nothing_that_a_browser_would_run(kind: type[Kind]) -> None:
    wicked = '"><script>alert(1)</script>'
    data = {f.name: wicked for f in kind.fields}
    questions, _mistakes = form.questions(kind, Context(), data)
    for question in questions:
        html = render_to_string("ortaq/widgets/field.html", {"w": question.widget, "part": None, "others": None})
        assert "<script>" not in html


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("reader", [OPENED, SHUT])
def test_the_page_has_a_title_and_its_facts(kind: type[Kind], lang: str, reader: str) -> None:
    view = view_of(kind, reader)
    with translation.override(lang):
        found = page.page(view, lang, address)
    assert found.title.text
    if view.title:
        assert found.title.text in view.title.values() and found.title.lang in view.title
    assert {section.name for section in (*found.facts, *found.texts)} <= {field.name for field in kind.fields}
    narrow = {name for name in view.record.parts if "public" not in view.record.part_audiences[name]}
    assert [closed.opened for closed in found.closed] == [reader == OPENED] * len(narrow)
    assert all(closed.label and closed.readers for closed in found.closed)
    assert not found.other


def test_json_and_geojson_tell_the_same_place(kind: type[Kind]) -> None:
    for reader in (OPENED, SHUT):
        view = view_of(kind, reader)
        item = json_output.item(view, "https://node.example/o/TEST-000123")
        feature = geojson.feature(view, "https://node.example/o/TEST-000123")
        assert json.loads(json.dumps(item)) == item
        assert item["title"] == feature["properties"]["title"] == view.title
        assert (item["place"] or {}).get("geometry") == feature["geometry"]


def test_the_table_has_a_cell_for_each_column(kind: type[Kind]) -> None:
    out = io.StringIO()
    assert table.write(kind, [view_of(kind), view_of(kind, SHUT)], "en", out) == 2
    rows = list(csv.reader(io.StringIO(out.getvalue())))
    assert rows[0] == table.columns(kind) and len(set(rows[0])) == len(rows[0])
    assert {len(row) for row in rows} == {len(rows[0])}


def test_a_diff_names_what_changed_and_nothing_else(kind: type[Kind]) -> None:
    inside, outside = view_of(kind), view_of(kind, SHUT)
    assert not diff(inside, inside, "en", address)
    closed = {field.name for field in kind.fields if field.part}
    changed = diff(outside, inside, "en", address)
    assert {change.name.partition(".")[0] for change in changed} <= closed | set(kind.parts)
    assert bool(changed) == (outside.data != inside.data)
    for change in changed:
        assert change.label and (change.closed or change.before != change.after)


def test_nothing_closed_is_in_any_output_for_an_outsider(kind: type[Kind]) -> None:
    outside = view_of(kind, SHUT)
    _opened, parts = derive.split(kind, kind.example)
    secrets = {text for content in parts.values() for text in texts(content)} - texts(outside.record.data)
    secrets = {secret for secret in secrets if len(secret) > 5 and secret not in str(outside.record.part_audiences)}
    with translation.override("en"):
        found = [str(page.page(outside, "en", address)), str(geojson.feature(outside, ""))]
    found += [str(json_output.item(outside, "")), str(table.row(kind, outside, "en")), str(posted(kind, "en", outside))]
    for secret in secrets:
        assert not [text for text in found if secret in text], secret


def texts(value: Any) -> set[str]:
    """Every text and number inside a value."""
    if isinstance(value, dict):
        return {text for inner in value.values() for text in texts(inner)}
    if isinstance(value, list):
        return {text for inner in value for text in texts(inner)}
    return {str(value)}


def test_it_is_indexed_without_being_set_aside(kind: type[Kind], db: None) -> None:
    record = view_of(kind).record
    (document,) = documents([record])
    assert document.kind == kind.slug and document.facets.get("country", []) in ([], [kind.example["country"]])
    assert bool(document.titles) == bool(record.title)
