"""An event of the two sides: days of culture, a conference, an exhibition, a master class. After domain model §5."""

from __future__ import annotations

from ortaq.engine.fields import (
    Agent,
    Contact,
    Country,
    Date,
    Field,
    Group,
    Line,
    Link,
    Number,
    Place,
    Term,
    Text,
    Url,
    common,
)
from ortaq.engine.fields.common import DAY, NOTE
from ortaq.engine.kinds import Kind, Listed, Part
from ortaq.engine.labels import L

AUTHORITIES = ("national:{country}",)
ORGANISATION = L(kk="Ұйым", az="Təşkilat", ru="Организация", en="Organisation")
PROTOCOL = L(kk="Хаттамалық тізім", az="Protokol siyahısı", ru="Протокольный список", en="Protocol list")
DATE_HELP = L(
    kk="Бір күн немесе аралық: 2026-09-24/2026-09-26.",
    az="Bir gün və ya aralıq: 2026-09-24/2026-09-26.",
    ru="Один день или промежуток: 2026-09-24/2026-09-26.",
    en="One day or from to: 2026-09-24/2026-09-26.",
)

PROGRAMME: list[Field] = [
    Date("day", DAY),
    Line("hour", L(kk="Сағаты", az="Saat", ru="Время", en="Hour")),
    Text("title", L(kk="Атауы", az="Adı", ru="Название", en="Title"), fulltext=True),
    Agent("speaker", L(kk="Сөз сөйлеуші", az="Çıxış edən", ru="Выступающий", en="Speaker"), role="spoke_at"),
    Line("others", L(kk="Басқа қатысушылар", az="Digər iştirakçılar", ru="Другие участники", en="Others taking part")),
    Line("hall", L(kk="Зал", az="Zal", ru="Зал", en="Hall")),
]
GUESTS: list[Field] = [
    Agent("person", L(kk="Кім", az="Kim", ru="Кто", en="Who"), role="invited_to"),
    Line("position", L(kk="Лауазымы", az="Vəzifəsi", ru="Должность", en="Position")),
    Contact("contact", L(kk="Телефон не пошта", az="Telefon və ya poçt", ru="Телефон или почта", en="Contact")),
    Line("note", NOTE),
]


