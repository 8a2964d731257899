"""Addresses of the list and of the cards; ``web.urls`` includes them under each language."""

from django.urls import path

from ortaq.register import views

urlpatterns = [
    path("register", views.register, name="register"),
    path("o/<str:key>/card", views.record_card, name="card"),
]
