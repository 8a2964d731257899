"""What the page about an area shows; the views only open and draw."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from ortaq.areas import drawing, given, paper, telling
from ortaq.areas.asking import Asked, asked
from ortaq.areas.touching import MAYBE, MAYBE_NEAR, REACHES, touched
from ortaq.documents import typeset
from ortaq.documents.pages import file
from ortaq.engine import geo
from ortaq.engine.problems import Problem, Problems
from ortaq.web.reading import lang, reader

NAME = "area"


def page(request: HttpRequest) -> HttpResponse:
    """The form, and under it what was found."""
    wanted = asked(request)
    try:
        values = _found(request, wanted)
    except Problem as wrong:
        wanted, values = Asked(wanted.text, wanted.crs, wanted.reach, wanted.as_of, problems=[wrong]), {}
    status = 422 if wanted.problems else 200
    return render(request, "ortaq/area.html", form(wanted) | values, status=status)


def refused(request: HttpRequest, wanted: Asked) -> HttpResponse:
    """The answer to a form that was too big to be read."""
    return render(request, "ortaq/area.html", form(wanted), status=413)


def form(wanted: Asked) -> dict[str, Any]:
    reaches = [(reach, telling.distance(reach) if reach else "", reach == wanted.reach) for reach in REACHES]
    return {"asked": wanted, "reaches": reaches, "problems": wanted.problems}


def _found(request: HttpRequest, wanted: Asked) -> dict[str, Any]:
    if wanted.question is None:
        return {}
    found = touched(reader(request), wanted.question)
    zones, places = telling.zones(found), telling.places(found, wanted.question)
    svg, bar = drawing.picture(wanted.question, found, [row.code for row in zones])
    return {
        "about": telling.about(wanted.question),
        "zones": zones,
        "sure": [row for row in places if row.code not in (MAYBE, MAYBE_NEAR)],
        "perhaps": [row for row in places if row.code in (MAYBE, MAYBE_NEAR)],
        "picture": mark_safe(svg),  # made of numbers only
        "bar": telling.distance(bar) if bar else "",
        "legend": legend(zones),
    }


def legend(zones: list[telling.Row]) -> list[tuple[int, Any]]:
    """(number of the hatching, name) of each kind of zone on the picture."""
    named = {drawing.kind_of(row.code): row.what[0] for row in zones if row.what}
    return sorted(named.items(), key=lambda pair: pair[0])


def pdf(request: HttpRequest) -> HttpResponse:
    """The same on paper. Raises Problems for an area that is none."""
    wanted = asked(request)
    if wanted.question is None:
        raise Problems(wanted.problems or [given.missing()])
    said = paper.paper(touched(reader(request), wanted.question), wanted.question)
    return file(typeset.pdf(said), "application/pdf", f"{NAME}-{wanted.as_of.isoformat()}-{lang()}.pdf", shown=True)


def understood(request: HttpRequest) -> dict[str, Any]:
    """For the map in the form: the shape that a text says, unless it is too large to be drawn by hand."""
    text = request.POST.get("text", "")
    if not text.strip():
        return {}
    try:
        area = given.read(text, request.POST.get("crs", "").strip())
    except (Problem, Problems) as wrong:
        first = wrong.problems[0] if isinstance(wrong, Problems) else wrong
        return {"problem": str(first.text)}
    lat, lon = geo.centre(area)
    few = sum(1 for _at in geo.positions(area)) <= given.DRAWABLE
    return {"written": geo.to_dms(lat, lon, lang()), **({"geometry": area} if few else {})}
