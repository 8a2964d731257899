"""Addresses that the forms ask while somebody types."""

from django.urls import path

from ortaq.web import views_help

urlpatterns = [
    path("help/date", views_help.date, name="help_date"),
    path("help/place", views_help.place, name="help_place"),
    path("help/records", views_help.records, name="help_records"),
    path("help/terms", views_help.terms, name="help_terms"),
    path("unsaved", views_help.keep, name="keep"),
    path("unsaved/<uuid:id_>/discard", views_help.discard, name="discard"),
]
