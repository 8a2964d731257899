"""Maps that the server draws: places stay where they are, and a picture never knows more than its reader."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from ortaq.web import outlines, overview
from ortaq.web.outlines import Frame
from ortaq.web.templatetags.ortaq import MAP, drawn
from tests.cast import Cast

LON = st.floats(-179, 179, allow_nan=False)
LAT = st.floats(-80, 80, allow_nan=False)


@given(LON, LAT, st.floats(0.1, 40), st.floats(0.1, 40))
def test_a_box_fits_into_its_picture(west: float, south: float, wide: float, tall: float) -> None:
    north = min(south + tall, 85)
    frame = Frame.around((west, south, west + wide, north), *MAP)
    for lon, lat in ((west, south), (west + wide, north)):
        x, y = frame.at(lon, lat)
        assert -0.1 <= x <= MAP[0] + 0.1 and -0.1 <= y <= MAP[1] + 0.1


def test_north_is_up_and_east_is_right() -> None:
    frame = Frame.around((60, 40, 70, 45), *MAP)
    assert frame.at(61, 44)[1] < frame.at(61, 41)[1]
    assert frame.at(61, 44)[0] < frame.at(69, 44)[0]


@pytest.mark.parametrize(("country", "inside"), [("KZ", (68.27, 43.3)), ("AZ", (49.83, 40.37))])
def test_a_country_is_known_by_its_code(country: str, inside: tuple[float, float]) -> None:
    found = outlines.box(country)
    assert found and found[0] < inside[0] < found[2] and found[1] < inside[1] < found[3]
    assert drawn({"type": "Point", "coordinates": list(inside)}, country)["land"].startswith("M")


@pytest.mark.parametrize("country", ["", "XX", "../KZ"])
def test_an_unknown_country_has_a_grid(country: str) -> None:
    assert outlines.box(country) is None
    assert drawn({"type": "Point", "coordinates": [68.27, 43.3]}, country)["grid"].startswith("M")


@pytest.mark.django_db
def test_only_objects_that_everybody_sees_are_on_the_map(cast: Cast, client: Client) -> None:
    shown = cast.monument()
    cast.monument(state="draft")
    found = overview.picture()
    assert [dot.key for dot in found["dots"]] == [shown.pid]
    assert len(found["lands"]) == 2
    assert client.get("/kk/").content.count(b'<circle class="point"') == 1
