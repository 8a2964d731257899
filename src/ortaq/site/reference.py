"""``python -m ortaq.site.reference``: writes the pages of ``docs/reference`` that follow from the code.

``docs/reference/vocabularies.md`` is not among them. A test compares the committed pages with what this makes.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ortaq.site import sources

if TYPE_CHECKING:
    from ortaq.engine.fields import Field
    from ortaq.engine.kinds import Kind

PACKAGE = Path(__file__).resolve().parent.parent
FOLDER = PACKAGE.parent.parent / "docs" / "reference"
MADE = "Made from the code by `python -m ortaq.site.reference`; change the code, not this page."
ENUM_SHOWN = 8  # values of a long enumeration that a schema repeats

HEADER = {
    "format": "1; another number means another header.",
    "node": "UUID of the node that signs.",
    "epoch": "1, and one more after each restored backup.",
    "seq": "1, 2, 3 … without gaps in one epoch of one node. Order is `seq`, never `time`.",
    "prev": "Digest of the node's previous header, also across epochs; empty in the very first entry.",
    "type": "Type of the thing, one of the traced types below.",
    "thing": "UUID of the thing.",
    "revision": "Revision of the thing that this entry makes.",
    "before": "Digest of this thing's previous header; empty in its first entry.",
    "action": "What was done.",
    "actor": "Opaque id of who did it; the node's own id when the node did, only zeros for somebody unknown.",
    "on_behalf_of": "UUID of the organisation, or empty.",
    "time": "RFC 3339 in UTC with microseconds, by the signer's clock.",
    "audience": "Tokens of those who may read the open body from now on, sorted.",
    "key": "Id of the signing key.",
    "body": "SHA-256 of the open body's RFC 8785 bytes, in hex.",
    "parts": "Closed parts by name: `commitment` = SHA-256(32 random bytes ‖ RFC 8785 bytes), and `audience`.",
}


def pages() -> dict[str, str]:
    """File name -> text of every generated page. Django must be set up."""
    from django.utils import translation

    with translation.override("en"):
        return {
            "kinds.md": _page("Kinds", _kinds()),
            "fields.md": _page("Field types", _fields()),
            "rights.md": _page("Rights", _rights()),
            "settings.md": _page("Settings", _settings()),
            "commands.md": _page("Commands", _commands()),
            "problems.md": _page("Problems", _problems()),
            "actions.md": _page("Actions", _actions()),
            "entry.md": _page("Entries of the log", _entry()),
        }


def main(argv: Sequence[str] | None = None) -> int:
    arguments = argparse.ArgumentParser(prog="python -m ortaq.site.reference", description=__doc__)
    arguments.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="where to write (docs/reference)")
    folder: Path = arguments.parse_args(argv).folder
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ortaq.site.settings")
    import django

    django.setup()
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
    return 0


def _page(title: str, blocks: Iterable[str]) -> str:
    return "\n\n".join([f"# {title}", MADE, *(block.strip("\n") for block in blocks if block)]) + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def own_kinds() -> list[type[Kind]]:
    """The kinds of the package, without those that the setting ORTAQ_KINDS or a test adds."""
    from ortaq.engine.kinds import KINDS

    return sorted((k for k in KINDS.values() if k.__module__.startswith("ortaq.kinds.")), key=lambda k: k.slug)


def _kinds() -> Iterator[str]:
    yield (
        "A record of any kind is a JSON object of the fields named here; nothing else is accepted. *Publish*: must be "
        "filled in to publish, never to keep a draft. *Facet*: the search filters and counts by it. *Part*: the field "
        "lies in that closed part, whose readers are narrower. *Accepted by*: a change in a published record needs a "
        "second person with that right. How a new kind is made: [add a kind](../howto/add-a-kind.md)."
    )
    for kind in own_kinds():
        yield f"## {kind.slug}"
        yield f"{kind.label.en} · {kind.label.kk} · {kind.label.az} · {kind.label.ru}. Version {kind.version}."
        yield sources.first_paragraph(sys.modules[kind.__module__].__doc__)
        yield _table(
            ["field", "label", "type", "publish", "facet", "part", "accepted by", "more"], _field_rows(kind.fields)
        )
        if kind.parts:
            yield "Closed parts:"
            yield _table(["part", "label", "fields", "read by its owner and", "in the index"], _part_rows(kind))


def _field_rows(fields: Iterable[Field], prefix: str = "") -> Iterator[list[str]]:
    for field in fields:
        yield [
            _code(prefix + field.name),
            field.label.en,
            f"[{type(field).__name__}](fields.md#{type(field).__name__.lower()})",
            "yes" if field.required else "",
            _code(field.facet),
            _code(field.part),
            _code(field.accepted_by),
            _more(field),
        ]
        yield from _field_rows(getattr(field, "fields", []), f"{prefix}{field.name}.")


def _more(field: Field) -> str:
    """The options of a field type that a field sets, for instance its vocabulary."""
    base = {f.name for f in dataclasses.fields(type(field)) if f.name in _base_options()}
    found = []
    for option in dataclasses.fields(field):
        value = getattr(field, option.name)
        if option.name in base or option.name == "fields" or not value or value == option.default:
            continue
        text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
        found.append(option.name if value is True else f"{option.name}: {text}")
    return "; ".join(found)


def _base_options() -> set[str]:
    from ortaq.engine.fields import Field

    return {f.name for f in dataclasses.fields(Field)}


def _part_rows(kind: type[Kind]) -> Iterator[list[str]]:
    for name, part in kind.parts.items():
        held = ", ".join(_code(f.name) for f in kind.fields if f.part == name)
        readers = ", ".join(_code(token) for token in part.default)
        yield [_code(name), part.label.en, held, readers or "nobody else", "yes" if part.indexed else ""]


def field_types() -> list[type[Field]]:
    """Every field type that kinds may use."""
    from ortaq.engine import fields

    found = [getattr(fields, name) for name in fields.__all__]
    return [c for c in found if isinstance(c, type) and issubclass(c, fields.Field) and c is not fields.Field]


def _fields() -> Iterator[str]:
    from ortaq.engine.fields import Field

    yield (
        "A field type says how one sort of value behaves everywhere. `clean` brings what people or programs send into "
        "the canonical value, which is what a body holds; the schema describes that value. A field that is not given "
        "is absent from the body, never empty."
    )
    yield "Options of every field:"
    yield _table(["option", "without it"], [[_code(o.name), _default(o)] for o in dataclasses.fields(Field)])
    for cls in field_types():
        yield f"## {cls.__name__}"
        yield sources.first_paragraph(sys.modules[cls.__module__].__doc__)
        yield sources.plain(cls.__doc__)
        own = [o for o in dataclasses.fields(cls) if o.name not in _base_options()]
        if own:
            yield _table(["option", "without it"], [[_code(o.name), _default(o)] for o in own])
        schema = json.dumps(_shortened(_sample(cls).schema()), ensure_ascii=False, indent=2)
        yield f"```json\n{schema}\n```"


def _sample(cls: type[Field]) -> Field:
    """A field of the type, with whatever it needs to say its schema."""
    from ortaq.engine.fields import Line
    from ortaq.engine.labels import L

    label = L(kk="", az="", ru="", en="Example")
    options = {o.name for o in dataclasses.fields(cls)}
    extra: dict[str, Any] = {}
    if "fields" in options:
        extra["fields"] = [Line("line", label)]
    if "vocabulary" in options and not next(o for o in dataclasses.fields(cls) if o.name == "vocabulary").default:
        extra["vocabulary"] = "name_kind"
    return cls("example", label, **extra)


def _default(option: dataclasses.Field[Any]) -> str:
    if option.default is not dataclasses.MISSING:
        value = option.default
        return _code(", ".join(value)) if isinstance(value, tuple) else _code(str(value)) if value != "" else ""
    return "" if option.default_factory is not dataclasses.MISSING else "must be given"


def _shortened(schema: Any) -> Any:
    """A schema whose long enumerations are cut: the vocabularies have a page of their own."""
    if isinstance(schema, dict):
        return {
            key: [*value[:ENUM_SHOWN], "…"] if key == "enum" and len(value) > 2 * ENUM_SHOWN else _shortened(value)
            for key, value in schema.items()
        }
    return [_shortened(one) for one in schema] if isinstance(schema, list) else schema


def _rights() -> Iterator[str]:
    from ortaq.people import rights

    yield sources.rest(rights.__doc__)
    verbs = list(dict.fromkeys(verb for held in rights.RIGHTS.values() for verb in held))
    rows = [[_code(role), *(held.get(verb, "") for verb in verbs)] for role, held in rights.RIGHTS.items()]
    yield _table(["role", *verbs], rows)
    everybody = ", ".join(f"{verb} ({scope})" for verb, scope in rights.EVERYBODY.items())
    yield f"Everybody who is signed in, with or without a role: {everybody}."
    yield "What a role reads beside what everybody reads:"
    yield _table(
        ["role", "as a member of its organisation", "as a professional", "as an authority of its country"],
        [
            [_code(role), *("yes" if role in held else "" for held in _readers(rights))]
            for role in rights.RIGHTS
            if any(role in held for held in _readers(rights))
        ],
    )


def _readers(rights: Any) -> tuple[frozenset[str], ...]:
    return rights.MEMBERS, rights.PROFESSIONALS, rights.AUTHORITIES


def _settings() -> Iterator[str]:
    from ortaq.site.config import SETTINGS

    yield "A node is set up by its environment. Lists are written with commas, folders with the path separator."
    yield _table(["name", "without it", "what for"], [[_code(s.name), _code(s.default), s.help] for s in SETTINGS])


def commands() -> list[tuple[str, argparse.ArgumentParser]]:
    """(full name, parser) of every command."""
    from ortaq.cli.parser import parser

    return list(_subcommands(parser()))


def _subcommands(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    below = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not below:
        yield parser.prog, parser
    for action in below:
        for sub in action.choices.values():
            yield from _subcommands(sub)


def _commands() -> Iterator[str]:
    yield "`ortaq COMMAND --help` says the same. Every command takes `--data FOLDER` and `--language`."
    for name, parser in commands():
        yield f"## {name}"
        yield (parser.description or "").replace("%%", "%")
        rows = [_argument(a) for a in parser._actions if a.dest not in ("help", "data", "language")]
        if rows:
            yield _table(["argument", "what it is"], rows)


def _argument(action: argparse.Action) -> list[str]:
    name = action.option_strings[-1] if action.option_strings else str(action.metavar or action.dest)
    if action.option_strings and action.nargs != 0:
        shown = action.metavar or ("" if action.choices else action.dest.upper())
        name += f" {shown}" if shown else ""
    notes = [(action.help or "").replace("%%", "%")]
    if action.choices:
        notes.append("one of: " + ", ".join(str(choice) for choice in action.choices))
    if action.option_strings and action.required:
        notes.append("required")
    if not action.option_strings and action.nargs == "?":
        notes.append("may be left out")
    return [_code(name), "; ".join(note for note in notes if note)]


def _problems() -> Iterator[str]:
    yield (
        "What can be wrong with what people or programs send. A problem has a `code` for programs, a sentence in the "
        "reader's language and the path to the field. The words in `%(…)s` are filled in."
    )
    yield _codes(sources.problems(PACKAGE))
    yield "## What `ortaq check` finds"
    yield "`erased` and `file_extra` are no faults: the exit status stays 0."
    yield _codes(sources.problems(PACKAGE, "Finding", 2))


def _codes(found: Iterable[tuple[str, str]]) -> str:
    rows: dict[str, set[str]] = {}
    for code, message in found:
        rows.setdefault(code, set()).update({message} if message else set())
    return _table(["code", "what it says"], [[_code(c), " · ".join(sorted(m)) or "—"] for c, m in sorted(rows.items())])


def _actions() -> Iterator[str]:
    yield (
        "Everything that changes data is an action: it checks the right, cleans the input, and writes row, revision "
        "and signed entry in one transaction. Each has its inverse, or says why there is none."
    )
    for module in sources.action_modules(PACKAGE):
        yield f"## {module.name}"
        yield sources.plain(module.doc)
        yield _table(["function", "what it does"], [[_code(f.name), f.doc] for f in module.functions])


def _entry() -> Iterator[str]:
    from ortaq.engine import log
    from ortaq.engine.traced import TYPES

    yield sources.rest(log.__doc__)
    yield _table(["key", "what it is"], [[_code(key), text] for key, text in HEADER.items()])
    yield (
        "The header is written by RFC 8785 (sorted keys, no spaces, UTF-8). Its digest is the SHA-256 of these bytes "
        "in hex, its signature the Ed25519 signature of the same bytes. The public key stands in the node's own "
        "entry, which is the first of each epoch. Why it is so: [the engine](../why/engine.md)."
    )
    yield "## Traced types"
    yield "Everything that may travel between nodes:"
    own = sorted((name, cls) for name, cls in TYPES.items() if cls.__module__.startswith("ortaq."))
    yield _table(["type", "what it is"], [[_code(name), sources.first_paragraph(cls.__doc__)] for name, cls in own])


if __name__ == "__main__":
    sys.exit(main())
