"""The budgets that keep the code readable. An exception is a line in a table, with its reason."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "ortaq"
FILE_LINES, FUNCTION_LINES, VIEW_LINES, ROOT_ENTRIES, FIELD_METHODS = 400, 40, 15, 20, 8
APPS = (
    *("people", "search", "imports", "exchange", "web", "demo", "vocab"),
    *("register", "alerts", "translate", "documents", "areas", "tiles"),
)
HTTP_CLIENTS = {"urllib.request", "http.client", "requests", "httpx", "aiohttp", "urllib3"}

# Path or path:name -> why it may be longer.
EXCEPTIONS = {
    "frontend/gallery.html": "a specimen of every component on one page, read with the eyes",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def checkout() -> list[Path]:
    """Files of the checkout as git sees them, those not yet added too, without what it ignores."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: the budgets are for those who change the code")
    names = listed.stdout.decode().split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def python() -> list[Path]:
    return [p for p in checkout() if p.suffix == ".py" and "migrations" not in p.parts]


def long_files(paths: list[Path], limit: int = FILE_LINES) -> list[str]:
    """Code, styles and templates with more than ``limit`` lines."""
    found = []
    for path in paths:
        if path.suffix not in {".py", ".ts", ".mjs", ".css", ".html"}:
            continue
        lines = len(path.read_text("utf-8").splitlines())
        if lines > limit:
            found.append(f"{path}: {lines} lines")
    return found


def functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def length(node: Function) -> int:
    """Lines from ``def`` to the end, decorators not counted."""
    return (node.end_lineno or node.lineno) - node.lineno + 1


def long_functions(source: str, limit: int, *, top_level: bool = False) -> list[str]:
    """``name: lines`` of each function above ``limit``; ``top_level`` looks at module functions and methods only."""
    tree = ast.parse(source)
    nodes = functions(tree) if not top_level else handlers(tree)
    return [f"{node.name}: {length(node)} lines" for node in nodes if length(node) > limit]


def handlers(tree: ast.Module) -> Iterator[Function]:
    """Functions and methods that take a request, which is what makes them views."""
    return (f for f in functions(tree) if "request" in [a.arg for a in f.args.args[:2]])


def kinds() -> set[str]:
    """Slugs of the kinds there are: one file each."""
    return {path.stem for path in (SOURCE / "kinds").glob("[a-z]*.py")}


def kind_comparisons(source: str, slugs: set[str]) -> list[int]:
    """Lines that compare a kind with a slug: ``kind == "film"``, ``x.kind in ("film",)``, ``match x.kind``."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(names_kind(s) for s in sides) and any(has_slug(s, slugs) for s in sides):
                lines.append(node.lineno)
        elif isinstance(node, ast.Match) and names_kind(node.subject):
            lines += [node.lineno for case in node.cases if has_slug(case.pattern, slugs)]
    return sorted(lines)


def names_kind(node: ast.expr) -> bool:
    """``kind``, ``x.kind``, ``x.kind.slug``, ``x.kind_slug``."""
    if isinstance(node, ast.Name):
        return node.id in {"kind", "kind_slug"}
    if isinstance(node, ast.Attribute):
        return node.attr in {"kind", "kind_slug"} or (node.attr == "slug" and names_kind(node.value))
    return False


def has_slug(node: ast.AST, slugs: set[str]) -> bool:
    """Whether a literal anywhere below ``node`` is the slug of a kind."""
    return any(isinstance(n, ast.Constant) and isinstance(n.value, str) and n.value in slugs for n in ast.walk(node))


def imported(source: str) -> set[str]:
    """Every module a file names in an import, in both of the ways ``from a import b`` can mean."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def http_clients(source: str) -> set[str]:
    return {m for m in imported(source) for c in HTTP_CLIENTS if m == c or m.startswith(c + ".")}


def foreign_models(source: str, own: str) -> set[str]:
    """Models of other apps that a file of the app ``own`` imports."""
    pattern = re.compile(rf"ortaq\.({'|'.join(APPS)})\.models\b")
    return {m for m in imported(source) if (hit := pattern.match(m)) and hit[1] != own}


def public_methods(node: ast.ClassDef) -> list[str]:
    return [f.name for f in node.body if isinstance(f, Function) and not f.name.startswith("_")]


def broken(found: list[str]) -> str:
    return "over budget; shorten it or name it with its reason in EXCEPTIONS:\n  " + "\n  ".join(found)


def test_files_are_short() -> None:
    found = long_files([p for p in checkout() if name_of(p) not in EXCEPTIONS])
    assert not found, broken(found)


