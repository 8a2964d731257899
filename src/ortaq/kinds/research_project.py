"""A research project: what is asked, by whom and how, with whose money, and what came of it."""

from __future__ import annotations

from ortaq.engine.fields import Agent, Group, Line, Link, Money, Period, Term, Text, Url, common
from ortaq.engine.fields.common import NOTE, NUMBER
from ortaq.engine.kinds import Kind, Listed, Part
from ortaq.engine.labels import L


class ResearchProject(Kind):
    slug, version, icon = "research_project", 1, "research"
    label = L(kk="Зерттеу жобасы", az="Tədqiqat layihəsi", ru="Исследовательский проект", en="Research project")
    plural = L(kk="Зерттеу жобалары", az="Tədqiqat layihələri", ru="Исследовательские проекты", en="Research projects")
    about = L(
        kk="Зерттеудің сұрағы, әдістері, қатысушылары, қаржыландырылуы және нәтижелері.",
        az="Tədqiqatın sualı, metodları, iştirakçıları, maliyyələşdirilməsi və nəticələri.",
        ru="Вопрос исследования, методы, участники, финансирование и результаты.",
        en="The question of a study, its methods, people, funding and results.",
    )
    parts = {"contacts": Part(common.CONTACTS, ("registered",))}
    fields = [
        common.country(),
        common.names(dated=False),
        Term(
            "progress",
            L(kk="Зерттеудің күйі", az="Tədqiqatın vəziyyəti", ru="Состояние исследования", en="State of the research"),
            vocabulary="research_state",
            required=True,
            facet="research_state",
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
        common.admin_unit(),
        Period("period", L(kk="Жүргізілетін мерзімі", az="Aparılma müddəti", ru="Срок проведения", en="Period")),
        Text(
            "question",
            L(kk="Зерттеу сұрағы", az="Tədqiqat sualı", ru="Вопрос исследования", en="Research question"),
            required=True,
            fulltext=True,
            dc="description",
        ),
        Group(
            "hypotheses",
            L(kk="Болжамдар", az="Fərziyyələr", ru="Гипотезы", en="Hypotheses"),
            fields=[
                Text("hypothesis", L(kk="Болжам", az="Fərziyyə", ru="Гипотеза", en="Hypothesis"), fulltext=True),
                Text("finding", L(kk="Не анықталды", az="Nə müəyyən edildi", ru="Что выяснилось", en="What was found")),
            ],
        ),
        Text("methods", L(kk="Әдістері", az="Metodları", ru="Методы", en="Methods"), fulltext=True),
        Group(
            "participants",
            L(kk="Қатысушылар", az="İştirakçılar", ru="Участники", en="Participants"),
            dated=True,
            dc="contributor",
            fields=[
                Agent("participant", L(kk="Кім", az="Kim", ru="Кто", en="Who"), role="researched_by"),
                Term("role", L(kk="Рөлі", az="Rolu", ru="Роль", en="Role"), vocabulary="research_role"),
                Line("task", L(kk="Міндеті", az="Vəzifəsi", ru="Задача", en="Task")),
            ],
        ),
        Group(
            "funding",
            L(kk="Қаржыландыру", az="Maliyyələşdirmə", ru="Финансирование", en="Funding"),
            fields=[
                Agent(
                    "funder",
                    L(kk="Қаржыландырушы", az="Maliyyələşdirən", ru="Кто финансирует", en="Funder"),
                    role="funded_by",
                ),
                Line("programme", L(kk="Бағдарлама", az="Proqram", ru="Программа", en="Programme")),
                Line("number", NUMBER),
                Money("amount", L(kk="Сомасы", az="Məbləği", ru="Сумма", en="Amount")),
            ],
        ),
        common.objects(),
        common.works(),
        common.materials("outputs", L(kk="Нәтижелер", az="Nəticələr", ru="Результаты", en="Outputs"), "output"),
        Text(
            "ethics",
            L(kk="Зерттеу әдебі", az="Tədqiqat etikası", ru="Этика исследования", en="Ethics"),
        ),
        Text(
            "data_plan",
            L(
                kk="Деректермен жұмыс жоспары",
                az="Məlumatların idarə edilməsi planı",
                ru="План работы с данными",
                en="Data plan",
            ),
        ),
        Group(
            "related",
            L(kk="Байланысты жобалар", az="Əlaqəli layihələr", ru="Связанные проекты", en="Related projects"),
            fields=[
                Link(
                    "project",
                    L(kk="Жоба", az="Layihə", ru="Проект", en="Project"),
                    to=("research_project",),
                    role="see_also",
                ),
                Line("note", NOTE),
            ],
        ),
        Url("website", L(kk="Сайты", az="Saytı", ru="Сайт", en="Website")),
        common.contacts(),
        common.sources(),
    ]
    listed = Listed(order=4, when=("period",), facts=("progress",))
    page = ["question", "hypotheses", "methods", "ethics", "data_plan"]
    example = {
        "country": "AZ",
        "names": [
            {"_id": "nm2abc", "name": {"text": "Nümunə layihəsi", "lang": "az", "script": "Latn"}, "kind": "official"}
        ],
        "progress": "running",
        "areas": ["archaeology"],
        "admin_unit": "az-sheki",
        "period": {"from": "2020-01", "to": "2022-12"},
        "question": {"az": {"text": "Kərpic harada bişirilib?", "origin": "original"}},
        "hypotheses": [
            {
                "_id": "hy2abc",
                "hypothesis": {"az": {"text": "Kərpic yerlidir.", "origin": "original"}},
                "finding": {"az": {"text": "Hələ təsdiqlənməyib.", "origin": "original"}},
            }
        ],
        "methods": {"az": {"text": "Nümunələrin laboratoriya analizi.", "origin": "original"}},
        "participants": [
            {
                "_id": "pa2abc",
                "participant": {"name": "Nümunə Tədqiqatçı"},
                "role": "leader",
                "task": "nümunə götürmək",
                "valid": {"from": "2020-01"},
                "source": {"text": "Tədris nümunəsi", "certainty": "L"},
            }
        ],
        "funding": [
            {
                "_id": "fu2abc",
                "funder": {"name": "Nümunə fondu"},
                "programme": "Nümunə proqramı",
                "number": "N-1",
                "amount": {"value": "1000", "unit": "AZN"},
            }
        ],
        "objects": [{"_id": "ob2abc", "object": {"uri": "https://example.org/object"}, "of": "divar"}],
        "works": [{"_id": "wk2abc", "work": {"uri": "https://example.org/work"}, "stage": "research"}],
        "outputs": [
            {
                "_id": "ou2abc",
                "material": {"uri": "https://example.org/material"},
                "note": {"az": {"text": "Aralıq hesabat", "origin": "original"}},
            }
        ],
        "ethics": {"az": {"text": "Nümunələr qoruğun icazəsi ilə götürülür.", "origin": "original"}},
        "data_plan": {"az": {"text": "Məlumatlar iki yerdə saxlanılır.", "origin": "original"}},
        "related": [{"_id": "re2abc", "project": {"uri": "https://example.org/project"}, "note": "əvvəlki mərhələ"}],
        "website": "https://example.org",
        "contacts": [{"_id": "ct2abc", "contact": "layihe@example.org"}],
        "sources": [{"_id": "so2abc", "source": {"text": "Tədris nümunəsi", "certainty": "L"}}],
    }
