"""Fields that many kinds have and that should look the same everywhere: names, sources, country, unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from ortaq.engine.fields.base import Field
from ortaq.engine.fields.contact import Contact
from ortaq.engine.fields.country import Country
from ortaq.engine.fields.date import Date
from ortaq.engine.fields.group import SOURCE, Group, Side
from ortaq.engine.fields.identifier import Identifier
from ortaq.engine.fields.line import Line
from ortaq.engine.fields.link import Link
from ortaq.engine.fields.name import Name
from ortaq.engine.fields.term import Term
from ortaq.engine.fields.text import Text
from ortaq.engine.fields.unit import Unit
from ortaq.engine.labels import L
from ortaq.engine.problems import Problem

AUTHORITIES = ("national:{country}", "region:{region}")  # default readers of a part that the state may always see
NUMBER = L(kk="Нөмірі", az="Nömrəsi", ru="Номер", en="Number")
DAY = L(kk="Күні", az="Tarix", ru="Дата", en="Date")
NOTE = L(kk="Ескертпе", az="Qeyd", ru="Примечание", en="Note")
PLACE = L(kk="Орны", az="Yeri", ru="Место", en="Place")
NAMES = L(kk="Атаулар", az="Adlar", ru="Названия", en="Names")
NAME = L(kk="Атауы", az="Adı", ru="Название", en="Name")
CONTACTS = L(kk="Байланыс", az="Əlaqə", ru="Контакты", en="Contacts")
BODY = L(kk="Орган", az="Orqan", ru="Орган", en="Body")
CONDITIONS = L(kk="Шарттары", az="Şərtləri", ru="Условия", en="Conditions")
DETERIORATION = L(kk="Бүліну түрі", az="Zədələnmə növü", ru="Вид разрушения", en="Deterioration")
DOCUMENT = L(kk="Құжат", az="Sənəd", ru="Документ", en="Document")
ELEMENT = L(kk="Элемент", az="Element", ru="Элемент", en="Element")
KIND = L(kk="Түрі", az="Növü", ru="Вид", en="Kind")
METHOD = L(kk="Әдіс", az="Üsul", ru="Метод", en="Method")
OBJECT = L(kk="Нысан", az="Obyekt", ru="Объект", en="Object")
OBJECTS = L(kk="Нысандар мен бөліктері", az="Obyektlər və hissələri", ru="Объекты и их части", en="Objects and parts")
PART = L(kk="Бөлігі", az="Hissəsi", ru="Часть", en="Part")
PERIOD = L(kk="Мерзімі", az="Müddət", ru="Сроки", en="From – to")
PERMITS = L(kk="Рұқсаттар", az="İcazələr", ru="Разрешения", en="Permits")
RESPONSIBLE = L(kk="Жауапты", az="Məsul", ru="Ответственный", en="Responsible")
RESULT = L(kk="Нәтижесі", az="Nəticəsi", ru="Результат", en="Result")
ROLE = L(kk="Рөлі", az="Rolu", ru="Роль", en="Role")
SENSITIVITY = L(kk="Құпия мәліметтер", az="Həssas məlumatlar", ru="Чувствительные сведения", en="Sensitive information")
TITLE = L(kk="Атауы", az="Adı", ru="Название", en="Title")
VERDICT = L(kk="Қорытынды", az="Yekun rəy", ru="Заключение", en="Verdict")
WHO = L(kk="Кім", az="Kim", ru="Кто", en="Who")

# The sides of a problem and its solution, and the fields that belong to each.
SOLVING = (
    Side(
        L(kk="Мәселе", az="Problem", ru="Проблема", en="Problem"),
        ("element", "material", "deterioration", "diagnosis"),
    ),
    Side(
        L(kk="Шешім", az="Həll", ru="Решение", en="Solution"),
        ("method", "product", "maker", "batch", "test_area"),
    ),
    Side(RESULT, ("result", "after_years")),
)


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


def numbered() -> tuple[Field, Field]:
    """The number and the day of a paper."""
    return Line("number", NUMBER), Date("date", DAY)


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
    work = Link("work", L(kk="Жұмыс", az="İş", ru="Работа", en="Work"), to=("restoration_work",), role="about_work")
    return Group("works", label, fields=[work, Term("stage", stage, vocabulary="work_stage")])


def materials(name: str, label: L, role: str) -> Group:
    """Information materials that stand for something: its outputs, its evidence."""
    link = Link("material", L(kk="Материал", az="Material", ru="Материал", en="Material"), to=("material",), role=role)
    return Group(name, label, fields=[link, Text("note", NOTE)])


def unit_elsewhere(data: dict[str, Any]) -> Iterator[Problem]:
    """The administrative unit belongs to the country of the record."""
    country, unit = data.get("country", "").lower(), data.get("admin_unit", "")
    if country and unit and not unit.startswith(country):
        message = _("The administrative unit lies in another country. Choose a unit of the object's country.")
        yield Problem("unit_country", message, path=("admin_unit",))


def kk(text: str) -> dict[str, Any]:
    """A Kazakh text as its author wrote it, for the examples of kinds."""
    return {"kk": {"text": text, "origin": "original"}}
