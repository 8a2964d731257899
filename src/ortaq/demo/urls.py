"""Addresses of the guided tour."""

from django.urls import path

from ortaq.demo import views

urlpatterns = [
    path("tour/", views.start, name="tour"),
    path("tour/<int:number>", views.stop, name="tour_stop"),
]
