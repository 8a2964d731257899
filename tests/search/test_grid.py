"""Cells of a map: as many records as match, never more than the reader may know of, and stable from view to view."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ortaq.search.grid import WHOLE, step
from ortaq.search.index import IndexReader, IndexWriter
from ortaq.search.query import Query
from ortaq.search.schema import Document

EVERYBODY = Query(tokens=frozenset({"public"}))
TEN_DEGREES = 10_000_000


def document(thing: str, **values: Any) -> Document:
    given: dict[str, Any] = {"key": thing, "thing": thing, "variant": "open", "tokens": ["public"], "part_tokens": []}
    return Document(**{**given, "kind": "film", **values})


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[IndexWriter]:
    with IndexWriter(tmp_path) as opened:
        yield opened


def counted(folder: Path, query: Query, size: int = TEN_DEGREES) -> list[tuple[int, float, float]]:
    reader = IndexReader(folder)
    return sorted((cell.count, cell.lat, cell.lon) for cell in reader.grid(query, size))


def test_a_cell_counts_its_records_and_lies_in_their_middle(tmp_path: Path, writer: IndexWriter) -> None:
    places = {"a": (42.0, 68.0), "b": (44.0, 69.0), "c": (-3.5, -60.25)}
    found = [document(thing, lat=lat, lon=lon) for thing, (lat, lon) in places.items()]
    writer.put([*found, document("nowhere")], [], 1)
    assert counted(tmp_path, EVERYBODY) == [(1, -3.5, -60.25), (2, 43.0, 68.5)]
    assert counted(tmp_path, replace(EVERYBODY, bbox=(60, 40, 68.5, 50))) == [(1, 42.0, 68.0)]
    assert counted(tmp_path, replace(EVERYBODY, kind=["book"])) == []


def test_hidden_records_and_exact_places_are_in_no_cell(tmp_path: Path, writer: IndexWriter) -> None:
    both: dict[str, Any] = {"part_tokens": ["org:x"]}
    writer.put(
        [
            document("a", **both, lat=42.5, lon=68.5),
            document("a", key="a+place", **both, variant="exact", lat=42.123456, lon=68.654321),
            document("b", tokens=["org:x"], lat=50.0, lon=60.0),
        ],
        [],
        1,
    )
    assert counted(tmp_path, EVERYBODY) == [(1, 42.5, 68.5)]
    owner = Query(tokens=frozenset({"public", "org:x"}))
    assert counted(tmp_path, owner) == [(1, 42.123456, 68.654321), (1, 50.0, 60.0)]


def test_a_text_that_nothing_has_is_answered_by_what_comes_near(tmp_path: Path, writer: IndexWriter) -> None:
    writer.put([document("a", titles={"en": "Arystan Bab Mausoleum"}, lat=42.0, lon=68.0)], [], 1)
    assert counted(tmp_path, replace(EVERYBODY, text="Arystan Bab Mausoleom")) == [(1, 42.0, 68.0)]
    assert counted(tmp_path, replace(EVERYBODY, text="qqqqzzzz")) == []


def test_an_empty_folder_has_no_cells(tmp_path: Path) -> None:
    assert counted(tmp_path / "none", EVERYBODY) == []


@given(st.floats(0.001, 360), st.integers(1, 100))
def test_cells_are_halves_of_the_earth_and_enough_of_them(width: float, across: int) -> None:
    size = step(width, across)
    assert size in {WHOLE >> halvings for halvings in range(25)}
    if size > 60:
        assert width * 1_000_000 / size >= across
        assert size == WHOLE or width * 1_000_000 / (size * 2) < across
