"""Reading a request's JSON: I-JSON (RFC 7493), so that whatever is kept can be signed, stored and sent again."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any, NoReturn

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.parser import Parser
from ninja.renderers import JSONRenderer

from ortaq.engine.canonical import DEEPEST, LARGEST
from ortaq.engine.problems import Path, Problem

LARGEST_BODY = 10_000_000  # bytes; from here on a body is refused unread
DEEPEST_BODY = DEEPEST + 4  # the data of a record lie a little below the top of the body


class Unreadable(Exception):
    """The body is no I-JSON; answered 400."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class Json(JSONRenderer):
    """Answers in the letters of their languages."""

    json_dumps_params = {"ensure_ascii": False}


class Strict(Parser):
    """Bodies and questions for django-ninja. A parameter given several times is one with commas."""

    def parse_querydict(self, data: Any, list_fields: list[str], request: HttpRequest) -> dict[str, Any]:
        return {name: ",".join(data.getlist(name)) for name in data}

    def parse_body(self, request: HttpRequest) -> Any:
        return parse(request.body)


def parse(body: bytes) -> Any:
    """The value of ``body``; raises :class:`Unreadable`."""
    try:
        value = json.loads(body.decode("utf-8"), object_pairs_hook=_object, parse_constant=_constant)
    except Unreadable:
        raise
    except UnicodeDecodeError as error:
        raise Unreadable(Problem("encoding", _("The body is not UTF-8. Send it in UTF-8."))) from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(Problem("json", _("The body is not JSON. Check its brackets, commas and quotes."))) from error
    wrong = next(_wrong(value, ()), None)
    if wrong:
        raise Unreadable(wrong)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Unreadable(Problem("duplicate", _("The key “%(name)s” stands twice in one object."), name=_safe(twice)))
    return found


def _constant(name: str) -> NoReturn:
    raise Unreadable(Problem("number", _("%(value)s is not a number that JSON has."), value=name))


def _wrong(value: Any, path: Path) -> Iterator[Problem]:
    """What no field should ever see, the first of it first."""
    if len(path) > DEEPEST_BODY:
        yield Problem("depth", _("This is nested too deep: at most %(limit)s levels."), path=path, limit=DEEPEST_BODY)
    elif isinstance(value, str):
        if not _sound(value):
            yield Problem("character", _("This text holds characters that no text has. Remove them."), path=path)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if not _sound(name):
                yield Problem("character", _("This text holds characters that no text has. Remove them."), path=path)
            yield from _wrong(inner, (*path, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _wrong(inner, (*path, index))
    elif isinstance(value, int | float) and not (math.isfinite(value) and abs(value) <= LARGEST):
        yield Problem("number", _("This number is too large. Write it as text."), path=path)


def _sound(text: str) -> bool:
    """Whether ``text`` is Unicode without the character that databases refuse."""
    return "\0" not in text and not any("\ud800" <= c <= "\udfff" for c in text)


def _safe(text: str) -> str:
    return text.encode("utf-8", "replace").decode().replace("\0", "?")
