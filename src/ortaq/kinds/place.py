"""A place: an administrative unit, a settlement, a river, a mountain, with the units above it."""

from __future__ import annotations

from ortaq.engine.fields import Country, Group, Identifier, Link, Name, Period, Source, Term, Text, Unit
from ortaq.engine.fields import Place as Location
from ortaq.engine.kinds import Kind, Part
from ortaq.engine.labels import L


class Place(Kind):
    slug, version, icon = "place", 1, "place"
    label = L(kk="Жер", az="Yer", ru="Место", en="Place")
    plural = L(kk="Жерлер", az="Yerlər", ru="Места", en="Places")
    parts = {
        "place": Part(
            L(kk="Нақты орны", az="Dəqiq yeri", ru="Точное место", en="Exact place"), ("public",), indexed=True
        )
    }
    fields = [
        Country("country", L(kk="Ел", az="Ölkə", ru="Страна", en="Country"), required=True, facet="country"),
        Group(
            "names",
            L(kk="Атаулар", az="Adlar", ru="Названия", en="Names"),
            required=True,
            dated=True,
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
            L(kk="Жер түрі", az="Yerin növü", ru="Вид места", en="Kind of place"),
            vocabulary="place_kind",
            facet="type",
        ),
        Unit(
            "admin_unit",
            L(kk="Әкімшілік бірлік", az="İnzibati vahid", ru="Административная единица", en="Administrative unit"),
            facet="region",
        ),
        Link(
            "within",
            L(kk="Қайда орналасқан", az="Harada yerləşir", ru="Где находится", en="Lies within"),
            to=("place",),
            role="within",
        ),
        Period("existed", L(kk="Болған кезеңі", az="Mövcud olduğu dövr", ru="Период существования", en="Existed")),
        Group(
            "identifiers",
            L(kk="Кодтары", az="Kodları", ru="Коды", en="Codes"),
            fields=[
                Identifier(
                    "id",
                    L(kk="Коды", az="Kodu", ru="Код", en="Code"),
                    schemes=("kato", "iso3166-2", "geonames", "wof", "wikidata", "pleiades"),
                )
            ],
        ),
        Location("place", L(kk="Орны", az="Yeri", ru="Место", en="Location"), part="place"),
        Text("about", L(kk="Сипаттама", az="Təsvir", ru="Описание", en="Description"), fulltext=True),
        Group(
            "sources",
            L(kk="Дереккөздер", az="Mənbələr", ru="Источники", en="Sources"),
            fields=[Source("source", L(kk="Дереккөз", az="Mənbə", ru="Источник", en="Source"))],
        ),
    ]
    page = ["about", "within", "existed"]
    example = {
        "country": "AZ",
        "names": [{"_id": "nm2abc", "name": {"text": "Şəki", "lang": "az", "script": "Latn"}, "kind": "official"}],
        "sort": "city",
        "admin_unit": "az-sheki",
        "place": {"geometry": {"type": "Point", "coordinates": [47.17, 41.19]}, "precision": "exact"},
    }
