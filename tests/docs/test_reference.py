"""The reference says what the code does, all of it, today."""

from __future__ import annotations

import argparse
import ast
import inspect
import json
import re
from pathlib import Path

import pytest

from ortaq.engine import actions, log
from ortaq.engine.models import Entry
from ortaq.people.rights import RIGHTS
from ortaq.site import reference, sources
from ortaq.site.config import SETTINGS
from tests.cast import Cast

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = ("kinds", "fields", "rights", "settings", "commands", "problems", "actions", "entry")


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return reference.pages()


@pytest.mark.parametrize("name", PAGES)
def test_the_committed_page_is_what_the_code_makes(made: dict[str, str], name: str) -> None:
    file = DOCS / "reference" / f"{name}.md"
    assert file.is_file(), "run: python -m ortaq.site.reference"
    assert file.read_text("utf-8") == made[f"{name}.md"], "run: python -m ortaq.site.reference"


def test_every_page_is_compared(made: dict[str, str]) -> None:
    assert set(made) == {f"{name}.md" for name in PAGES}


def test_every_setting_is_there(made: dict[str, str]) -> None:
    assert SETTINGS
    for setting in SETTINGS:
        assert f"| `{setting.name}` |" in made["settings.md"]
        assert setting.help.endswith(".")


def test_every_variable_that_the_code_reads_is_a_setting() -> None:
    """Only what processes tell each other is left out."""
    own = {setting.name for setting in SETTINGS} | {"ORTAQ_FOLLOW_PARENT"}
    read = set()
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and re.fullmatch(r"ORTAQ_[A-Z_]+", str(node.value)):
                read.add(node.value)
    assert read <= own, read - own


def test_every_kind_and_field_is_there(made: dict[str, str]) -> None:
    text = made["kinds.md"]
    files = {path.stem for path in (ROOT / "src/ortaq/kinds").glob("[a-z]*.py")}
    assert {kind.slug for kind in reference.own_kinds()} >= files
    for kind in reference.own_kinds():
        section = text.split(f"\n## {kind.slug}\n")[1].split("\n## ")[0]
        for field in kind.fields:
            assert f"| `{field.name}` |" in section
            for inner in getattr(field, "fields", []):
                assert f"| `{field.name}.{inner.name}` |" in section
        for part in kind.parts:
            assert f"\n| `{part}` |" in section


def defines_a_type(path: Path) -> bool:
    """Whether the file has a class that stands on another one: a field type, and not the base of all."""
    return any(isinstance(node, ast.ClassDef) and node.bases for node in ast.parse(path.read_text("utf-8")).body)


def test_every_field_type_says_its_canonical_value_and_schema(made: dict[str, str]) -> None:
    text = made["fields.md"]
    files = {path.stem for path in (ROOT / "src/ortaq/engine/fields").glob("[a-z]*.py") if defines_a_type(path)}
    assert {cls.__module__.rpartition(".")[2] for cls in reference.field_types()} == files
    for cls in reference.field_types():
        section = text.split(f"\n## {cls.__name__}\n")[1].split("\n## ")[0]
        assert "Canonical value:" in section, cls
        schema = json.loads(section.split("```json\n")[1].split("```")[0])
        assert isinstance(schema, dict)


def test_every_role_is_there(made: dict[str, str]) -> None:
    for role in RIGHTS:
        assert f"\n| `{role}` |" in made["rights.md"]


def test_every_command_and_option_is_there(made: dict[str, str]) -> None:
    names = [name for name, _parser in reference.commands()]
    assert {"ortaq init", "ortaq serve", "ortaq user role"} <= set(names)
    for name, parser in reference.commands():
        section = made["commands.md"].split(f"\n## {name}\n")[1].split("\n## ")[0]
        assert parser.description and parser.description in section
        for action in parser._actions:
            if action.option_strings and not isinstance(action, argparse._HelpAction):
                assert action.dest in ("data", "language") or action.option_strings[-1] in section


def test_every_problem_code_is_there(made: dict[str, str]) -> None:
    """Found a second way: every literal that follows ``Problem(`` in the text of the source."""
    codes = set()
    for path in (ROOT / "src").rglob("*.py"):
        codes |= set(re.findall(r"\bProblem\(\s*\"([a-z_]+)\"", path.read_text("utf-8")))
    assert len(codes) > 40
    for code in sorted(codes):
        assert f"\n| `{code}` |" in made["problems.md"]


def test_every_action_is_there_with_its_inverse(made: dict[str, str]) -> None:
    text = made["actions.md"]
    for name in (name for name in actions.__all__ if inspect.isfunction(getattr(actions, name))):
        assert f"\n| `{name}` |" in text
    for path in (ROOT / "src/ortaq/engine/actions").glob("[a-z]*.py"):
        if path.stem != "base":
            section = text.split(f"\n## engine.actions.{path.stem}\n")[1].split("\n## ")[0]
            assert "inverse" in section.lower(), f"{path.name}: its docstring names the inverse or why there is none"


def test_the_header_is_explained_key_by_key(cast: Cast, made: dict[str, str]) -> None:
    header = json.loads(Entry.objects.get(position=log.head().position).header)
    assert set(reference.HEADER) == set(header)
    for key in header:
        assert f"\n| `{key}` |" in made["entry.md"]


def test_a_message_is_found_however_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(
        "LATER = _('Later.')\n"
        "def f(x):\n"
        "    message = _('First.')\n"
        "    a = Problem('a', message)\n"
        "    message = _('Second.')\n"
        "    b = Problem('b' if x else 'c', message, path=())\n"
        "    return Problem('d', LATER), Problem('e', gettext_lazy('In place.')), Problem(x, message)\n"
    )
    assert dict(sources.problems(tmp_path)) == {
        "a": "First.",
        "b": "Second.",
        "c": "Second.",
        "d": "Later.",
        "e": "In place.",
    }
