"""Addresses: pages under a language, permanent addresses, the API."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from ortaq.api.api import api
from ortaq.people.oidc.views import answer

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="home")),
    path("", include("ortaq.web.urls_plain")),
    path("api/v1/", api.urls),
    path("account/oidc/<slug:provider_id>/answer", answer, name="oidc_answer"),
    *i18n_patterns(path("", include("ortaq.web.urls")), path("account/", include("allauth.urls"))),
]
