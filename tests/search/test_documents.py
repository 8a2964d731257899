"""What of a record goes into the index, and into which of its two documents."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ortaq.engine import access, actions, derive, kinds
from ortaq.engine.fields.base import Context
from ortaq.engine.ids import uuid7
from ortaq.engine.models import ClosedPart, Record
from ortaq.search import undeclared
from ortaq.search.documents import documents, indexed_part, sort_key
from ortaq.search.index import IndexWriter
from ortaq.search.schema import Document
from tests.cast import Cast

EXACT = (42.851234, 68.271234)


def both(record: Record) -> tuple[Document, Document]:
    opened, exact = documents([record])
    assert (opened.variant, exact.variant) == ("open", "exact")
    return opened, exact


def said(document: Document) -> str:
    """Everything that a document could be found by."""
    return repr(document)


def person(cast: Cast) -> Record:
    data = {
        "names": [{"name": {"text": "Гүлнар Әбенова", "lang": "kk"}, "kind": "official"}],
        "country": "KZ",
        "about": {"ru": {"text": "Реставратор керамики."}},
        "contacts": [{"contact": "+77010000000"}],
        "sources": [{"source": {"text": "Тест", "certainty": "V"}}],
    }
    return actions.create(cast.aigerim, "person", data, owner=cast.museum)


def test_the_exact_place_is_in_the_second_document_only(cast: Cast) -> None:
    opened, exact = both(cast.monument())
    assert (exact.lat, exact.lon) == EXACT
    assert (opened.lat, opened.lon) != EXACT and opened.lat is not None
    assert exact.cells[-1] not in opened.cells and exact.cells[0] == opened.cells[0]
    assert [len(cell) for cell in exact.cells] == list(range(1, 17)), "one cell a zoom: a map counts a record once"
    for digits in ("42.851234", "68.271234"):
        assert digits in said(exact) and digits not in said(opened)


def test_a_part_that_is_not_the_indexed_one_is_in_no_document(cast: Cast) -> None:
    opened, exact = both(cast.monument())
    assert "меншік иесі" not in said(opened) + said(exact)


def test_both_documents_carry_the_tokens_of_the_record_and_of_the_part(cast: Cast) -> None:
    record = cast.monument()
    opened, exact = both(record)
    assert set(opened.tokens) == set(exact.tokens) == {"public", f"org:{cast.museum}"}
    assert set(opened.part_tokens) == set(exact.part_tokens) == record.part_tokens("place")
    assert "public" not in opened.part_tokens
    assert (opened.key, exact.key) == (str(record.id), f"{record.id}+place")


def test_the_names_of_a_person_are_in_the_second_document_only(cast: Cast) -> None:
    opened, exact = both(person(cast))
    assert opened.titles == {} and "Әбенова" not in said(opened)
    assert exact.titles == {"kk": "Гүлнар Әбенова"} and exact.sort_keys["kk"] and not opened.sort_keys
    assert "Реставратор" in said(opened) and "+7701" not in said(opened) + said(exact)


def test_titles_texts_terms_and_facets_come_from_the_facts(cast: Cast) -> None:
    record = cast.monument()
    opened, _ = both(record)
    assert opened.titles["kk"] == "Арыстан баб кесенесі" and opened.titles["az"] == "Arıstan Bab türbəsi"
    assert (None, record.pid, "title") in opened.texts
    assert ("ru", "Перестроен в начале XX века.", "text") in opened.texts
    assert {lang for lang, _text, weight in opened.texts if weight == "term"} >= {"kk", "az", "ru", "en"}
    assert opened.facets["type"] == ["mausoleum"] and opened.facets["century"] == ["14", "15"]
    assert "kz-turkistan" in opened.facets["region"] and "kz-turkistan-otyrar" in opened.facets["region"]
    assert (opened.date_min, opened.date_max) == (record.date_min, record.date_max) != (None, None)
    assert (opened.lat, opened.lon) == (record.lat, record.lon)
    assert set(opened.languages) == {"kk", "az", "ru", "en"}
    assert len(opened.texts) == len(set(opened.texts)), "no text twice"


def test_a_draft_is_indexed_under_its_own_tokens(cast: Cast) -> None:
    opened, exact = both(cast.monument(state="draft"))
    assert set(opened.tokens) == {f"org:{cast.museum}", f"actor:{cast.aigerim.id}"}
    assert opened.state == exact.state == "draft"


def test_what_is_withdrawn_merged_or_erased_has_no_documents(cast: Cast) -> None:
    gone, stays, merged, erased = (cast.monument() for _ in range(4))
    gone = actions.withdraw(cast.aigerim, Record, gone.id, reason="қате")
    actions.merge(cast.aigerim, merged.id, stays.id, reason="қайталанған")
    request = actions.request_erasure(cast.aigerim, Record, erased.id, reason="сұрау бойынша")
    actions.confirm(cast.bolat, request.id)
    rows = Record.objects.filter(id__in=[gone.id, stays.id, merged.id, erased.id])
    assert {document.thing for document in documents(rows)} == {str(stays.id)}


@pytest.mark.parametrize("changes", [{"kind": "spaceship"}, {"kind_version": 99}])
def test_of_an_unknown_kind_only_title_and_number_are_indexed(cast: Cast, changes: dict[str, Any]) -> None:
    record = cast.monument()
    Record.objects.filter(id=record.id).update(**changes)
    (document,) = documents(Record.objects.filter(id=record.id))
    assert document.titles == record.title and document.texts == [(None, record.pid, "title")]
    assert document.part_tokens == [] and document.lat is None and document.facets == {}


def test_a_part_whose_content_is_not_here_has_no_second_document(cast: Cast) -> None:
    record = cast.monument()
    ClosedPart.objects.filter(thing=record.id, name="place").update(content=None, salt=None)
    (document,) = documents([record])
    assert document.variant == "open" and document.part_tokens == []


def test_a_record_that_cannot_be_read_keeps_its_title_and_stops_nobody(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    good, bad = cast.monument(), cast.monument()
    Record.objects.filter(id=bad.id).update(data={**bad.data, "dating": "not a list"})
    found = documents(Record.objects.filter(id__in=[good.id, bad.id]))
    kept = [document for document in found if document.thing == str(bad.id)]
    assert len(found) == 3 and len(kept) == 1 and kept[0].titles["ru"] == "Мавзолей Арыстан-баб"
    assert str(bad.id) in caplog.text


def test_the_number_of_queries_does_not_grow(cast: Cast) -> None:
    records = [cast.monument() for _ in range(3)]
    with CaptureQueriesContext(connection) as queries:
        assert len(documents(records)) == 6
    assert len(queries) == 2


def test_sort_keys_follow_the_alphabet_of_each_language() -> None:
    kazakh = ["Алматы", "Әулиеата", "Байқоңыр", "Қарағанды", "Ұлытау", "Шымкент"]
    assert sorted(kazakh[::-1], key=lambda name: sort_key("kk", name)) == kazakh
    azeri = ["Bakı", "Cəlilabad", "Çıraqqala", "Əlincə", "Füzuli", "Xaçmaz", "Qəbələ", "Şəki"]
    assert sorted(azeri[::-1], key=lambda name: sort_key("az", name)) == azeri
    assert sort_key("kk", "") == "" and len(sort_key("ru", "я" * 5_000)) <= 1_000


def test_the_example_of_every_kind_can_be_indexed(cast: Cast, tmp_path: Path) -> None:
    found = []
    for kind in kinds.KINDS.values():
        data = kind.clean(kind.example, Context(country="KZ"))
        now = timezone.now()
        opened = derive.split(kind, data)[0]
        record = Record(id=uuid7(), owner=uuid7(), kind=kind.slug, data=opened, created=now, updated=now)
        derive.columns(record)
        found += documents([record])
        declared = {f.facet for f in _fields(kind.fields)} - {""}
        assert found[-1].facets.keys() - set(undeclared.NAMES) <= declared
    assert len(found) == len(kinds.KINDS)
    with IndexWriter(tmp_path) as writer:
        assert writer.put(found, [], 1) == []


def _fields(fields: list[Any]) -> list[Any]:
    return [*fields, *(inner for f in fields for inner in _fields(getattr(f, "fields", [])))]


def test_a_kind_has_at_most_one_indexed_part() -> None:
    for kind in kinds.KINDS.values():
        assert sum(part.indexed for part in kind.parts.values()) <= 1, kind.slug
    assert indexed_part(kinds.get("heritage_object")) == "place" and indexed_part(None) == ""


def test_the_text_of_a_reader_and_of_the_index_agree(cast: Cast) -> None:
    """The exact document says no more than a reader of that part alone is shown."""
    record = cast.monument()
    _, exact = both(record)
    view = access.get(cast.dana, record.id)
    shown = {fact.text for fact in derive.facts(kinds.KINDS[record.kind], view.data) if hasattr(fact, "text")}
    assert {text for _lang, text, weight in exact.texts if weight == "text"} <= shown
    assert uuid.UUID(exact.thing) == record.id
