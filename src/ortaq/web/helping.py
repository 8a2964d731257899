"""What the forms ask while somebody types: how a date or a place is understood, which record or term is meant."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import Any

from django.urls import reverse

from ortaq.engine import access, dates, geo
from ortaq.engine import terms as vocabularies
from ortaq.engine.access import Reader
from ortaq.engine.fields.base import LONGEST_LINE, Context
from ortaq.engine.fields.common import PLACE
from ortaq.engine.fields.place import Place
from ortaq.engine.fields.unit import UNITS, above
from ortaq.engine.kinds import get
from ortaq.engine.outputs.page import located, title_of
from ortaq.engine.problems import Problem, Problems
from ortaq.search.access import search
from ortaq.search.query import Query
from ortaq.vocab import meaning, table

MOST = 8  # records offered at once
LONGEST_PLACE = 200_000  # characters of a typed or pasted geometry
DRAWABLE = 2_000  # corners of a geometry that a map in a form takes over
FIELD = Place("place", PLACE)


def date(text: str, lang: str, shown_in: str) -> dict[str, str]:
    """``{"understood", "edtf"}`` of a date as people write it, ``{"problem"}`` when it says nothing to us."""
    if not text.strip():
        return {}
    try:
        edtf = dates.understand(text[:LONGEST_LINE], lang)
    except Problem as problem:
        return {"problem": str(problem.text)}
    return {"understood": dates.show(edtf, shown_in), "edtf": edtf}


def place(raw: dict[str, str], country: str, lang: str) -> dict[str, Any]:
    """``{"written", "others", "geometry"}``: the place in degrees, what readers without its closed part are shown,
    and for the map in the form what was read, unless it has too many corners to be drawn by hand."""
    if not raw.get("text", "").strip():
        return {}
    given = {key: value for key, value in raw.items() if value}
    try:
        value = FIELD.clean(given | {"text": raw["text"][:LONGEST_PLACE]}, Context(lang=lang, country=country))
    except (Problem, Problems) as wrong:
        first = wrong.problems[0] if isinstance(wrong, Problems) else wrong
        return {"problem": str(first.text)}
    public = FIELD.public(value)
    others = located(public, lang, opened=False) if public else None
    lat, lon = geo.centre(value["geometry"])
    said = f"{others.written} ({others.precision})" if others and others.written else others.precision if others else ""
    few = sum(1 for _ in islice(geo.positions(value["geometry"]), DRAWABLE + 1)) <= DRAWABLE
    drawn = {"geometry": value["geometry"]} if few else {}
    return {"written": geo.to_dms(lat, lon, lang), "others": said, **drawn}


def records(reader: Reader, text: str, kinds: list[str], lang: str) -> list[dict[str, Any]]:
    """At most eight records that the reader may see: ``{"key", "title", "lang", "kind", "url"}``."""
    if len(text.strip()) < 2:
        return []
    found = search(reader, Query(text[:200], lang=lang, kind=kinds or None, limit=MOST, facets=(), expand=False)).views
    number = access.find(reader, text)
    if number and all(str(view.record.id) != number for view in found):
        found = [access.get(reader, number), *found][:MOST]
    return [_offered(view, lang) for view in found]


def terms(vocabulary: str, lang: str) -> dict[str, dict[str, Any]]:
    """Of every term what finds and explains it: ``{code: {"words": {lang: [name, …]}, "above": path, "note": text}}``.

    The note is in English, as the thesaurus has it.
    """
    return _terms(vocabulary, lang, vocabularies.version())


@lru_cache(maxsize=100)
def _terms(vocabulary: str, lang: str, _version: str) -> dict[str, dict[str, Any]]:
    return {term.code: _explained(vocabulary, term, lang) for term in vocabularies.source().terms(vocabulary)}


def _explained(vocabulary: str, term: vocabularies.Term, lang: str) -> dict[str, Any]:
    concept = meaning.concept(vocabulary, term.code)
    words = {}
    for code in table.LANGUAGES:
        own = [term.labels[code]] if term.labels.get(code) else []
        if names := dict.fromkeys([*own, *(concept.names(code) if concept else ())]):
            words[code] = list(names)
    if vocabulary == UNITS:
        wider = [vocabularies.label(UNITS, code, lang) for code in above(term.code)[1:]]
    else:
        wider = [one.label(lang) for one in meaning.path(concept)]
    words = {code: names for code, names in words.items() if names}
    return {"words": words, "above": " › ".join(reversed(wider)), "note": concept.scope if concept else ""}


def _offered(view: access.View, lang: str) -> dict[str, Any]:
    title, kind = title_of(view, lang), get(view.record.kind)
    return {
        "key": view.key,
        "title": title.text,
        "lang": title.lang,
        "kind": str(kind.label) if kind else view.record.kind,
        "url": reverse("record", kwargs={"key": view.key}),
    }
