"""The thesaurus and the vocabularies as SKOS, in Turtle and in JSON-LD.

Every scheme and every concept is a thing with an address of its own below the address of the node. A label that is
still to be checked is not published. What a term of a vocabulary has in the thesaurus is a close match: the two were
made apart, and only the English names were compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from ortaq.engine.labels import LANGUAGES, L
from ortaq.engine.problems import Absent
from ortaq.vocab import meaning, names, table, terms, thesaurus
from ortaq.vocab.terms import Term
from ortaq.vocab.thesaurus import Concept

THESAURUS = "thesaurus"
TITLE = L(kk="Тезаурус", az="Tezaurus", ru="Тезаурус", en="Thesaurus")
AAT = "http://vocab.getty.edu/aat/"
PREFIXES = {
    "dct": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
LINKS = ("inScheme", "topConceptOf", "hasTopConcept", "broader", "narrower", "exactMatch", "closeMatch")
TEXTS = ("prefLabel", "altLabel", "scopeNote", "editorialNote")

Texts = Mapping[str, list[str]]


@dataclass(frozen=True)
class Thing:
    """A scheme or a concept: its path below the node, texts by property and language, links by property."""

    path: str
    type: str
    texts: Mapping[str, Texts] = field(default_factory=dict)
    links: Mapping[str, list[str]] = field(default_factory=dict)
    notation: str = ""


def scheme(name: str = "") -> list[Thing]:
    """A vocabulary with all its terms, the thesaurus without a name. Raises Absent."""
    if not name:
        tops = [_thesaurus(one.id) for one in thesaurus.narrower(None)]
        return [_scheme(THESAURUS, TITLE, tops), *map(_concept, thesaurus.concepts())]
    held = terms.terms(name)
    if not held:
        raise Absent(name)
    title = names.LABELS.get(name) or L(name, name, name, name)
    return [_scheme(_vocabulary(name), title, [_vocabulary(name, t.code) for t in held]), *map(_term, held)]


def one(name: str, code: str) -> list[Thing]:
    """One term, or one concept of the thesaurus where ``name`` is empty. Raises Absent."""
    if not name:
        concept = thesaurus.get(code)
        if concept is None:
            raise Absent(code)
        return [_concept(concept)]
    term = terms.get(name, code)
    if term is None:
        raise Absent(code)
    return [_term(term)]


def _thesaurus(id_: str) -> str:
    return f"{THESAURUS}/{quote(id_)}"


def _vocabulary(name: str, code: str = "") -> str:
    return f"vocabularies/{quote(name)}" + (f"/{quote(code)}" if code else "")


def _scheme(path: str, title: L, tops: list[str]) -> Thing:
    return Thing(
        path, "ConceptScheme", {"title": {lang: [title.at(lang)] for lang in LANGUAGES}}, {"hasTopConcept": tops}
    )


def _concept(concept: Concept) -> Thing:
    links = {"inScheme": [THESAURUS], "narrower": [_thesaurus(child.id) for child in thesaurus.narrower(concept.id)]}
    links["broader"] = [_thesaurus(concept.broader)] if concept.broader else []
    links["topConceptOf"] = [] if concept.broader else [THESAURUS]
    links["exactMatch"] = [AAT + concept.exact_match] if concept.exact_match else []
    texts = {
        "prefLabel": {lang: [text] for lang, text in concept.certain.items()},
        "altLabel": {lang: list(dict.fromkeys(others)) for lang in table.LANGUAGES if (others := concept.others(lang))},
        "scopeNote": {"en": [concept.scope]} if concept.scope else {},
    }
    return Thing(_thesaurus(concept.id), "Concept", texts, links)


def _term(term: Term) -> Thing:
    path, found = _vocabulary(term.vocabulary), meaning.concept(term.vocabulary, term.code)
    links = {"inScheme": [path], "topConceptOf": [path], "closeMatch": [_thesaurus(found.id)] if found else []}
    labels = {lang: [text] for lang, text in term.labels.items() if lang not in term.doubtful}
    texts = {"prefLabel": labels, "editorialNote": {"en": [term.note]} if term.note else {}}
    return Thing(_vocabulary(term.vocabulary, term.code), "Concept", texts, links, term.code)


def turtle(things: Iterable[Thing], base: str) -> str:
    """``base`` is the address of the node, with a slash at its end."""
    prefixes = [f"@prefix {name}: <{address}> ." for name, address in PREFIXES.items()]
    return "\n".join([*prefixes, "", *("\n".join(_written(thing, base)) for thing in things)])


def _written(thing: Thing, base: str) -> Iterator[str]:
    lines = [f"a skos:{thing.type}"]
    for name, texts in thing.texts.items():
        prefix = "dct" if name == "title" else "skos"
        lines += [f"{prefix}:{name} {_quoted(text)}@{lang}" for lang, said in texts.items() for text in said]
    if thing.notation:
        lines.append(f"skos:notation {_quoted(thing.notation)}")
    lines += [f"skos:{name} <{_whole(path, base)}>" for name, paths in thing.links.items() for path in paths]
    yield f"<{_whole(thing.path, base)}>"
    yield from (f"  {line} ;" for line in lines[:-1])
    yield f"  {lines[-1]} .\n"


def _quoted(text: str) -> str:
    """A string of Turtle: what JSON escapes and how it does is right there too."""
    return json.dumps(text, ensure_ascii=False)


def _whole(path: str, base: str) -> str:
    return path if path.startswith(AAT) else base + path


def jsonld(things: Iterable[Thing], base: str) -> str:
    context: dict[str, Any] = {**PREFIXES, "type": "@type", "id": "@id", "notation": "skos:notation"}
    context["title"] = {"@id": "dct:title", "@container": "@language"}
    context |= {name: {"@id": f"skos:{name}", "@container": "@language"} for name in TEXTS}
    context |= {name: {"@id": f"skos:{name}", "@type": "@id"} for name in LINKS}
    graph = [_item(thing, base) for thing in things]
    return json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False, indent=1)


def _item(thing: Thing, base: str) -> dict[str, Any]:
    item: dict[str, Any] = {"id": _whole(thing.path, base), "type": f"skos:{thing.type}"}
    item |= {name: dict(texts) for name, texts in thing.texts.items() if texts}
    if thing.notation:
        item["notation"] = thing.notation
    return item | {name: [_whole(path, base) for path in paths] for name, paths in thing.links.items() if paths}
