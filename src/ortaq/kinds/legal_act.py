"""A legal act: a law, a decree, an order, a list approved by one."""

from __future__ import annotations

from ortaq.engine.fields import Agent, Date, Line, Link, Period, Term, Text, Url, common
from ortaq.engine.kinds import Kind, Listed
from ortaq.engine.labels import L

TITLE = L(kk="Атауы", az="Adı", ru="Название", en="Title")


class LegalAct(Kind):
    slug, version, icon = "legal_act", 1, "act"
    label = L(kk="Құқықтық акт", az="Hüquqi akt", ru="Правовой акт", en="Legal act")
    plural = L(kk="Құқықтық актілер", az="Hüquqi aktlar", ru="Правовые акты", en="Legal acts")
    about = L(
        kk="Заң, қаулы, бұйрық, шешім немесе шарт: мемлекет мұра туралы не белгіледі.",
        az="Qanun, qərar, əmr və ya müqavilə: dövlətin irs haqqında müəyyən etdiyi.",
        ru="Закон, постановление, приказ, решение или договор: что государство установило о наследии.",
        en="A law, decree, order, decision or treaty: what a state has set down about heritage.",
    )
    fields = [
        common.country(),
        common.names(TITLE, TITLE, dated=False),
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
        common.sources(),
    ]
    listed = Listed(order=9, when=("date",), facts=("sort", "number"))
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
