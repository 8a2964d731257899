"""A heritage object: a monument, a site, an ensemble, a landscape. Fields after domain model §1.3."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from ortaq.engine.fields import (
    Agent,
    Date,
    Group,
    Line,
    Link,
    Name,
    Place,
    Quantity,
    Rights,
    Term,
    Text,
    common,
    state,
)
from ortaq.engine.fields.common import AUTHORITIES, DAY, NUMBER, PLACE
from ortaq.engine.fields.group import ID, SOURCE
from ortaq.engine.fields.state import ACT, BODY
from ortaq.engine.kinds import Kind, Listed, Part
from ortaq.engine.labels import L
from ortaq.engine.problems import Problem

FINDS = L(kk="Олжалар қоры", az="Tapıntıların fondu", ru="Хранилище находок", en="Depository of finds")


class HeritageObject(Kind):
    slug, version, icon = "heritage_object", 1, "monument"
    on_map = watched = True
    numbered = ("register.number", "register.old_number", "identifiers.id")
    label = L(kk="Мұра нысаны", az="İrs obyekti", ru="Объект наследия", en="Heritage object")
    plural = L(kk="Мұра нысандары", az="İrs obyektləri", ru="Объекты наследия", en="Heritage objects")
    about = L(
        kk="Ескерткіш, қорғалатын аумақ, ансамбль немесе ландшафт: сипаттамасы, мерзімі, қорғау мәртебесі, орны.",
        az="Abidə, qoruq ərazisi, ansambl və ya landşaft: təsviri, tarixi, mühafizə statusu, yeri.",
        ru="Памятник, охраняемая территория, ансамбль или ландшафт: описание, датировка, охранный статус, место.",
        en="A monument, a site, an ensemble or a landscape: its description, date, protection and place.",
    )
    parts = {
        "place": Part(
            L(kk="Нақты орны", az="Dəqiq yeri", ru="Точное место", en="Exact place"), AUTHORITIES, indexed=True
        ),
        "owner": Part(state.OWNERSHIP, AUTHORITIES),
        "depository": Part(FINDS, AUTHORITIES),
    }
    fields = [
        common.country(),
        common.names(),
        Term(
            "object_type",
            L(kk="Нысан түрі", az="Obyektin növü", ru="Тип объекта", en="Object type"),
            vocabulary="object_type",
            many=True,
            required=True,
            facet="type",
            dc="type",
        ),
        Term(
            "legal_type",
            L(kk="Заң бойынша түрі", az="Qanun üzrə növü", ru="Вид по закону", en="Legal type"),
            vocabulary="legal_type",
        ),
        common.admin_unit(required=True),
        Group(
            "dating",
            L(kk="Мерзімделуі", az="Tarixləndirmə", ru="Датировка", en="Dating"),
            required=True,
            fields=[
                Date("date", L(kk="Мерзімі", az="Tarix", ru="Дата", en="Date"), facet="century", dc="date"),
                Term("method", L(kk="Негізі", az="Əsası", ru="Основание", en="Basis"), vocabulary="dating_certainty"),
                Line("phase", L(kk="Кезеңі", az="Mərhələ", ru="Этап", en="Phase")),
                Agent(
                    "author",
                    L(kk="Мерзімдеген", az="Tarixləndirən", ru="Кто датировал", en="Dated by"),
                    role="dated_by",
                ),
                SOURCE,
            ],
        ),
        Text(
            "summary",
            L(kk="Қысқаша сипаттама", az="Qısa təsvir", ru="Краткое описание", en="Summary"),
            fulltext=True,
            dc="description",
        ),
        Text(
            "significance",
            L(kk="Маңызы", az="Əhəmiyyəti", ru="Значимость", en="Statement of significance"),
            fulltext=True,
        ),
        Text(
            "protected_values",
            L(kk="Қорғау нәрсесі", az="Mühafizə predmeti", ru="Предмет охраны", en="Subject of protection"),
            fulltext=True,
        ),
        Text("history", L(kk="Тарихы", az="Tarixi", ru="История", en="History"), fulltext=True),
        Text(
            "fabric",
            L(
                kk="Материалдары, құрылымы және әшекейі",
                az="Materialları, konstruksiyası və bəzəyi",
                ru="Материалы, устройство и декор",
                en="Materials, structure and decoration",
            ),
            fulltext=True,
        ),
        Group(
            "dimensions",
            L(kk="Өлшемдері", az="Ölçüləri", ru="Размеры", en="Dimensions"),
            fields=[
                Line("what", L(kk="Не өлшенген", az="Nə ölçülüb", ru="Что измерено", en="What is measured")),
                Quantity("size", L(kk="Өлшемі", az="Ölçüsü", ru="Размер", en="Size")),
            ],
        ),
        Group(
            "inscriptions",
            L(kk="Жазулар", az="Kitabələr", ru="Надписи", en="Inscriptions"),
            fields=[
                Name("text", L(kk="Мәтіні", az="Mətni", ru="Текст", en="Text")),
                Line(
                    "transliteration",
                    L(kk="Транслитерация", az="Transliterasiya", ru="Транслитерация", en="Transliteration"),
                ),
                Text("translation", L(kk="Аудармасы", az="Tərcüməsi", ru="Перевод", en="Translation")),
            ],
        ),
        Group(
            "attribution",
            L(kk="Авторлары", az="Müəllifləri", ru="Атрибуция", en="Attribution"),
            fields=[
                Agent("agent", L(kk="Кім", az="Kim", ru="Кто", en="Who"), role="made_by"),
                Line("role", L(kk="Рөлі", az="Rolu", ru="Роль", en="Role")),
                SOURCE,
            ],
        ),
        Place(
            "place",
            PLACE,
            part="place",
            help=L(
                kk="Ендік пен бойлық, DMS, WKT немесе GeoJSON. Жұртшылық таңдалған дәлдікті ғана көреді.",
                az="Enlik və uzunluq, DMS, WKT və ya GeoJSON. İctimaiyyət yalnız seçilmiş dəqiqliyi görür.",
                ru="Широта и долгота, DMS, WKT или GeoJSON. Публика видит только выбранную точность.",
                en="Latitude and longitude, DMS, WKT or GeoJSON. The public sees only the precision chosen.",
            ),
        ),
        Text("address", L(kk="Мекенжайы", az="Ünvanı", ru="Адрес", en="Address"), part="place"),
        Text("access", L(kk="Бару шарттары", az="Ziyarət şərtləri", ru="Условия посещения", en="Access conditions")),
        Group(
            "protection",
            L(kk="Қорғау мәртебесі", az="Mühafizə statusu", ru="Охранный статус", en="Protection status"),
            dated=True,
            accepted_by="protect",
            fields=[
                Term(
                    "category",
                    L(kk="Санаты", az="Kateqoriyası", ru="Категория", en="Category"),
                    vocabulary="protection_category",
                    facet="protection",
                ),
                Term(
                    "action", L(kk="Не болды", az="Hərəkət", ru="Действие", en="Action"), vocabulary="protection_action"
                ),
                Link("act", ACT, to=("legal_act",), role="protected_by"),
                Agent("authority", BODY, role="authority"),
                Line("basis", L(kk="Негіздеме", az="Əsas", ru="Основание", en="Basis")),
            ],
        ),
        state.authority(),
        Group(
            "international",
            L(kk="Халықаралық мәртебе", az="Beynəlxalq status", ru="Международный статус", en="International status"),
            dated=True,
            fields=[
                Term("list", L(kk="Тізім", az="Siyahı", ru="Список", en="List"), vocabulary="protection_category"),
                Line("as_given", L(kk="Дереккөздегідей", az="Mənbədəki kimi", ru="Как в источнике", en="As given")),
            ],
        ),
        Group(
            "register",
            L(kk="Тізілім жазбалары", az="Reyestr qeydləri", ru="Записи в реестрах", en="Register entries"),
            dated=True,
            fields=[
                Line("list", L(kk="Тізім", az="Siyahı", ru="Список", en="List")),
                Line("number", NUMBER, fulltext=True),
                Line(
                    "old_number",
                    L(kk="Ескі нөмірі", az="Köhnə nömrəsi", ru="Прежний номер", en="Former number"),
                    fulltext=True,
                ),
                Link("act", ACT, to=("legal_act",), role="listed_by"),
            ],
        ),
        Group(
            "passport",
            L(
                kk="Паспорт және есепке алу карточкасы",
                az="Pasport və uçot kartı",
                ru="Паспорт и учётная карточка",
                en="Passport and record card",
            ),
            dated=True,
            fields=[
                Term("document", L(kk="Құжат", az="Sənəd", ru="Документ", en="Document"), vocabulary="material_kind"),
                Line("number", NUMBER),
                Agent("issuer", L(kk="Берген", az="Verən", ru="Кем выдан", en="Issued by"), role="issued_by"),
                Agent(
                    "author",
                    L(kk="Құрастырған", az="Tərtib edən", ru="Составитель", en="Compiled by"),
                    role="compiled_by",
                ),
                Date("date", DAY),
            ],
        ),
        common.identifiers(L(kk="Басқа нөмірлері", az="Digər nömrələri", ru="Другие номера", en="Other identifiers")),
        state.zones(part="place"),
        state.condition(),
        state.threats(),
        state.use(),
        state.permitted_use(),
        state.ownership(part="owner"),
        state.obligations(part="owner"),
        Line("finds", FINDS, part="depository"),
        Group(
            "related",
            L(kk="Байланысты нысандар", az="Əlaqəli obyektlər", ru="Связанные объекты", en="Related objects"),
            fields=[
                Link(
                    "part_of",
                    L(kk="Құрамына кіреді", az="Tərkibinə daxildir", ru="Входит в состав", en="Is part of"),
                    to=("heritage_object",),
                    role="part_of",
                ),
                Link(
                    "see_also",
                    L(kk="Сондай-ақ қараңыз", az="Həmçinin bax", ru="См. также", en="See also"),
                    role="see_also",
                ),
            ],
        ),
        Group(
            "notes",
            L(kk="Деректер", az="Faktlar", ru="Сведения", en="Facts"),
            fields=[Text("fact", L(kk="Дерек", az="Fakt", ru="Факт", en="Fact"), fulltext=True), SOURCE],
        ),
        common.sources(required=True),
        Rights("rights", L(kk="Сипаттама құқықтары", az="Təsvir hüquqları", ru="Права на описание", en="Rights")),
    ]
    listed = Listed(order=0, facts=("object_type", "admin_unit"))
    page = [
        "summary",
        "significance",
        "protected_values",
        "history",
        "fabric",
        "protection",
        "international",
        "use",
        "permitted_use",
        "condition",
        "threats",
    ]
    example = {
        "country": "KZ",
        "names": [
            {"_id": "nm2kkx", "name": {"text": "Мысал кесенесі", "lang": "kk", "script": "Cyrl"}, "kind": "official"},
            {
                "_id": "nm3azx",
                "name": {"text": "Nümunə türbəsi", "lang": "az", "script": "Latn"},
                "kind": "transliteration",
            },
        ],
        "object_type": ["mausoleum"],
        "admin_unit": "kz-turkistan",
        "dating": [
            {"_id": "dt2abc", "date": {"edtf": "1401/1500", "text": "XV ғ.", "lang": "kk"}, "method": "stylistic"}
        ],
        "summary": {"kk": {"text": "Күйдірілген кірпіштен салынған.", "origin": "original"}},
        "place": {
            "geometry": {"type": "Point", "coordinates": [68.27, 43.29]},
            "precision": "10km",
            "accuracy_m": "50",
        },
        "protection": [{"_id": "pr2abc", "category": "kz_local", "source": {"text": "Мысал", "certainty": "L"}}],
        "condition": [
            {
                "_id": "cn2abc",
                "date": {"edtf": "2020"},
                "grade": "satisfactory",
                "source": {"text": "Мысал", "certainty": "M"},
            }
        ],
        "threats": [{"_id": "th2abc", "threat": "damp", "state": "observed", "valid": {"from": "2020"}}],
        "use": [{"_id": "us2abc", "use": "pilgrimage"}],
        "permitted_use": [{"_id": "pu2abc", "use": "museum"}],
        "ownership": [{"_id": "ow2abc", "owner": {"name": "Мысал мекемесі"}, "owner_kind": "state"}],
        "obligations": [{"_id": "ob2abc", "number": "2-Ү", "valid": {"from": "2020", "to": "2025"}}],
        "sources": [{"_id": "so2abc", "source": {"text": "Оқу мысалы", "certainty": "L"}}],
    }

    @classmethod
    def check(cls, data: dict[str, Any]) -> Iterator[Problem]:
        """A register number, a unit and a category belong to the country of the object."""
        yield from common.unit_elsewhere(data)
        country = data.get("country", "").lower()
        for index, row in enumerate(data.get("protection", [])):
            scale = row.get("category", "").partition("_")[0]
            if country and scale in ("kz", "az") and scale != country:
                message = _("This category belongs to the scale of another country.")
                yield Problem("category_country", message, path=("protection", index, "category"))

    @classmethod
    def check_guarded(cls, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Problem]:
        """A change of status is accepted with its act attached; what was said before stays, with the day of its end."""
        before = {row[ID]: row for row in old.get("protection", [])}
        rows = {row[ID]: row for row in new.get("protection", [])}
        changed = [row for row in rows.values() if row != before.get(row[ID])]
        acted = any(row.get("act") for row in changed)
        for index, row in enumerate(new.get("protection", [])):
            was = before.get(row[ID], {})
            if row in changed and not row.get("act") and not (acted and _only_ended(was, row)):
                message = _("A change of protection needs its act: link the record of the act, then accept.")
                yield Problem("act", message, path=("protection", index, "act"))
            if was.get("category") and was["category"] != row.get("category"):
                message = _("A former status stays on record: give it an end date and add the new one below.")
                yield Problem("status_kept", message, path=("protection", index, "category"))
        if set(before) - set(rows):
            message = _("A former status is not removed: give it an end date instead.")
            yield Problem("status_kept", message, path=("protection",))


def _only_ended(was: dict[str, Any], row: dict[str, Any]) -> bool:
    """Whether the statement got its end and is otherwise the same; the act stands with what follows it."""
    started = (row.get("valid", {}).get("from"), {key: value for key, value in row.items() if key != "valid"})
    return bool(was) and started == (
        was.get("valid", {}).get("from"),
        {key: value for key, value in was.items() if key != "valid"},
    )
