"""The measurement of names across languages measures what it says."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import search_quality
from bench.search_quality import HALVES, Place, half, read

ROWS = """source\tid\ttype\tcountry\ten\tkk\taz\tru
a\t1\tcity\tKZ\tTurkistan\tТүркістан\tTürküstan\tТуркестан
a\t2\tcity\tAZ\tSheki\tШеки\tŞəki\tШеки
a\t3\tcity\tAZ\tGanja\tГянджа\tGəncə\tГянджа
a\t4\tcity\tKZ\tAbay\tАбай\t\tАбай
b\t4\tcity\tKZ\t\tАбай\t\tАбай
b\t5\tcity\tBR\tEpe\t\tEpe\tЭпе
"""


@given(st.integers(0, 12), st.integers(1, 5), st.integers(1, 5))
def test_ties_count_as_the_average_over_their_orders(above: int, tied: int, right: int) -> None:
    right = min(right, tied)
    firsts = [above + 1 + order.index(True) for order in permutations([True] * right + [False] * (tied - right))]
    figures = Place(above, tied, right).figures()
    assert figures["r1"] == pytest.approx(sum(rank == 1 for rank in firsts) / len(firsts))
    assert figures["r10"] == pytest.approx(sum(rank <= 10 for rank in firsts) / len(firsts))
    assert figures["mrr"] == pytest.approx(sum(1 / rank for rank in firsts) / len(firsts))


def test_a_small_file_of_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: object) -> None:
    names, out = tmp_path / "names.tsv", tmp_path / "out.json"
    names.write_text(ROWS, encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["search_quality", "--names", str(names), "--json", str(out)])
    assert search_quality.main() == 0
    found = json.loads(out.read_text())
    pairs = found["pairs"]
    assert {len(pair.split("-")) for pair in pairs} == {2} and len(pairs) == 12
    assert pairs["kk-az"]["n"] == 3 and pairs["kk-az"]["r1"] == pairs["kk-az"]["r10"] == pairs["kk-az"]["mrr"] == 1
    assert pairs["kk-ru"]["n"] == 5 and pairs["kk-ru"]["r1"] == 1
    # Two places are called Абай: either may come first, and only one of them is meant.
    assert pairs["kk-ru"]["place_r1"] == pairs["kk-ru"]["ceiling_r1"] == pytest.approx(4 / 5)
    assert set(found) == {"pairs", *HALVES} and {half(row["id"]) for row in read(names)} <= set(HALVES)
