"""A gravestone: a stone over a grave, carved and often inscribed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from ortaq.engine.fields import (
    Agent,
    Country,
    Date,
    Group,
    Line,
    Link,
    Name,
    Place,
    Quantity,
    Source,
    Term,
    Text,
    Unit,
)
from ortaq.engine.kinds import Kind, Part
from ortaq.engine.labels import L
from ortaq.engine.problems import Problem


class Gravestone(Kind):
    slug, version, icon = "gravestone", 1, "monument"
    label = L(kk="Құлпытас", az="Başdaşı", ru="Надгробие", en="Gravestone")
    plural = L(kk="Құлпытастар", az="Başdaşları", ru="Надгробия", en="Gravestones")
    about = L(
        kk="Қабір үстіндегі ойылған, көбіне жазуы бар тас.",
        az="Qəbir üstündə oyulmuş, çox vaxt yazılı daş.",
        ru="Камень над могилой, резной и часто с надписью.",
        en="A stone over a grave, carved and often inscribed.",
    )
    parts = {
        "place": Part(
            L(kk="Нақты орны", az="Dəqiq yeri", ru="Точное место", en="Exact place"),
            ("national:{country}", "region:{region}"),
            indexed=True,
        ),
        "owner": Part(L(kk="Күтушісі", az="Baxan şəxs", ru="Кто ухаживает", en="Who looks after it"), ()),
    }
    fields = [
        Country("country", L(kk="Ел", az="Ölkə", ru="Страна", en="Country"), required=True, facet="country"),
        Group(
            "names",
            L(kk="Атаулар", az="Adlar", ru="Названия", en="Names"),
            required=True,
            fields=[
                Name("name", L(kk="Атауы", az="Adı", ru="Название", en="Name")),
                Term(
                    "kind",
                    L(kk="Атау түрі", az="Adın növü", ru="Вид названия", en="Kind of name"),
                    vocabulary="name_kind",
                ),
            ],
        ),
        Term(
            "sort",
            L(kk="Түрі", az="Növü", ru="Вид", en="Type"),
            vocabulary="object_type",
            required=True,
            facet="type",
        ),
        Unit(
            "admin_unit",
            L(kk="Әкімшілік бірлік", az="İnzibati vahid", ru="Административная единица", en="Administrative unit"),
            facet="region",
        ),
        Date("carved", L(kk="Қашалған кезі", az="Yonulduğu vaxt", ru="Когда вырезано", en="Carved"), facet="century"),
        Line("stone", L(kk="Тасы", az="Daşı", ru="Камень", en="Stone"), fulltext=True),
        Quantity("height", L(kk="Биіктігі", az="Hündürlüyü", ru="Высота", en="Height"), units=("cm", "m")),
        Text("inscription", L(kk="Жазуы", az="Yazısı", ru="Надпись", en="Inscription"), fulltext=True),
        Link(
            "stands_at",
            L(kk="Қай нысанда тұр", az="Hansı obyektdə durur", ru="Где стоит", en="Stands at"),
            to=("heritage_object",),
            role="stands_at",
        ),
        Place("place", L(kk="Орны", az="Yeri", ru="Место", en="Place"), part="place"),
        Agent(
            "keeper",
            L(kk="Күтушісі", az="Baxan şəxs", ru="Кто ухаживает", en="Who looks after it"),
            role="kept_by",
            part="owner",
        ),
        Group(
            "sources",
            L(kk="Дереккөздер", az="Mənbələr", ru="Источники", en="Sources"),
            fields=[Source("source", L(kk="Дереккөз", az="Mənbə", ru="Источник", en="Source"))],
        ),
    ]
    page = ["inscription", "stone", "height", "stands_at"]
    example = {
        "country": "KZ",
        "names": [
            {"_id": "nm2abc", "name": {"text": "Үлгі құлпытас", "lang": "kk", "script": "Cyrl"}, "kind": "official"}
        ],
        "sort": "gravestone",
        "admin_unit": "kz-mangystau",
        "carved": {"edtf": "1801/1900", "text": "XIX ғ.", "lang": "kk"},
        "stone": "ұлутас",
        "height": {"value": "182.5", "unit": "cm"},
        "inscription": {"kk": {"text": "Бұл жазу ойдан құрастырылған.", "origin": "original"}},
        "place": {"geometry": {"type": "Point", "coordinates": [53.41, 44.12]}, "precision": "10km"},
        "keeper": {"name": "Үлгі қауымы"},
        "sources": [{"_id": "so2abc", "source": {"text": "Оқу мысалы", "certainty": "L"}}],
    }

    @classmethod
    def check(cls, data: dict[str, Any]) -> Iterator[Problem]:
        """What stands is not flat: a height of nothing is a slip of the pen."""
        if data.get("height", {}).get("value") == "0":
            message = _("A stone of height 0 is not known. Leave the height out when it was not measured.")
            yield Problem("height", message, path=("height",))
