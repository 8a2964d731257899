"""A lesson or a good practice: what was done about a problem, and what others can take from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from ortaq.engine.fields import Agent, Group, Line, Number, Term, Text, common
from ortaq.engine.kinds import Kind, Listed
from ortaq.engine.labels import L
from ortaq.engine.problems import Problem

EVIDENCE = L(kk="Дәлелдер", az="Sübutlar", ru="Подтверждения", en="Evidence")


class Practice(Kind):
    slug, version, icon = "practice", 1, "lesson"
    label = L(
        kk="Сабақ немесе озық тәжірибе",
        az="Dərs və ya qabaqcıl təcrübə",
        ru="Урок или лучшая практика",
        en="Lesson or good practice",
    )
    plural = L(
        kk="Сабақтар және озық тәжірибе",
        az="Dərslər və qabaqcıl təcrübə",
        ru="Уроки и лучшие практики",
        en="Lessons and good practices",
    )
    about = L(
        kk="Қандай мәселе болды, не істелді, неше жылдан кейін не шықты және басқа жерде қолдануға бола ма.",
        az="Problem nə idi, nə edildi, neçə ildən sonra nə alındı və başqa yerdə tətbiq etmək olarmı.",
        ru="Какая была проблема, что сделали, что вышло через годы и можно ли это перенести.",
        en="What the problem was, what was done, what came of it after years, and whether it works elsewhere.",
    )
    fields = [
        common.country(),
        common.names(dated=False),
        Term(
            "sort",
            L(kk="Тәжірибе түрі", az="Təcrübənin növü", ru="Вид опыта", en="Kind of practice"),
            vocabulary="practice_kind",
            required=True,
            facet="type",
            dc="type",
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
        Text(
            "problem",
            L(kk="Мәселе", az="Problem", ru="Проблема", en="Problem"),
            required=True,
            fulltext=True,
            dc="description",
        ),
        Text("context", L(kk="Жағдай", az="Şərait", ru="Обстоятельства", en="Context"), fulltext=True),
        Text(
            "action",
            L(kk="Не істелді", az="Nə edildi", ru="Что сделали", en="What was done"),
            required=True,
            fulltext=True,
        ),
        Text("result", L(kk="Нәтижесі", az="Nəticəsi", ru="Результат", en="Result"), fulltext=True),
        Number(
            "years",
            L(
                kk="Нәтиже неше жылдан кейін бағаланды",
                az="Nəticə neçə ildən sonra qiymətləndirilib",
                ru="Через сколько лет оценён результат",
                en="Years after which the result was judged",
            ),
            least=0,
        ),
        Text("failed", L(kk="Не болмады", az="Nə alınmadı", ru="Что не удалось", en="What failed"), fulltext=True),
        Text(
            "transfer",
            L(
                kk="Басқа жерде қолдану шарттары",
                az="Başqa yerdə tətbiq şərtləri",
                ru="Условия переноса",
                en="Conditions of transfer",
            ),
            fulltext=True,
        ),
        Term(
            "repeat",
            L(kk="Қайталауға бола ма", az="Təkrar etməyə dəyərmi", ru="Стоит ли повторять", en="Would you do it again"),
            vocabulary="would_repeat",
        ),
        common.materials("evidence", EVIDENCE, "evidence"),
        common.objects(),
        common.works(),
        Group(
            "authors",
            L(kk="Авторлар", az="Müəlliflər", ru="Авторы", en="Authors"),
            dc="creator",
            fields=[
                Agent("author", L(kk="Автор", az="Müəllif", ru="Автор", en="Author"), role="authored_by"),
                Line("share", L(kk="Жұмыстағы рөлі", az="İşdəki rolu", ru="Роль в работе", en="Role in the work")),
            ],
        ),
        common.sources(),
    ]
    listed = Listed(order=8, facts=("sort", "areas"))
    subject = "objects"
    page = ["problem", "context", "action", "result", "failed", "transfer", "evidence"]
    example = {
        "country": "AZ",
        "names": [
            {"_id": "nm2abc", "name": {"text": "Nümunə dərs", "lang": "az", "script": "Latn"}, "kind": "official"}
        ],
        "sort": "lesson",
        "areas": ["restoration"],
        "admin_unit": "az-sheki",
        "problem": {"az": {"text": "Sement suvaq altında divar nəm qalırdı.", "origin": "original"}},
        "context": {"az": {"text": "Daş divar, qışda isidilmir.", "origin": "original"}},
        "action": {"az": {"text": "Suvaq əhəng məhlulu ilə əvəz edildi.", "origin": "original"}},
        "result": {"az": {"text": "Divar qurudu.", "origin": "original"}},
        "years": 5,
        "failed": {"az": {"text": "Birinci qış təzə suvaq dondu.", "origin": "original"}},
        "transfer": {"az": {"text": "Yalnız isti mövsümdə görülən işlər üçün.", "origin": "original"}},
        "repeat": "changed",
        "evidence": [
            {
                "_id": "ev2abc",
                "material": {"uri": "https://example.org/material"},
                "note": {"az": {"text": "Rütubət ölçmələri", "origin": "original"}},
            }
        ],
        "objects": [{"_id": "ob2abc", "object": {"uri": "https://example.org/object"}, "of": "divar"}],
        "works": [{"_id": "wk2abc", "work": {"uri": "https://example.org/work"}, "stage": "aftercare"}],
        "authors": [{"_id": "au2abc", "author": {"name": "Nümunə Bərpaçı"}, "share": "işlərin rəhbəri"}],
        "sources": [{"_id": "so2abc", "source": {"text": "Tədris nümunəsi", "certainty": "L"}}],
    }

    @classmethod
    def check_complete(cls, data: dict[str, Any]) -> Iterator[Problem]:
        """A lesson is one only with its result and with what must hold where it is used again."""
        if data.get("sort") != "lesson":
            return
        if not data.get("result"):
            yield Problem("result", _("A lesson needs its result: say what came of it."), path=("result",))
        if not data.get("transfer"):
            message = _("A lesson needs the conditions of transfer: say where it holds and where it does not.")
            yield Problem("transfer", message, path=("transfer",))
