"""An area in every form that people give it in, and what is refused with a word that helps."""

from __future__ import annotations

import json
from typing import Any

import pytest
from shapely.geometry import shape

from ortaq.areas import given
from ortaq.engine.problems import Problem

SQUARE = [[68.0, 43.0], [68.1, 43.0], [68.1, 43.1], [68.0, 43.1], [68.0, 43.0]]
BESIDE = [[x + 0.05, y] for x, y in SQUARE]


def feature(*rings: Any, **more: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": list(rings)}, **more}


def kml(body: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>{body}</Document></kml>'


RING = " ".join(f"{x},{y},12" for x, y in SQUARE)
POLYGON = (
    f"<outerBoundaryIs><LinearRing><coordinates>{RING}</coordinates></LinearRing></outerBoundaryIs>"
    "<innerBoundaryIs><LinearRing><coordinates>68.02,43.02 68.04,43.02 68.04,43.04 68.02,43.02</coordinates>"
    "</LinearRing></innerBoundaryIs>"
)


@pytest.mark.parametrize(
    "text",
    [
        "POLYGON((68 43, 68.1 43, 68.1 43.1, 68 43.1, 68 43))",
        json.dumps({"type": "Polygon", "coordinates": [SQUARE]}),
        json.dumps(feature(SQUARE)),
        "\ufeff" + json.dumps({"type": "FeatureCollection", "features": [feature(SQUARE)]}),
        kml(
            f"<Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>{RING}</coordinates></LinearRing>"
            "</outerBoundaryIs></Polygon></Placemark>"
        ),
    ],
)
def test_an_area_in_every_form_is_the_same(text: str) -> None:
    assert shape(given.read(text)).equals(shape({"type": "Polygon", "coordinates": [SQUARE]}))
    assert given.read_file(text.encode()) == given.read(text)


def test_a_kml_area_keeps_its_hole() -> None:
    found = given.read(kml(f"<Placemark><Polygon>{POLYGON}</Polygon></Placemark>"))
    assert len(found["coordinates"]) == 2


def test_overlapping_areas_of_a_file_become_one() -> None:
    found = given.read(json.dumps({"type": "FeatureCollection", "features": [feature(SQUARE), feature(BESIDE)]}))
    assert found["type"] == "Polygon"
    assert shape(found).area == pytest.approx(0.15 * 0.1)


def test_points_and_lines_are_areas_too() -> None:
    assert given.read("43.2974, 68.2710") == {"type": "Point", "coordinates": [68.271, 43.2974]}
    two = "<Point><coordinates>68,43</coordinates></Point><Point><coordinates>69,44</coordinates></Point>"
    assert given.read(kml(two)) == {"type": "MultiPoint", "coordinates": [[68.0, 43.0], [69.0, 44.0]]}
    line = given.read(kml("<LineString><coordinates>68,43 69,44</coordinates></LineString>"))
    assert line["type"] == "LineString"


def test_another_reference_system_is_turned() -> None:
    found = given.read("POINT (12600000 4797000)", "EPSG:28412")
    lon, lat = found["coordinates"]
    assert 69 < lon < 71 and 43 < lat < 44


@pytest.mark.parametrize("text", ["43.2974, 68.271", json.dumps({"type": "Polygon", "coordinates": [SQUARE]})])
def test_what_is_written_is_read_again(text: str) -> None:
    found = given.read(text)
    assert given.read(given.written(found)) == found


ENTITY = '<!DOCTYPE kml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><kml>&b;</kml>'
REFUSED = {
    "": "area_missing",
    "here": "place_unclear",
    "{": "area_file",
    "[1, 2]": "area_file",
    '{"type": "FeatureCollection", "features": 7}': "area_file",
    '{"type": "FeatureCollection", "features": []}': "area_empty",
    '{"type": "Feature", "geometry": null}': "area_empty",
    '{"type": "Polygon", "coordinates": "x"}': "geometry_coordinates",
    '{"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, 2]}, '
    '{"type": "LineString", "coordinates": [[1, 2], [3, 4]]}]}': "area_mixed",
    "<kml": "area_file",
    ENTITY: "area_file",
    kml("<Point><coordinates>a,b</coordinates></Point>"): "area_file",
    kml("<Point><coordinates> </coordinates></Point>"): "area_file",
    kml(""): "area_empty",
    "POLYGON((0 0, 1 1, 0 1, 1 0, 0 0))": "geometry_self_crossing",
    "POINT (500 500)": "geometry_out_of_range",
    '{"type": "GeometryCollection", "geometries": [' * 50 + "]}" * 50: "area_file",
    "x" * (given.LARGEST + 1): "area_large",
    json.dumps({"type": "LineString", "coordinates": [[n / 1000, 0] for n in range(30_000)]}): "area_large",
    "1," * (given.COMMAS * given.MOST_CORNERS + 1): "area_large",
}


@pytest.mark.parametrize("text", REFUSED, ids=list(REFUSED.values()))
def test_what_is_no_area_is_refused(text: str) -> None:
    with pytest.raises(Problem) as wrong:
        given.read(text)
    assert wrong.value.code == REFUSED[text] and wrong.value.text


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"PK\x03\x04", "area_packed"), (b"\xff\xfe\x00", "area_file"), (b"x" * (given.LARGEST + 1), "area_large")],
)
def test_what_is_no_file_for_it_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Problem) as wrong:
        given.read_file(content)
    assert wrong.value.code == code


def comb(teeth: int, across: bool) -> list[list[float]]:
    """A ring with so many teeth that another one laid across it meets it everywhere."""
    tops = [(n + side, top) for n in range(teeth) for side, top in ((0.25, 0), (0.25, 1), (0.75, 1), (0.75, 0))]
    ring = [(0.0, 0.0), *((x / teeth, y) for x, y in tops), (1.0, 0.0), (1.0, -0.01), (0.0, -0.01), (0.0, 0.0)]
    return [[60 + y, 40 + x] if across else [60 + x, 40 + y] for x, y in ring]


def test_areas_that_cross_each_other_everywhere_are_too_large() -> None:
    """A few kilobytes that would have been united to millions of corners."""
    combs = {"type": "FeatureCollection", "features": [feature(comb(1_000, across)) for across in (False, True)]}
    with pytest.raises(Problem) as wrong:
        given.read(json.dumps(combs))
    assert wrong.value.code == "area_large"


def test_areas_within_areas_of_a_kml_file_are_no_areas() -> None:
    """Each would be looked through for all that is in it, again and again."""
    ring = f"<LinearRing><coordinates>{RING}</coordinates></LinearRing>"
    nested = "<Polygon>" * 60_000 + ring + "</Polygon>" * 60_000
    with pytest.raises(Problem):
        given.read(kml(nested))
