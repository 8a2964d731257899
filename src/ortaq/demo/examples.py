"""The records of ``data/examples``: restoration works, surveys, research, materials, events, people and more.

A record says either what is publicly known, then its row names the rows of ``facts.csv`` that say it, or it is an
example. The loader marks every example, so that no row can forget it: its titles begin with the word for it and its
source says that it is one. An example says nothing about fabric, condition, finds and protection of a real object.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any
from uuid import UUID

from django.db import transaction

from ortaq.demo import facts
from ortaq.engine import access, actions, kinds
from ortaq.engine.actions import Prepared
from ortaq.engine.fields import Date, Field, Group, Link, Text
from ortaq.engine.fields.base import Context
from ortaq.engine.traced import DRAFT, IN_REVIEW, PUBLISHED
from ortaq.people.actors import Member

OWN = {"KZ": "kk", "AZ": "az"}  # the language that a side writes in first
WORDS = {"kk": "Үлгі", "az": "Nümunə", "ru": "Пример", "en": "Example"}
SHORT = " · ".join(WORDS.values())
MARK = (
    "Демо үлгісі, ескерткіш туралы мәлімет емес · Demo nümunəsidir, abidə haqqında məlumat deyil · "
    "Демонстрационный пример, а не сведения о памятнике · Demo example, not a statement about the monument"
)
TOGETHER = 10  # records in one transaction, which keeps the write lock short
META = {"ref", "state", "readers", "facts"}
# What is referred to comes before what refers to it.
FILES = (
    "organisations-known",
    "organisations",
    "persons",
    "objects-known",
    "objects",
    "works-known",
    "works-kz",
    "works-az",
    "materials-known",
    "materials",
    "surveys",
    "excavations",
    "projects",
    "practices-known",
    "practices",
    "routes",
    "events",
)


@dataclass(frozen=True)
class Side:
    """Who writes and who publishes in a country."""

    editor: Member
    officer: Member


def create(sides: Mapping[str, Side]) -> dict[str, UUID]:
    """Makes all records, each by the editor of its country; returns their ids by ref."""
    refs = {number: id_ for side in sides.values() for number, id_ in _numbered(side.editor)}
    refs |= {ref: id_ for side in sides.values() for ref, id_ in _acts(side.officer)}
    for country, side in sides.items():
        refs |= {f"reserve-{country}": _owner(side.editor), f"office-{country}": _owner(side.officer)}
    for name in FILES:
        kind, rows = read(name)
        for country, side in sides.items():
            mine = [row for row in rows if row["country"] == country]
            for start in range(0, len(mine), TOGETHER):
                refs |= _make(side, kind, mine[start : start + TOGETHER], refs)
    return refs


def read(name: str) -> tuple[str, list[dict[str, Any]]]:
    """The kind of a file of examples and its rows."""
    table = tomllib.loads((files("ortaq.demo") / "data" / "examples" / f"{name}.toml").read_text("utf-8"))
    return table["kind"], table["record"]


def _numbered(editor: Member) -> Iterator[tuple[str, UUID]]:
    """The objects of the list of demo objects by their number there."""
    for view in access.views(editor, list(access.visible(editor).filter(kind="heritage_object"))):
        yield view.data["sources"][0]["source"]["text"].rpartition(" ")[2], view.record.id


def _acts(officer: Member) -> Iterator[tuple[str, UUID]]:
    """The legal acts of a country as ``act-KZ-2025-12-05``, for those that have a day."""
    for view in access.views(officer, list(access.visible(officer).filter(kind="legal_act", owner=_owner(officer)))):
        if "date" in view.data:
            yield f"act-{view.data['country']}-{view.data['date']['edtf']}", view.record.id


def _owner(member: Member) -> UUID:
    assert member.organisation is not None
    return member.organisation


def _make(side: Side, kind: str, rows: list[dict[str, Any]], refs: Mapping[str, UUID]) -> dict[str, UUID]:
    """Some records in one transaction: written by the editor, published by the officer unless a row says otherwise."""
    ready = [_prepared(side.editor, kind, row, refs) for row in rows]
    with transaction.atomic():
        actions.create_many(side.editor, ready)
        for row, one in zip(rows, ready, strict=True):
            if row.get("state", PUBLISHED) == PUBLISHED:
                actions.publish(side.officer, one.record.id)
    return {row["ref"]: one.record.id for row, one in zip(rows, ready, strict=True)}


def _prepared(editor: Member, kind: str, row: dict[str, Any], refs: Mapping[str, UUID]) -> Prepared:
    state = row.get("state", PUBLISHED)
    assert state in (DRAFT, IN_REVIEW, PUBLISHED)
    data = raw(kinds.KINDS[kind], row, refs)
    audience = row.get("readers", ["public"])
    return actions.prepare(editor, kind, data, owner=_owner(editor), audience=audience, submit=state != DRAFT)


def raw(kind: type[kinds.Kind], row: Mapping[str, Any], refs: Mapping[str, UUID]) -> dict[str, Any]:
    """The raw data of a record out of its row, which may write a field more shortly than the field is kept."""
    said = facts.sources(row.get("facts", ()))
    reader = _Reader(refs, None if said else {"text": SHORT})
    known = {field.name: field for field in kind.fields}
    data = {name: reader.value(known[name], given) for name, given in row.items() if name not in META | {"names"}}
    names = [_name(lang, text, "" if said else OWN[row["country"]]) for lang, text in row["names"].items()]
    return {**data, "names": names, "sources": said or [{"source": {"text": MARK}}]}


def _name(lang: str, text: str, own: str) -> dict[str, Any]:
    """A name with the word for an example before it, or, without a language of its ``own``, as it was given."""
    if not own:
        return {"name": {"text": text, "lang": lang}}
    return {"name": {"text": f"{WORDS[lang]}: {text}", "lang": lang}, "kind": "official" if lang == own else "variant"}


@dataclass(frozen=True)
class _Reader:
    """Reads values; ``source`` is given to each dated statement that names none."""

    refs: Mapping[str, UUID]
    source: dict[str, str] | None

    def value(self, field: Field, given: Any) -> Any:
        if isinstance(field, Group):
            return [self._row(field, row) for row in given]
        if isinstance(field, Text):
            return {lang: _text(inner, number) for number, (lang, inner) in enumerate(given.items())}
        if isinstance(field, Link) and isinstance(given, str) and given.startswith("@"):
            return {"to": str(self.refs[given[1:]])}
        if isinstance(field, Date) and isinstance(given, str):
            return {"edtf": given}
        return field.read(given, Context(lang="en")) if isinstance(given, str) else given

    def _row(self, group: Group, row: Mapping[str, Any]) -> dict[str, Any]:
        known = {field.name: field for field in group.fields}
        read_ = {name: self.value(known[name], given) for name, given in row.items()}
        return {"source": self.source, **read_} if group.dated and self.source else read_


def _text(inner: Any, number: int) -> Any:
    """The first language of a text is its original, the others are translations unless they say what they are."""
    return {"text": inner, "origin": "human" if number else "original"} if isinstance(inner, str) else inner
