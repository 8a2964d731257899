"""Which links about reports a page shows."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date
from django import template
from django.http import HttpRequest

from ortaq.alerts import access
from ortaq.engine.access import View
from ortaq.web.templatetags.ortaq import locale

register = template.Library()


@register.filter
def attends(request: HttpRequest) -> bool:
    """Whether the one who reads the page works on reports of damage."""
    return access.attends(getattr(request, "reader", None))  # type: ignore[arg-type]


@register.filter
def watched(view: View) -> bool:
    """Whether damage to what the page shows can be reported."""
    return access.watched(view)


@register.filter
def on(day: date) -> str:
    """A day of the calendar in the reader's language."""
    return str(format_date(day, "long", locale=locale()))
