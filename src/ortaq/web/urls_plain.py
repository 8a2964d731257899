"""Addresses without a language: permanent ones, and those for programs."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from ortaq.web import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("o/<str:key>", views.permanent, name="permanent"),
    path("", include("ortaq.tiles.urls")),
    path("healthz", views.healthz, name="healthz"),
]
