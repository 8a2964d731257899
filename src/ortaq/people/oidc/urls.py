"""Addresses of the sign-in by a provider, below those of the account; ``answer`` stands without a language."""

from __future__ import annotations

from django.urls import URLPattern, path

from ortaq.people.oidc import views

urlpatterns: list[URLPattern] = [
    path("oidc/<slug:provider_id>/", views.login, name="oidc_login"),
    path("oidc/<slug:provider_id>/callback/", views.callback, name="oidc_callback"),
]
