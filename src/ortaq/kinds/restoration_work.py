"""A restoration work: what was done to a monument, why, with what, what was learned. Fields after domain model §2.3."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from ortaq.engine.fields import Agent, Date, Flag, Group, Line, Link, Money, Number, Period, Rights, Term, Text, common
from ortaq.engine.fields.common import DETERIORATION, kk
from ortaq.engine.kinds import Kind, Listed, Part
from ortaq.engine.labels import L
from ortaq.engine.problems import Problem

ACT = L(kk="Акт", az="Akt", ru="Акт", en="Act")
AGAIN = L(kk="Осылай қайталар едік", az="Yenə belə edərdik", ru="Сделали бы так снова", en="Would be done again")
AGENDA = L(kk="Күн тәртібіндегі мәселе", az="Gündəliyin məsələsi", ru="Пункт повестки", en="Item of the agenda")
BATCH = L(kk="Партия", az="Partiya", ru="Партия", en="Batch")
CARRIED_OUT = L(kk="Нақты мерзімі", az="Faktiki müddət", ru="Фактические сроки", en="Carried out")
CONCLUSION = L(kk="Тұжырым", az="Nəticə", ru="Вывод", en="Conclusion")
CONTRACT = L(kk="Шарт сомасы", az="Müqavilənin məbləği", ru="Сумма договора", en="Contract sum")
DEVIATIONS = L(kk="Жобадан ауытқулар", az="Layihədən kənara çıxmalar", ru="Отступления от проекта", en="Deviations")
DIAGNOSIS = L(kk="Диагноз", az="Diaqnoz", ru="Диагноз", en="Diagnosis")
EXPERT = L(kk="Сарапшы немесе кеңес", az="Ekspert və ya şura", ru="Эксперт или совет", en="Expert or council")
FAILED = L(kk="Не нәтиже бермеді", az="Nə alınmadı", ru="Что не получилось", en="What failed")
GUARANTEE = L(kk="Кепілдік мерзімі", az="Zəmanət müddəti", ru="Гарантийный срок", en="Guarantee")
LESSONS = L(kk="Алынған сабақтар", az="Çıxarılan dərslər", ru="Извлечённые уроки", en="Lessons learned")
LICENCE = L(kk="Лицензия нөмірі", az="Lisenziyanın nömrəsi", ru="Номер лицензии", en="Licence number")
LICENCE_BY = L(kk="Лицензияны берген", az="Lisenziyanı verən", ru="Кем выдана лицензия", en="Licence issued by")
LICENCE_KIND = L(kk="Лицензия түрі", az="Lisenziyanın növü", ru="Вид лицензии", en="Kind of licence")
LICENCE_TERM = L(kk="Лицензияның мерзімі", az="Lisenziyanın müddəti", ru="Срок лицензии", en="Term of the licence")
MAIN = L(kk="Негізгі жұмыс түрі", az="Əsas iş növü", ru="Основной вид работ", en="Main kind of work")
MAKER = L(kk="Өндіруші", az="İstehsalçı", ru="Производитель", en="Maker")
MATERIAL = L(kk="Материал", az="Material", ru="Материал", en="Material")
MONEY = L(kk="Қаржы", az="Maliyyə", ru="Финансирование", en="Money")
MONITORING = L(kk="Мониторинг жоспары", az="Monitorinq planı", ru="План мониторинга", en="Monitoring plan")
NEW_FABRIC = L(
    kk="Жаңа материал үлесі", az="Yeni materialın payı", ru="Доля нового материала", en="Degree of new fabric"
)
OTHER_KINDS = L(kk="Басқа жұмыс түрлері", az="Digər iş növləri", ru="Другие виды работ", en="Other kinds of work")
PARTICIPANTS = L(kk="Қатысушылар", az="İştirakçılar", ru="Участники", en="Participants")
PLANNED = L(kk="Жоспарлы мерзімі", az="Planlaşdırılan müddət", ru="Плановые сроки", en="Planned")
SOLVED = L(kk="Мәселелер мен шешімдер", az="Problemlər və həllər", ru="Проблемы и решения", en="Problems and solutions")
PRODUCT = L(kk="Өнім", az="Məhsul", ru="Продукт", en="Product")
PROGRAMME = L(kk="Бағдарлама", az="Proqram", ru="Программа", en="Programme")
REASON = L(kk="Себебі", az="Səbəbi", ru="Причина", en="Reason")
REASON_TEXT = L(kk="Неге қажет болды", az="Niyə lazım oldu", ru="Почему понадобились", en="Why it was needed")
REPORT = L(kk="Ғылыми-реставрациялық есеп", az="Elmi-bərpa hesabatı", ru="Научно-реставрационный отчёт", en="Report")
REVERSIBILITY = L(kk="Қайтымдылығы", az="Geri qaytarıla bilməsi", ru="Обратимость", en="Reversibility")
REVIEWS = L(kk="Сараптамалар мен кеңестер", az="Ekspertizalar və şuralar", ru="Экспертизы и советы", en="Reviews")
SITTING = L(kk="Отырыс нөмірі", az="İclasın nömrəsi", ru="Номер заседания", en="Sitting")
STAGE = L(kk="Кезең", az="Mərhələ", ru="Этап", en="Stage")
STAGES = L(kk="Кезеңдер", az="Mərhələlər", ru="Этапы", en="Stages")
STATUS = L(kk="Күйі", az="Statusu", ru="Состояние", en="Status")
SUM = L(kk="Сомасы", az="Məbləği", ru="Сумма", en="Amount")
SUM_SOURCE = L(kk="Қаржыландыру көзі", az="Maliyyə mənbəyi", ru="Источник средств", en="Source of money")
TERMS = L(kk="Кепілдік шарттары", az="Zəmanət şərtləri", ru="Условия гарантии", en="Terms of the guarantee")
TEST_AREA = L(kk="Сынақ аймағы", az="Sınaq sahəsi", ru="Пробный участок", en="Test area")
TRANSFER = L(
    kk="Басқа жерде қолдану шарттары",
    az="Başqa yerdə tətbiq şərtləri",
    ru="Условия применения в других местах",
    en="Conditions of transfer",
)
WHAT_FOR = L(kk="Неге арналған", az="Nə üçün", ru="На что", en="What for")
WORKED = L(kk="Не нәтиже берді", az="Nə alındı", ru="Что получилось", en="What worked")
YEARS = L(kk="Неше жылдан кейін", az="Neçə il sonra", ru="Через сколько лет", en="After how many years")


class RestorationWork(Kind):
    slug, version, icon = "restoration_work", 1, "work"
    label = L(kk="Реставрациялық жұмыс", az="Bərpa işi", ru="Реставрационная работа", en="Restoration work")
    plural = L(kk="Реставрациялық жұмыстар", az="Bərpa işləri", ru="Реставрационные работы", en="Restoration works")
    about = L(
        kk="Ескерткіште не істелді: кезеңдері, қатысушылары, мәселелері мен шешімдері.",
        az="Abidədə nə edilib: mərhələlər, iştirakçılar, problemlər və həllər.",
        ru="Что сделано на памятнике: этапы, участники, проблемы и решения.",
        en="What was done to a monument: stages, participants, problems and their solutions.",
    )
    parts = {"contract": Part(CONTRACT, common.AUTHORITIES)}
    fields = [
        common.country(),
        common.names(common.TITLE, common.TITLE, dated=False),
        common.admin_unit(),
        Group(
            "objects",
            common.OBJECTS,
            required=True,
            fields=[Link("object", common.OBJECT, to=("heritage_object",), role="restores"), Text("part", common.PART)],
        ),
        Term("main_kind", MAIN, vocabulary="work_kind", required=True, facet="type", dc="type"),
        Term("kinds", OTHER_KINDS, vocabulary="work_kind", many=True),
        Term("status", STATUS, vocabulary="work_status", required=True, facet="work_status"),
        Term("reason", REASON, vocabulary="work_reason", many=True),
        Text("reason_text", REASON_TEXT, fulltext=True),
        Period("planned", PLANNED),
        Date("carried_out", CARRIED_OUT, dc="date"),
        Group(
            "programme",
            PROGRAMME,
            fields=[
                Line("name", PROGRAMME, fulltext=True),
                Line("number", common.NUMBER),
                Link("act", ACT, to=("legal_act",), role="planned_by"),
            ],
        ),
        Group(
            "stages",
            STAGES,
            timeline=True,
            fields=[
                Term("stage", STAGE, vocabulary="work_stage"),
                Period("period", common.PERIOD),
                Agent("responsible", common.RESPONSIBLE, role="carried_out_by"),
                Text("result", common.RESULT),
                Term("verdict", common.VERDICT, vocabulary="verdict"),
            ],
        ),
        Group(
            "participants",
            PARTICIPANTS,
            table=True,
            fields=[
                Agent("agent", common.WHO, role="takes_part"),
                Term("role", common.ROLE, vocabulary="participant_role"),
                Line("licence", LICENCE),
                Term("licence_kind", LICENCE_KIND, vocabulary="licence_kind"),
                Agent("licence_by", LICENCE_BY, role="licensed_by"),
                Period("licence_term", LICENCE_TERM),
                Line("accreditation", L(kk="Аккредиттеу", az="Akkreditasiya", ru="Аккредитация", en="Accreditation")),
            ],
        ),
        Group(
            "permits",
            common.PERMITS,
            table=True,
            fields=[
                Term("kind", common.KIND, vocabulary="permit_kind"),
                Agent("body", common.BODY, role="permitted_by"),
                Line("number", common.NUMBER, fulltext=True),
                Date("date", common.DAY),
                Period("term", common.PERIOD),
                Text("conditions", common.CONDITIONS),
            ],
        ),
        Group(
            "reviews",
            REVIEWS,
            table=True,
            fields=[
                Term("kind", common.KIND, vocabulary="review_kind"),
                Line("number", common.NUMBER, fulltext=True),
                Agent("agent", EXPERT, role="reviewed_by"),
                Line("sitting", SITTING),
                Date("date", common.DAY),
                Text("agenda", AGENDA),
                Term("verdict", common.VERDICT, vocabulary="verdict"),
                Text("conclusion", CONCLUSION),
            ],
        ),
        Group(
            "problems",
            SOLVED,
            table=True,
            sides=common.SOLVING,
            fields=[
                Term("element", common.ELEMENT, vocabulary="element", facet="element"),
                Term("material", MATERIAL, vocabulary="material", many=True, facet="material"),
                Term("deterioration", DETERIORATION, vocabulary="deterioration", many=True, facet="deterioration"),
                Text("diagnosis", DIAGNOSIS, fulltext=True),
                Text("method", common.METHOD, fulltext=True),
                Line("product", PRODUCT, fulltext=True),
                Line("maker", MAKER, fulltext=True),
                Line("batch", BATCH),
                Text("test_area", TEST_AREA),
                Text("result", common.RESULT, fulltext=True),
                Number("after_years", YEARS, least=0),
            ],
        ),
        Group(
            "budget",
            MONEY,
            table=True,
            fields=[
                Money("amount", SUM),
                Text("what", WHAT_FOR),
                Agent("funder", SUM_SOURCE, role="funded_by"),
                Period("period", common.PERIOD),
            ],
        ),
        Group(
            "contract",
            CONTRACT,
            part="contract",
            table=True,
            fields=[
                Money("amount", SUM),
                *common.numbered(),
                Agent(
                    "contractor", L(kk="Мердігер", az="Podratçı", ru="Подрядчик", en="Contractor"), role="contracted"
                ),
            ],
        ),
        Group(
            "report",
            REPORT,
            table=True,
            fields=[
                Line("title", common.TITLE, fulltext=True),
                *common.numbered(),
                Link("document", common.DOCUMENT, role="reported_in"),
            ],
        ),
        Group(
            "acceptance",
            L(kk="Қабылдау актісі", az="Qəbul aktı", ru="Акт приёмки", en="Acceptance"),
            table=True,
            fields=[
                *common.numbered(),
                Agent(
                    "commission", L(kk="Комиссия", az="Komissiya", ru="Комиссия", en="Commission"), role="accepted_by"
                ),
                Term("verdict", common.VERDICT, vocabulary="verdict"),
                Link("document", common.DOCUMENT, role="accepted_in"),
            ],
        ),
        Text("deviations", DEVIATIONS, fulltext=True),
        Period("guarantee", GUARANTEE),
        Text("guarantee_terms", TERMS),
        Text("monitoring_plan", MONITORING),
        Term("degree_of_new_fabric", NEW_FABRIC, vocabulary="new_fabric", facet="new_fabric"),
        Term("reversibility", REVERSIBILITY, vocabulary="reversibility", facet="reversibility"),
        Group(
            "lessons",
            LESSONS,
            table=True,
            fields=[
                Text("worked", WORKED, fulltext=True),
                Text("failed", FAILED, fulltext=True),
                Flag("again", AGAIN),
                Text("transfer", TRANSFER, fulltext=True),
            ],
        ),
        common.sources(),
        Rights("rights", L(kk="Сипаттама құқықтары", az="Təsvir hüquqları", ru="Права на описание", en="Rights")),
    ]
    listed = Listed(order=1, when=("carried_out", "planned"), facts=("main_kind", "status"), form="timeline")
    subject = "objects"
    page = ["reason_text", "problems", "stages", "participants", "permits", "reviews"]
    example = {
        "country": "KZ",
        "names": [
            {
                "_id": "nm2abc",
                "name": {"text": "Күмбез реставрациясы", "lang": "kk", "script": "Cyrl"},
                "kind": "official",
            }
        ],
        "admin_unit": "kz-turkistan",
        "objects": [{"_id": "ob2abc", "object": {"uri": "https://example.org/objects/1"}, "part": kk("Күмбезі")}],
        "main_kind": "restoration",
        "kinds": ["conservation", "cleaning"],
        "status": "accepted",
        "reason": ["condition", "planned_list"],
        "reason_text": kk("Күмбезге су өткен."),
        "planned": {"from": "2001-03", "to": "2002-11"},
        "carried_out": {"edtf": "2001-04/2003-09"},
        "programme": [{"_id": "pg2abc", "name": "Жылдық жоспар (мысал)", "number": "1"}],
        "stages": [
            {
                "_id": "st2abc",
                "stage": "research",
                "period": {"from": "2001-04", "to": "2001-12"},
                "responsible": {"name": "Мысал институты"},
                "result": kk("Зерттеу есебі дайын."),
            },
            {"_id": "st3abc", "stage": "works", "period": {"from": "2002-03", "to": "2003-09"}},
            {"_id": "st4abc", "stage": "author_supervision", "period": {"from": "2002"}, "verdict": "positive"},
        ],
        "participants": [
            {
                "_id": "pa2abc",
                "agent": {"name": "Мысал кәсіпорны"},
                "role": "contractor",
                "licence": "Л-0000",
                "licence_kind": "restoration",
                "licence_by": {"name": "Мысал органы"},
                "licence_term": {"from": "2001", "to": "2005"},
                "accreditation": "А-0000",
            }
        ],
        "permits": [
            {
                "_id": "pe2abc",
                "kind": "works_permit",
                "body": {"name": "Мысал органы"},
                "number": "Р-0000",
                "date": {"edtf": "2002-02-01"},
                "term": {"from": "2002-03", "to": "2003-12"},
                "conditions": kk("Авторлық қадағалаумен."),
            }
        ],
        "reviews": [
            {
                "_id": "re2abc",
                "kind": "council",
                "number": "С-0000",
                "agent": {"name": "Мысал кеңесі"},
                "sitting": "3",
                "date": {"edtf": "2001-12-20"},
                "agenda": kk("Күмбездің эскиздік жобасы"),
                "verdict": "approve_remarks",
                "conclusion": kk("Сынақ аймағынан бастау."),
            }
        ],
        "problems": [
            {
                "_id": "pr2abc",
                "element": "dome",
                "material": ["lime_mortar", "glazed_tile"],
                "deterioration": ["detachment", "efflorescence"],
                "diagnosis": kk("Қаптама астына су жиналады."),
                "method": kk("Қаптаманы шешіп, әк ерітіндісімен қайта қою."),
                "product": "Мысал ерітіндісі",
                "maker": "Мысал зауыты",
                "batch": "П-0000",
                "test_area": kk("Солтүстік жағы, 1 м²"),
                "result": kk("Тұз шықпады."),
                "after_years": 5,
            }
        ],
        "budget": [
            {
                "_id": "bu2abc",
                "amount": {"value": "1000000", "unit": "KZT"},
                "what": kk("Барлық жұмысқа"),
                "funder": {"name": "Мысал қоры"},
                "period": {"from": "2001", "to": "2003"},
            }
        ],
        "contract": [
            {
                "_id": "co2abc",
                "amount": {"value": "900000", "unit": "KZT"},
                "number": "Ш-0000",
                "date": {"edtf": "2002-02-15"},
                "contractor": {"name": "Мысал кәсіпорны"},
            }
        ],
        "report": [{"_id": "rp2abc", "title": "Мысал есебі", "number": "Е-0000", "date": {"edtf": "2003-10"}}],
        "acceptance": [
            {
                "_id": "ac2abc",
                "number": "Қ-0000",
                "date": {"edtf": "2003-09"},
                "commission": {"name": "Мысал"},
                "verdict": "positive",
            }
        ],
        "deviations": kk("Қаптаманың бір қатары сақталды."),
        "guarantee": {"from": "2003-10", "to": "2006-10"},
        "guarantee_terms": kk("Жылына бір рет тексеру."),
        "monitoring_plan": kk("Ылғал датчиктері, жылына екі рет."),
        "degree_of_new_fabric": "under_10",
        "reversibility": "partly",
        "lessons": [
            {"_id": "le2abc", "worked": kk("Әк"), "failed": kk("Гипс"), "again": True, "transfer": kk("Құрғақ жерде")}
        ],
        "sources": [{"_id": "so2abc", "source": {"text": "Оқу мысалы", "certainty": "L"}}],
        "rights": {"licence": "cc_by", "holder": "Мысал"},
    }

    @classmethod
    def check(cls, data: dict[str, Any]) -> Iterator[Problem]:
        """A main kind is not one of the others; what came after some years says what came."""
        yield from common.unit_elsewhere(data)
        if data.get("main_kind") in data.get("kinds", []):
            message = _("The main kind of work stands among the other kinds too. Name it once, as the main one.")
            yield Problem("main_kind", message, path=("kinds",))
        for index, row in enumerate(data.get("problems", [])):
            if "after_years" in row and not row.get("result"):
                message = _("Say what was found after these years, or leave the years out.")
                yield Problem("result", message, path=("problems", index, "result"))

    @classmethod
    def check_complete(cls, data: dict[str, Any]) -> Iterator[Problem]:
        """An object is linked; a lesson can be judged only with the share of new fabric and the reversibility."""
        for index, row in enumerate(data.get("objects", [])):
            if not row.get("object"):
                message = _("Link the record of the object that this part belongs to.")
                yield Problem("object", message, path=("objects", index, "object"))
        for name in ("degree_of_new_fabric", "reversibility") if data.get("lessons") else ():
            if not data.get(name):
                message = _("Lessons are only useful with the degree of new fabric and the reversibility: give both.")
                yield Problem("lessons", message, path=(name,))
        if data.get("status") == "accepted" and not data.get("acceptance"):
            message = _("Accepted work has an acceptance certificate. Give its number and date.")
            yield Problem("acceptance", message, path=("acceptance",))
