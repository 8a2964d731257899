"""Addresses of reports and inspections; ``web.urls`` includes them under each language."""

from django.urls import path

from ortaq.alerts import views, views_inspect

urlpatterns = [
    path("o/<str:key>/alert", views.report, name="alert_report"),
    path("o/<str:key>/inspect", views_inspect.inspect, name="inspect"),
    path("alert/<str:secret>", views.status, name="alert_status"),
    path("alert/<str:secret>/photo", views.own_photo, name="alert_own_photo"),
    path("alerts", views.alerts, name="alerts"),
    path("alerts/<uuid:id_>", views.alert, name="alert"),
    path("alerts/<uuid:id_>/photo", views.photo, name="alert_photo"),
    path("inspections", views_inspect.inspections, name="inspections"),
    path("inspections/<uuid:id_>", views_inspect.inspection, name="inspection"),
]
