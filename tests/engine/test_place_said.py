"""How sure a place is, in words: what is approximate is never called exact."""

from __future__ import annotations

import pytest

from ortaq.engine.fields.place import Place, approximate
from ortaq.engine.labels import LANGUAGES, L
from ortaq.engine.outputs.page import located

POINT = {"geometry": {"type": "Point", "coordinates": [68.271234, 42.851234]}, "precision": "exact"}
ABOUT = {"kk": "шамамен", "az": "təxmini", "ru": "приблизительн", "en": "approximate"}
FIELD = Place("place", L(kk="Орны", az="Yeri", ru="Место", en="Place"))


@pytest.mark.parametrize(
    "known", [{"certainty": "M"}, {"certainty": "L"}, {"method": "unknown"}, {"method": "text"}, {"accuracy_m": "100"}]
)
def test_a_doubted_point_is_approximate(known: dict[str, str]) -> None:
    for lang in LANGUAGES:
        for opened in (True, False):
            shown = located({**POINT, **known}, lang, opened)
            assert shown.approximate and shown.written.startswith("≈ ") and ABOUT[lang] in shown.precision


@pytest.mark.parametrize("known", [{}, {"certainty": "V"}, {"method": "gnss"}, {"accuracy_m": "3"}])
def test_a_point_without_doubt_is_exact(known: dict[str, str]) -> None:
    shown = located({**POINT, **known}, "en", opened=True)
    assert (shown.approximate, shown.precision) == (False, "exact") and "≈" not in shown.written


def test_the_middle_of_an_area_is_called_that() -> None:
    for lang, word in {"kk": "ортасы", "az": "ortası", "ru": "середина", "en": "middle"}.items():
        shown = located({**POINT, "method": "centre"}, lang, opened=False)
        assert word in shown.precision and ABOUT[lang] in shown.precision


def test_a_closed_point_is_approximate_for_the_public() -> None:
    public = FIELD.public({**POINT, "precision": "10km", "accuracy_m": "5", "method": "gnss", "certainty": "V"})
    assert set(public) == {"precision", "geometry"}
    assert located(public, "en", opened=False).precision == "approximate place, within 10 km"


def test_who_opened_an_approximate_point_reads_what_others_see() -> None:
    shown = located({**POINT, "precision": "1km", "certainty": "L"}, "en", opened=True)
    assert (shown.precision, shown.public) == ("approximate place", "within 1 km")


def test_an_exact_public_point_says_how_it_was_found() -> None:
    public = FIELD.public({**POINT, "method": "unknown", "certainty": "H"})
    assert public == {**POINT, "method": "unknown", "certainty": "H"} and approximate(public)
    assert FIELD.public(public) == public
