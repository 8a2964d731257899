"""Requests in the name of the cast."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from ortaq.people.actions import new_token
from tests.cast import Cast

Call = Callable[..., Any]


@pytest.fixture
def call(cast: Cast) -> Call:
    """``call("GET", "records", who="aigerim", body=…)``; ``who`` None is nobody."""
    secrets: dict[str, str] = {}

    def ask(method: str, path: str, *, who: str | None = None, body: Any = None, **headers: str) -> Any:
        if who and who not in secrets:
            secrets[who] = new_token(cast.users[who], "test")
        given = {"Authorization": f"Bearer {secrets[who]}"} if who else {}
        raw = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        sent = {"Content-Type": "application/json"} if body is not None else {}
        names = {**sent, **given, **{name.replace("_", "-"): value for name, value in headers.items()}}
        kind = names.pop("Content-Type", "application/octet-stream")
        client = Client(raise_request_exception=False)
        return client.generic(method, f"/api/v1/{path}", raw, kind, headers=names)

    return ask
