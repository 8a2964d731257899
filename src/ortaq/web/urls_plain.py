"""Addresses without a language: permanent ones, and those for programs."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from ortaq.web import views, views_skos

urlpatterns: list[URLPattern | URLResolver] = [
    path("o/<str:key>", views.permanent, name="permanent"),
    path("", include("ortaq.tiles.urls")),
    path("healthz", views.healthz, name="healthz"),
]
for suffix in views_skos.SUFFIXES:
    ending = {"suffix": suffix}
    urlpatterns += [
        path(f"thesaurus{suffix}", views_skos.thesaurus, ending, name="skos_thesaurus"),
        path(f"thesaurus/<slug:code>{suffix}", views_skos.concept, ending, name="skos_concept"),
        path(f"vocabularies/<slug:name>{suffix}", views_skos.vocabulary, ending, name="skos_vocabulary"),
        path(f"vocabularies/<slug:name>/<slug:code>{suffix}", views_skos.term, ending, name="skos_term"),
    ]
