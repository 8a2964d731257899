"""Addresses without a language: permanent ones, and those for programs."""

from __future__ import annotations

from django.urls import URLPattern, path

from ortaq.web import views

urlpatterns: list[URLPattern] = [
    path("o/<str:key>", views.permanent, name="permanent"),
    path("healthz", views.healthz, name="healthz"),
]
