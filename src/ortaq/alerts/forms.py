"""The forms of reports and inspections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ortaq.alerts.inspecting import LINES, NEEDED
from ortaq.alerts.photos import PICTURES
from ortaq.alerts.states import STEPS
from ortaq.alerts.texts import LONGEST, LONGEST_LINE
from ortaq.vocab import terms

REQUIRED = {"required": _("Write something here.")}
TOO_LONG = {"max_length": _("This is too long: at most %(limit_value)s characters fit. Shorten it.")}
DAY = {"invalid": _("Choose a day, or write it as year-month-day."), **REQUIRED}


class ReportForm(forms.Form):
    """What anyone may report. Only what happened must be said."""

    text = forms.CharField(
        label=_("What happened"),
        help_text=_("For instance: what is broken, dug, built or painted over, and how big it is."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages=REQUIRED | TOO_LONG,
    )
    threat = forms.ChoiceField(label=_("Kind of damage or danger (if you know)"), required=False)
    seen = forms.CharField(
        label=_("When you saw it (optional)"),
        help_text=_("In your words: “this morning”, “12 May”."),
        required=False,
        max_length=LONGEST_LINE,
        error_messages=TOO_LONG,
    )
    place = forms.CharField(
        label=_("Where exactly at the object (optional)"),
        help_text=_("For instance: “the north wall, left of the door”."),
        required=False,
        max_length=2 * LONGEST_LINE,
        error_messages=TOO_LONG,
    )
    photo = forms.FileField(
        label=_("Photo (optional)"),
        help_text=_("JPEG, PNG or WebP, at most 10 MB. What the camera wrote into it, the place too, is removed."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ",".join(PICTURES)}),
    )
    email = forms.EmailField(
        label=_("E-mail for an answer (optional)"),
        help_text=_("Nobody who reads the report sees it. It is erased 90 days after the case ends."),
        required=False,
        max_length=254,
        error_messages={"invalid": _("This is not an e-mail address. Correct it or leave it out.")} | TOO_LONG,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = (get_language() or "en")[:2]
        choices = [(term.code, term.label(lang)) for term in terms.terms("threat")]
        self.fields["threat"].choices = [("", _("not given")), *choices]  # type: ignore[attr-defined]


LABELS: dict[str, Any] = {
    "date": _("Day"),
    "who": _("Who inspected"),
    "findings": _("What was found"),
    "number": _("Number of the act"),
    "text": _("What is ordered"),
    "deadline": _("Deadline"),
    "fulfilled": _("The order has been complied with"),
    "note": _("Note"),
}


def step_form(step: str, data: Any = None, initial: Any = None) -> forms.Form:
    """The form of one step of an inspection; its controls are named ``step-name``."""
    form = forms.Form(data, initial=initial, prefix=step)
    for name in STEPS[step]:
        form.fields[name] = _control(name, needed=name in NEEDED[step])
    return form


def _control(name: str, *, needed: bool) -> forms.Field:
    label = LABELS[name]
    if name in ("date", "deadline"):
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "width-m"})
        return forms.DateField(
            label=label, required=needed, input_formats=["%Y-%m-%d"], widget=widget, error_messages=DAY
        )
    if name == "fulfilled":
        return forms.BooleanField(label=label, required=False)
    most = LONGEST_LINE if name in LINES else LONGEST
    line = forms.TextInput() if name in LINES else forms.Textarea(attrs={"rows": 4})
    return forms.CharField(
        label=label, required=needed, max_length=most, widget=line, error_messages=REQUIRED | TOO_LONG
    )
