"""Addresses around the search page: names while somebody types, saved searches."""

from django.urls import path

from ortaq.web import views_search

urlpatterns = [
    path("search/names", views_search.names, name="names"),
    path("searches", views_search.saved, name="saved"),
    path("searches/<uuid:id_>", views_search.one, name="saved_one"),
]
