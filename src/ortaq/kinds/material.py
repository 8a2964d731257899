"""An information material: a report, a drawing, a photograph, a scan, a film, a dataset. Fields after domain model §3.

The record describes the material and says who may get it; the file itself may be kept elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from ortaq.engine.fields import (
    Agent,
    Date,
    Field,
    Flag,
    Group,
    Line,
    Link,
    Number,
    Period,
    Quantity,
    Rights,
    Term,
    Text,
    Url,
    common,
)
from ortaq.engine.fields.common import DAY, NOTE
from ortaq.engine.kinds import Kind, Listed, Part
from ortaq.engine.labels import L
from ortaq.engine.problems import Problem

SHA256 = re.compile(r"[0-9a-f]{64}")
AUTHORITIES = ("national:{country}",)
CONTRACT = L(kk="Шарт", az="Müqavilə", ru="Договор", en="Contract")
ORGANISATION = L(kk="Ұйым", az="Təşkilat", ru="Организация", en="Organisation")
STORAGE = L(kk="Сақталатын жері", az="Saxlanma yeri", ru="Место хранения", en="Where it is kept")
MARK = L(kk="Шектеу белгісі", az="Məhdudiyyət qrifi", ru="Ограничительная пометка", en="Restrictive marking")
MARK_HELP = L(
    kk="Қызмет бабында пайдалануға арналған құжаттар, мемлекеттік құпиялар және ірі масштабты дәл геодезиялық "
    "материалдар мұнда қабылданбайды.",
    az="Xidməti istifadə üçün sənədlər, dövlət sirri və irimiqyaslı dəqiq geodezik materiallar burada qəbul edilmir.",
    ru="Документы для служебного пользования, государственная тайна и крупномасштабные точные геодезические "
    "материалы здесь не принимаются.",
    en="Documents for official use, state secrets and large-scale precise geodetic sheets are not accepted here.",
)
LEVEL_HELP = L(
    kk="Материалдың өзін кім ала алады. Бұл сипаттаманы кім оқитыны бөлек белгіленеді.",
    az="Materialın özünü kim ala bilər. Bu təsviri kimin oxuduğu ayrıca müəyyən edilir.",
    ru="Кто может получить сам материал. Кто читает это описание, задаётся отдельно.",
    en="Who may get the material itself. Who reads this description is set apart from it.",
)

ARCHIVE: list[Field] = [
    Agent(
        "repository", L(kk="Қайда сақталған", az="Saxlandığı qurum", ru="Хранилище", en="Repository"), role="held_by"
    ),
    Line("fonds", L(kk="Қор", az="Fond", ru="Фонд", en="Fonds"), fulltext=True),
    Line("opis", L(kk="Тізімдеме", az="Siyahı", ru="Опись", en="Inventory (opis)")),
    Line("delo", L(kk="Іс", az="İş", ru="Дело", en="File (delo)")),
    Line("sheets", L(kk="Парақтар", az="Vərəqlər", ru="Листы", en="Sheets")),
    Line("code", L(kk="Шифр", az="Şifr", ru="Шифр", en="Reference code"), fulltext=True),
    Term(
        "level",
        L(kk="Сипаттау деңгейі", az="Təsvir səviyyəsi", ru="Уровень описания", en="Level of description"),
        vocabulary="archive_level",
    ),
    Line("extent", L(kk="Көлемі", az="Həcmi", ru="Объём", en="Extent")),
    Term(
        "copy",
        L(kk="Түпнұсқа ма, көшірме ме", az="Əsli və ya surəti", ru="Подлинник или копия", en="Copy or original"),
        vocabulary="copy_kind",
    ),
    Text(
        "conditions",
        L(kk="Қолжетімділік шарттары", az="İstifadə şərtləri", ru="Условия доступа", en="Access conditions"),
    ),
]
TECHNICAL: list[Field] = [
    Line("format", L(kk="Пішім", az="Format", ru="Формат", en="Format"), dc="format"),
    Line("software", L(kk="Бағдарлама", az="Proqram", ru="Программа", en="Software")),
    Line("device", L(kk="Құрылғы", az="Cihaz", ru="Прибор", en="Device")),
    Line("resolution", L(kk="Ажыратымдылық", az="Ayırdetmə", ru="Разрешение", en="Resolution")),
    Line("crs", L(kk="Координаттар жүйесі", az="Koordinat sistemi", ru="Система координат", en="Coordinate system")),
    Quantity(
        "density",
        L(kk="Нүктелер тығыздығы", az="Nöqtələrin sıxlığı", ru="Плотность точек", en="Point density"),
        units=("1/m²", "1/cm²"),
    ),
    Quantity("accuracy", L(kk="Дәлдігі", az="Dəqiqliyi", ru="Точность", en="Accuracy"), units=("mm", "cm", "m")),
    Line("scale", L(kk="Сызба масштабы", az="Cizginin miqyası", ru="Масштаб чертежа", en="Scale of the drawing")),
    Flag(
        "colour_target",
        L(kk="Түс шкаласы бар", az="Rəng şkalası var", ru="Есть цветовая шкала", en="With colour target"),
    ),
    Line(
        "sha256",
        L(
            kk="SHA-256 бақылау сомасы",
            az="SHA-256 yoxlama cəmi",
            ru="Контрольная сумма SHA-256",
            en="SHA-256 checksum",
        ),
    ),
]
KEPT: list[Field] = [
    Agent("keeper", L(kk="Сақтаушы", az="Saxlayan", ru="Хранитель", en="Keeper"), role="kept_by"),
    Line(
        "place",
        L(kk="Бөлме, сөре, сервер", az="Otaq, rəf, server", ru="Помещение, полка, сервер", en="Room, shelf, server"),
    ),
    Number("copies", L(kk="Көшірме саны", az="Surətlərin sayı", ru="Число экземпляров", en="Copies"), least=0),
    Date("checked", L(kk="Соңғы тексеру", az="Son yoxlama", ru="Последняя проверка", en="Last checked")),
]
AGREED: list[Field] = [
    Line("number", common.NUMBER),
    Date("date", DAY),
    Agent("with", L(kk="Екінші тарап", az="Digər tərəf", ru="Вторая сторона", en="Other party"), role="contract_with"),
    Text("terms", L(kk="Шарттары", az="Şərtləri", ru="Условия", en="Terms")),
]


class Material(Kind):
    slug, version, icon = "material", 1, "document"
    label = L(kk="Материал", az="Material", ru="Информационный материал", en="Information material")
    plural = L(kk="Материалдар", az="Materiallar", ru="Информационные материалы", en="Information materials")
    about = L(
        kk="Есеп, сызба, фотосурет, скан, фильм немесе деректер жиынтығы: сипаттамасы, құқықтары, кімге ашық екені.",
        az="Hesabat, cizgi, fotoşəkil, skan, film və ya məlumat dəsti: təsviri, hüquqları və kimə açıq olduğu.",
        ru="Отчёт, чертёж, фотография, скан, фильм или набор данных: описание, права и кому доступен.",
        en="A report, a drawing, a photograph, a scan, a film or a dataset: its rights and who may get it.",
    )
    parts = {"storage": Part(STORAGE, AUTHORITIES), "contract": Part(CONTRACT, AUTHORITIES)}
    fields = [
        common.country(),
        common.names(dated=False),
        Term(
            "sort",
            L(kk="Материал түрі", az="Materialın növü", ru="Вид материала", en="Kind of material"),
            vocabulary="material_kind",
            required=True,
            facet="type",
            dc="type",
        ),
        Term("mark", MARK, MARK_HELP, vocabulary="handling_mark", required=True),
        Text(
            "abstract", L(kk="Аңдатпа", az="Annotasiya", ru="Аннотация", en="Abstract"), fulltext=True, dc="description"
        ),
        Term(
            "languages",
            L(kk="Материал тілі", az="Materialın dili", ru="Язык материала", en="Language of the material"),
            vocabulary="language",
            many=True,
            dc="language",
        ),
        Term(
            "translation",
            L(kk="Мәтіннің шығу тегі", az="Mətnin mənşəyi", ru="Происхождение текста", en="Origin of the text"),
            vocabulary="translation_status",
        ),
        Group(
            "authors",
            L(kk="Авторлар", az="Müəlliflər", ru="Авторы", en="Authors"),
            dc="creator",
            fields=[
                Agent("author", L(kk="Автор", az="Müəllif", ru="Автор", en="Author"), role="authored_by"),
                Line("share", L(kk="Не істеді", az="Nə etdi", ru="Что сделал", en="What they did")),
            ],
        ),
        Agent("organisation", ORGANISATION, role="made_at", dc="publisher"),
        Date(
            "date",
            L(kk="Жасалған күні", az="Yaradılma tarixi", ru="Дата создания", en="Made on"),
            facet="century",
            dc="date",
        ),
        common.admin_unit(),
        Line("made_in", L(kk="Жасалған жері", az="Yaradıldığı yer", ru="Где создан", en="Made in"), fulltext=True),
        Group(
            "extent",
            L(kk="Көлемі", az="Həcmi", ru="Объём", en="Extent"),
            fields=[
                Number("amount", L(kk="Саны", az="Sayı", ru="Количество", en="Amount"), whole=False, least=0),
                Term("unit", L(kk="Бірлігі", az="Vahidi", ru="Единица", en="Unit"), vocabulary="extent_unit"),
                Line("what", L(kk="Нақтылау", az="Dəqiqləşdirmə", ru="Уточнение", en="Details")),
            ],
        ),
        common.objects(),
        common.works(),
        Period("covers", L(kk="Қамтитын кезеңі", az="Əhatə etdiyi dövr", ru="Охваченный период", en="Period covered")),
        Line("keywords", L(kk="Түйін сөздер", az="Açar sözlər", ru="Ключевые слова", en="Keywords"), fulltext=True),
        Line("cited_as", L(kk="Сілтеме жасау үлгісі", az="İstinad forması", ru="Как цитировать", en="Cited as")),
        Url("address", L(kk="Интернеттегі мекенжайы", az="İnternet ünvanı", ru="Адрес в сети", en="Web address")),
        Line("edition", L(kk="Нұсқа", az="Versiya", ru="Версия", en="Version")),
        Link(
            "supersedes",
            L(kk="Мынаның жаңа нұсқасы", az="Bunun yeni versiyası", ru="Новая версия материала", en="New version of"),
            to=("material",),
            role="supersedes",
        ),
        common.identifiers(
            L(kk="Нөмірлері", az="Nömrələri", ru="Номера", en="Identifiers"), "doi", "isbn", "issn", "inventory"
        ),
        Group(
            "archive",
            L(kk="Архив сілтемесі", az="Arxiv istinadı", ru="Архивный шифр", en="Archive reference"),
            fields=ARCHIVE,
        ),
        Group(
            "technical",
            L(kk="Техникалық деректер", az="Texniki məlumatlar", ru="Технические данные", en="Technical data"),
            fields=TECHNICAL,
        ),
        Rights("rights", L(kk="Құқықтар", az="Hüquqlar", ru="Права", en="Rights"), dc="rights"),
        Term(
            "licence_source",
            L(kk="Лицензия негізі", az="Lisenziyanın əsası", ru="Основание лицензии", en="Source of the licence"),
            vocabulary="licence_source",
        ),
        Text(
            "third_parties",
            L(
                kk="Үшінші тұлғалардың бөліктері",
                az="Üçüncü şəxslərə məxsus hissələr",
                ru="Части третьих лиц",
                en="Third-party parts",
            ),
        ),
        Term(
            "consent",
            L(
                kk="Бейнеленген адамдардың келісімі",
                az="Göstərilən şəxslərin razılığı",
                ru="Согласие изображённых лиц",
                en="Consent of persons shown",
            ),
            vocabulary="consent",
        ),
        Term(
            "level",
            L(kk="Қолжетімділік деңгейі", az="Giriş səviyyəsi", ru="Уровень доступа", en="Access level"),
            LEVEL_HELP,
            vocabulary="access_level",
            required=True,
            facet="access",
        ),
        Term(
            "reason",
            L(kk="Шектеу себебі", az="Məhdudiyyətin səbəbi", ru="Причина ограничения", en="Reason for the restriction"),
            vocabulary="sensitivity",
            many=True,
        ),
        Date("until", L(kk="Шектеу мерзімі", az="Məhdudiyyətin müddəti", ru="Ограничен до", en="Restricted until")),
        Agent(
            "granted_by",
            L(kk="Рұқсат беретін", az="İcazə verən", ru="Кто даёт разрешение", en="Who grants access"),
            role="access_granted_by",
        ),
        Term(
            "status",
            L(kk="Құжат мәртебесі", az="Sənədin statusu", ru="Статус документа", en="Status of the document"),
            vocabulary="material_status",
        ),
        Group(
            "checks",
            L(kk="Тексерулер", az="Yoxlamalar", ru="Проверки", en="Checks"),
            fields=[
                Agent("by", L(kk="Тексерген", az="Yoxlayan", ru="Кто проверил", en="Checked by"), role="checked_by"),
                Date("date", DAY),
                Text("note", NOTE),
            ],
        ),
        Group("storage", STORAGE, part="storage", fields=KEPT),
        Group("contract", CONTRACT, part="contract", fields=AGREED),
        common.sources(),
    ]
    listed = Listed(order=5, when=("date",), facts=("level",), form="cards", by="sort")
    subject = "objects"
    page = ["abstract", "third_parties"]
    example = {
        "country": "KZ",
        "names": [
            {"_id": "nm2abc", "name": {"text": "Үлгі есеп", "lang": "kk", "script": "Cyrl"}, "kind": "official"},
            {"_id": "nm3abc", "name": {"text": "Nümunə hesabat", "lang": "az", "script": "Latn"}, "kind": "variant"},
        ],
        "sort": "restoration_report",
        "mark": "none",
        "abstract": {"kk": {"text": "Бұл сипаттама оқу үшін жазылған.", "origin": "original"}},
        "languages": ["kk", "ru"],
        "translation": "original",
        "authors": [{"_id": "au2abc", "author": {"name": "Айгүл Мысалова"}, "share": "мәтін"}],
        "organisation": {"name": "Үлгі институты"},
        "date": {"edtf": "2020"},
        "admin_unit": "kz-turkistan",
        "made_in": "Түркістан",
        "extent": [{"_id": "ex2abc", "amount": "40", "unit": "pages", "what": "5 сызба"}],
        "objects": [{"_id": "ob2abc", "object": {"uri": "https://example.org/object"}, "of": "күмбез"}],
        "works": [{"_id": "wk2abc", "work": {"uri": "https://example.org/work"}, "stage": "research"}],
        "covers": {"from": "2018", "to": "2019"},
        "keywords": "кірпіш; күмбез",
        "cited_as": "Мысалова А. Үлгі есеп. 2020.",
        "address": "https://example.org/material",
        "edition": "2",
        "supersedes": {"uri": "https://example.org/material/1"},
        "identifiers": [{"_id": "id2abc", "id": {"scheme": "inventory", "value": "М-1"}}],
        "archive": [
            {
                "_id": "ar2abc",
                "repository": {"name": "Үлгі мұрағаты"},
                "fonds": "1",
                "opis": "2",
                "delo": "3",
                "sheets": "4–44",
                "code": "Ү-1/2/3",
                "level": "file",
                "extent": "40 парақ",
                "copy": "original",
                "conditions": {"kk": {"text": "Оқу залында", "origin": "original"}},
            }
        ],
        "technical": [
            {
                "_id": "te2abc",
                "format": "PDF/A",
                "software": "Үлгі бағдарлама 1.0",
                "device": "Үлгі сканер",
                "resolution": "600 dpi",
                "crs": "EPSG:32642",
                "density": {"value": "100", "unit": "1/m²"},
                "accuracy": {"value": "5", "unit": "mm"},
                "scale": "1:50",
                "colour_target": True,
                "sha256": "0123456789abcdef" * 4,
            }
        ],
        "rights": {"licence": "cc_by", "holder": "Үлгі институты"},
        "licence_source": "contract",
        "third_parties": {"kk": {"text": "Екі фотосурет басқа автордікі.", "origin": "original"}},
        "consent": "no_persons",
        "level": "professional",
        "reason": ["unpublished"],
        "until": {"edtf": "2022-01-01"},
        "granted_by": {"name": "Үлгі институты"},
        "status": "official",
        "checks": [
            {
                "_id": "ch2abc",
                "by": {"name": "Үлгі сарапшы"},
                "date": {"edtf": "2020-06"},
                "note": {"kk": {"text": "Түпнұсқамен салыстырылды.", "origin": "original"}},
            }
        ],
        "storage": [
            {
                "_id": "st2abc",
                "keeper": {"name": "Үлгі қоймасы"},
                "place": "5-бөлме, 7-сөре",
                "copies": 2,
                "checked": {"edtf": "2021-03"},
            }
        ],
        "contract": [
            {
                "_id": "co2abc",
                "number": "Ш-1",
                "date": {"edtf": "2019-05-01"},
                "with": {"name": "Үлгі серіктестігі"},
                "terms": {"kk": {"text": "Есеп екі данада беріледі.", "origin": "original"}},
            }
        ],
        "sources": [{"_id": "so2abc", "source": {"text": "Оқу мысалы", "certainty": "L"}}],
    }

    @classmethod
    def check(cls, data: dict[str, Any]) -> Iterator[Problem]:
        """What is marked is refused; a restriction has its reason, a personal permission its end."""
        if data.get("mark", "none") != "none":
            message = _(
                "This material cannot be kept here: there is no safe place on this site for documents for official "
                "use, state secrets and precise geodetic sheets. Leave it where it is registered."
            )
            yield Problem("marked", message, path=("mark",))
        level = data.get("level", "public")
        if level != "public" and not data.get("reason"):
            message = _("Say why the material is not open to everybody: choose the reason for the restriction.")
            yield Problem("reason", message, path=("reason",))
        if level == "named" and not data.get("until"):
            message = _("Access by personal permission needs its end: say until when the material is restricted.")
            yield Problem("until", message, path=("until",))
        for index, row in enumerate(data.get("technical", [])):
            if row.get("sha256") and not SHA256.fullmatch(row["sha256"]):
                message = _("A SHA-256 checksum has 64 digits from 0 to 9 and letters from a to f, in lower case.")
                yield Problem("checksum", message, path=("technical", index, "sha256"))
