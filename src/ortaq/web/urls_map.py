"""Addresses that the maps in the browser ask."""

from django.urls import path

from ortaq.web import views_map

urlpatterns = [
    path("map/base", views_map.base, name="map_base"),
    path("search/points", views_map.points, name="points"),
]
