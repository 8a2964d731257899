"""Two views of one record, field by field, with the words that differ."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from ortaq.engine import kinds
from ortaq.engine.access import View
from ortaq.engine.fields import Group, Place, Text
from ortaq.engine.fields.base import Context, Field, Piece
from ortaq.engine.fields.group import ID
from ortaq.engine.outputs.page import Address, context_of

WORD = re.compile(r"\w+|[^\w\s]|\s+")
LONGEST = 20_000  # characters of a text that are compared word by word; beyond it the whole text is marked


@dataclass(frozen=True)
class Span:
    """A stretch of text; ``changed`` when the other side does not have it."""

    text: str
    changed: bool = False


@dataclass(frozen=True)
class Change:
    """One field, one language of a text, or one cell of an occurrence. An empty side had no value."""

    name: str
    label: str
    lang: str = ""
    before: list[Span] = field(default_factory=list)
    after: list[Span] = field(default_factory=list)
    closed: bool = False


def diff(old: View, new: View, lang: str, address: Address) -> list[Change]:
    """What ``new`` has otherwise than ``old``, in the order of the kind's fields; both are of one record.

    A closed part that changed and is not the reader's to see is one line without a word of it.
    """
    kind = new.kind
    if kind is None or max(old.record.kind_version, new.record.kind_version) > kind.version:
        return list(_raw(old.data, new.data))
    contexts = context_of(old, lang, address), context_of(new, lang, address)
    found: list[Change] = []
    for of in kind.fields:
        found += _field(of, old.data.get(of.name), new.data.get(of.name), contexts)
    return [*found, *_closed(kind, old, new, lang)]


def _field(of: Field, before: Any, after: Any, contexts: tuple[Context, Context]) -> Iterator[Change]:
    if before == after:
        return
    if isinstance(of, Group):
        yield from _rows(of, before or [], after or [], contexts)
    else:
        yield from _cell(of, of.name, str(of.label), before, after, contexts)


def _rows(
    of: Group, before: list[dict[str, Any]], after: list[dict[str, Any]], contexts: tuple[Context, Context]
) -> Iterator[Change]:
    """Occurrences are the same by their id, wherever they stand."""
    was = {row[ID]: row for row in before}
    now = {row[ID]: row for row in after}
    for number, id_ in enumerate({**was, **now}, start=1):
        old, new = was.get(id_, {}), now.get(id_, {})
        for inner in of.fields:
            if old.get(inner.name) != new.get(inner.name):
                label = f"{of.label} {number}: {inner.label}"
                name = f"{of.name}.{id_}.{inner.name}"
                yield from _cell(inner, name, label, old.get(inner.name), new.get(inner.name), contexts)


def _cell(
    of: Field, name: str, label: str, before: Any, after: Any, contexts: tuple[Context, Context]
) -> Iterator[Change]:
    if isinstance(of, Text):
        for lang in {**(before or {}), **(after or {})}:
            old, new = (before or {}).get(lang) or {}, (after or {}).get(lang) or {}
            if old != new:
                yield Change(name, label, lang, *words(_worded(old), _worded(new)))
        return
    old_text, new_text = (_text(of, value, c) for value, c in zip((before, after), contexts, strict=True))
    if old_text == new_text:
        old_text, new_text = _plain(before), _plain(after)
    yield Change(name, label, _lang(of, before, after), *words(old_text, new_text))


def _worded(inner: dict[str, str]) -> str:
    """A text with its origin when that is not the usual one, so that a change of it is seen."""
    word = {
        "official": _("official text"),
        "human": _("translated by a person"),
        "machine_checked": _("machine translation, checked by a person"),
        "machine": _("machine translation"),
    }.get(inner.get("origin", ""))
    return inner.get("text", "") + (f" [{word}]" if word else "")


def _text(of: Field, value: Any, context: Context) -> str:
    if value is None:
        return ""
    if isinstance(of, Place) and value.get("geometry"):
        return f"{_plain(value['geometry'])} ({of.show(value, context)[0].note})"
    pieces = [piece for piece in of.show(value, context) if isinstance(piece, Piece)]
    return ", ".join(f"{p.text} ({p.note})" if p.note else p.text for p in pieces)


def _lang(of: Field, before: Any, after: Any) -> str:
    """The language of a value that has one, such as a name."""
    for value in (after, before):
        if isinstance(value, dict) and isinstance(value.get("lang"), str):
            return str(value["lang"])
    return ""


def _closed(kind: type[kinds.Kind], old: View, new: View, lang: str) -> Iterator[Change]:
    hidden = old.closed | new.closed
    for name in sorted(hidden):
        if old.record.parts.get(name) != new.record.parts.get(name):
            part = kind.parts.get(name)
            note = _("changed, and closed to you")
            yield Change(name, part.label.at(lang) if part else name, after=[Span(note)], closed=True)


def _raw(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Change]:
    for name in {**before, **after}:
        if before.get(name) != after.get(name):
            yield Change(name, name, "", *words(_plain(before.get(name)), _plain(after.get(name))))


def _plain(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def words(before: str, after: str) -> tuple[list[Span], list[Span]]:
    """Both texts with the words marked that the other does not have."""
    if not before or not after or max(len(before), len(after)) > LONGEST:
        return [Span(before, True)] if before else [], [Span(after, True)] if after else []
    old, new = WORD.findall(before), WORD.findall(after)
    left: list[Span] = []
    right: list[Span] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        changed = tag != "equal"
        if b > a:
            left.append(Span("".join(old[a:b]), changed))
        if d > c:
            right.append(Span("".join(new[c:d]), changed))
    return left, right
