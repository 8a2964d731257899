"""Addresses of the translation desk."""

from django.urls import path

from ortaq.web import views_translate

urlpatterns = [
    path("translate", views_translate.desk, name="translate"),
    path("translate/<str:key>", views_translate.one, name="translate_one"),
]
