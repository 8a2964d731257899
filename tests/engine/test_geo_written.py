"""Places as people type them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ortaq.engine.geo import clean, parse, to_dms
from ortaq.engine.problems import Problem

YASAWI = {"type": "Point", "coordinates": [68.271, 43.2974]}
YASAWI_SECONDS = {"type": "Point", "coordinates": [68.271, 43.2973889]}


@pytest.mark.parametrize(
    "text",
    [
        "43.2974, 68.2710",
        "43.2974,68.2710",
        " 43.2974 68.2710 ",
        "43,2974; 68,2710",
        "43,2974 68,2710",
        "43,2974, 68,2710",
        "(43.2974, 68.2710)",
        "43.2974° 68.2710°",
        "43.2974°N, 68.2710°E",
        "N43.2974 E68.2710",
        "n 43.2974, e 68.2710",
        "68.2710E 43.2974N",
        "43.2974 с.ш. 68.2710 в.д.",
        "43,2974° С, 68,2710° В",
        "43.2974 северной широты, 68.2710 восточной долготы",
        "43,2974 с. е. 68,2710 ш. б.",
        "солтүстік ендік 43,2974, шығыс бойлық 68,2710",
        "43,2974 şm. e., 68,2710 ş. u.",
        "43,2974° Şimal enliyi 68,2710° Şərq uzunluğu",
        "43,2974 ŞM.E. 68,2710 Ş.U.",
        "POINT (68.271 43.2974)",
        "point(68.271 43.2974)",
        '{"type": "Point", "coordinates": [68.271, 43.2974]}',
        '\ufeff{"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [68.271, 43.2974]}}',
        '{"type": "FeatureCollection", "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}'
        ', "features": [{"type": "Feature", "geometry": {"type": "Point", "coordinates": [68.271, 43.2974]}}]}',
    ],
)
def test_many_ways_to_write_one_place(text: str) -> None:
    assert clean(parse(text)) == YASAWI


@pytest.mark.parametrize(
    "text",
    [
        "43°17'50.6\"N 68°16'15.6\"E",
        "43°17′50.6″ 68°16′15.6″",
        "43º 17’ 50,6” N; 68º 16’ 15,6” E",
        "N43°17'50.6''E68°16'15.6''",
        "68°16′15,6″ в. д., 43°17′50,6″ с. ш.",
        "43°17′50,6″ с. е., 68°16′15,6″ ш. б.",
        "43°17′50,6″ şm.e. 68°16′15,6″ ş.u.",
    ],
)
def test_degrees_minutes_and_seconds(text: str) -> None:
    assert parse(text) == YASAWI_SECONDS


@pytest.mark.parametrize(
    ("text", "latitude", "longitude"),
    [
        ("-33.5, -70.25", -33.5, -70.25),
        ("−33.5; 70.25", -33.5, 70.25),
        ("33.5 S 70.25 W", -33.5, -70.25),
        ("33,5 ю.ш. 70,25 з.д.", -33.5, -70.25),
        ("33,5 о.е. 70,25 б.б.", -33.5, -70.25),
        ("33,5 c.e. 70,25 q.u.", -33.5, -70.25),
        ("40°22' 49°53.5'", 40.3666667, 49.8916667),
        ("43 68", 43.0, 68.0),
    ],
)
def test_the_other_halves_of_the_earth(text: str, latitude: float, longitude: float) -> None:
    assert parse(text) == {"type": "Point", "coordinates": [longitude, latitude]}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "place_unclear"),
        ("Turkistan", "place_unclear"),
        ("43,68", "place_unclear"),
        ("43.2974", "place_unclear"),
        ("43.2974-68.2710", "place_unclear"),
        ("43.2974 N 68.2710", "place_unclear"),
        ("43.2974 N 68.2710 N", "place_unclear"),
        ("43.2974 N E 68.2710", "place_unclear"),
        ("-43.2974 N 68.2710 E", "place_unclear"),
        ("43.2974 C 68.2710 B", "place_unclear"),
        ("43.5°17' 68°16'", "place_unclear"),
        ("43.2974, 68.2710, 320", "place_unclear"),
        ("12500000 4800000", "place_unclear"),
        ("1.2.3 4", "place_unclear"),
        ("43 68 " + "x" * 5000, "place_unclear"),
        ("43°61'N 68°16'E", "place_minutes"),
        ("43°16'60\"N 68°16'E", "place_minutes"),
        ("POINT (68 43", "place_wkt"),
        ("{", "place_json"),
        ('{"a":' * 100_000, "place_json"),
        ('{"type": "FeatureCollection", "features": []}', "place_several"),
        ('{"type": "FeatureCollection", "features": [1]}', "place_several"),
        ('{"type": "FeatureCollection", "features": [], "crs": {"properties": {"name": "EPSG:28412"}}}', "place_crs"),
    ],
)
def test_what_has_no_single_reading_is_refused(text: str, code: str) -> None:
    with pytest.raises(Problem) as caught:
        parse(text)
    assert caught.value.code == code


def test_wkt_of_any_type_is_read_and_judged_by_cleaning() -> None:
    area = clean(parse("POLYGON ((68 43, 69 43, 69 44, 68 43), (68.6 43.2, 68.8 43.2, 68.8 43.4, 68.6 43.2))"))
    assert area["type"] == "Polygon" and len(area["coordinates"]) == 2
    with pytest.raises(Problem) as caught:
        clean(parse("GEOMETRYCOLLECTION (POINT (68 43))"))
    assert caught.value.code == "geometry_type"
    with pytest.raises(Problem) as caught:
        clean(parse("POINT EMPTY"))
    assert caught.value.code == "geometry_empty"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("kk", "43°17′50,6″ с. е., 68°16′15,6″ ш. б."),
        ("az", "43°17′50,6″ şm. e., 68°16′15,6″ ş. u."),
        ("ru", "43°17′50,6″ с. ш., 68°16′15,6″ в. д."),
        ("en", "43°17′50.6″N, 68°16′15.6″E"),
        ("xx", "43°17′50.6″N, 68°16′15.6″E"),
    ],
)
def test_a_place_is_written_in_the_readers_way(lang: str, text: str) -> None:
    assert to_dms(43.2974, 68.2710, lang) == text


def test_seconds_never_show_sixty() -> None:
    assert to_dms(59.99999999, -0.000001, "en") == "60°00′00.0″N, 0°00′00.0″E"


@settings(deadline=None)
@given(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from(["kk", "az", "ru", "en"]))
def test_what_is_written_can_be_read(latitude: float, longitude: float, lang: str) -> None:
    read: dict[str, Any] = parse(to_dms(latitude, longitude, lang))
    assert read["coordinates"] == pytest.approx([longitude, latitude], abs=0.051 / 3600)
