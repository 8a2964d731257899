"""Fields that many kinds have and that should look the same everywhere: names, sources, country, unit."""

from __future__ import annotations

from ortaq.engine.fields.base import Field
from ortaq.engine.fields.contact import Contact
from ortaq.engine.fields.country import Country
from ortaq.engine.fields.group import SOURCE, Group
from ortaq.engine.fields.identifier import Identifier
from ortaq.engine.fields.line import Line
from ortaq.engine.fields.link import Link
from ortaq.engine.fields.name import Name
from ortaq.engine.fields.term import Term
from ortaq.engine.fields.text import Text
from ortaq.engine.fields.unit import Unit
from ortaq.engine.labels import L

NUMBER = L(kk="Нөмірі", az="Nömrəsi", ru="Номер", en="Number")
DAY = L(kk="Күні", az="Tarix", ru="Дата", en="Date")
NOTE = L(kk="Ескертпе", az="Qeyd", ru="Примечание", en="Note")
PLACE = L(kk="Орны", az="Yeri", ru="Место", en="Place")
NAMES = L(kk="Атаулар", az="Adlar", ru="Названия", en="Names")
NAME = L(kk="Атауы", az="Adı", ru="Название", en="Name")
CONTACTS = L(kk="Байланыс", az="Əlaqə", ru="Контакты", en="Contacts")
OBJECT = L(kk="Нысан", az="Obyekt", ru="Объект", en="Object")


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


def objects() -> Group:
    """The heritage objects that something is about, each with the part of it that is meant."""
    part = L(kk="Нысанның бөлігі", az="Obyektin hissəsi", ru="Часть объекта", en="Part of the object")
    label = L(kk="Нысандар", az="Obyektlər", ru="Объекты", en="Objects")
    return Group(
        "objects", label, fields=[Link("object", OBJECT, to=("heritage_object",), role="about"), Line("of", part)]
    )


def works() -> Group:
    """The works that something belongs to, each with its stage."""
    stage = L(kk="Жұмыс кезеңі", az="İşin mərhələsi", ru="Этап работ", en="Stage of work")
    label = L(kk="Жұмыстар", az="İşlər", ru="Работы", en="Works")
    work = Link("work", L(kk="Жұмыс", az="İş", ru="Работа", en="Work"), role="about_work")
    return Group("works", label, fields=[work, Term("stage", stage, vocabulary="work_stage")])


def materials(name: str, label: L, role: str) -> Group:
    """Information materials that stand for something: its outputs, its evidence."""
    link = Link("material", L(kk="Материал", az="Material", ru="Материал", en="Material"), to=("material",), role=role)
    return Group(name, label, fields=[link, Text("note", NOTE)])
