"""Addresses of the pages; each stands under a language."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from ortaq.web import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("search", views.search, name="search"),
    path("o/<str:key>", views.record, name="record"),
    path("o/<str:key>/qr", views.code, name="qr"),
    path("o/<str:key>/history", views.history, name="history"),
    path("o/<str:key>/history/<int:old>/<int:new>", views.diff, name="diff"),
    path("o/<str:key>/log", views.log, name="log"),
    path("o/<str:key>/reads", views.reads, name="reads"),
    path("", include("ortaq.web.urls_write")),
    path("", include("ortaq.web.urls_help")),
    path("", include("ortaq.web.urls_map")),
    path("", include("ortaq.web.urls_search")),
    path("", include("ortaq.register.urls")),
    path("", include("ortaq.alerts.urls")),
    path("", include("ortaq.web.urls_vocab")),
    path("", include("ortaq.web.urls_translate")),
    path("", include("ortaq.web.urls_people")),
    path("", include("ortaq.documents.urls")),
    path("", include("ortaq.areas.urls")),
    path("", include("ortaq.demo.urls")),
    path("", include("ortaq.imports.urls")),
]