def test_functions_are_short() -> None:
    found = []
    for path in python():
        for line in long_functions(path.read_text("utf-8"), FUNCTION_LINES):
            if f"{name_of(path)}:{line.split(':')[0]}" not in EXCEPTIONS:
                found.append(f"{name_of(path)}: {line}")
    assert not found, broken(found)


def test_views_are_thin() -> None:
    found = [
        f"{name_of(path)}: {line}"
        for path in python()
        if path.is_relative_to(SOURCE / "web") and "views" in path.relative_to(SOURCE / "web").as_posix()
        for line in long_functions(path.read_text("utf-8"), VIEW_LINES, top_level=True)
    ]
    assert not found, broken(found)


def test_the_root_is_small() -> None:
    entries = sorted({name_of(p).split("/")[0] for p in checkout()})
    assert len(entries) <= ROOT_ENTRIES, entries


def test_no_code_outside_kinds_knows_a_kind() -> None:
    slugs = kinds()
    found = [
        f"{name_of(path)}:{line}"
        for path in python()
        if path.is_relative_to(SOURCE) and not path.is_relative_to(SOURCE / "kinds") and name_of(path) not in EXCEPTIONS
        for line in kind_comparisons(path.read_text("utf-8"), slugs)
    ]
    assert not found, "what differs between kinds belongs into the kind or its fields:\n  " + "\n  ".join(found)


def test_field_types_stay_small() -> None:
    found = []
    for path in sorted((SOURCE / "engine" / "fields").glob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and len(names := public_methods(node)) > FIELD_METHODS:
                found.append(f"{name_of(path)}: {node.name} has {len(names)}: {', '.join(names)}")
    assert not found, broken(found)


def test_outgoing_http_has_one_door() -> None:
    door = SOURCE / "engine" / "net.py"
    found = [
        f"{name_of(path)}: {', '.join(sorted(clients))}"
        for path in python()
        if path.is_relative_to(SOURCE) and path != door and (clients := http_clients(path.read_text("utf-8")))
    ]
    assert not found, "use engine/net.py, which checks host, address, size and time:\n  " + "\n  ".join(found)


def test_apps_leave_each_others_models_alone() -> None:
    found = [
        f"{name_of(path)}: {', '.join(sorted(models))}"
        for app in APPS
        for path in sorted((SOURCE / app).rglob("*.py"))
        if "migrations" not in path.parts and (models := foreign_models(path.read_text("utf-8"), app))
    ]
    assert not found, "call the other app's actions or access:\n  " + "\n  ".join(found)


def test_every_exception_is_still_needed() -> None:
    gone = [name for name in EXCEPTIONS if not (ROOT / name.split(":")[0]).is_file()]
    assert not gone, f"named in EXCEPTIONS but not there: {gone}"
    assert all(reason for reason in EXCEPTIONS.values())


def test_the_checks_can_fail(tmp_path: Path) -> None:
    long = tmp_path / "long.py"
    long.write_text("x = 1\n" * 401)
    assert long_files([long])
    body = "    x = 1\n" * 15
    assert long_functions(f"def page(request):\n{body}", VIEW_LINES, top_level=True) == ["page: 16 lines"]
    assert not long_functions(f"def helper(a):\n{body}", VIEW_LINES, top_level=True)
    assert long_functions("def f():\n" + "    x = 1\n" * 40, FUNCTION_LINES) == ["f: 41 lines"]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ('if kind == "film": pass', [1]),
        ('x = record.kind != "film"', [1]),
        ('ok = record.kind in ("film", "book")', [1]),
        ('if record.kind.slug == "film": pass', [1]),
        ('match record.kind:\n    case "film": pass', [1]),
        ("match record.kind:\n    case other: pass", []),
        ("if record.kind == other.kind: pass", []),
        ('if kind == "": pass', []),
        ('if kind == "polygon": pass', []),
        ('if record.state == "draft": pass', []),
    ],
)
def test_a_comparison_with_a_kind_is_seen(source: str, lines: list[int]) -> None:
    assert kind_comparisons(source, {"film", "book"}) == lines


@pytest.mark.parametrize(
    ("source", "clients"),
    [
        ("import urllib.request", {"urllib.request"}),
        ("from urllib import request", {"urllib.request"}),
        ("from http.client import HTTPSConnection", {"http.client", "http.client.HTTPSConnection"}),
        ("import requests as r", {"requests"}),
        ("from urllib.parse import urlsplit", set()),
        ("import http", set()),
    ],
)
def test_a_client_is_seen(source: str, clients: set[str]) -> None:
    assert http_clients(source) == clients


def test_a_foreign_model_is_seen() -> None:
    assert foreign_models("from ortaq.people.models import Account", "web")
    assert foreign_models("from ortaq.people import models", "web")
    assert not foreign_models("from ortaq.people.models import Account", "people")
    assert not foreign_models("from ortaq.people.actions import join", "web")
