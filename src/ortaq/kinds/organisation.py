"""An organisation: a ministry, a museum, an institute, a council, a company."""

from __future__ import annotations

from ortaq.engine.fields import Contact, Country, Group, Identifier, Link, Name, Place, Source, Term, Text, Unit, Url
from ortaq.engine.kinds import Kind, Part
from ortaq.engine.labels import L


class Organisation(Kind):
    slug, version, icon = "organisation", 1, "institution"
    label = L(kk="Ұйым", az="Təşkilat", ru="Организация", en="Organisation")
    plural = L(kk="Ұйымдар", az="Təşkilatlar", ru="Организации", en="Organisations")
    parts = {
        "contacts": Part(L(kk="Байланыс", az="Əlaqə", ru="Контакты", en="Contacts"), ("registered",)),
        "place": Part(L(kk="Орны", az="Yeri", ru="Место", en="Place"), ("public",), indexed=True),
    }
    fields = [
        Country("country", L(kk="Ел", az="Ölkə", ru="Страна", en="Country"), required=True, facet="country"),
        Group(
            "names",
            L(kk="Атаулар", az="Adlar", ru="Названия", en="Names"),
            required=True,
            dated=True,
            fields=[
                Name("name", L(kk="Атауы", az="Adı", ru="Название", en="Name")),
                Term(
                    "kind",
                    L(kk="Атау түрі", az="Adın növü", ru="Вид названия", en="Kind of name"),
                    vocabulary="name_kind",
                ),
            ],
        ),
        Term(
            "sort",
            L(kk="Ұйым түрі", az="Təşkilatın növü", ru="Вид организации", en="Kind of organisation"),
            vocabulary="organisation_kind",
            facet="type",
        ),
        Unit(
            "admin_unit",
            L(kk="Әкімшілік бірлік", az="İnzibati vahid", ru="Административная единица", en="Administrative unit"),
            facet="region",
        ),
        Link(
            "part_of",
            L(kk="Қарасты", az="Tabedir", ru="Входит в состав", en="Part of"),
            to=("organisation",),
            role="part_of",
        ),
        Text("about", L(kk="Қызметі", az="Fəaliyyəti", ru="Деятельность", en="What it does"), fulltext=True),
        Url("website", L(kk="Сайты", az="Saytı", ru="Сайт", en="Website")),
        Group(
            "identifiers",
            L(kk="Нөмірлері", az="Nömrələri", ru="Номера", en="Identifiers"),
            fields=[Identifier("id", L(kk="Нөмірі", az="Nömrəsi", ru="Номер", en="Number"))],
        ),
        Place("place", L(kk="Орны", az="Yeri", ru="Место", en="Place"), part="place"),
        Group(
            "contacts",
            L(kk="Байланыс", az="Əlaqə", ru="Контакты", en="Contacts"),
            part="contacts",
            fields=[
                Contact(
                    "contact",
                    L(kk="Телефон не пошта", az="Telefon və ya poçt", ru="Телефон или почта", en="Telephone or e-mail"),
                )
            ],
        ),
        Group(
            "sources",
            L(kk="Дереккөздер", az="Mənbələr", ru="Источники", en="Sources"),
            fields=[Source("source", L(kk="Дереккөз", az="Mənbə", ru="Источник", en="Source"))],
        ),
    ]
    page = ["about", "part_of", "website"]
    example = {
        "country": "AZ",
        "names": [
            {"_id": "nm2abc", "name": {"text": "Nümunə muzeyi", "lang": "az", "script": "Latn"}, "kind": "official"}
        ],
        "sort": "museum",
        "contacts": [{"_id": "ct2abc", "contact": "muzey@example.org"}],
    }
