"""The guided tour. On any other node than a demo there is none."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ortaq.demo import sides, tour
from ortaq.engine.problems import Absent
from ortaq.web.reading import reader


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    if not tour.here():
        raise Absent("tour")
    return render(request, "ortaq/tour.html", {"stops": tour.STOPS})


@require_safe
def stop(request: HttpRequest, number: int) -> HttpResponse:
    found = tour.stop(number)
    if found is None or not tour.here():
        raise Absent(str(number))
    shown = {
        "stops": tour.STOPS,
        "stop": found,
        "number": number,
        "address": found.address(reader(request)),
        "before": number - 1,
        "after": number + 1 if number < len(tour.STOPS) else 0,
        "emails": [side.email(found.role) for side in sides.SIDES] if found.role else [],
    }
    return render(request, "ortaq/tour.html", shown)
