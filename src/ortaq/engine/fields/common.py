"""Fields that many kinds have and that should look the same everywhere: names, sources, country, unit."""

from __future__ import annotations

from ortaq.engine.fields.base import Field
from ortaq.engine.fields.contact import Contact
from ortaq.engine.fields.country import Country
from ortaq.engine.fields.group import SOURCE, Group
from ortaq.engine.fields.identifier import Identifier
from ortaq.engine.fields.name import Name
from ortaq.engine.fields.term import Term
from ortaq.engine.fields.unit import Unit
from ortaq.engine.labels import L

NUMBER = L(kk="Нөмірі", az="Nömrəsi", ru="Номер", en="Number")
DAY = L(kk="Күні", az="Tarix", ru="Дата", en="Date")
NOTE = L(kk="Ескертпе", az="Qeyd", ru="Примечание", en="Note")
PLACE = L(kk="Орны", az="Yeri", ru="Место", en="Place")
NAMES = L(kk="Атаулар", az="Adlar", ru="Названия", en="Names")
NAME = L(kk="Атауы", az="Adı", ru="Название", en="Name")
CONTACTS = L(kk="Байланыс", az="Əlaqə", ru="Контакты", en="Contacts")


def country(*, required: bool = True) -> Country:
    label = L(kk="Ел", az="Ölkə", ru="Страна", en="Country")
    return Country("country", label, required=required, facet="country")


def admin_unit(*, required: bool = False) -> Unit:
    label = L(kk="Әкімшілік бірлік", az="İnzibati vahid", ru="Административная единица", en="Administrative unit")
    return Unit("admin_unit", label, required=required, facet="region", dc="coverage")


def names(label: L = NAMES, one: L = NAME, *, part: str = "", dated: bool = True) -> Group:
    """Names by language with their kind; the title of a record comes from them."""
    kind = L(kk="Атау түрі", az="Adın növü", ru="Вид названия", en="Kind of name")
    fields: list[Field] = [Name("name", one), Term("kind", kind, vocabulary="name_kind")]
    return Group("names", label, required=True, part=part, dated=dated, dc="title", fields=fields)


def sources(*, required: bool = False) -> Group:
    label = L(kk="Дереккөздер", az="Mənbələr", ru="Источники", en="Sources")
    return Group("sources", label, required=required, fields=[SOURCE])


def identifiers(label: L, *schemes: str) -> Group:
    """Numbers that others gave; ``schemes`` in the place of the usual ones."""
    number = Identifier("id", NUMBER, schemes=schemes) if schemes else Identifier("id", NUMBER)
    return Group("identifiers", label, fields=[number])


def contacts() -> Group:
    """Telephone numbers and e-mail addresses, always in the closed part ``contacts``."""
    label = L(kk="Телефон не пошта", az="Telefon və ya poçt", ru="Телефон или почта", en="Telephone or e-mail")
    return Group("contacts", CONTACTS, part="contacts", fields=[Contact("contact", label)])
