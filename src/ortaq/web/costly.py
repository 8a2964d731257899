"""Doors that take far more work than a page: each address may ask for them only so often."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from ortaq.api import rate
from ortaq.engine.problems import Problem

MOST = 30  # in a minute, of all such doors together
LIMIT = rate.Limit(MOST)


def costly(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answers 429 with the seconds to wait instead of doing the work once too often."""

    @wraps(view)
    def limited(request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        if wait := LIMIT.wait(rate.address(request)):
            message = _("You asked for much work in a short time. Wait %(seconds)s seconds, then try again.")
            problems = [Problem("too_many", message, seconds=wait)]
            answer = render(request, "ortaq/problems.html", {"problems": problems, "code": 429}, status=429)
            answer["Retry-After"] = str(wait)
            return answer
        return view(request, *given, **named)

    return limited
