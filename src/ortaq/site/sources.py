"""What the reference reads off the source without running it: docstrings, actions, problems."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

TRANSLATED = {"_", "gettext_lazy", "gettext", "ngettext_lazy"}
ACTIONS = (
    "engine/actions/*.py",
    "engine/timed.py",
    "people/actions.py",
    "imports/actions.py",
    "exchange/actions.py",
    "alerts/actions.py",
    "alerts/inspecting.py",
)


@dataclass(frozen=True)
class Function:
    """A public function and the first sentence of its docstring ("" for none)."""

    name: str
    doc: str


@dataclass(frozen=True)
class Module:
    """A module of actions: dotted name inside the package, docstring, functions in the order of the file."""

    name: str
    doc: str
    functions: list[Function]


def plain(doc: str | None) -> str:
    """A docstring as Markdown."""
    text = inspect.cleandoc(doc or "")
    text = re.sub(r":(?:func|class|meth|mod):`~?([^`]+)`", r"`\1`", text)
    text = re.sub(r" ?\((?:see )?design §[^)]*\)", "", text)
    return text.replace("``", "`").replace("::\n", ":\n")


def first_paragraph(doc: str | None) -> str:
    return " ".join(plain(doc).partition("\n\n")[0].split())


def rest(doc: str | None) -> str:
    """A docstring as Markdown without what it says about where it is printed."""
    return re.sub(r" ?Printed into `[^`]+`\.", "", plain(doc))


def modules(package: Path) -> Iterator[tuple[Path, ast.Module]]:
    """Every module of the package with its syntax tree, migrations left out."""
    for path in sorted(package.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path, ast.parse(path.read_text("utf-8"), str(path))


def action_modules(package: Path) -> list[Module]:
    """The modules whose functions change data, with their public functions."""
    found = []
    for pattern in ACTIONS:
        for path in sorted(package.glob(pattern)):
            tree = ast.parse(path.read_text("utf-8"))
            functions = [
                Function(node.name, first_paragraph(ast.get_docstring(node)))
                for node in tree.body
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
            ]
            exported = _exported(path)
            functions = [f for f in functions if exported is None or f.name in exported]
            if functions:
                name = ".".join(path.relative_to(package).with_suffix("").parts)
                found.append(Module(name, ast.get_docstring(tree) or "", functions))
    return found


def _exported(path: Path) -> set[str] | None:
    """The names that the package of ``path`` offers, None when its ``__init__`` does not say."""
    start = path.parent / "__init__.py"
    for node in ast.parse(start.read_text("utf-8")).body if start.exists() else []:
        if isinstance(node, ast.Assign) and [t.id for t in node.targets if isinstance(t, ast.Name)] == ["__all__"]:
            return set(ast.literal_eval(node.value))
    return None


def problems(package: Path, called: str = "Problem", at: int = 1) -> Iterator[tuple[str, str]]:
    """(code, English message) of every Problem that the source makes; "" for a message it was handed.

    ``called`` and ``at``: another class whose first argument is a code, and where its message stands.
    """
    trees = list(modules(package))
    shared = [(0, name, text) for _path, tree in trees for _line, name, text in _texts(tree.body) if name.isupper()]
    for _path, tree in trees:
        for scope in _scopes(tree):
            named = [*shared, *sorted(_texts(ast.walk(scope)))]
            for node in _own_nodes(scope):
                if isinstance(node, ast.Call) and _called(node) == called and len(node.args) > at:
                    for code in _codes(node.args[0]):
                        yield code, _message(node.args[at], named)


def _scopes(tree: ast.Module) -> Iterator[ast.AST]:
    yield tree
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _own_nodes(scope: ast.AST) -> Iterator[ast.AST]:
    """What lies in ``scope`` and in no function inside it."""
    for node in ast.iter_child_nodes(scope):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
            yield from _own_nodes(node)


def _texts(nodes: Iterable[ast.AST]) -> Iterator[tuple[int, str, str]]:
    """(line, name, text) of every translated text that is given a name."""
    for node in nodes:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            text = _literal(node.value)
            if text:
                yield node.lineno, node.targets[0].id, text


def _codes(node: ast.expr) -> list[str]:
    if isinstance(node, ast.IfExp):
        return [*_codes(node.body), *_codes(node.orelse)]
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def _message(node: ast.expr, named: list[tuple[int, str, str]]) -> str:
    """The text of a message; of several with its name the last one above it."""
    if isinstance(node, ast.Name):
        found = [text for line, name, text in named if name == node.id and line <= node.lineno]
        return found[-1] if found else ""
    return _literal(node)


def _literal(node: ast.expr) -> str:
    """The English text of ``_("…")``, also with ``% {…}`` after it, "" for anything else."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        return _literal(node.left)
    if isinstance(node, ast.Call) and _called(node) in TRANSLATED and node.args:
        text = node.args[0]
        return text.value if isinstance(text, ast.Constant) and isinstance(text.value, str) else ""
    return ""


def _called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
