"""A person. The name is a closed part of the record, so that it can be corrected or erased."""

from __future__ import annotations

from ortaq.engine.fields import Contact, Country, Date, Group, Identifier, Link, Name, Source, Term, Text
from ortaq.engine.kinds import Kind, Part
from ortaq.engine.labels import L


class Person(Kind):
    slug, version, icon = "person", 1, "person"
    label = L(kk="Тұлға", az="Şəxs", ru="Персона", en="Person")
    plural = L(kk="Тұлғалар", az="Şəxslər", ru="Персоны", en="Persons")
    parts = {
        "name": Part(L(kk="Аты-жөні", az="Ad və soyad", ru="Имя", en="Name"), ("public",), indexed=True),
        "contacts": Part(L(kk="Байланыс", az="Əlaqə", ru="Контакты", en="Contacts"), ()),
    }
    fields = [
        Group(
            "names",
            L(kk="Аты-жөні", az="Ad və soyad", ru="Имя", en="Name"),
            required=True,
            part="name",
            fields=[
                Name("name", L(kk="Аты-жөні", az="Ad və soyad", ru="Имя", en="Name")),
                Term(
                    "kind",
                    L(kk="Атау түрі", az="Adın növü", ru="Вид названия", en="Kind of name"),
                    vocabulary="name_kind",
                ),
            ],
        ),
        Country("country", L(kk="Ел", az="Ölkə", ru="Страна", en="Country"), facet="country"),
        Date("born", L(kk="Туған жылы", az="Doğum ili", ru="Год рождения", en="Born"), part="name"),
        Date("died", L(kk="Қайтыс болған жылы", az="Vəfat ili", ru="Год смерти", en="Died"), part="name"),
        Group(
            "affiliations",
            L(kk="Қызмет орны", az="İş yeri", ru="Место работы", en="Affiliations"),
            dated=True,
            fields=[
                Link(
                    "organisation",
                    L(kk="Ұйым", az="Təşkilat", ru="Организация", en="Organisation"),
                    to=("organisation",),
                    role="works_at",
                ),
                Text("position", L(kk="Лауазымы", az="Vəzifəsi", ru="Должность", en="Position")),
            ],
        ),
        Text(
            "about",
            L(
                kk="Мамандығы және еңбектері",
                az="İxtisası və əsərləri",
                ru="Специальность и труды",
                en="Field and works",
            ),
            fulltext=True,
        ),
        Group(
            "identifiers",
            L(kk="Нөмірлері", az="Nömrələri", ru="Номера", en="Identifiers"),
            fields=[Identifier("id", L(kk="Нөмірі", az="Nömrəsi", ru="Номер", en="Number"))],
        ),
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
    page = ["about", "affiliations"]
    example = {
        "names": [
            {"_id": "nm2abc", "name": {"text": "Айгүл Мысалова", "lang": "kk", "script": "Cyrl"}, "kind": "official"}
        ],
        "country": "KZ",
        "contacts": [{"_id": "ct2abc", "contact": "+77010000000"}],
    }
