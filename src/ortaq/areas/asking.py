"""What the form of the page asks, as a question or as what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ortaq.areas import given
from ortaq.areas.touching import REACHES, Question
from ortaq.engine.fields.base import LONGEST_LINE
from ortaq.engine.problems import Problem, Problems

MOST_SENT = given.LARGEST + 1_000_000  # bytes of a whole form
DEFAULT_REACH = REACHES[2]


@dataclass(frozen=True)
class Asked:
    """``text`` is what stands in the field; ``question`` None as long as nothing, or nothing right, was asked."""

    text: str = ""
    crs: str = ""
    reach: int = DEFAULT_REACH
    as_of: date = field(default_factory=date.today)
    question: Question | None = None
    problems: list[Problem] = field(default_factory=list)


def asked(request: HttpRequest) -> Asked:
    """From a sent form, or from an address with a short area in it."""
    values = request.POST if request.method == "POST" else request.GET
    text, crs, file = values.get("text", ""), values.get("crs", "").strip()[:LONGEST_LINE], request.FILES.get("file")
    if not (text.strip() or file or request.method == "POST"):
        return Asked()
    reach, as_of = DEFAULT_REACH, date.today()
    try:
        reach, as_of = _reach(values.get("reach", "")), _day(values.get("as_of", ""))
        area = given.read_file(file.read(given.LARGEST + 1)) if file else given.read(text, crs)
    except Problems as wrong:
        return Asked(text[: given.LARGEST], crs, reach, as_of, problems=wrong.problems)
    except Problem as wrong:
        return Asked(text[: given.LARGEST], crs, reach, as_of, problems=[wrong])
    return Asked(given.written(area), "", reach, as_of, Question(area, reach, as_of))


def _reach(text: str) -> int:
    known = {str(reach): reach for reach in REACHES} | {"": DEFAULT_REACH}
    if text not in known:
        raise Problem("reach", _("Choose one of the distances of the list."), path=("reach",))
    return known[text]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else date.today()
    except ValueError:
        raise Problem("day", _("Choose a day, or write it as year-month-day."), path=("as_of",)) from None
