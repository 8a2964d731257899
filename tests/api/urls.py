"""The API alone, whatever else the site has."""

from __future__ import annotations

from django.urls import path

from ortaq.api.api import api

urlpatterns = [path("api/v1/", api.urls)]