class Event(Kind):
    slug, version, icon = "event", 1, "calendar"
    label = L(kk="Іс-шара", az="Tədbir", ru="Событие", en="Event")
    plural = L(kk="Іс-шаралар", az="Tədbirlər", ru="События", en="Events")
    about = L(
        kk="Мәдениет күндері, конференция, көрме, шеберлік сыныбы: қашан, қайда, кім өткізеді, бағдарламасы.",
        az="Mədəniyyət günləri, konfrans, sərgi, ustad dərsi: nə vaxt, harada, kim keçirir, proqramı.",
        ru="Дни культуры, конференция, выставка, мастер-класс: когда, где, кто проводит и по какой программе.",
        en="Days of culture, a conference, an exhibition, a master class: when, where, by whom, with what programme.",
    )
    parts = {"place": Part(common.PLACE, ("public",), indexed=True), "protocol": Part(PROTOCOL, AUTHORITIES)}
    fields = [
        common.country(),
        common.names(dated=False),
        Term(
            "sort",
            L(kk="Іс-шара түрі", az="Tədbirin növü", ru="Вид события", en="Kind of event"),
            vocabulary="event_kind",
            required=True,
            facet="type",
            dc="type",
        ),
        Term(
            "progress",
            L(kk="Іс-шараның күйі", az="Tədbirin vəziyyəti", ru="Состояние события", en="State of the event"),
            vocabulary="event_state",
            required=True,
            facet="event_state",
        ),
        Term(
            "areas",
            L(
                kk="Жол картасының бағыттары",
                az="Yol xəritəsinin istiqamətləri",
                ru="Направления Дорожной карты",
                en="Roadmap areas",
            ),
            vocabulary="roadmap_area",
            many=True,
            facet="area",
        ),
        Date(
            "date",
            L(kk="Өтетін күндері", az="Keçirilmə tarixi", ru="Даты проведения", en="Dates"),
            DATE_HELP,
            required=True,
            dc="date",
        ),
        Term(
            "time_zone",
            L(kk="Уақыт белдеуі", az="Saat qurşağı", ru="Часовой пояс", en="Time zone"),
            vocabulary="time_zone",
        ),
        common.admin_unit(),
        Text("venue", L(kk="Өтетін орны", az="Keçirildiyi yer", ru="Место проведения", en="Venue"), fulltext=True),
        Place("place", common.PLACE, part="place"),
        Group(
            "organisers",
            L(kk="Ұйымдастырушылар", az="Təşkilatçılar", ru="Организаторы", en="Organisers"),
            fields=[
                Country("side", L(kk="Тарап", az="Tərəf", ru="Сторона", en="Side")),
                Agent(
                    "organiser",
                    L(kk="Ұйымдастырушы", az="Təşkilatçı", ru="Организатор", en="Organiser"),
                    role="organised_by",
                ),
                Line("task", L(kk="Міндеті", az="Vəzifəsi", ru="Задача", en="Task")),
            ],
        ),
        Text("about", L(kk="Сипаттама", az="Təsvir", ru="Описание", en="Description"), fulltext=True, dc="description"),
        Group("programme", L(kk="Бағдарлама", az="Proqram", ru="Программа", en="Programme"), fields=PROGRAMME),
        Text("curriculum", L(kk="Оқу жоспары", az="Tədris planı", ru="Учебный план", en="Curriculum")),
        Term(
            "languages",
            L(kk="Өтетін тілдері", az="Keçirildiyi dillər", ru="Языки события", en="Languages"),
            vocabulary="language",
            many=True,
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
                Term(
                    "languages",
                    L(kk="Тілдері", az="Dilləri", ru="Языки", en="Languages"),
                    vocabulary="language",
                    many=True,
                ),
                Line("note", NOTE),
            ],
        ),
        Text("audience", L(kk="Кімге арналған", az="Kimlər üçün", ru="Для кого", en="Who it is for")),
        Term(
            "entry", L(kk="Кіру тәртібі", az="Giriş qaydası", ru="Порядок входа", en="Entry"), vocabulary="event_entry"
        ),
        Url(
            "registration",
            L(kk="Тіркелу беті", az="Qeydiyyat səhifəsi", ru="Страница регистрации", en="Registration page"),
        ),
        Date(
            "registration_until",
            L(kk="Тіркелу мерзімі", az="Qeydiyyatın son tarixi", ru="Регистрация до", en="Registration until"),
        ),
        Number("seats", L(kk="Орын саны", az="Yerlərin sayı", ru="Число мест", en="Places"), least=1),
        Group("protocol", PROTOCOL, part="protocol", fields=GUESTS),
        Text("outcome", L(kk="Нәтижесі", az="Nəticəsi", ru="Итоги", en="Outcome"), fulltext=True),
        Number(
            "participants",
            L(kk="Қатысқандар саны", az="İştirakçıların sayı", ru="Число участников", en="Number of participants"),
            least=0,
        ),
        Text("evaluation", L(kk="Баға беру", az="Qiymətləndirmə", ru="Оценка", en="Evaluation")),
        common.objects(),
        common.works(),
        common.materials(
            "materials", L(kk="Материалдар", az="Materiallar", ru="Материалы", en="Materials"), "presents"
        ),
        Group(
            "organisations",
            L(
                kk="Қатысушы ұйымдар",
                az="İştirakçı təşkilatlar",
                ru="Организации-участники",
                en="Organisations taking part",
            ),
            fields=[
                Link("organisation", ORGANISATION, to=("organisation",), role="takes_part"),
                Line("note", NOTE),
            ],
        ),
        common.sources(),
    ]
    listed = Listed(order=6, when=("date",), facts=("sort", "progress"))
    subject = "objects"
    page = ["about", "programme", "outcome", "evaluation"]
    example = {
        "country": "KZ",
        "names": [
            {
                "_id": "nm2abc",
                "name": {"text": "Үлгі шеберлік сыныбы", "lang": "kk", "script": "Cyrl"},
                "kind": "official",
            }
        ],
        "sort": "master_class",
        "progress": "held",
        "areas": ["restoration", "museums"],
        "date": {"edtf": "2020-09-24/2020-09-26"},
        "time_zone": "asia_almaty",
        "admin_unit": "kz-turkistan",
        "venue": {"kk": {"text": "Үлгі музейі, 1-зал", "origin": "original"}},
        "place": {"geometry": {"type": "Point", "coordinates": [68.27, 43.29]}, "precision": "exact"},
        "organisers": [
            {"_id": "or2abc", "side": "KZ", "organiser": {"name": "Үлгі музейі"}, "task": "қабылдаушы тарап"},
            {"_id": "or3abc", "side": "AZ", "organiser": {"name": "Nümunə institutu"}, "task": "müəllimlər"},
        ],
        "about": {"kk": {"text": "Қалау ерітінділері туралы үш күн.", "origin": "original"}},
        "programme": [
            {
                "_id": "pr2abc",
                "day": {"edtf": "2020-09-24"},
                "hour": "10:00–12:00",
                "title": {"kk": {"text": "Әк ерітіндісі", "origin": "original"}},
                "speaker": {"name": "Айгүл Мысалова"},
                "others": "Үлгі шеберлері",
                "hall": "1-зал",
            }
        ],
        "curriculum": {"kk": {"text": "Екі дәріс, төрт сабақ.", "origin": "original"}},
        "languages": ["kk", "az"],
        "interpreting": [
            {"_id": "in2abc", "interpreter": {"name": "Үлгі аудармашы"}, "languages": ["kk", "az"], "note": "ілеспе"}
        ],
        "audience": {"kk": {"text": "Реставраторлар мен студенттер", "origin": "original"}},
        "entry": "registration",
        "registration": "https://example.org/register",
        "registration_until": {"edtf": "2020-09-20"},
        "seats": 20,
        "protocol": [
            {
                "_id": "gu2abc",
                "person": {"name": "Үлгі қонақ"},
                "position": "директор",
                "contact": "+77010000000",
                "note": "ашылуында сөйлейді",
            }
        ],
        "outcome": {"kk": {"text": "Әдістемелік нұсқаулық дайындалды.", "origin": "original"}},
        "participants": 18,
        "evaluation": {"kk": {"text": "Қатысушылар сауалнамасы өткізілді.", "origin": "original"}},
        "objects": [{"_id": "ob2abc", "object": {"uri": "https://example.org/object"}, "of": "қабырға"}],
        "works": [{"_id": "wk2abc", "work": {"uri": "https://example.org/work"}, "stage": "works"}],
        "materials": [
            {
                "_id": "ma2abc",
                "material": {"uri": "https://example.org/material"},
                "note": {"kk": {"text": "Таныстырылым", "origin": "original"}},
            }
        ],
        "organisations": [
            {"_id": "og2abc", "organisation": {"uri": "https://example.org/organisation"}, "note": "зертхана"}
        ],
        "sources": [{"_id": "so2abc", "source": {"text": "Оқу мысалы", "certainty": "L"}}],
    }
