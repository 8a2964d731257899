"""What the pages of inspections show and do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ortaq.alerts import inspecting
from ortaq.alerts.access import Case, today, watched
from ortaq.alerts.forms import LABELS, step_form
from ortaq.alerts.models import Alert, Inspection
from ortaq.alerts.states import STEPS
from ortaq.engine import access
from ortaq.engine.access import Reader, View
from ortaq.engine.actions.base import require
from ortaq.engine.outputs.page import title_of
from ortaq.engine.problems import Absent, Problems
from ortaq.people.actors import Member
from ortaq.web.reading import lang

TITLES: dict[str, Any] = {
    "visit": _("Visit"),
    "act": _("Act"),
    "order": pgettext_lazy("of an inspector", "Order"),
    "check": _("Check of the order"),
    "close": _("Closing"),
}
BUTTONS: dict[str, Any] = {
    "visit": _("Write the visit"),
    "act": _("Write the act"),
    "order": _("Write the order"),
    "check": _("Write the check"),
    "close": _("Close the inspection"),
}


@dataclass(frozen=True)
class Step:
    """One step on the page: what is written, and the form to write it; ``open`` for the one that comes next."""

    name: str
    title: Any
    button: Any
    written: list[tuple[Any, Any]]
    form: forms.Form | None
    open: bool


def asked(reader: Reader, key: str, request: HttpRequest) -> tuple[View, UUID | None]:
    """The object to inspect, and the report that it follows; raises Absent, Forbidden."""
    view = access.get(reader, key)
    if not watched(view):
        raise Absent(key)
    require(reader, "inspect", view.record)
    given = request.POST.get("alert") or request.GET.get("alert", "")
    try:
        alert = UUID(given) if given else None
    except ValueError:
        raise Absent(given) from None
    if alert is not None and access.row(reader, Alert, alert).target != view.record.id:
        raise Absent(given)
    return view, alert


def beginning(view: View, alert: UUID | None) -> dict[str, Any]:
    return {"view": view, "alert": alert, "title": title_of(view, lang())}


def inspection(reader: Member, case: Case[Inspection], wrong: Mapping[str, forms.Form]) -> dict[str, Any]:
    found, may = case.thing, reader.may("inspect", case.thing)
    closed = "close" in found.data
    following = next((name for name in STEPS if name not in found.data), "")
    steps = [
        _step(name, found, wrong.get(name), writes=may and not closed, is_next=name == following) for name in STEPS
    ]
    alert = access.visible(reader, Alert).filter(id=found.alert).first() if found.alert else None
    return {
        "case": case,
        "inspection": found,
        "title": title_of(case.view, lang()),
        "steps": steps,
        "alert": alert,
        "reopens": may and closed,
        "problems": [error for form in wrong.values() for error in form.non_field_errors()],
    }


def write(reader: Member, found: Inspection, given: QueryDict) -> tuple[str, forms.Form | None]:
    """Writes the step that a form sent; the step with its form where something is wrong, else None for it."""
    step = given.get("step", "")
    number = given.get("base", "")
    base = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0
    if step == "reopen":
        form = forms.Form({})
    elif step in STEPS:
        form = step_form(step, given)
    else:
        raise Absent(step)
    if not form.is_valid():
        return step, form
    try:
        if step == "reopen":
            inspecting.reopen(reader, found.id, base_revision=base)
        else:
            inspecting.write_step(reader, found.id, step, form.cleaned_data, base_revision=base)
    except Problems as problems:
        for problem in problems.problems:
            place = str(problem.path[0]) if problem.path else None
            form.add_error(place if place in form.fields else None, problem.text)
        return step, form
    return step, None


def _step(name: str, found: Inspection, form: forms.Form | None, *, writes: bool, is_next: bool) -> Step:
    values = found.data.get(name, {})
    if writes and form is None and (name != "check" or "order" in found.data):
        days = {} if values else {"date": today()}
        form = step_form(name, initial={**days, **values})
    written = [(LABELS[key], _shown(key, values[key])) for key in STEPS[name] if key in values]
    return Step(name, TITLES[name], BUTTONS[name], written, form if writes else None, is_next)


def _shown(key: str, value: Any) -> Any:
    if key == "fulfilled":
        return _("yes") if value else _("no")
    return date.fromisoformat(value) if key in ("date", "deadline") else value
