"""A condition survey: one object, looked at on one day. Buildings after EN 16096, sites by a form of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from ortaq.engine import dates
from ortaq.engine.fields import Agent, Date, Group, Line, Link, Number, Period, Term, Text, common
from ortaq.engine.fields.common import DETERIORATION, kk
from ortaq.engine.fields.group import Side
from ortaq.engine.kinds import Kind, Listed, Part, Series
from ortaq.engine.labels import L
from ortaq.engine.problems import Problem

ACTIONS = L(kk="Ұсынымдар", az="Tövsiyələr", ru="Рекомендации", en="Recommendations")
AGENTS = L(kk="Эрозия факторлары", az="Eroziya amilləri", ru="Факторы эрозии", en="Agents of erosion")
ASSESSORS = L(kk="Тексергендер", az="Müayinə edənlər", ru="Кто обследовал", en="Assessors")
BY = L(kk="Қай мерзімге дейін", az="Hansı müddətə qədər", ru="К какому сроку", en="By when")
CAPACITY = L(kk="Қандай мамандық бойынша", az="Hansı ixtisas üzrə", ru="В каком качестве", en="In what capacity")
CAUSE = L(kk="Себебі", az="Səbəbi", ru="Причина", en="Cause")
CERTAINTY = L(kk="Себептің анықтығы", az="Səbəbin dəqiqliyi", ru="Достоверность причины", en="Certainty of cause")
CLASSES = L(kk="Жалпы кластары", az="Ümumi siniflər", ru="Общие классы", en="Overall classes")
CONDITION_CLASS = L(kk="Жай-күй класы", az="Vəziyyət sinfi", ru="Класс состояния", en="Condition class")
COVER = L(kk="Жер беті жамылғысы", az="Yer örtüyü", ru="Покров поверхности", en="Ground cover")
DESCRIPTION = L(kk="Сипаттамасы", az="Təsviri", ru="Описание", en="Description")
DISTURBANCE = L(kk="Бүліну түрі", az="Pozulmanın növü", ru="Вид нарушения", en="Kind of disturbance")
DISTURBANCES = L(kk="Бүлінулер", az="Pozulmalar", ru="Нарушения", en="Disturbances")
ELEMENTS = L(kk="Элементтер бойынша", az="Elementlər üzrə", ru="По элементам", en="Element by element")
EXTENT = L(kk="Көлемі", az="Həcmi", ru="Масштаб", en="Extent")
FORM = L(kk="Тексеру нысаны", az="Müayinə forması", ru="Форма обследования", en="Form of survey")
GRADE = L(kk="Жалпы бағасы", az="Ümumi qiyməti", ru="Общая оценка", en="Overall grade")
GRAVES = L(kk="Қабір тонау іздері", az="Qəbir soyğunu izləri", ru="Следы ограбления погребений", en="Grave robbing")
GUARD = L(kk="Күзет және сигнал беру", az="Mühafizə və siqnalizasiya", ru="Охрана и сигнализация", en="Guard and alarm")
LOOTING = L(kk="Заңсыз қазба іздері", az="Qanunsuz qazıntı izləri", ru="Следы незаконных раскопок", en="Looting")
LOOTING_WHERE = L(kk="Заңсыз қазба орны", az="Qanunsuz qazıntının yeri", ru="Где копали", en="Where it was dug")
NEXT = L(kk="Келесі тексеру", az="Növbəti müayinə", ru="Следующее обследование", en="Next visit")
NOTES = L(kk="Қорытынды сипаттама", az="Yekun təsvir", ru="Общее описание", en="Findings")
PITS = L(kk="Шұңқырлар саны", az="Çuxurların sayı", ru="Число ям", en="Number of pits")
RECOMMENDATION = L(kk="Ұсыным класы", az="Tövsiyə sinfi", ru="Класс рекомендации", en="Recommendation class")
ROCK = L(kk="Жартас бетінің күйі", az="Qaya səthinin vəziyyəti", ru="Состояние скальной поверхности", en="Rock surface")
SECURITY = L(kk="Қауіпсіздік", az="Təhlükəsizlik", ru="Безопасность", en="Security")
TITLE = L(kk="Атауы", az="Adı", ru="Название", en="Title")
URGENCY = L(kk="Шұғылдық класы", az="Təcililik sinfi", ru="Класс срочности", en="Urgency class")
VALID = L(kk="Бағаның жарамдылығы", az="Qiymətin etibarlılığı", ru="Срок годности оценки", en="Assessment valid")
VANDALISM = L(kk="Вандализм іздері", az="Vandalizm izləri", ru="Следы вандализма", en="Vandalism")
WEAK = L(kk="Осал тұстары", az="Zəif yerlər", ru="Уязвимые места", en="Weak points")
WHAT = L(kk="Не істеу керек", az="Nə edilməlidir", ru="Что сделать", en="What to do")

EN_16096 = ("condition_class", "urgency", "recommendation")

# The sides of an element: which one, its three classes, what is wrong with it.
SIDES = (
    Side(common.ELEMENT, ("element", "where")),
    Side(L(kk="Кластары", az="Sinifləri", ru="Классы", en="Classes"), EN_16096),
    Side(DETERIORATION, ("deterioration", "cause", "description")),
)


def _classes() -> list[Term]:
    """The three classes of EN 16096, for the whole building and for each element."""
    return [
        Term("condition_class", CONDITION_CLASS, vocabulary="condition_class"),
        Term("urgency", URGENCY, vocabulary="urgency_class"),
        Term("recommendation", RECOMMENDATION, vocabulary="recommendation_class"),
    ]


class ConditionSurvey(Kind):
    slug, version, icon = "condition_survey", 1, "survey"
    label = L(kk="Жай-күйін тексеру", az="Vəziyyətin müayinəsi", ru="Обследование состояния", en="Condition survey")
    plural = L(
        kk="Жай-күйін тексерулер", az="Vəziyyət müayinələri", ru="Обследования состояния", en="Condition surveys"
    )
    about = L(
        kk="Бір нысанның белгілі бір күнгі жай-күйі: ғимарат немесе археологиялық орын.",
        az="Bir obyektin müəyyən gündəki vəziyyəti: bina və ya arxeoloji yer.",
        ru="Состояние одного объекта на определённый день: здание или археологическое место.",
        en="The condition of one object on one day: a building or an archaeological site.",
    )
    parts = {"security": Part(SECURITY, common.AUTHORITIES)}
    fields = [
        common.country(),
        common.names(TITLE, TITLE, dated=False),
        common.admin_unit(),
        Link("object", common.OBJECT, to=("heritage_object",), role="surveys", required=True),
        Term("form", FORM, vocabulary="survey_form", required=True, facet="type", dc="type"),
        Date("date", common.DAY, required=True, dc="date"),
        Term("grade", GRADE, vocabulary="condition", required=True, facet="condition"),
        Period("valid", VALID),
        Group(
            "assessors",
            ASSESSORS,
            required=True,
            fields=[Agent("agent", common.WHO, role="assessed_by"), Text("capacity", CAPACITY)],
        ),
        Term("method", common.METHOD, vocabulary="survey_method", many=True),
        Text("method_note", L(kk="Әдіс туралы", az="Üsul haqqında", ru="О методе", en="About the method")),
        Text("findings", NOTES, fulltext=True, dc="description"),
        Group("classes", CLASSES, table=True, fields=[*_classes()]),
        Group(
            "elements",
            ELEMENTS,
            table=True,
            sides=SIDES,
            fields=[
                Term("element", common.ELEMENT, vocabulary="element"),
                Line("where", common.PART),
                *_classes(),
                Term("deterioration", DETERIORATION, vocabulary="deterioration", many=True, facet="deterioration"),
                Term("cause", CAUSE, vocabulary="threat", many=True),
                Text("description", DESCRIPTION, fulltext=True),
            ],
        ),
        Group(
            "disturbances",
            DISTURBANCES,
            table=True,
            fields=[
                Term("disturbance", DISTURBANCE, vocabulary="disturbance", facet="disturbance"),
                Term("extent", EXTENT, vocabulary="extent"),
                Term("cause", CAUSE, vocabulary="threat", many=True),
                Term("certainty", CERTAINTY, vocabulary="cause_certainty"),
                Text("description", DESCRIPTION, fulltext=True),
            ],
        ),
        Term("erosion", AGENTS, vocabulary="erosion_agent", many=True),
        Term("cover", COVER, vocabulary="ground_cover", many=True),
        Term("looting", LOOTING, vocabulary="traces", facet="looting"),
        Number("looting_pits", PITS, least=0),
        Term("grave_robbing", GRAVES, vocabulary="traces"),
        Term("rock_surface", ROCK, vocabulary="rock_surface_state", many=True),
        Term("vandalism", VANDALISM, vocabulary="traces"),
        Term("sensitivity", common.SENSITIVITY, vocabulary="sensitivity", many=True),
        Group(
            "security",
            SECURITY,
            part="security",
            fields=[Text("weak_points", WEAK), Text("guard", GUARD), Text("looting", LOOTING_WHERE)],
        ),
        Group(
            "actions",
            ACTIONS,
            table=True,
            fields=[
                Text("what", WHAT, fulltext=True),
                Period("by", BY),
                Agent("responsible", common.RESPONSIBLE, role="recommended_to"),
            ],
        ),
        Period("next_visit", NEXT),
        common.sources(),
    ]
    listed = Listed(order=2, when=("date",), facts=("form",), mark="grade")
    series = Series("object", "grade", ("good", "satisfactory", "unsatisfactory", "emergency", "ruined", "lost"))
    subject = "object"
    page = ["findings", "classes", "elements", "disturbances", "actions"]
    example = {
        "country": "KZ",
        "names": [
            {"_id": "nm2abc", "name": {"text": "Мысал тексеруі", "lang": "kk", "script": "Cyrl"}, "kind": "official"}
        ],
        "admin_unit": "kz-turkistan",
        "object": {"uri": "https://example.org/objects/1"},
        "form": "building",
        "date": {"edtf": "2004-05-12"},
        "grade": "unsatisfactory",
        "valid": {"from": "2004-05-12", "to": "2006-05-12"},
        "assessors": [{"_id": "as2abc", "agent": {"name": "Мысал маманы"}, "capacity": kk("Сәулетші")}],
        "method": ["visual", "drone"],
        "method_note": kk("Күмбез дронмен түсірілді."),
        "findings": kk("Күмбез жарылған."),
        "classes": [{"_id": "cl2abc", "condition_class": "cc2", "urgency": "uc2", "recommendation": "rc2"}],
        "elements": [
            {
                "_id": "el2abc",
                "element": "dome",
                "where": "солтүстік жағы",
                "condition_class": "cc2",
                "urgency": "uc2",
                "recommendation": "rc2",
                "deterioration": ["crack"],
                "cause": ["damp", "earthquake"],
                "description": kk("Ұзындығы 2 м жарықшақ."),
            }
        ],
        "disturbances": [
            {
                "_id": "di2abc",
                "disturbance": "rubbish",
                "extent": "under_10",
                "cause": ["neglect"],
                "certainty": "probable",
                "description": kk("Айналасында қоқыс бар."),
            }
        ],
        "erosion": ["wind", "rain"],
        "cover": ["grass"],
        "looting": "none",
        "looting_pits": 0,
        "grave_robbing": "not_checked",
        "rock_surface": ["sound"],
        "vandalism": "old",
        "sensitivity": ["security"],
        "security": [
            {
                "_id": "se2abc",
                "weak_points": kk("Есігі жабылмайды."),
                "guard": kk("Күзет жоқ."),
                "looting": kk("Іргесінде."),
            }
        ],
        "actions": [
            {
                "_id": "ac2abc",
                "what": kk("Жарықшақты бақылау."),
                "by": {"to": "2004"},
                "responsible": {"name": "Мысал"},
            }
        ],
        "next_visit": {"from": "2005-04", "to": "2005-06"},
        "sources": [{"_id": "so2abc", "source": {"text": "Оқу мысалы", "certainty": "L"}}],
    }

    @classmethod
    def check(cls, data: dict[str, Any]) -> Iterator[Problem]:
        """EN 16096 leaves out archaeological sites and rock art: its classes have no place on their form."""
        yield from common.unit_elsewhere(data)
        if data.get("form") == "site":
            message = _("EN 16096 is for buildings only. On the form for sites, give disturbances in place of classes.")
            for name in ("classes", "elements"):
                for index, row in enumerate(data.get(name, [])):
                    for key in EN_16096:
                        if key in row:
                            yield Problem("form", message, path=(name, index, key))
        day, visit = data.get("date", {}).get("edtf"), data.get("next_visit", {}).get("to")
        if day and visit and (dates.bounds(visit)[1] or 0) < (dates.bounds(day)[0] or 0):
            message = _("The next visit lies before this survey. Correct one of the two dates.")
            yield Problem("next_visit", message, path=("next_visit",))

    @classmethod
    def check_complete(cls, data: dict[str, Any]) -> Iterator[Problem]:
        """Each form asks for its own: all three classes of each element, or the disturbances and the looting."""
        if data.get("form") == "site":
            if not data.get("disturbances"):
                message = _("Name what disturbs the site, or choose “no disturbance seen”.")
                yield Problem("disturbances", message, path=("disturbances",))
            if not data.get("looting"):
                message = _("Say whether there are traces of looting, or that it was not checked.")
                yield Problem("looting", message, path=("looting",))
        if data.get("form") == "building":
            if not data.get("elements"):
                message = _("Describe at least one element of the building with its classes of EN 16096.")
                yield Problem("elements", message, path=("elements",))
            message = _("EN 16096 gives each element a condition, an urgency and a recommendation class: choose one.")
            for index, row in enumerate(data.get("elements", [])):
                yield from (
                    Problem("classes", message, path=("elements", index, key)) for key in EN_16096 if key not in row
                )
