"""Addresses that the maps in the browser ask, and the page of what they stand on."""

from django.urls import path

from ortaq.web import views_map, views_tiles

urlpatterns = [
    path("map/base", views_map.base, name="map_base"),
    path("search/points", views_map.points, name="points"),
    path("tiles", views_tiles.tiles, name="tiles"),
]
