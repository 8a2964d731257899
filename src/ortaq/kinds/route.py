"""A route of science tourism: stops in their order, and how many people each of them can bear."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from ortaq.engine.fields import Agent, Date, Field, Group, Line, Link, Number, Quantity, Term, Text, common
from ortaq.engine.fields.common import DAY, NOTE
from ortaq.engine.kinds import Kind, Listed, Part
from ortaq.engine.labels import L
from ortaq.engine.problems import Problem

MINUTES = L(kk="Минут", az="Dəqiqə", ru="Минут", en="Minutes")
LANGUAGES = L(kk="Тілдері", az="Dilləri", ru="Языки", en="Languages")
AT_ONCE = L(
    kk="Бір мезгілде ең көбі (адам)",
    az="Eyni vaxtda ən çoxu (nəfər)",
    ru="Одновременно не более (человек)",
    en="At most at once (persons)",
)
PER_DAY = L(
    kk="Күніне ең көбі (адам)", az="Gündə ən çoxu (nəfər)", ru="В день не более (человек)", en="At most a day (persons)"
)
STOPS: list[Field] = [
    Link("object", common.OBJECT, to=("heritage_object",), role="stop_at"),
    Line("place", L(kk="Аялдама", az="Dayanacaq", ru="Остановка", en="Stop"), fulltext=True),
    Text("sight", L(kk="Не көреді", az="Nə görülür", ru="Что видят", en="What one sees"), fulltext=True),
    Number("minutes", MINUTES, least=0),
    Number("at_once", AT_ONCE, least=1),
    Number("per_day", PER_DAY, least=1),
    Text("access", L(kk="Бару шарттары", az="Ziyarət şərtləri", ru="Условия посещения", en="Access conditions")),
    Text("season", L(kk="Маусымы", az="Mövsümü", ru="Сезон", en="Season")),
]


class Route(Kind):
    slug, version, icon = "route", 1, "route"
    label = L(
        kk="Ғылыми туризм маршруты",
        az="Elmi turizm marşrutu",
        ru="Маршрут научного туризма",
        en="Science tourism route",
    )
    plural = L(
        kk="Ғылыми туризм маршруттары",
        az="Elmi turizm marşrutları",
        ru="Маршруты научного туризма",
        en="Science tourism routes",
    )
    about = L(
        kk="Нысандар бойынша жол: аялдамалар, уақыты, әр жер қанша адамды көтереді, қауіпсіздік.",
        az="Obyektlər üzrə yol: dayanacaqlar, vaxt, hər yer neçə nəfər götürür, təhlükəsizlik.",
        ru="Путь по объектам: остановки, время, сколько людей выдержит каждое место, безопасность.",
        en="A way from object to object: stops, time, how many people each place can bear, safety.",
    )
    parts = {"contacts": Part(common.CONTACTS, ("registered",))}
    fields = [
        common.country(),
        common.names(dated=False),
        Text(
            "theme",
            L(kk="Тақырыбы", az="Mövzusu", ru="Тема", en="Theme"),
            required=True,
            fulltext=True,
            dc="description",
        ),
        common.admin_unit(),
        Group(
            "stops",
            L(kk="Аялдамалар", az="Dayanacaqlar", ru="Остановки", en="Stops"),
            L(
                kk="Жүретін ретімен.",
                az="Gediləcək ardıcıllıqla.",
                ru="В том порядке, в каком их проходят.",
                en="In the order in which they are visited.",
            ),
            required=True,
            fields=STOPS,
        ),
        Quantity("length", L(kk="Ұзындығы", az="Uzunluğu", ru="Протяжённость", en="Length"), units=("km", "m")),
        Number("minutes", L(kk="Барлығы, минут", az="Cəmi, dəqiqə", ru="Всего, минут", en="In all, minutes"), least=1),
        Number(
            "at_once",
            L(
                kk="Топ: ең көбі (адам)",
                az="Qrup: ən çoxu (nəfər)",
                ru="Группа: не более (человек)",
                en="Group: at most (persons)",
            ),
            least=1,
        ),
        Number("per_day", PER_DAY, least=1),
        Term(
            "difficulty",
            L(kk="Қиындығы", az="Çətinliyi", ru="Сложность", en="Difficulty"),
            vocabulary="difficulty",
        ),
        Text("season", L(kk="Маусымы", az="Mövsümü", ru="Сезон", en="Season")),
        Agent(
            "host",
            L(kk="Қабылдаушы ұйым", az="Qəbul edən təşkilat", ru="Принимающая организация", en="Host organisation"),
            role="hosted_by",
        ),
        Group(
            "guides",
            L(kk="Жол бастаушылар", az="Bələdçilər", ru="Экскурсоводы", en="Guides"),
            dated=True,
            fields=[
                Agent("guide", L(kk="Кім", az="Kim", ru="Кто", en="Who"), role="guided_by"),
                Term("languages", LANGUAGES, vocabulary="language", many=True),
            ],
        ),
        Group(
            "interpreting",
            L(kk="Ауызша аударма", az="Şifahi tərcümə", ru="Устный перевод", en="Interpreting"),
            fields=[
                Agent(
                    "interpreter",
                    L(kk="Аудармашы", az="Tərcüməçi", ru="Переводчик", en="Interpreter"),
                    role="interpreted_by",
                ),
                Term("languages", LANGUAGES, vocabulary="language", many=True),
                Line("note", NOTE),
            ],
        ),
        Text("safety", L(kk="Қауіпсіздік", az="Təhlükəsizlik", ru="Безопасность", en="Safety")),
        Text("equipment", L(kk="Керек-жарақ", az="Ləvazimat", ru="Что взять с собой", en="What to bring")),
        Group(
            "evaluation",
            L(kk="Баға беру", az="Qiymətləndirmə", ru="Оценка", en="Evaluation"),
            fields=[
                Date("date", DAY),
                Number(
                    "visitors",
                    L(kk="Келушілер саны", az="Ziyarətçilərin sayı", ru="Число посетителей", en="Visitors"),
                    least=0,
                ),
                Text("finding", L(kk="Не байқалды", az="Nə müşahidə edildi", ru="Что замечено", en="What was noticed")),
                Text("change", L(kk="Не өзгертілді", az="Nə dəyişdirildi", ru="Что изменено", en="What was changed")),
            ],
        ),
        common.materials(
            "materials", L(kk="Материалдар", az="Materiallar", ru="Материалы", en="Materials"), "explains"
        ),
        common.contacts(),
        common.sources(),
    ]
    listed = Listed(order=7, facts=("difficulty", "length"))
    page = ["theme", "stops", "safety", "equipment", "evaluation"]
    example = {
        "country": "KZ",
        "names": [
            {"_id": "nm2abc", "name": {"text": "Үлгі маршрут", "lang": "kk", "script": "Cyrl"}, "kind": "official"}
        ],
        "theme": {"kk": {"text": "Күйдірілген кірпіш сәулеті", "origin": "original"}},
        "admin_unit": "kz-turkistan",
        "stops": [
            {
                "_id": "st2abc",
                "object": {"uri": "https://example.org/object/1"},
                "place": "1-кесене",
                "sight": {"kk": {"text": "Күмбездің қалануы", "origin": "original"}},
                "minutes": 40,
                "at_once": 15,
                "per_day": 120,
                "access": {"kk": {"text": "Күзетшімен бірге", "origin": "original"}},
                "season": {"kk": {"text": "Сәуір – қазан", "origin": "original"}},
            },
            {"_id": "st3abc", "object": {"uri": "https://example.org/object/2"}, "minutes": 30, "at_once": 20},
        ],
        "length": {"value": "4.5", "unit": "km"},
        "minutes": 120,
        "at_once": 15,
        "per_day": 60,
        "difficulty": "easy",
        "season": {"kk": {"text": "Сәуір – қазан", "origin": "original"}},
        "host": {"name": "Үлгі қорығы"},
        "guides": [
            {
                "_id": "gu2abc",
                "guide": {"name": "Айгүл Мысалова"},
                "languages": ["kk", "ru"],
                "valid": {"from": "2020"},
                "source": {"text": "Оқу мысалы", "certainty": "L"},
            }
        ],
        "interpreting": [
            {"_id": "in2abc", "interpreter": {"name": "Үлгі аудармашы"}, "languages": ["az"], "note": "алдын ала"}
        ],
        "safety": {"kk": {"text": "Төбеге шығуға болмайды.", "origin": "original"}},
        "equipment": {"kk": {"text": "Су және бас киім", "origin": "original"}},
        "evaluation": [
            {
                "_id": "ev2abc",
                "date": {"edtf": "2020-10"},
                "visitors": 300,
                "finding": {"kk": {"text": "Табалдырық тозған.", "origin": "original"}},
                "change": {"kk": {"text": "Топ азайтылды.", "origin": "original"}},
            }
        ],
        "materials": [
            {
                "_id": "ma2abc",
                "material": {"uri": "https://example.org/material"},
                "note": {"kk": {"text": "Маршрут сызбасы", "origin": "original"}},
            }
        ],
        "contacts": [{"_id": "ct2abc", "contact": "+77010000000"}],
        "sources": [{"_id": "so2abc", "source": {"text": "Оқу мысалы", "certainty": "L"}}],
    }

    @classmethod
    def check(cls, data: dict[str, Any]) -> Iterator[Problem]:
        """The whole agrees with its stops: it takes no more people than the weakest, and no less time than all."""
        stops = data.get("stops", [])
        for index, stop in enumerate(stops):
            if stop.get("per_day", stop.get("at_once", 0)) < stop.get("at_once", 0):
                message = _("Fewer people a day than at once: swap the two numbers or correct one.")
                yield Problem("capacity", message, path=("stops", index, "per_day"))
        if data.get("per_day", data.get("at_once", 0)) < data.get("at_once", 0):
            message = _("Fewer people a day than at once: swap the two numbers or correct one.")
            yield Problem("capacity", message, path=("per_day",))
        for name in ("at_once", "per_day"):
            least = min((stop[name] for stop in stops if stop.get(name)), default=None)
            if least is not None and data.get(name, 0) > least:
                message = _("One of the stops bears %(least)s people only. The route cannot take more than that.")
                yield Problem("capacity", message, path=(name,), least=least)
        spent = sum(stop.get("minutes", 0) for stop in stops)
        if data.get("minutes") and spent > data["minutes"]:
            message = _("The stops alone take %(spent)s minutes. Give at least as many for the whole route.")
            yield Problem("minutes", message, path=("minutes",), spent=spent)
