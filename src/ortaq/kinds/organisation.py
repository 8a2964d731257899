"""An organisation: a ministry, a museum, an institute, a council, a company."""

from __future__ import annotations

from ortaq.engine.fields import Link, Place, Term, Text, Url, common
from ortaq.engine.kinds import Kind, Listed, Part
from ortaq.engine.labels import L


class Organisation(Kind):
    slug, version, icon = "organisation", 1, "institution"
    label = L(kk="Ұйым", az="Təşkilat", ru="Организация", en="Organisation")
    plural = L(kk="Ұйымдар", az="Təşkilatlar", ru="Организации", en="Organisations")
    about = L(
        kk="Министрлік, музей, институт, кеңес немесе компания: қызметі және байланысы.",
        az="Nazirlik, muzey, institut, şura və ya şirkət: fəaliyyəti və əlaqəsi.",
        ru="Министерство, музей, институт, совет или компания: чем занимается и как связаться.",
        en="A ministry, a museum, an institute, a council or a company: what it does and how to reach it.",
    )
    parts = {
        "contacts": Part(common.CONTACTS, ("registered",)),
        "place": Part(common.PLACE, ("public",), indexed=True),
    }
    fields = [
        common.country(),
        common.names(),
        Term(
            "sort",
            L(kk="Ұйым түрі", az="Təşkilatın növü", ru="Вид организации", en="Kind of organisation"),
            vocabulary="organisation_kind",
            facet="type",
        ),
        common.admin_unit(),
        Link(
            "part_of",
            L(kk="Қарасты", az="Tabedir", ru="Входит в состав", en="Part of"),
            to=("organisation",),
            role="part_of",
        ),
        Text("about", L(kk="Қызметі", az="Fəaliyyəti", ru="Деятельность", en="What it does"), fulltext=True),
        Url("website", L(kk="Сайты", az="Saytı", ru="Сайт", en="Website")),
        common.identifiers(L(kk="Нөмірлері", az="Nömrələri", ru="Номера", en="Identifiers")),
        Place("place", common.PLACE, part="place"),
        common.contacts(),
        common.sources(),
    ]
    listed = Listed(order=20, facts=("sort", "country"))
    page = ["about", "part_of", "website"]
    example = {
        "country": "AZ",
        "names": [
            {"_id": "nm2abc", "name": {"text": "Nümunə muzeyi", "lang": "az", "script": "Latn"}, "kind": "official"}
        ],
        "sort": "museum",
        "contacts": [{"_id": "ct2abc", "contact": "muzey@example.org"}],
    }
