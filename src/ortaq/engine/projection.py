"""Bodies as somebody may see them: pure functions from data to data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ortaq.engine import kinds
from ortaq.engine.fields.base import Field
from ortaq.engine.fields.group import ID, Group
from ortaq.engine.fields.link import Link

if TYPE_CHECKING:
    from ortaq.engine.models import Record


def narrowed(slug: str, version: int, data: dict[str, Any], today: Record) -> dict[str, Any]:
    """Open data of an old revision without what is closed today.

    A field that lies in a closed part now keeps at most today's public form, whatever
    the old revision showed; of an unknown kind everything stays as its owner sent it.
    """
    kind = kinds.get(slug)
    if kind is None or version > kind.version:
        return data
    data = kind.upgrade(data, version)
    found = {}
    for name, value in data.items():
        field = kind.field(name)
        if field is None or not field.part:
            found[name] = value
            continue
        like = today.data.get(name)
        public = field.public(value, like=like) if like is not None else None
        if public is not None:
            found[name] = public
    return found


def without_hidden(slug: str, data: dict[str, Any], shown: frozenset[str]) -> dict[str, Any]:
    """``data`` without links to things that are not in ``shown`` (UUIDs as text)."""
    kind = kinds.get(slug)
    return _strip(kind.fields, data, shown) if kind else data


def with_hidden(slug: str, full: dict[str, Any], seen: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """``new`` with the links that its writer could not see put back.

    ``full`` is what was there, ``seen`` what the writer was shown of it. A link that he
    did see and took out stays out; what he put in the place of a hidden one wins.
    """
    kind = kinds.get(slug)
    return _restore(kind.fields, full, seen, new) if kind else new


def _strip(fields: list[Field], data: dict[str, Any], shown: frozenset[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    known = {f.name: f for f in fields}
    for name, value in data.items():
        field = known.get(name)
        if isinstance(field, Group):
            rows = [_strip(field.fields, row, shown) for row in value]
            rows = [row for row, old in zip(rows, value, strict=True) if set(row) - {ID} or not set(old) - {ID}]
            if rows:
                found[name] = rows
        elif isinstance(field, Link) and value.get("to") and value["to"] not in shown:
            rest = {key: inner for key, inner in value.items() if key != "to"}
            if rest:
                found[name] = rest
        else:
            found[name] = value
    return found


def _restore(fields: list[Field], full: dict[str, Any], seen: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    found = dict(new)
    for field in fields:
        name = field.name
        if name not in full or full[name] == seen.get(name):
            continue
        if isinstance(field, Group):
            rows = _restore_rows(field, full[name], seen.get(name) or [], new.get(name) or [])
            if rows:
                found[name] = rows
        elif isinstance(field, Link):
            found[name] = _restore_link(full[name], seen.get(name), new.get(name))
            if found[name] is None:
                del found[name]
    return found


def _restore_rows(field: Group, full: list[Any], seen: list[Any], new: list[Any]) -> list[Any]:
    """Occurrences kept by id; those that the writer never saw come back at the end."""
    before = {row[ID]: row for row in full}
    shown = {row[ID]: row for row in seen}
    rows = [_restore(field.fields, before.get(r[ID], {}), shown.get(r[ID], {}), r) for r in new]
    present = {row[ID] for row in new}
    return rows + [row for id_, row in before.items() if id_ not in shown and id_ not in present]


def _restore_link(full: dict[str, Any], seen: dict[str, Any] | None, new: dict[str, Any] | None) -> Any:
    if seen is None and new is None:
        return full
    if new is not None and "to" in full and not {"to", "uri"} & set(new):
        return {**new, "to": full["to"]}
    return new
