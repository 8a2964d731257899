"""What the search page offers to take along."""

from __future__ import annotations

from django import template

from ortaq.documents.forms import FORMS, Form

register = template.Library()


@register.simple_tag
def export_forms() -> list[tuple[str, Form]]:
    """(code, form) in the order of the list to choose from."""
    return list(FORMS.items())
