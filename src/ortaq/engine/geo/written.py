"""Places as people write them: decimal degrees, degrees-minutes-seconds in five languages, WKT, GeoJSON."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from django.utils.translation import gettext_lazy

from ortaq.engine.geo.shapes import DIGITS, Geometry
from ortaq.engine.problems import Problem

LONGEST_PAIR = 200  # characters of a typed pair of coordinates
LONGEST = 64_000_000  # characters of WKT or GeoJSON: a million vertices with room

NUMBER = r"[0-9]{1,3}(?:[.,][0-9]{1,20})?"
ANGLE = re.compile(
    rf"""(?:(?<![^\s,;/|])(?P<sign>[-+−]))? (?<![0-9]) (?P<degrees>{NUMBER})(?![0-9])
    (?:\s*[°º˚] (?:\s*(?P<minutes>{NUMBER})\s*['′’ʹ] (?:\s*(?P<seconds>{NUMBER})\s*(?:["″”ʺ]|''|′′|’’))?)?)?""",
    re.VERBOSE,
)
WKT = re.compile(r"(?:MULTI)?(?:POINT|LINESTRING|POLYGON)\b|GEOMETRYCOLLECTION\b", re.IGNORECASE)
SAME_CRS = re.compile(
    r"(EPSG:{1,2}4326|urn:ogc:def:crs:(OGC:[0-9.]*:CRS84|EPSG:[0-9.]*:4326)|OGC:CRS84)", re.IGNORECASE
)

# Written without dots and spaces. Single Latin letters are English only: a Turkish B is west, a Cyrillic one east.
HEMISPHERES: dict[str, tuple[str, int]] = {
    **dict.fromkeys(("n", "north", "с", "сш", "севернойшироты", "се", "солтүстікендік"), ("latitude", 1)),
    **dict.fromkeys(("şme", "şe", "şimalenliyi", "şimalendairəsi"), ("latitude", 1)),
    **dict.fromkeys(("s", "south", "ю", "юш", "южнойшироты", "ое", "оңтүстікендік"), ("latitude", -1)),
    **dict.fromkeys(("ce", "cənubenliyi", "cənubendairəsi"), ("latitude", -1)),
    **dict.fromkeys(("e", "east", "в", "вд", "восточнойдолготы", "шб", "шығысбойлық"), ("longitude", 1)),
    **dict.fromkeys(("şu", "şərquzunluğu"), ("longitude", 1)),
    **dict.fromkeys(("w", "west", "з", "зд", "западнойдолготы", "бб", "батысбойлық"), ("longitude", -1)),
    **dict.fromkeys(("qu", "qərbuzunluğu"), ("longitude", -1)),
}
# Decimal mark, then north, south, east, west as written after an angle.
STYLES: dict[str, tuple[str, str, str, str, str]] = {
    "kk": (",", " с. е.", " о. е.", " ш. б.", " б. б."),
    "az": (",", " şm. e.", " c. e.", " ş. u.", " q. u."),
    "ru": (",", " с. ш.", " ю. ш.", " в. д.", " з. д."),
    "en": (".", "N", "S", "E", "W"),
}


def parse(text: str) -> Geometry:
    """The GeoJSON geometry, not yet cleaned, of a typed place.

    A pair without letters is latitude, longitude. Raises :class:`Problem` for what has no single reading.
    """
    text = text.strip().removeprefix("\ufeff")
    if len(text) > LONGEST:
        raise Problem(
            "place_too_long", gettext_lazy("The text of the place is too long. Import it from a file instead.")
        )
    if text.startswith("{"):
        return from_geojson(text)
    if WKT.match(text):
        return from_wkt(text)
    latitude, longitude = from_pair(text)
    return {"type": "Point", "coordinates": [longitude, latitude]}


def from_geojson(text: str) -> Geometry:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise Problem(
            "place_json",
            gettext_lazy("This starts like GeoJSON but is not whole or not correct. Copy all of it again."),
        ) from None
    return unwrapped(found)


def unwrapped(found: Any) -> Geometry:
    """The only geometry of a feature or collection; other things as they are, for ``clean`` to judge."""
    if "crs" in found and not SAME_CRS.search(json.dumps(found["crs"])):
        raise Problem(
            "place_crs",
            gettext_lazy(
                "This GeoJSON is in another reference system: %(crs)s. Give the system beside the geometry alone."
            ),
            crs=json.dumps(found["crs"]),
        )
    features = found.get("features")
    if found.get("type") == "FeatureCollection" and isinstance(features, list):
        if len(features) != 1 or not isinstance(features[0], dict):
            raise Problem(
                "place_several",
                gettext_lazy("This contains %(count)s features, but a place has only one. Copy the one that is meant."),
                count=len(features),
            )
        found = features[0]
    if found.get("type") == "Feature" and isinstance(found.get("geometry"), dict):
        return dict(found["geometry"])
    return dict(found)


def from_wkt(text: str) -> Geometry:
    import shapely
    from shapely.geometry import mapping

    try:
        found = shapely.from_wkt(text)
    except shapely.errors.GEOSException:
        raise Problem(
            "place_wkt",
            gettext_lazy("This starts like WKT but cannot be read. Write it as in %(example)s."),
            example="POINT (68.271 43.2974)",
        ) from None
    return dict(mapping(found))


def from_pair(text: str) -> tuple[float, float]:
    """Latitude and longitude of two angles, in the order that their letters say."""
    angles = list(ANGLE.finditer(text)) if len(text) <= LONGEST_PAIR else []
    if len(angles) != 2:
        unclear(text)
    first, second = angles
    between = text[first.end() : second.start()]
    words = [word(gap) for gap in (text[: first.start()].lstrip("(["), between, text[second.end() :].rstrip(")]"))]
    values = value(first, text), value(second, text)
    if not any(words) and between:
        return values
    if words[0] and words[1] and not words[2]:
        letters = words[:2]
    elif words[1] and words[2] and not words[0]:
        letters = words[1:]
    else:
        unclear(text)
    read: dict[str, float] = {}
    for letter, angle, match in zip(letters, values, angles, strict=True):
        if letter not in HEMISPHERES or match["sign"]:
            unclear(text)
        axis, sign = HEMISPHERES[letter]
        read[axis] = sign * angle
    if len(read) != 2:
        unclear(text)
    return read["latitude"], read["longitude"]


def word(gap: str) -> str:
    """The letters of a hemisphere without case, dots and spaces; other marks stay and match nothing."""
    gap = gap.strip().strip(",;/|").strip()
    return re.sub(r"(?<=[^\W\d_])[.\s]+", "", gap).casefold().replace("\u0307", "")


def value(angle: re.Match[str], text: str) -> float:
    """Signed degrees; only the last given of degrees, minutes, seconds may have a fraction."""
    given = [n.replace(",", ".") for n in (angle["degrees"], angle["minutes"], angle["seconds"]) if n]
    if any("." in n for n in given[:-1]):
        unclear(text)
    if any(float(n) >= 60 for n in given[1:]):
        raise Problem(
            "place_minutes",
            gettext_lazy("Minutes and seconds must be below 60; in “%(text)s” they are not. Correct them."),
            text=text,
        )
    degrees = sum(float(n) / unit for n, unit in zip(given, (1, 60, 3600), strict=False))
    return round(-degrees if angle["sign"] in ("-", "−") else degrees, DIGITS) + 0.0


def unclear(text: str) -> NoReturn:
    raise Problem(
        "place_unclear",
        gettext_lazy(
            "“%(text)s” cannot be read as a place. Write latitude and longitude as in %(decimal)s or %(dms)s."
        ),
        text=text,
        decimal="43.2974, 68.2710",
        dms="43°17'50.6\"N 68°16'15.6\"E",
    )


def to_dms(latitude: float, longitude: float, lang: str) -> str:
    """``43°17′50.6″N, 68°16′15.6″E`` as written in kk, az, ru or, for any other, en; a tenth of a second is 3 m."""
    mark, north, south, east, west = STYLES.get(lang, STYLES["en"])
    return f"{angle(latitude, mark, north, south)}, {angle(longitude, mark, east, west)}"


def angle(degrees: float, mark: str, positive: str, negative: str) -> str:
    tenths = round(abs(degrees) * 36_000)
    whole, tenth = divmod(tenths, 10)
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}°{minutes:02}′{seconds:02}{mark}{tenth}″{negative if degrees < 0 and tenths else positive}"
