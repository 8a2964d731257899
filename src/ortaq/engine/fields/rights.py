"""Under which licence something may be used, and whose it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from ortaq.engine.fields.base import Context, Field, Piece, Widget, wrong_type
from ortaq.engine.fields.line import Line
from ortaq.engine.fields.term import Term
from ortaq.engine.labels import L


@dataclass
class Rights(Field):
    """Canonical value: ``{"licence": code of the vocabulary licence, "holder": "…"}``."""

    type: ClassVar[str] = "rights"

    def clean(self, value: Any, context: Context) -> Any:
        if not isinstance(value, dict) or set(value) - {"licence", "holder"}:
            raise wrong_type("rights")
        found = {
            "licence": _LICENCE.clean(value.get("licence") or "", context),
            "holder": _HOLDER.clean(value.get("holder") or "", context),
        }
        return {key: given for key, given in found.items() if given} or None

    def read(self, text: str, context: Context) -> Any:
        licence, _bar, holder = text.partition("|")
        return {"licence": licence.strip(), "holder": holder.strip()} if text.strip() else None

    def take(self, form: Mapping[str, Any], name: str) -> Any:
        given = {key: str(form.get(f"{name}.{key}", "")).strip() for key in ("licence", "holder")}
        return given if any(given.values()) else None

    def widget(self, value: Any, name: str, context: Context) -> Widget:
        value = value if isinstance(value, dict) else {}
        licence = _LICENCE.widget(value.get("licence"), f"{name}.licence", context)
        return Widget("rights", name, self.label, self.help, self.required, value, {"licence": licence})

    def show(self, value: Any, context: Context) -> list[Piece]:
        pieces = _LICENCE.show(value["licence"], context) if value.get("licence") else []
        return [*pieces, *([Piece("© " + value["holder"])] if value.get("holder") else [])]

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "properties": {"licence": _LICENCE.schema(), "holder": _HOLDER.schema()}}


_LICENCE = Term("licence", L(kk="Лицензия", az="Lisenziya", ru="Лицензия", en="Licence"), vocabulary="licence")
_HOLDER = Line("holder", L(kk="Құқық иесі", az="Hüquq sahibi", ru="Правообладатель", en="Rights holder"))
