"""Groups that say how something protected stands: zones, condition, threats, use, owners, obligations.

Each is a list of dated, sourced statements: a later one is added, an earlier one keeps its dates.
"""

from __future__ import annotations

from ortaq.engine.fields.agent import Agent
from ortaq.engine.fields.common import DAY, NOTE, NUMBER
from ortaq.engine.fields.date import Date
from ortaq.engine.fields.flag import Flag
from ortaq.engine.fields.group import Group
from ortaq.engine.fields.line import Line
from ortaq.engine.fields.link import Link
from ortaq.engine.fields.money import Money
from ortaq.engine.fields.number import Number
from ortaq.engine.fields.term import Term
from ortaq.engine.fields.text import Text
from ortaq.engine.fields.zone import Zone
from ortaq.engine.labels import L

ACT = L(kk="Акт", az="Akt", ru="Акт", en="Act")
BODY = L(kk="Орган", az="Orqan", ru="Орган", en="Authority")
OWNERSHIP = L(
    kk="Иесі және пайдаланушы", az="Sahibi və istifadəçisi", ru="Собственник и пользователь", en="Owner and user"
)
USE = L(kk="Пайдалану түрі", az="İstifadə növü", ru="Вид использования", en="Use")


def authority() -> Group:
    """Who answers for the protection: a report of damage goes there."""
    label = L(
        kk="Қорғауға жауапты орган",
        az="Mühafizəyə cavabdeh orqan",
        ru="Орган, ответственный за охрану",
        en="Body in charge of protection",
    )
    return Group("protection_authority", label, dated=True, fields=[Agent("body", BODY, role="protection_authority")])


def zones(*, part: str) -> Group:
    return Group(
        "zones",
        L(kk="Қорғау аймақтары", az="Mühafizə zonaları", ru="Зоны охраны", en="Protection zones"),
        part=part,
        dated=True,
        fields=[
            Term("zone", L(kk="Аймақ", az="Zona", ru="Зона", en="Zone"), vocabulary="zone"),
            Zone("outline", L(kk="Шекарасы", az="Sərhədi", ru="Граница", en="Outline")),
            Text("regime", L(kk="Режимі", az="Rejimi", ru="Режим", en="Regime")),
            Link("act", ACT, to=("legal_act",), role="zoned_by"),
            Agent("authority", BODY, role="authority"),
        ],
    )


def condition() -> Group:
    """Assessments: each has its day, ``valid`` says how long it is relied on, ``source`` is the evidence."""
    return Group(
        "condition",
        L(kk="Жай-күйі", az="Vəziyyəti", ru="Состояние", en="Condition"),
        dated=True,
        fields=[
            Term(
                "grade",
                L(kk="Бағасы", az="Qiyməti", ru="Оценка", en="Grade"),
                vocabulary="condition",
                facet="condition",
            ),
            Date("date", DAY),
            Line("element", L(kk="Бөлігі", az="Hissəsi", ru="Часть объекта", en="Part of the object")),
            Agent(
                "assessor",
                L(kk="Бағалаған", az="Qiymətləndirən", ru="Кто оценил", en="Assessed by"),
                role="assessed_by",
            ),
            Line("method", L(kk="Әдісі", az="Metodu", ru="Метод", en="Method")),
            Text("note", NOTE),
        ],
    )


def threats() -> Group:
    return Group(
        "threats",
        L(kk="Қауіптер", az="Təhlükələr", ru="Угрозы", en="Threats"),
        dated=True,
        fields=[
            Term("threat", L(kk="Қауіп", az="Təhlükə", ru="Угроза", en="Threat"), vocabulary="threat", facet="threat"),
            Term(
                "state",
                L(kk="Қаншалықты анық", az="Nə dərəcədə dəqiqdir", ru="Насколько определённо", en="How definite"),
                vocabulary="threat_state",
            ),
            Line("extent", L(kk="Ауқымы", az="Miqyası", ru="Охват", en="Extent")),
            Line("cause", L(kk="Себебі", az="Səbəbi", ru="Причина", en="Cause")),
            Text("effect", L(kk="Әсері", az="Təsiri", ru="Воздействие", en="Effect")),
            Text("note", NOTE),
        ],
    )


