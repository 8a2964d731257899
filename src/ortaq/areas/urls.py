"""Addresses of the page about an area; ``web.urls`` includes them under each language."""

from django.urls import path

from ortaq.areas import views

urlpatterns = [
    path("area", views.area, name="area"),
    path("area.pdf", views.area_pdf, name="area_pdf"),
    path("search/zones", views.zones, name="zones"),
    path("area/understood", views.understood, name="area_understood"),
]
