"""A place: an administrative unit, a settlement, a river, a mountain, with the units above it."""

from __future__ import annotations

from typing import Any

from ortaq.engine.fields import Link, Period, Term, Text, common
from ortaq.engine.fields import Place as Location
from ortaq.engine.kinds import Kind, Listed, Part
from ortaq.engine.labels import L

UNITS = ("country", "region", "autonomous_republic", "district", "city")  # sorts that are units themselves
CODES = ("kato", "iso3166-2", "geonames", "wof", "wikidata", "pleiades")


class Place(Kind):
    slug, version, icon = "place", 1, "place"
    label = L(kk="Жер", az="Yer", ru="Место", en="Place")
    plural = L(kk="Жерлер", az="Yerlər", ru="Места", en="Places")
    about = L(
        kk="Әкімшілік бірлік, елді мекен, өзен немесе тау: атаулары, кодтары, қайда орналасқаны.",
        az="İnzibati vahid, yaşayış yeri, çay və ya dağ: adları, kodları, harada yerləşdiyi.",
        ru="Административная единица, населённый пункт, река или гора: названия, коды, где находится.",
        en="An administrative unit, a settlement, a river or a mountain: its names, codes and where it lies.",
    )
    parts = {
        "place": Part(
            L(kk="Нақты орны", az="Dəqiq yeri", ru="Точное место", en="Exact place"), ("public",), indexed=True
        )
    }
    fields = [
        common.country(),
        common.names(),
        Term(
            "sort",
            L(kk="Жер түрі", az="Yerin növü", ru="Вид места", en="Kind of place"),
            vocabulary="place_kind",
            facet="type",
        ),
        common.admin_unit(),
        Link(
            "within",
            L(kk="Қайда орналасқан", az="Harada yerləşir", ru="Где находится", en="Lies within"),
            to=("place",),
            role="within",
        ),
        Period("existed", L(kk="Болған кезеңі", az="Mövcud olduğu dövr", ru="Период существования", en="Existed")),
        common.identifiers(L(kk="Кодтары", az="Kodları", ru="Коды", en="Codes"), *CODES),
        Location("place", L(kk="Орны", az="Yeri", ru="Место", en="Location"), part="place"),
        Text("about", L(kk="Сипаттама", az="Təsvir", ru="Описание", en="Description"), fulltext=True),
        common.sources(),
    ]
    listed = Listed(order=21, facts=("sort",))
    page = ["about", "within", "existed"]
    example = {
        "country": "AZ",
        "names": [{"_id": "nm2abc", "name": {"text": "Şəki", "lang": "az", "script": "Latn"}, "kind": "official"}],
        "sort": "city",
        "admin_unit": "az-sheki",
        "place": {"geometry": {"type": "Point", "coordinates": [47.17, 41.19]}, "precision": "exact"},
    }

    @classmethod
    def unit(cls, data: dict[str, Any]) -> str:
        return data.get("admin_unit", "") if data.get("sort") in UNITS else ""
