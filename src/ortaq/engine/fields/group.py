"""Fields that belong together, once or many times; each occurrence keeps a short id for life."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from ortaq.engine.facts import Fact, Reference
from ortaq.engine.fields.base import Context, Field, Piece, Row, Widget, wrong_type
from ortaq.engine.fields.period import Period
from ortaq.engine.fields.source import Source
from ortaq.engine.ids import OCCURRENCE, occurrence
from ortaq.engine.labels import L
from ortaq.engine.problems import REQUIRED, Problem, Problems

MOST = 5_000  # occurrences of one group
ID = "_id"
VALID = Period("valid", L(kk="Қолданылу мерзімі", az="Qüvvədə olma müddəti", ru="Период действия", en="Valid"))
SOURCE = Source("source", L(kk="Дереккөз", az="Mənbə", ru="Источник", en="Source"))


@dataclass(frozen=True)
class Side:
    """One of the sides from which a table shows each occurrence, with the names of the fields that belong to it."""

    label: L
    fields: tuple[str, ...]

    def __str__(self) -> str:
        return self.label.en


@dataclass
class Group(Field):
    """Canonical value: a list of ``{"_id": "k3f9xz", field: value, …}``.

    ``dated`` adds the fields ``valid`` (from, to) and ``source`` of an assertion. On the page a ``table`` has a
    column for each field, or for each of its ``sides``; a ``timeline`` has a lane for each occurrence along the
    period that is one of its fields.
    """

    fields: list[Field] = field(default_factory=list)
    dated: bool = False
    table: bool = False
    timeline: bool = False
    sides: tuple[Side, ...] = ()

    type: ClassVar[str] = "group"

    def __post_init__(self) -> None:
        if self.dated:
            self.fields = [*self.fields, VALID, SOURCE]

    def clean(self, value: Any, context: Context) -> Any:
        if not isinstance(value, list) or len(value) > MOST:
            raise wrong_type("list")
        found: list[dict[str, Any]] = []
        wrong: list[Problem] = []
        taken: set[str] = set()
        for index, given in enumerate(value):
            try:
                row = self._clean_row(given, taken, context)
            except Problems as problems:
                wrong += [problem.at(index) for problem in problems.problems]
                continue
            if row:
                taken.add(row[ID])
                found.append(row)
        if wrong:
            raise Problems(wrong)
        return found or None

    def take(self, form: Mapping[str, Any], name: str) -> Any:
        rows = []
        pattern = re.compile(re.escape(name) + r"\.(\d{1,4})\.")
        numbers = sorted({int(match[1]) for key in form if (match := pattern.match(key))})
        for number in numbers[:MOST]:
            prefix = f"{name}.{number}"
            if form.get(f"{prefix}.remove"):
                continue
            row = {f.name: value for f in self.fields if (value := f.take(form, f"{prefix}.{f.name}")) is not None}
            if row:
                rows.append({ID: form.get(f"{prefix}.{ID}") or occurrence(), **row})
        return rows or None

    def widget(self, value: Any, name: str, context: Context) -> Widget:
        """The occurrences there are and one empty one to fill in."""
        rows = [row if isinstance(row, dict) else {} for row in (value if isinstance(value, list) else [])]
        drawn = [
            {
                "name": f"{name}.{index}",
                "id": row.get(ID, ""),
                "fields": [f.widget(row.get(f.name), f"{name}.{index}.{f.name}", context) for f in self.fields],
            }
            for index, row in enumerate([*rows, {}])
        ]
        return Widget("group", name, self.label, self.help, self.required, None, {"rows": drawn})

    def show(self, value: Any, context: Context) -> list[Row]:
        rows = []
        for given in value:
            cells: list[tuple[L, list[Piece]]] = []
            for f in self.fields:
                pieces = f.show(given[f.name], context) if given.get(f.name) is not None else []
                if pieces:
                    cells.append((f.label, [p for p in pieces if isinstance(p, Piece)]))
            if cells:
                rows.append(Row(given[ID], cells))
        return rows

    def facts(self, value: Any) -> Iterator[Fact]:
        for row in value:
            for f in self.fields:
                for fact in f.facts(row[f.name]) if row.get(f.name) is not None else ():
                    yield replace(fact, row=row[ID]) if isinstance(fact, Reference) else fact

    def schema(self) -> dict[str, Any]:
        properties = {ID: {"type": "string", "pattern": OCCURRENCE.pattern}} | {f.name: f.schema() for f in self.fields}
        return {"type": "array", "items": {"type": "object", "properties": properties}, "maxItems": MOST}

    def _clean_row(self, given: Any, taken: set[str], context: Context) -> dict[str, Any] | None:
        if not isinstance(given, dict):
            raise Problems([wrong_type("group")])
        id_ = given.get(ID) or occurrence()
        if not isinstance(id_, str) or not OCCURRENCE.fullmatch(id_) or id_ in taken:
            raise Problems(
                [Problem("occurrence", _("“%(value)s” cannot name an occurrence: give another id."), value=id_)]
            )
        row = clean_fields(self.fields, {k: v for k, v in given.items() if k != ID}, context)
        return {ID: id_, **row} if row else None


def clean_fields(
    fields: Iterable[Field],
    data: Any,
    context: Context,
    extra: Callable[[dict[str, Any]], Iterable[Problem]] | None = None,
) -> dict[str, Any]:
    """``data`` by field, cleaned; raises Problems with all that is wrong, unknown keys included."""
    if not isinstance(data, dict):
        raise Problems([wrong_type("object")])
    known = {f.name: f for f in fields}
    message = _("There is no field called “%(name)s” here. Check the spelling.")
    wrong = [Problem("unknown_field", message, path=(str(n)[:80],), name=n) for n in data if n not in known]
    cleaned: dict[str, Any] = {}
    for name, f in known.items():
        try:
            value = f.clean(data[name], context) if data.get(name) is not None else None
        except Problem as problem:
            wrong.append(problem.at(name))
            continue
        except Problems as problems:
            wrong += [problem.at(name) for problem in problems.problems]
            continue
        if value is not None:
            cleaned[name] = value
        elif f.required and context.publishing and f.part not in context.closed:
            wrong.append(Problem("required", REQUIRED, path=(name,)))
    wrong += [] if wrong or extra is None else list(extra(cleaned))
    if wrong:
        raise Problems(wrong)
    return cleaned
