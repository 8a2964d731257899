"""The description of the API: complete, and shown without asking any other host."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ortaq.api.problems import TYPES

Call = Callable[..., Any]


def test_every_operation_declares_its_errors(call: Call) -> None:
    schema = call("GET", "openapi.json").json()
    assert schema["info"]["version"] == "1"
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            errors = {int(status) for status in told["responses"] if int(status) >= 400}
            assert errors == set(TYPES) - {500}, (method, path)
            assert {"Token": []} in told["security"]
            assert ({} in told["security"]) == (method == "get")


def test_the_page_lists_every_operation_and_problem(call: Call) -> None:
    schema = call("GET", "openapi.json").json()
    page = call("GET", "docs", Accept="text/html").content.decode()
    for path, methods in schema["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in page
    for name, _title, _detail in TYPES.values():
        assert f'id="{name}"' in page


def test_the_page_loads_nothing_from_elsewhere(call: Call) -> None:
    answer = call("GET", "docs")
    page = answer.content.decode()
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "<script" not in page and "style=" not in page
    assert all(url.startswith("/") for url in re.findall(r'(?:src|href)="([^"]+)"', page))


def test_the_root_leads_to_the_page(call: Call) -> None:
    assert call("GET", "")["Location"] == "/api/v1/docs"


def test_head_is_get_without_a_body(call: Call) -> None:
    assert call("HEAD", "kinds").status_code == 200 and not call("HEAD", "kinds").content
