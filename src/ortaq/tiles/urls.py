"""Addresses of tiles, without a language; ``web.urls_plain`` includes them."""

from django.urls import path

from ortaq.tiles import views

urlpatterns = [path("tiles/<slug:name>/<int:zoom>/<int:x>/<int:y>", views.tile, name="tile")]
