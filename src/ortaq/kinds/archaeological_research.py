"""Archaeological research: by whose permit, who dug or surveyed where and when, and where finds and report are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from ortaq.engine.fields import Agent, Country, Date, Group, Line, Link, Period, Place, Quantity, Term, Text, common
from ortaq.engine.fields.common import kk
from ortaq.engine.kinds import Kind, Listed, Part
from ortaq.engine.labels import L
from ortaq.engine.problems import Problem

AREA = L(kk="Зерттелген аумақ", az="Tədqiq olunan sahə", ru="Исследованный участок", en="Area")
COUNTRY = L(
    kk="Рұқсат берген ел", az="İcazəni verən ölkə", ru="Страна, выдавшая разрешение", en="Country of the permit"
)
DELIVERED = L(kk="Тапсырылған күні", az="Təhvil verilmə tarixi", ru="Дата сдачи", en="Delivered")
DEPOSITORY = L(kk="Олжалар қоры", az="Tapıntıların fondu", ru="Хранилище находок", en="Depository of finds")
DONE = L(kk="Не істелді", az="Nə edilib", ru="Что сделано", en="What was done")
DUE = L(kk="Тапсыру мерзімі", az="Təhvil müddəti", ru="Срок сдачи", en="Due")
EXPORTS = L(
    kk="Сынамаларды әкетуге рұқсаттар",
    az="Nümunələrin aparılmasına icazələr",
    ru="Разрешения на вывоз проб",
    en="Sample export permits",
)
FINDS = L(kk="Не табылды", az="Nə tapılıb", ru="Что найдено", en="What was found")
HOLDER = L(kk="Рұқсат иесі", az="İcazə sahibi", ru="Держатель", en="Holder")
INSTITUTION = L(kk="Мекеме", az="Müəssisə", ru="Учреждение", en="Institution")
INSTITUTIONS = L(kk="Мекемелер", az="Müəssisələr", ru="Учреждения", en="Institutions")
ISSUER = L(kk="Берген орган", az="Verən orqan", ru="Кем выдано", en="Issued by")
LABORATORY = L(kk="Зертхана", az="Laboratoriya", ru="Лаборатория", en="Laboratory")
LEADER = L(kk="Жетекшісі", az="Rəhbəri", ru="Руководитель", en="Led by")
PLACE = L(kk="Нақты орны", az="Dəqiq yeri", ru="Точное место", en="Exact place")
PUBLICATION = L(kk="Жариялау құқығы", az="Dərc etmə hüququ", ru="Право публикации", en="Right to publish")
PURPOSE = L(kk="Зерттеу мақсаты", az="Tədqiqatın məqsədi", ru="Цель исследования", en="Purpose")
RECEIVED_BY = L(kk="Қайда тапсырылды", az="Hara təhvil verilib", ru="Куда сдан", en="Delivered to")
REPORTS = L(kk="Есептер", az="Hesabatlar", ru="Отчёты", en="Reports")
RIGHT_HOLDER = L(kk="Құқық иесі", az="Hüquq sahibi", ru="Правообладатель", en="Rights holder")
SAMPLE = L(kk="Сынама", az="Nümunə", ru="Проба", en="Sample")
SEASON = L(kk="Маусым", az="Mövsüm", ru="Сезон", en="Season")
SEASONS = L(kk="Маусымдар", az="Mövsümlər", ru="Сезоны", en="Seasons")
SIZE = L(kk="Ауданы", az="Sahəsi", ru="Площадь", en="Area dug or surveyed")
SORT = L(kk="Зерттеу түрі", az="Tədqiqatın növü", ru="Вид исследования", en="Kind of research")
TEAM = L(kk="Экспедиция құрамы", az="Ekspedisiyanın heyəti", ru="Состав экспедиции", en="Team")
TERM = L(kk="Жарамды мерзімі", az="Etibarlılıq müddəti", ru="Срок действия", en="Valid from – to")
UNTIL = L(kk="Құқықтың мерзімі", az="Hüququn müddəti", ru="Срок права", en="Right from – until")


class ArchaeologicalResearch(Kind):
    slug, version, icon = "archaeological_research", 1, "trowel"
    label = L(
        kk="Археологиялық зерттеу",
        az="Arxeoloji tədqiqat",
        ru="Археологическое исследование",
        en="Archaeological research",
    )
    plural = L(
        kk="Археологиялық зерттеулер",
        az="Arxeoloji tədqiqatlar",
        ru="Археологические исследования",
        en="Archaeological research",
    )
    about = L(
        kk="Қазба немесе барлау: рұқсаттары, маусымдары, құрамы, есебі.",
        az="Qazıntı və ya kəşfiyyat: icazələr, mövsümlər, heyət, hesabat.",
        ru="Раскопки или разведка: разрешения, сезоны, состав, отчёт.",
        en="An excavation or a field survey: permits, seasons, team, report.",
    )
    parts = {
        "place": Part(PLACE, common.AUTHORITIES, indexed=True),
        "depository": Part(DEPOSITORY, common.AUTHORITIES),
    }
    fields = [
        common.country(),
        common.names(common.TITLE, common.TITLE, dated=False),
        Term("sort", SORT, vocabulary="research_kind", required=True, facet="type", dc="type"),
        common.admin_unit(required=True),
        Date("carried_out", common.PERIOD, dc="date"),
        Text("purpose", PURPOSE, fulltext=True),
        Group(
            "objects",
            common.OBJECTS,
            fields=[
                Link("object", common.OBJECT, to=("heritage_object",), role="investigates"),
                Text("part", common.PART),
            ],
        ),
        Group(
            "permits",
            common.PERMITS,
            required=True,
            table=True,
            fields=[
                Country("country", COUNTRY),
                Term("kind", common.KIND, vocabulary="research_permit"),
                Line("number", common.NUMBER, fulltext=True),
                Agent("issuer", ISSUER, role="permitted_by"),
                Period("term", TERM),
                Agent("holder", HOLDER, role="permit_held_by"),
            ],
        ),
        Group(
            "seasons",
            SEASONS,
            timeline=True,
            fields=[
                Line("season", SEASON),
                Period("period", common.PERIOD),
                Agent("leader", LEADER, role="led_by"),
                Quantity("size", SIZE, units=("m²", "ha", "km²")),
                Text("done", DONE, fulltext=True),
            ],
        ),
        Group(
            "institutions",
            INSTITUTIONS,
            fields=[
                Agent("institution", INSTITUTION, to=("organisation",), role="institution"),
                Text("role", common.ROLE),
            ],
        ),
        Group(
            "team",
            TEAM,
            table=True,
            fields=[
                Agent("person", common.WHO, role="takes_part"),
                Term("role", common.ROLE, vocabulary="expedition_role", many=True),
                Agent("institution", INSTITUTION, to=("organisation",), role="institution"),
                Line("season", SEASON),
            ],
        ),
        Place("area", AREA, part="place"),
        Text("found", FINDS, fulltext=True, dc="description"),
        Line("depository", DEPOSITORY, part="depository"),
        Term("sensitivity", common.SENSITIVITY, vocabulary="sensitivity", many=True),
        Group(
            "reports",
            REPORTS,
            table=True,
            fields=[
                Line("title", common.TITLE, fulltext=True),
                Period("due", DUE),
                Date("delivered", DELIVERED),
                Agent("received_by", RECEIVED_BY, role="report_received_by"),
                Link("document", common.DOCUMENT, role="reported_in"),
            ],
        ),
        Group(
            "publication",
            PUBLICATION,
            table=True,
            fields=[
                Agent("holder", RIGHT_HOLDER, role="may_publish"),
                Period("until", UNTIL),
                Text("note", common.NOTE),
            ],
        ),
        Group(
            "exports",
            EXPORTS,
            table=True,
            fields=[
                Text("sample", SAMPLE),
                Line("number", common.NUMBER),
                Agent("body", common.BODY, role="permitted_by"),
                Date("date", common.DAY),
                Agent("laboratory", LABORATORY, to=("organisation",), role="analysed_by"),
                Text("result", common.RESULT, fulltext=True),
            ],
        ),
        common.sources(),
    ]
    listed = Listed(order=3, when=("carried_out",), facts=("sort",))
    subject = "objects"
    page = ["purpose", "found", "seasons", "permits"]
    example = {
        "country": "KZ",
        "names": [
            {"_id": "nm2abc", "name": {"text": "Мысал қазбасы", "lang": "kk", "script": "Cyrl"}, "kind": "official"}
        ],
        "sort": "excavation",
        "admin_unit": "kz-turkistan",
        "carried_out": {"edtf": "2001/2002"},
        "purpose": kk("Қорғанның құрылысын анықтау."),
        "objects": [
            {"_id": "ob2abc", "object": {"uri": "https://example.org/objects/1"}, "part": kk("Солтүстік үйінді")}
        ],
        "permits": [
            {
                "_id": "pe2abc",
                "country": "KZ",
                "kind": "licence",
                "number": "Л-0000",
                "issuer": {"name": "Мысал органы"},
                "term": {"from": "2001", "to": "2005"},
                "holder": {"name": "Мысал институты"},
            }
        ],
        "seasons": [
            {
                "_id": "se2abc",
                "season": "1",
                "period": {"from": "2001-05", "to": "2001-09"},
                "leader": {"name": "Мысал маманы"},
                "size": {"value": "120", "unit": "m²"},
                "done": kk("Үйіндінің жартысы алынды."),
            },
            {"_id": "se3abc", "season": "2", "period": {"from": "2002-05", "to": "2002-08"}},
        ],
        "institutions": [{"_id": "in2abc", "institution": {"name": "Мысал институты"}, "role": kk("Жетекші мекеме")}],
        "team": [
            {
                "_id": "te2abc",
                "person": {"name": "Мысал маманы"},
                "role": ["director"],
                "institution": {"name": "Мысал институты"},
                "season": "1–2",
            }
        ],
        "area": {
            "geometry": {"type": "Point", "coordinates": [68.27, 43.29]},
            "precision": "10km",
            "accuracy_m": "20",
        },
        "found": kk("Тас қоршау және бес ыдыс."),
        "depository": "Мысал қоры, 3-бөлме",
        "sensitivity": ["human_remains", "unpublished"],
        "reports": [
            {
                "_id": "rp2abc",
                "title": "2001 жылғы есеп (мысал)",
                "due": {"to": "2002-03"},
                "delivered": {"edtf": "2002-02-20"},
                "received_by": {"name": "Мысал архиві"},
                "document": {"uri": "https://example.org/reports/1"},
            }
        ],
        "publication": [
            {
                "_id": "pu2abc",
                "holder": {"name": "Мысал институты"},
                "until": {"to": "2007"},
                "note": kk("Кейін барлығына ашық."),
            }
        ],
        "exports": [
            {
                "_id": "ex2abc",
                "sample": kk("Көмір, 2 сынама"),
                "number": "Э-0000",
                "body": {"name": "Мысал органы"},
                "date": {"edtf": "2002-10"},
                "laboratory": {"name": "Мысал зертханасы"},
                "result": kk("Мерзімі анықталды."),
            }
        ],
        "sources": [{"_id": "so2abc", "source": {"text": "Оқу мысалы", "certainty": "L"}}],
    }

    @classmethod
    def check(cls, data: dict[str, Any]) -> Iterator[Problem]:
        """Two seasons of one name would be mistaken for each other in team and reports."""
        yield from common.unit_elsewhere(data)
        seen: set[str] = set()
        for index, row in enumerate(data.get("seasons", [])):
            name = row.get("season", "").casefold()
            if name and name in seen:
                message = _("There is a season of this name already. Name each season once.")
                yield Problem("season", message, path=("seasons", index, "season"))
            seen.add(name)

    @classmethod
    def check_complete(cls, data: dict[str, Any]) -> Iterator[Problem]:
        """Each permit says whose it is and its number; one of them is of the country that is researched."""
        permits = data.get("permits", [])
        for index, row in enumerate(permits):
            for name in ("country", "kind", "number"):
                if not row.get(name):
                    message = _("A permit is known by its country, its kind and its number: give all three.")
                    yield Problem("permit", message, path=("permits", index, name))
        if permits and all(row.get("country") not in (None, data.get("country")) for row in permits):
            message = _("No permit of the country of the research is named here. Add it.")
            yield Problem("permit_country", message, path=("permits",))
