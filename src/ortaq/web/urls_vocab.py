"""Addresses of the vocabularies and of the proposals for their terms."""

from django.urls import path

from ortaq.web import views_vocab

urlpatterns = [
    path("vocabularies", views_vocab.vocabularies, name="vocabularies"),
    path("vocabularies/<slug:name>", views_vocab.vocabulary, name="vocabulary"),
    path("vocabularies/<slug:name>/new-term", views_vocab.new_term, name="new_term"),
    path("vocabularies/<slug:name>/<slug:code>", views_vocab.term, name="term"),
    path("thesaurus", views_vocab.thesaurus, name="thesaurus"),
    path("term-proposals", views_vocab.proposals, name="term_proposals"),
    path("term-proposals/<uuid:id_>", views_vocab.proposal, name="term_proposal"),
]
