"""Every error as application/problem+json (RFC 9457), in one shape::

    {"type": address, "title": text, "status": 422, "detail": text,
     "errors": [{"path": "names.0.name", "code": "required", "message": text}]}

A conflict adds ``base``, ``mine``, ``theirs`` and ``revision``; what was withdrawn adds ``pid`` and ``withdrawn``.
Nothing in the answer about a hidden thing differs from the one about an absent thing.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja.errors import AuthenticationError, HttpError, ValidationError

from ortaq.api.body import Unreadable
from ortaq.engine.access import View
from ortaq.engine.canonical import NotCanonical
from ortaq.engine.log import NoNode
from ortaq.engine.problems import Absent, Conflict, Forbidden, Gone, Problem, Problems

MEDIA_TYPE = "application/problem+json"
DOCS = "/api/v1/docs"
logger = logging.getLogger("ortaq.api")


class Refused(Exception):
    """Refused at the door with one of the statuses below."""

    def __init__(self, status: int, **headers: str) -> None:
        super().__init__(status)
        self.status, self.headers = status, headers


# status -> (name in the type's address, title, what is wrong and what to do)
TYPES: dict[int, tuple[str, Any, Any]] = {
    400: ("unreadable", _("Unreadable request"), _("The request could not be read. See “errors” for the place.")),
    401: ("sign-in", _("Not signed in"), _("Send a valid token of your account: “Authorization: Bearer ortaq_…”.")),
    403: ("forbidden", _("Not allowed"), _("Your account may not do this. Ask the owner of the record or propose it.")),
    404: ("not-found", _("Not found"), _("There is nothing here, or it is not open to you. Check the address.")),
    405: ("method", _("Wrong method"), _("This address does not take this method. See the header “Allow”.")),
    406: ("not-acceptable", _("No such format"), _("This is given as JSON only. Accept application/json.")),
    409: ("conflict", _("Somebody saved in between"), _("Compare “mine” with “theirs” and send the whole again.")),
    410: ("gone", _("Withdrawn"), _("This record was public once and is withdrawn.")),
    413: ("too-large", _("Too large"), _("The body is larger than 10 MB. Send less at once.")),
    415: ("media-type", _("Wrong type of body"), _("The body has to be JSON. Send it as application/json.")),
    422: ("invalid", _("Something is wrong"), _("The request is readable but something in it is wrong. See “errors”.")),
    429: ("too-many", _("Too many requests"), _("Wait for as many seconds as the header “Retry-After” says.")),
    500: (
        "fault",
        _("Fault of this node"),
        _("This is not your mistake. Try again later or tell the people who run this node."),
    ),
}


def node_address(request: HttpRequest) -> str:
    """The address of this node without a slash at its end."""
    return str(settings.ORTAQ_ADDRESS or request.build_absolute_uri("/")).rstrip("/")


def permanent(request: HttpRequest, view: View) -> str:
    """The address of a record that never changes."""
    return f"{node_address(request)}/o/{view.key}"


def problem(
    request: HttpRequest,
    status: int,
    errors: Iterable[Problem] = (),
    headers: dict[str, str] | None = None,
    **more: Any,
) -> HttpResponse:
    """The answer to an error of ``status``, in the active language."""
    name, title, detail = TYPES[status]
    body = {
        "type": f"{node_address(request)}{DOCS}#{name}",
        "title": str(title),
        "status": status,
        "detail": str(detail),
        "errors": [{"path": dotted(e.path), "code": e.code, "message": e.text} for e in errors],
        **more,
    }
    text = json.dumps(body, ensure_ascii=False)
    return HttpResponse(text.encode("utf-8", "replace"), status=status, content_type=MEDIA_TYPE, headers=headers)


def dotted(path: tuple[str | int, ...]) -> str:
    return ".".join(str(step) for step in path)


def answer(request: HttpRequest, error: Exception) -> HttpResponse:
    """What an exception is to the one who asked; what nobody foresaw is logged."""
    found = _foreseen(request, error)
    if found is None:
        logger.error("%s %s failed", request.method, request.path, exc_info=error)
        return problem(request, 500)
    return found


def _foreseen(request: HttpRequest, error: Exception) -> HttpResponse | None:
    match error:
        case Refused():
            return problem(request, error.status, headers=error.headers)
        case AuthenticationError():
            return problem(request, 401, headers={"WWW-Authenticate": "Bearer"})
        case Problems():
            return problem(request, 422, error.problems)
        case Problem():
            return problem(request, 422, [error])
        case ValidationError():
            return problem(request, 422, [_invalid(e) for e in error.errors])
        case Forbidden() | NoNode():
            return problem(request, 403)
        case Absent() | Http404():
            return problem(request, 404)
        case Gone():
            return problem(request, 410, pid=error.pid, withdrawn=error.when.isoformat())
        case Conflict():
            return problem(request, 409, base=error.base, mine=error.mine, theirs=error.theirs, revision=error.revision)
        case NotCanonical():
            message = _("This cannot be kept: %(value)s. Numbers with a fraction are given as text.")
            return problem(request, 422, [Problem("canonical", message, path=("data",), value=str(error))])
        case HttpError():
            cause = error.__cause__
            return problem(request, error.status_code, [cause.problem] if isinstance(cause, Unreadable) else [])
    return None


EXPECTED = {"int": "whole number", "bool": "true or false", "string": "text", "dict": "object", "uuid": "UUID"}
LIMITS = ("ge", "le", "gt", "lt", "max_length", "min_length", "pattern", "expected")


def _invalid(error: dict[str, Any]) -> Problem:
    """One finding of pydantic in our words; its location is the source (query, path, body), the argument, the steps."""
    source, *steps = error["loc"]
    path = tuple(steps[1:]) if source == "body" else tuple(steps)
    code, context = error["type"], error.get("ctx", {})
    if code == "missing":
        return Problem("missing", _("This is missing. Give it."), path=path)
    if code == "extra_forbidden":
        message = _("There is no field called “%(name)s” here. Check the spelling.")
        return Problem("unknown_field", message, path=path, name=str(path[-1]) if path else "")
    limit = next((context[key] for key in LIMITS if key in context), None)
    if limit is not None:
        message = _("This is out of its limits: %(limit)s. Correct it.")
        return Problem("limit", message, path=path, limit=limit)
    kind = next((word for key, word in EXPECTED.items() if code.startswith(key)), "object")
    return Problem("type", _("This has the wrong form: %(expected)s is expected here."), path=path, expected=kind)
