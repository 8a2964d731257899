"""Keeping what is typed until it is saved: every few seconds while somebody writes, for thirty days."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from ortaq.engine.problems import Absent
from ortaq.web.models import Unsaved

KEPT = timedelta(days=30)
LARGEST = 2_000_000  # characters of one form
MOST = 100  # forms of one account
PAGE = re.compile(r"(?:edit|propose):[0-9a-f-]{36}|new:[a-z_]{1,40}")
OWN = ("csrfmiddlewaretoken", "_page")


def page_of(verb: str, what: Any) -> str:
    """The name of a form: what is done, and to which record or with which kind."""
    return f"{verb}:{what}"


def keep(user: Any, form: QueryDict) -> str:
    """Keeps a form; the time of day, or "" for a form that is unknown or too large to be kept."""
    page, body = form.get("_page", ""), _body(form)
    if not PAGE.fullmatch(page) or len(body) > LARGEST:
        return ""
    Unsaved.objects.filter(saved__lt=timezone.now() - KEPT).delete()
    mine = Unsaved.objects.filter(user=user)
    if mine.exclude(page=page).count() >= MOST:
        mine.order_by("saved")[0].delete()
    row, _new = Unsaved.objects.update_or_create(user=user, page=page, defaults={"body": body})
    return date_format(timezone.localtime(row.saved), "H:i")


def _body(form: QueryDict) -> str:
    rest = form.copy()
    for name in OWN:
        rest.pop(name, None)
    return rest.urlencode()


def of(user: Any, page: str) -> Unsaved | None:
    """What this account typed into this form and did not save."""
    return Unsaved.objects.filter(user=user, page=page, saved__gte=timezone.now() - KEPT).first()


def typed(row: Unsaved) -> QueryDict:
    """The form as it was when it was kept."""
    return QueryDict(row.body)


def forget(user: Any, page: str) -> None:
    """After the form was saved."""
    Unsaved.objects.filter(user=user, page=page).delete()


def all_of(user: Any) -> list[Unsaved]:
    """Every form with unsaved text, the latest first."""
    return list(Unsaved.objects.filter(user=user, saved__gte=timezone.now() - KEPT).order_by("-saved"))


def discard(user: Any, id_: UUID) -> str:
    """Forgets one; gives the address of its form. Raises Absent for another's."""
    row = Unsaved.objects.filter(user=user, id=id_).first()
    if row is None:
        raise Absent(str(id_))
    row.delete()
    return address(row.page)


def address(page: str) -> str:
    """Where the form called ``page`` stands."""
    verb, _colon, what = page.partition(":")
    return reverse("new", kwargs={"slug": what}) if verb == "new" else reverse(verb, kwargs={"key": what})
