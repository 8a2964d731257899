"""From when to when something holds: the two ends of a dated assertion in one field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from ortaq.engine import dates
from ortaq.engine.fields.base import Context, Field, Piece, Widget, wrong_type
from ortaq.engine.problems import Problem


@dataclass
class Period(Field):
    """Canonical value: ``{"from": EDTF, "to": EDTF}``, either end may be missing."""

    type: ClassVar[str] = "period"

    def clean(self, value: Any, context: Context) -> Any:
        if not isinstance(value, dict) or set(value) - {"from", "to"}:
            raise wrong_type("period")
        ends = {}
        for end in ("from", "to"):
            given = value.get(end)
            if given is not None and not isinstance(given, str):
                raise wrong_type("date")
            if given and given.strip():
                try:
                    ends[end] = dates.understand(given.strip(), context.lang)
                except Problem as problem:
                    raise problem.at(end) from problem
        if len(ends) == len(("from", "to")):
            start, end_ = dates.bounds(ends["from"])[0], dates.bounds(ends["to"])[1]
            if start and end_ and start > end_:
                raise Problem("period", _("The period ends before it begins. Swap the two dates."))
        return ends or None

    def read(self, text: str, context: Context) -> Any:
        start, _slash, end = text.partition("/")
        return {"from": start.strip(), "to": end.strip()} if text.strip() else None

    def take(self, form: Mapping[str, Any], name: str) -> Any:
        ends = {end: str(form.get(f"{name}.{end}", "")).strip() for end in ("from", "to")}
        return {end: text for end, text in ends.items() if text} or None

    def widget(self, value: Any, name: str, context: Context) -> Widget:
        return Widget("period", name, self.label, self.help, self.required, value if isinstance(value, dict) else {})

    def show(self, value: Any, context: Context) -> list[Piece]:
        ends = [dates.show(value[end], context.lang) if value.get(end) else "…" for end in ("from", "to")]
        return [Piece(" – ".join(ends), context.lang)]

    def schema(self) -> dict[str, Any]:
        edtf = {"type": "string", "description": "EDTF level 1"}
        return {"type": "object", "properties": {"from": edtf, "to": edtf}}
