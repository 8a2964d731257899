"""What other records say on the card of an object: works on it, surveys, investigations, drawings, literature."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ortaq.engine import kinds
from ortaq.engine.access import View
from ortaq.engine.fields.base import Context, Piece
from ortaq.engine.labels import L
from ortaq.engine.outputs.page import Statement, statements, title_of
from ortaq.web.reading import address, known


@dataclass(frozen=True)
class Linked:
    """Records of ``kind`` that refer to the object by ``role``: the first of ``when`` that is given, and ``said``.

    ``sort`` names the field by which they are told apart: ``only`` its codes that belong here, or ``but`` those
    that do not.
    """

    kind: str
    role: str
    when: tuple[str, ...]
    said: tuple[str, ...]
    sort: str = ""
    only: frozenset[str] = frozenset()
    but: frozenset[str] = frozenset()

    @property
    def label(self) -> L:
        return kinds.KINDS[self.kind].plural

    def of(self, view: View) -> bool:
        code = view.data.get(self.sort, "")
        return (
            view.record.kind == self.kind
            and known(view)
            and (not self.only or code in self.only)
            and code not in self.but
        )


# Works that leave something else than there was; all others keep or bring back.
REBUILT = frozenset({"reconstruction", "adaptation", "recreation", "relocation"})
DRAWN = frozenset(
    {
        "measured_drawing",
        "design_doc",
        "photo",
        "aerial_photo",
        "satellite",
        "photogrammetry",
        "laser_scan",
        "model_3d",
        "hbim",
        "gis",
        "map",
        "video",
        "film",
    }
)
WORK = ("restoration_work", "restores", ("carried_out", "planned"), ("main_kind", "status"), "main_kind")
MATERIAL = ("material", "about", ("date",), ("sort", "authors"), "sort")
REBUILDINGS, RESTORATIONS = Linked(*WORK, only=REBUILT), Linked(*WORK, but=REBUILT)
DRAWINGS, LITERATURE = Linked(*MATERIAL, only=DRAWN), Linked(*MATERIAL, but=DRAWN)
SURVEYS = Linked("condition_survey", "surveys", ("date",), ("grade", "findings"))
INVESTIGATIONS = Linked("archaeological_research", "investigates", ("carried_out",), ("sort",))
ROLES = {of.kind: of.role for of in (RESTORATIONS, LITERATURE, SURVEYS, INVESTIGATIONS)}


def said(of: Linked, linking: Iterable[View], context: Context) -> list[Statement]:
    """One statement for each record, with its name, number, time and what is said of it."""
    return [_said(of, view, context) for view in linking if of.of(view)]


def _said(of: Linked, view: View, context: Context) -> Statement:
    title = title_of(view, context.lang)
    name = Piece(title.text, title.lang, address(view), note=view.record.pid or "")
    when = next((found for name in of.when if (found := list(_pieces(view, name, context)))), [])
    fields = [field for name in of.said if view.kind and (field := view.kind.field(name))]
    rest = [(field.label, list(_pieces(view, field.name, context))) for field in fields]
    return Statement([name], when, [(label, pieces) for label, pieces in rest if pieces])


def _pieces(view: View, name: str, context: Context) -> Iterator[Piece]:
    of, value = view.kind.field(name) if view.kind else None, view.data.get(name)
    for statement in statements(of, value, context) if of and value is not None else ():
        yield from statement.value