def use() -> Group:
    return Group(
        "use",
        L(kk="Пайдаланылуы", az="İstifadəsi", ru="Использование", en="Use"),
        dated=True,
        fields=[
            Term("use", USE, vocabulary="use", facet="use"),
            Number(
                "visitors",
                L(kk="Жылына келушілер", az="İllik ziyarətçilər", ru="Посетителей в год", en="Visitors a year"),
                least=0,
            ),
            Number(
                "capacity",
                L(kk="Бір мезгілде келушілер", az="Eyni anda ziyarətçi", ru="Посетителей одновременно", en="Capacity"),
                least=0,
            ),
            Text("opening", L(kk="Жұмыс уақыты", az="İş vaxtı", ru="Часы работы", en="Opening hours")),
            Flag(
                "filming",
                L(kk="Түсірілімге рұқсат", az="Çəkilişə icazə", ru="Съёмка разрешена", en="Filming allowed"),
            ),
            Text("note", NOTE),
        ],
    )


def permitted_use() -> Group:
    """What the object may be used for, which is not what it is used for; no facet counts it."""
    return Group(
        "permitted_use",
        L(
            kk="Рұқсат етілген пайдалану",
            az="İcazə verilən istifadə",
            ru="Разрешённое использование",
            en="Permitted use",
        ),
        dated=True,
        fields=[
            Term("use", USE, vocabulary="use"),
            Text("conditions", L(kk="Шарттары", az="Şərtləri", ru="Условия", en="Conditions")),
            Link("act", ACT, to=("legal_act",), role="use_permitted_by"),
            Agent("authority", BODY, role="authority"),
        ],
    )


def ownership(*, part: str) -> Group:
    return Group(
        "ownership",
        OWNERSHIP,
        part=part,
        dated=True,
        fields=[
            Agent("owner", L(kk="Меншік иесі", az="Mülkiyyətçi", ru="Собственник", en="Owner"), role="owned_by"),
            Term(
                "owner_kind",
                L(kk="Меншік түрі", az="Mülkiyyət növü", ru="Вид собственности", en="Kind of ownership"),
                vocabulary="owner_kind",
            ),
            Agent("manager", L(kk="Басқарушы", az="İdarəedən", ru="Управляющий", en="Manager"), role="managed_by"),
            Agent("user", L(kk="Пайдаланушы", az="İstifadəçi", ru="Пользователь", en="User"), role="used_by"),
            Line(
                "obligation",
                L(
                    kk="Қорғау міндеттемесі",
                    az="Mühafizə öhdəliyi",
                    ru="Охранное обязательство",
                    en="Protection obligation",
                ),
            ),
            Money("rent", L(kk="Жалдау ақысы", az="İcarə haqqı", ru="Арендная плата", en="Rent")),
        ],
    )


def obligations(*, part: str) -> Group:
    """Obligations and contracts of protection; ``valid`` is their term."""
    return Group(
        "obligations",
        L(
            kk="Қорғау міндеттемелері мен шарттары",
            az="Mühafizə öhdəlikləri və müqavilələri",
            ru="Охранные обязательства и договоры",
            en="Protection obligations and contracts",
        ),
        part=part,
        dated=True,
        fields=[
            Line("number", NUMBER),
            Agent(
                "party",
                L(kk="Кім міндетті", az="Kim öhdəlik daşıyır", ru="Кто обязан", en="Who is bound"),
                role="bound_by",
            ),
            Date("signed", L(kk="Қол қойылған күні", az="İmzalanma tarixi", ru="Дата подписания", en="Signed on")),
            Text("terms", L(kk="Талаптары", az="Tələbləri", ru="Требования", en="What it requires")),
        ],
    )
