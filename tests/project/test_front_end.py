"""The built front end holds what it is built from, whatever the folder of the checkout is called."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "src" / "ortaq" / "web" / "static" / "dist"


def test_every_style_sheet_is_in_the_built_one() -> None:
    built = (DIST / "ortaq.css").read_text("utf-8")
    for sheet in (ROOT / "frontend" / "css").glob("*.css"):
        classes = re.findall(r"^\.([a-z][a-z-]+)", sheet.read_text("utf-8"), flags=re.MULTILINE)
        assert all(f".{name}" in built for name in classes), sheet.name


def test_static_files_are_asked_for_where_they_lie() -> None:
    built = (DIST / "ortaq.css").read_text("utf-8")
    asked = set(re.findall(r"url\(\"?\.\./([^)\"]+)\"?\)", built))
    assert asked
    assert all((DIST.parent / path).is_file() for path in asked)


# Names of XML languages, a base for reading addresses, and links that are shown to people; nothing of it is fetched.
NOT_ASKED = {"www.w3.org", "maplibre.invalid", "maplibre.org", "github.com", "wiki.openstreetmap.org"}


def test_the_built_scripts_and_styles_know_no_other_host() -> None:
    files = [file for file in DIST.rglob("*") if file.suffix in (".js", ".css", ".json")]
    hosts = {host for file in files for host in re.findall(r"https?://([a-z0-9.-]+)", file.read_text("utf-8"))}
    assert len(files) > 10
    assert hosts <= NOT_ASKED


def test_reading_pages_carry_nothing_of_the_map() -> None:
    for name in ("ortaq.js", "form.js", "ortaq.css"):
        assert "maplibre" not in (DIST / name).read_text("utf-8").lower()


def test_the_map_stays_within_its_size() -> None:
    """What somebody waits for who opens a map, compressed."""
    limits = {"shared.js": 320, "worker.js": 165, "draw.js": 45, "results.js": 4, "map.css": 12, "atlas.json": 160}
    sizes = {name: (DIST / "map" / f"{name}.gz").stat().st_size for name in limits}
    assert {name: size for name, size in sizes.items() if size > limits[name] * 1_000} == {}


def test_compressed_files_are_those_beside_them() -> None:
    compressed = list(DIST.rglob("*.gz"))
    assert compressed
    for file in compressed:
        assert gzip.decompress(file.read_bytes()) == file.with_suffix("").read_bytes(), file.name


def test_every_country_of_the_atlas_can_be_named() -> None:
    atlas = json.loads((DIST / "map" / "atlas.json").read_text("utf-8"))
    countries = {land.get("id"): land["properties"] for land in atlas["objects"]["countries"]["geometries"]}
    for number, (west, south, east, north) in {"398": (46, 40, 88, 56), "031": (44, 38, 51, 42)}.items():
        lon, lat = countries[number]["at"]
        assert west < lon < east and south < lat < north
