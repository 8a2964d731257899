"""What the page of the thesaurus shows: one concept with what is around it, or what a search found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from ortaq.engine.access import Reader
from ortaq.engine.labels import pick
from ortaq.engine.problems import Absent
from ortaq.search.question import meant
from ortaq.vocab import actions, meaning, table, thesaurus
from ortaq.vocab.thesaurus import Concept
from ortaq.web.reading import lang

MOST = 100  # concepts found on one page
NARROWER = "narrower"  # of an address of the search: with what lies below in the thesaurus as well


@dataclass(frozen=True)
class Shown:
    """A concept with its name for the reader, and how many lie directly below it."""

    concept: Concept
    lang: str
    text: str
    below: int


@dataclass(frozen=True)
class Names:
    """What a concept is called in one language; ``doubtful``: names that are still to be checked, ``waiting`` how many
    of them there are."""

    lang: str
    text: str
    others: tuple[str, ...]
    doubtful: list[str]
    waiting: int


def page(reader: Reader, asked: QueryDict) -> dict[str, Any]:
    """``under`` is the id of a concept, ``q`` words that one of its names has. Raises Absent for an unknown id."""
    words, id_ = asked.get("q", "")[:200].strip(), asked.get("under", "")
    concept = thesaurus.get(id_) if id_ else None
    if id_ and concept is None:
        raise Absent(id_)
    found = list(_found(table.fold(words))) if words else list(thesaurus.narrower(id_ or None))
    return {
        "words": words,
        "here": _shown(concept) if concept else None,
        "names": list(_names(concept, reader.may(actions.VERB, None))) if concept else [],
        "broader": _shown(above) if concept and (above := thesaurus.get(concept.broader or "")) else None,
        "searches": _searches(concept) if concept else {},
        "path": [_shown(one) for one in _path(concept)],
        "rows": [_shown(one) for one in found[:MOST]],
        "more": max(0, len(found) - MOST),
        "count": len(thesaurus.concepts()),
        "title": _shown(concept).text if concept else _("Thesaurus"),
    }


@lru_cache(maxsize=4_000)
def explained(vocabulary: str, code: str, reader: str) -> tuple[str, str] | None:
    """(address, words that explain): of a term that the thesaurus has, its page there and what is told beside it.

    ``reader`` is the active language. What is told is the scope note, which is in English, for a reader of English,
    and the names in other languages.
    """
    concept = meaning.concept(vocabulary, code)
    if concept is None:
        return None
    others = [text for code, _label in settings.LANGUAGES if code != reader and (text := concept.certain.get(code))]
    told = [concept.scope] if reader == "en" and concept.scope else []
    return under(concept.id), " · ".join([*told, *others])


def under(id_: str) -> str:
    """The address of the page of a concept."""
    return f"{reverse('thesaurus')}?{urlencode({'under': id_})}"


def _searches(concept: Concept) -> dict[str, str]:
    """Addresses of the search for the concept, alone and with what lies below it."""
    names = [text for code in (lang(), *table.LANGUAGES) if (text := concept.certain.get(code))]
    words = next((text for text in names if concept.id in meant(text, lang())), names[0] if names else concept.id)
    found = {"url": f"{reverse('search')}?{urlencode({'q': words})}"}
    if thesaurus.narrower(concept.id):
        found["narrower"] = f"{found['url']}&{urlencode({NARROWER: 1})}"
    return found


def _found(words: str) -> Iterator[Concept]:
    for concept in thesaurus.concepts():
        names = (name for code in table.LANGUAGES for name in concept.names(code))
        if any(words in text for text in table.folded(names)):
            yield concept


def _shown(concept: Concept) -> Shown:
    code, text = pick(concept.certain, lang())
    return Shown(concept, code, text or concept.id, len(thesaurus.narrower(concept.id)))


def _path(concept: Concept | None) -> list[Concept]:
    """The concepts above one, the widest first."""
    above = thesaurus.get(concept.broader) if concept and concept.broader else None
    return [*_path(above), above] if above else []


def _names(concept: Concept, editor: bool) -> Iterable[Names]:
    """Every language with its label and its other names; what is to be checked only for those who check it."""
    for code in table.LANGUAGES:
        unsure = [concept.labels[code]] if code in concept.doubtful else []
        unsure += [text for text in concept.alternatives.get(code, ()) if (code, text) in concept.doubtful_alternatives]
        names = Names(code, concept.certain.get(code, ""), concept.others(code), unsure if editor else [], len(unsure))
        if names.text or names.others or unsure:
            yield names
