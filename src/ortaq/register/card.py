"""The passport or record card of an object: the fields in the order in which such cards have them, for paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from ortaq.engine import access
from ortaq.engine.access import Reader, View
from ortaq.engine.fields import Group, Place
from ortaq.engine.fields.base import Context, Field
from ortaq.engine.labels import L
from ortaq.engine.outputs.page import Located, Statement, context_of, located, readers, statements, title_of
from ortaq.register.linked import (
    DRAWINGS,
    INVESTIGATIONS,
    LITERATURE,
    REBUILDINGS,
    RESTORATIONS,
    ROLES,
    SURVEYS,
    Linked,
    said,
)
from ortaq.web import qr
from ortaq.web.context import node_name
from ortaq.web.reading import address, lang

MOST = 300  # records from elsewhere on one card
LINES = 2  # empty lines to write on where nothing is given
# After domain model §1.3: the order of the cards of both countries; beside fields stand the records that link to the
# object. A heading with neither is filled in by hand.
ORDER: tuple[tuple[L, tuple[str | Linked, ...]], ...] = (
    (L(kk="Атауы", az="Adı", ru="Наименование", en="Name"), ("names",)),
    (
        L(
            kk="Орналасқан жері және мекенжайы",
            az="Yerləşdiyi yer və ünvanı",
            ru="Местонахождение и адрес",
            en="Location and address",
        ),
        ("admin_unit", "place", "address"),
    ),
    (
        L(kk="Түрі және санаты", az="Növü və kateqoriyası", ru="Вид и категория", en="Type and category"),
        ("object_type", "legal_type", "protection", "international"),
    ),
    (
        L(kk="Тізімдегі нөмірлері", az="Siyahıdakı nömrələri", ru="Номера в списках", en="Numbers in lists"),
        ("register", "identifiers", "passport"),
    ),
    (L(kk="Мерзімделуі", az="Tarixləndirmə", ru="Датировка", en="Dating"), ("dating",)),
    (L(kk="Авторлары", az="Müəllifləri", ru="Авторы", en="Authors"), ("attribution",)),
    (
        L(kk="Тарихи деректер", az="Tarixi məlumat", ru="Исторические сведения", en="Historical data"),
        ("history", "significance", INVESTIGATIONS),
    ),
    (
        L(
            kk="Сипаттамасы: жоспары, құрылымы, әшекейі",
            az="Təsviri: planı, konstruksiyası, bəzəyi",
            ru="Описание: план, конструкции, декор",
            en="Description: plan, structure, decoration",
        ),
        ("summary", "fabric", "dimensions", "inscriptions", "protected_values"),
    ),
    (L(kk="Қайта құрулар", az="Yenidən qurmalar", ru="Перестройки", en="Rebuildings"), (REBUILDINGS,)),
    (L(kk="Реставрациялар", az="Bərpalar", ru="Реставрации", en="Restorations"), (RESTORATIONS,)),
    (L(kk="Жай-күйі", az="Vəziyyəti", ru="Состояние", en="Condition"), ("condition", "threats", SURVEYS)),
    (L(kk="Пайдаланылуы", az="İstifadəsi", ru="Использование", en="Use"), ("use", "permitted_use")),
    (
        L(
            kk="Иесі және пайдаланушы",
            az="Sahibi və istifadəçisi",
            ru="Собственник и пользователь",
            en="Owner and user",
        ),
        ("ownership", "obligations"),
    ),
    (
        L(
            kk="Қорғау аймақтары және орган",
            az="Mühafizə zonaları və orqan",
            ru="Зоны охраны и орган",
            en="Protection zones and authority",
        ),
        ("zones", "protection_authority"),
    ),
    (
        L(
            kk="Әдебиет және мұрағат",
            az="Ədəbiyyat və arxiv",
            ru="Библиография и архивы",
            en="Bibliography and archives",
        ),
        ("sources", LITERATURE),
    ),
    (
        L(
            kk="Сызбалар мен фотосуреттер тізімі",
            az="Cizgilərin və fotoların siyahısı",
            ru="Перечень чертежей и фотографий",
            en="List of drawings and photographs",
        ),
        (DRAWINGS,),
    ),
    (L(kk="Құрастырушы", az="Tərtib edən", ru="Составитель", en="Compiled by"), ()),
    (L(kk="Күні", az="Tarix", ru="Дата", en="Date"), ()),
    (L(kk="Инспектордың қолы", az="Müfəttişin imzası", ru="Подпись инспектора", en="Signature of the inspector"), ()),
)


@dataclass(frozen=True)
class Part:
    """What one field or linked records say; ``closed`` says who may read what this reader may not."""

    label: L
    statements: list[Statement] = field(default_factory=list)
    located: Located | None = None
    closed: list[str] = field(default_factory=list)
    linked: bool = False


@dataclass(frozen=True)
class Heading:
    """One heading of the card; without parts there are lines to write on."""

    label: L
    parts: list[Part]


def card(reader: Reader, view: View, permanent: str) -> dict[str, Any]:
    """The context of the card, with what it takes to see whether the paper still says what the record says."""
    context = context_of(view, lang(), address)
    linking = access.linking(reader, view, ROLES, MOST + 1)
    places = [
        Heading(
            label, _parts(view, [of for of in wanted if isinstance(of, str)], context) + _linked(wanted, linking[:MOST])
        )
        for label, wanted in ORDER
    ]
    entry = next((e for e in access.history(reader, view.record) if e.revision == view.record.revision), None)
    return {
        "places": places,
        "lines": range(LINES),
        "most": MOST if len(linking) > MOST else 0,
        "qr": qr.svg(permanent),
        "digest": entry.digest if entry else "",
        "node_name": node_name(),
        "title": title_of(view, lang()),
    }


def _parts(view: View, names: list[str], context: Context) -> list[Part]:
    fields = [of for name in names if view.kind and (of := view.kind.field(name))]
    found = [part for of in fields if (part := _part(view, of, context))]
    return [part for at, part in enumerate(found) if part not in found[:at]]  # one closed part holds several fields


def _linked(wanted: Sequence[str | Linked], linking: list[View]) -> list[Part]:
    around = context_of(linking[0], lang(), address) if linking else Context()  # they have their names in common
    found = [(of, said(of, linking, around)) for of in wanted if isinstance(of, Linked)]
    return [Part(of.label, statements_, linked=True) for of, statements_ in found if statements_]


def _part(view: View, of: Field, context: Context) -> Part | None:
    value = view.data.get(of.name)
    if isinstance(of, Place) and value is not None:
        return Part(of.label, located=located(value, context.lang, of.part in view.opened))
    if value is not None and (said := statements(of, value, context)):
        return Part(of.label, said)
    if of.part in view.closed and isinstance(of, Group) and view.kind:
        label = view.kind.parts[of.part].label
        return Part(label, closed=readers(view.record.part_audiences.get(of.part, []), context.lang))
    return None
