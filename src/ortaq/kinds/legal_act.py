"""A legal act: a law, a decree, an order, a list approved by one."""

from __future__ import annotations

from ortaq.engine.fields import Agent, Country, Date, Group, Line, Link, Name, Period, Source, Term, Text, Url
from ortaq.engine.kinds import Kind
from ortaq.engine.labels import L


class LegalAct(Kind):
    slug, version, icon = "legal_act", 1, "act"
    label = L(kk="Құқықтық акт", az="Hüquqi akt", ru="Правовой акт", en="Legal act")
    plural = L(kk="Құқықтық актілер", az="Hüquqi aktlar", ru="Правовые акты", en="Legal acts")
    fields = [
        Country("country", L(kk="Ел", az="Ölkə", ru="Страна", en="Country"), required=True, facet="country"),
        Group(
            "names",
            L(kk="Атауы", az="Adı", ru="Название", en="Title"),
            required=True,
            fields=[
                Name("name", L(kk="Атауы", az="Adı", ru="Название", en="Title")),
                Term(
                    "kind",
                    L(kk="Атау түрі", az="Adın növü", ru="Вид названия", en="Kind of title"),
                    vocabulary="name_kind",
                ),
            ],
        ),
        Term(
            "sort",
            L(kk="Акт түрі", az="Aktın növü", ru="Вид акта", en="Kind of act"),
            vocabulary="act_kind",
            facet="type",
        ),
        Agent(
            "body", L(kk="Қабылдаған орган", az="Qəbul edən orqan", ru="Кем принят", en="Adopted by"), role="adopted_by"
        ),
        Line("number", L(kk="Нөмірі", az="Nömrəsi", ru="Номер", en="Number"), fulltext=True),
        Date("date", L(kk="Қабылданған күні", az="Qəbul tarixi", ru="Дата принятия", en="Adopted on"), dc="date"),
        Line(
            "registration",
            L(kk="Тіркеу нөмірі", az="Qeydiyyat nömrəsi", ru="Номер регистрации", en="Registration number"),
            fulltext=True,
        ),
        Period("in_force", L(kk="Қолданылу мерзімі", az="Qüvvədə olma müddəti", ru="Период действия", en="In force")),
        Text("about", L(kk="Мазмұны", az="Məzmunu", ru="Содержание", en="What it says"), fulltext=True),
        Link(
            "replaces",
            L(kk="Алмастырады", az="Əvəz edir", ru="Заменяет", en="Replaces"),
            to=("legal_act",),
            role="replaces",
        ),
        Url("text", L(kk="Мәтіні", az="Mətni", ru="Текст", en="Full text")),
        Group(
            "sources",
            L(kk="Дереккөздер", az="Mənbələr", ru="Источники", en="Sources"),
            fields=[Source("source", L(kk="Дереккөз", az="Mənbə", ru="Источник", en="Source"))],
        ),
    ]
    page = ["about", "body", "replaces", "text"]
    example = {
        "country": "KZ",
        "names": [
            {"_id": "nm2abc", "name": {"text": "Үлгі бұйрық", "lang": "kk", "script": "Cyrl"}, "kind": "official"}
        ],
        "sort": "order",
        "number": "1-М",
        "date": {"edtf": "2020-04-14"},
    }
