"""The thesaurus and the vocabularies as SKOS: read by a library of others, in both forms the same."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SKOS

from ortaq.vocab import overlay, terms, thesaurus
from ortaq.vocab.overlay import Overlay

# rdflib's reader of JSON-LD uses a class that it calls old itself.
pytestmark = [
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]
NODE = "http://testserver/"
FORMS = {".ttl": ("text/turtle", "turtle"), ".jsonld": ("application/ld+json", "json-ld")}


def graph(client: Client, path: str, suffix: str) -> Graph:
    answer = client.get(f"/{path}{suffix}")
    type_, name = FORMS[suffix]
    assert answer.status_code == 200 and answer["Content-Type"].startswith(type_)
    return Graph().parse(data=answer.content.decode(), format=name)


@pytest.fixture
def node(cast: Any) -> Any:
    return cast


@pytest.mark.parametrize(
    "path", ["thesaurus", "thesaurus/brick", "vocabularies/material", "vocabularies/material/granite"]
)
def test_both_forms_say_the_same(node: Any, client: Client, path: str) -> None:
    turtle, jsonld = (graph(client, path, suffix) for suffix in FORMS)
    assert set(turtle) == set(jsonld) and len(turtle) > 5
    assert URIRef(NODE + path) in set(turtle.subjects())


def test_the_thesaurus_is_whole_and_keeps_the_rules_of_skos(node: Any, client: Client) -> None:
    found = graph(client, "thesaurus", ".ttl")
    concepts = set(found.subjects(RDF.type, SKOS.Concept))
    assert concepts == {URIRef(f"{NODE}thesaurus/{one.id}") for one in thesaurus.concepts()}
    assert set(found.subject_objects(SKOS.broader)) == {(b, a) for a, b in found.subject_objects(SKOS.narrower)}
    scheme = URIRef(f"{NODE}thesaurus")
    assert set(found.objects(scheme, SKOS.hasTopConcept)) == set(found.subjects(SKOS.topConceptOf, scheme))
    for concept in concepts:
        preferred = list(found.objects(concept, SKOS.prefLabel))
        assert len({label.language for label in preferred if isinstance(label, Literal)}) == len(preferred)
        assert not set(preferred) & set(found.objects(concept, SKOS.altLabel)), concept
    brick = URIRef(f"{NODE}thesaurus/brick")
    assert (brick, SKOS.prefLabel, Literal("kərpic", lang="az")) in found
    assert (brick, SKOS.altLabel, Literal("кирпичи", lang="ru")) in found
    assert (brick, SKOS.exactMatch, URIRef("http://vocab.getty.edu/aat/300010463")) in found


def test_a_label_to_be_checked_is_not_published(node: Any, client: Client) -> None:
    said = {
        (str(text), text.language)
        for one in (graph(client, "thesaurus/vault", ".ttl"), graph(client, "thesaurus/ceramic-pipe", ".ttl"))
        for text in one.objects()
        if isinstance(text, Literal)
    }
    assert ("свод", "ru") in said and ("свод", "kk") not in said and ("tüng", "az") not in said
    term = next(t for t in terms.terms("object_type") if "tr" in t.doubtful)
    labels = graph(client, f"vocabularies/object_type/{term.code}", ".ttl").objects(None, SKOS.prefLabel)
    assert "tr" not in {label.language for label in labels if isinstance(label, Literal)}


def test_a_term_leads_to_what_it_means_and_keeps_its_code(node: Any, client: Client) -> None:
    found = graph(client, "vocabularies/material", ".jsonld")
    granite = URIRef(f"{NODE}vocabularies/material/granite")
    assert (granite, SKOS.closeMatch, URIRef(f"{NODE}thesaurus/granite")) in found
    assert (granite, SKOS.notation, Literal("granite")) in found
    assert len(set(found.subjects(RDF.type, SKOS.Concept))) == len(terms.terms("material"))


def test_one_address_gives_people_a_page_and_programs_data(node: Any, client: Client) -> None:
    page = client.get("/thesaurus/brick", headers={"accept": "text/html", "accept-language": "az"})
    assert (page.status_code, page["Location"]) == (302, "/az/thesaurus?under=brick")
    assert client.get("/thesaurus").status_code == client.get("/vocabularies/material").status_code == 302
    term = client.get("/vocabularies/material/granite", headers={"accept-language": "en"})
    assert term["Location"] == "/en/vocabularies/material/granite"
    data = client.get("/thesaurus/brick", headers={"accept": "application/ld+json"})
    assert data["Content-Type"].startswith("application/ld+json") and "Accept" in data["Vary"]


def test_it_may_be_kept_and_is_sent_again_only_when_it_changed(
    node: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "/vocabularies/material/granite.ttl"
    first = client.get(address)
    assert first["Cache-Control"] == "public, max-age=3600"
    again = client.get(address, headers={"if-none-match": f'"other", W/{first["ETag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    accepted = Overlay((1,), {("material", "granite"): {"en": "granite stone"}})
    monkeypatch.setattr(overlay._kept, "overlay", accepted)
    monkeypatch.setattr(overlay, "refresh", lambda *_: None)
    changed = client.get(address, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200 and b'"granite stone"@en' in changed.content


@pytest.mark.parametrize("path", ["thesaurus/nothing", "vocabularies/nothing", "vocabularies/material/nothing"])
def test_what_is_not_there_is_absent(node: Any, client: Client, path: str) -> None:
    for suffix in ("", ".ttl", ".jsonld"):
        assert client.get(f"/{path}{suffix}").status_code == 404


def test_what_stands_in_a_note_breaks_no_form(node: Any, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    odd = 'a "quote", a \\ and\na line'
    monkeypatch.setattr(overlay._kept, "overlay", Overlay((2,), {("material", "granite"): {"en": odd}}))
    monkeypatch.setattr(overlay, "refresh", lambda *_: None)
    for suffix in FORMS:
        found = graph(client, "vocabularies/material/granite", suffix)
        assert (URIRef(f"{NODE}vocabularies/material/granite"), SKOS.prefLabel, Literal(odd, lang="en")) in found
