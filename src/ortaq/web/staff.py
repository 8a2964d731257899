"""What the pages about people of an organisation share: which organisation, what roles and people are called."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from ortaq.engine import access, terms
from ortaq.engine.access import View
from ortaq.engine.fields.unit import UNITS
from ortaq.engine.problems import Absent, Forbidden
from ortaq.people import invitations, members
from ortaq.people.actors import Member
from ortaq.web.writing import titled


def organisation(reader: Member, key: str) -> View:
    """A record that roles are held in and that the reader may see. Raises Absent."""
    view = access.get(reader, key)
    if not members.is_organisation(view.record):
        raise Absent(key)
    return view


def led(reader: Member, key: str) -> View:
    """As :func:`organisation`, for who may give roles in it. Raises Absent, Forbidden."""
    view = organisation(reader, key)
    if not invitations.administered(reader, view.record):
        raise Forbidden("assign")
    return view


def head(reader: Member, view: View) -> dict[str, Any]:
    """What the pages of one organisation have in common."""
    return {
        "view": view,
        "title": titled(view, reader.lang),
        "may_assign": bool(invitations.administered(reader, view.record)),
    }


def role(code: str, lang: str) -> str:
    return terms.label("platform_role", code, lang)


def region(code: str, lang: str) -> str:
    return terms.label(UNITS, code, lang) if code else ""


def names(reader: Member, actors: Iterable[UUID], *, addresses: bool = False) -> dict[UUID, str]:
    """What people are called here: by their own record, else by the address where it may be shown, else a code."""
    known = members.people(actors)
    views = access.views(reader, list(access.visible(reader).filter(id__in=[p for _a, _e, p in known if p])))
    titles = {view.record.id: titled(view, reader.lang)["text"] for view in views}
    found = {
        actor: (titles.get(person) if person else "") or (email if addresses else "") for actor, email, person in known
    }
    return {actor: found.get(actor) or code(actor) for actor in {*actors, *found}}


def code(actor: UUID) -> str:
    """What stands for somebody without a name: the begin of the opaque number."""
    return str(actor)[:8]


def site(request: HttpRequest) -> str:
    """The address that links in letters start with, without a slash at the end."""
    return settings.ORTAQ_ADDRESS.rstrip("/") or request.build_absolute_uri("/").rstrip("/")


def login_url() -> str:
    return reverse(settings.LOGIN_URL)
