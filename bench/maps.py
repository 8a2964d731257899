"""What the map in the browser asks for while somebody moves it, over HTTP: four clients at once, far and near views."""

from __future__ import annotations

import json
from urllib.parse import urlencode

from bench import folder, import_, pages, server
from bench.figures import Figure

RECORDS = 2_000
SECONDS = 30.0
MIDDLE = (68.0, 47.0)  # of the country that the generated records lie in
WIDTHS = (60.0, 20.0, 6.0, 2.0, 0.5, 0.1)  # degrees of a view, from the whole country to a town
STEPS = (-0.4, 0.0, 0.4)  # of a width: neighbouring views
FILTERS: tuple[dict[str, str], ...] = ({}, {"kind": "heritage_object", "type": "mausoleum"}, {"q": "кесене"})
AREAS = [{"text": f"{MIDDLE[1] + step}, {MIDDLE[0] + step}", "reach": "5000"} for step in STEPS]


def measure(records: int = RECORDS, seconds: float = SECONDS) -> list[Figure]:
    found: list[Figure] = []
    with folder.node() as bench:
        pages.fill(bench, records)
        cookie = folder.cookie(folder.signed_in(folder.EMAIL))
        with server.serving() as node:
            import_.caught_up()
            for who, headers in (("signed out", {}), ("signed in", cookie)):
                for what, addresses in (("points", views("points")), ("zones", views("zones")), ("an area", areas())):
                    times = server.times(node.port, addresses, seconds, headers)
                    goal = None if what == "an area" else 30.0
                    found.append(Figure(f"{what}, {who}, p95", server.percentile(times, 0.95), "ms", at_most=goal))
            named = [len(json.loads(server.ask(node.port, at)[1])["features"]) for at in views("points")]
    return [*found, Figure("features in the fullest view", max(named), "features")]


def views(what: str) -> list[str]:
    """Addresses of neighbouring views of every width, with and without filters, in turn."""
    boxes = [
        (MIDDLE[0] + (x - 0.5) * wide, MIDDLE[1] + (y - 0.3) * wide * 0.6, wide)
        for wide in WIDTHS
        for x in STEPS
        for y in STEPS
    ]
    asked = [
        {"bbox": f"{west:.4f},{south:.4f},{west + wide:.4f},{min(85.0, south + wide * 0.6):.4f}", **more}
        for west, south, wide in boxes
        for more in FILTERS
    ]
    return [f"/ru/search/{what}?{urlencode(one)}" for one in asked]


def areas() -> list[str]:
    return [f"/kk/area?{urlencode(one)}" for one in AREAS]
