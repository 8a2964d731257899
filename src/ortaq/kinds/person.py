"""A person. The name is a closed part of the record, so that it can be corrected or erased."""

from __future__ import annotations

from ortaq.engine.fields import Date, Group, Link, Text, common
from ortaq.engine.kinds import Kind, Listed, Part
from ortaq.engine.labels import L

NAME = L(kk="Аты-жөні", az="Ad və soyad", ru="Имя", en="Name")


class Person(Kind):
    slug, version, icon = "person", 1, "person"
    label = L(kk="Тұлға", az="Şəxs", ru="Персона", en="Person")
    plural = L(kk="Тұлғалар", az="Şəxslər", ru="Персоны", en="Persons")
    about = L(
        kk="Маман, зерттеуші немесе шебер: мамандығы, еңбектері, қызмет орны.",
        az="Mütəxəssis, tədqiqatçı və ya usta: ixtisası, əsərləri, iş yeri.",
        ru="Специалист, исследователь или мастер: специальность, труды, место работы.",
        en="A specialist, a scholar or a master: their field, works and affiliations.",
    )
    parts = {
        "name": Part(NAME, ("public",), indexed=True),
        "contacts": Part(common.CONTACTS, ()),
    }
    fields = [
        common.names(NAME, NAME, part="name", dated=False),
        common.country(required=False),
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
        common.identifiers(L(kk="Нөмірлері", az="Nömrələri", ru="Номера", en="Identifiers")),
        common.contacts(),
        common.sources(),
    ]
    listed = Listed(order=22, facts=("country",))
    of_people = True
    page = ["about", "affiliations"]
    example = {
        "names": [
            {"_id": "nm2abc", "name": {"text": "Айгүл Мысалова", "lang": "kk", "script": "Cyrl"}, "kind": "official"}
        ],
        "country": "KZ",
        "contacts": [{"_id": "ct2abc", "contact": "+77010000000"}],
    }
