"""The page on which columns are mapped: a mapping as lines of a form, and the posted form as a mapping.

What the form has no control for (conditions, templates, second uses of a column) is kept as the mapping has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ortaq.engine.fields.name import NAME_LANGUAGES
from ortaq.engine.fields.place import METHODS, PRECISIONS
from ortaq.engine.kinds import Kind
from ortaq.engine.problems import Problem
from ortaq.imports import guess
from ortaq.imports import head as heads
from ortaq.imports.mapping import LONGEST_SOURCE, YEARS, Column, Spot
from ortaq.imports.mapping import Mapping as Rules
from ortaq.imports.matching import again
from ortaq.imports.targets import SPOTS, Goal, goals, place_of

SPLITS = (";", ",", "|", "/")
CONSTANTS = 3  # empty lines for values that every row gets
MOST_CONSTANTS = 30
LONGEST = 500
FOUND_BY = {
    "gnss": _("satellite receiver"),
    "map": _("map"),
    "satellite": _("satellite image"),
    "text": _("description"),
    "centre": _("middle of the area"),
    "unknown": _("unknown"),
}


@dataclass(frozen=True)
class Line:
    """One column of the file: what is seen of it and where it goes."""

    at: int
    seen: heads.Seen
    to: str = ""
    lang: str = ""
    split: str = ""
    row: str = ""


@dataclass(frozen=True)
class Fixed:
    """The same value for every row."""

    at: int
    to: str = ""
    lang: str = ""
    value: str = ""


def page(kind: type[Kind], head: dict[str, Any], mapping: Rules) -> dict[str, Any]:
    """What the form shows."""
    known = goals(kind)
    place = mapping.place or Spot(field="")
    return {
        "lines": list(_lines(kind, head, mapping)),
        "fixed": list(_fixed(kind, mapping)),
        "kept": [(at, column, _said(column)) for at, column in enumerate(mapping.columns) if _kept(kind, mapping, at)],
        "goals": _grouped(known),
        "spoken": NAME_LANGUAGES,
        "splits": SPLITS,
        "place": place if place_of(kind) else None,
        "precisions": list(PRECISIONS.items()),
        "methods": [(code, FOUND_BY[code]) for code in METHODS],
        "mapping": mapping,
        "required": [field.label for field in kind.fields if field.required and not _fills(mapping, field.name)],
    }


def _grouped(known: dict[str, Goal]) -> list[tuple[Any, list[Goal]]]:
    """Goals side by side under their group, those without one first."""
    found: dict[Any, list[Goal]] = {None: []}
    for goal in known.values():
        found.setdefault(goal.group, []).append(goal)
    return list(found.items())


def _fills(mapping: Rules, name: str) -> bool:
    paths = [column.field for column in mapping.columns] + ([mapping.place.field] if mapping.place else [])
    return any(path.partition(".")[0] == name for path in paths)


def _lines(kind: type[Kind], head: dict[str, Any], mapping: Rules) -> Iterator[Line]:
    spots = _spots(mapping.place)
    for at, seen in enumerate(heads.columns(head)):
        found = next((c for c in mapping.columns if c.name == seen.name and _code(kind, c)), None)
        if seen.name in spots:
            yield Line(at, seen, spots[seen.name])
        elif found:
            yield Line(at, seen, _code(kind, found), found.lang, found.split, found.row)
        else:
            yield Line(at, seen)


def _spots(place: Spot | None) -> dict[str, str]:
    named = {code: getattr(place, code[1:]) for code in SPOTS} if place else {}
    return {column: code for code, column in named.items() if column}


def _fixed(kind: type[Kind], mapping: Rules) -> Iterator[Fixed]:
    found = [c for c in mapping.columns if _is_fixed(kind, c)]
    for at, column in enumerate(found):
        yield Fixed(at, _code(kind, column), column.lang, str(column.value))
    for at in range(len(found), len(found) + CONSTANTS):
        yield Fixed(at)


def _is_fixed(kind: type[Kind], column: Column) -> bool:
    plain = not (column.name or column.template or column.when or column.unless)
    return plain and isinstance(column.value, str) and bool(_code(kind, column))


def _code(kind: type[Kind], column: Column) -> str:
    """The goal of the form that this column goes to, "" when the form has none for it."""
    scheme = column.set.get("id", {}).get("scheme", "") if isinstance(column.set.get("id"), Mapping) else ""
    code = f"{column.field.removesuffix('.value')}#{scheme}" if scheme else column.field
    return code if code in goals(kind) and not column.template else ""


def _kept(kind: type[Kind], mapping: Rules, at: int) -> bool:
    """Whether the form has no line for a column of the mapping."""
    column = mapping.columns[at]
    if not _code(kind, column):
        return True
    if not column.name:
        return not _is_fixed(kind, column)
    first = next(i for i, c in enumerate(mapping.columns) if c.name == column.name and _code(kind, c))
    return at != first or column.name in _spots(mapping.place)


def _said(column: Column) -> str:
    return f"{column.name or column.template or column.value} → {column.field}"


def posted(kind: type[Kind], head: dict[str, Any], mapping: Rules, form: QueryDict) -> tuple[Rules, list[Problem]]:
    """The mapping that a posted form says, and what is wrong with it all the same. Raises Problem for an empty one."""
    old = {c.name: c for c in reversed(mapping.columns) if c.name and _code(kind, c)}
    wrong: list[Problem] = []
    spots: dict[str, str] = {}
    columns: list[Column] = []
    for at, seen in enumerate(heads.columns(head)):
        code = form.get(f"c{at}.to", "")
        if code in spots:
            wrong.append(Problem("place", _("Two columns give the same part of the place. Choose one of them.")))
        elif code in SPOTS:
            spots[code] = seen.name
        elif code:
            columns.append(_column(kind, code, seen.name, f"c{at}", form, old.get(seen.name)))
    columns += _constants(kind, form)
    columns += [c for at, c in enumerate(mapping.columns) if _kept(kind, mapping, at) and f"keep{at}" in form]
    if not columns:
        raise Problem("mapping", _("Say for at least one column where it goes."))
    if not any(c.row for c in columns):
        columns = guess.numbered(columns)
    used = {c.values for c in columns}
    if spots and "@geometry" not in spots and not {"@lat", "@lon"} <= set(spots):
        message = _("A place needs both latitude and longitude, or one column with the geometry.")
        wrong.append(Problem("place", message))
        spots = {}
    rules = again(
        mapping,
        columns=tuple(columns),
        place=_place(kind, mapping.place, spots, form),
        tables={name: table for name, table in mapping.tables.items() if name in used},
        lang=_one_of(form.get("lang", ""), NAME_LANGUAGES),
        id=_one_of(form.get("id", ""), head["columns"]),
        years=_one_of(form.get("years", ""), YEARS),
        source=form.get("source", "").replace("\0", "").strip()[:LONGEST_SOURCE],
    )
    return rules, wrong


def _column(kind: type[Kind], code: str, name: str, key: str, form: QueryDict, before: Column | None) -> Column:
    goal = goals(kind).get(code)
    if goal is None:
        raise Problem("field", _("There is no field called “%(name)s” here. Check the spelling."), name=code)
    lang = _one_of(form.get(f"{key}.lang", ""), NAME_LANGUAGES)
    split = _one_of(form.get(f"{key}.split", ""), SPLITS)
    row = "" if split or "." not in goal.path else form.get(f"{key}.row", "").strip()[:40]
    if before is not None and _code(kind, before) == code:
        return replace(before, lang=lang, split=split, row=row)
    return guess.column(goal, name, lang=lang, split=split, row=row)


def _constants(kind: type[Kind], form: QueryDict) -> Iterator[Column]:
    for at in range(MOST_CONSTANTS):
        code, value = form.get(f"k{at}.to", ""), form.get(f"k{at}.value", "").strip()[:LONGEST]
        goal = goals(kind).get(code)
        if goal and goal.field and value:
            lang = _one_of(form.get(f"k{at}.lang", ""), NAME_LANGUAGES)
            yield replace(guess.column(goal, "", lang=lang), value=value)


def _place(kind: type[Kind], before: Spot | None, spots: dict[str, str], form: QueryDict) -> Spot | None:
    field = place_of(kind)
    if field is None or not spots:
        return None
    rest = {code[1:]: name for code, name in spots.items()}
    return Spot(
        **rest,
        field=field.name,
        precision=_one_of(form.get("precision", ""), PRECISIONS) or "exact",
        crs=form.get("crs", "").strip()[:60],
        method=_one_of(form.get("method", ""), METHODS),
        unless=before.unless if before else {},
    )


def _one_of(given: str, known: Any) -> str:
    return given if given in known else ""
