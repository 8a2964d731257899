"""Addresses of the pages that write; ``web.urls`` includes them under each language."""

from django.urls import path

from ortaq.web import views_manage, views_write

urlpatterns = [
    path("new", views_write.choose, name="choose"),
    path("new/<slug:slug>", views_write.new, name="new"),
    path("o/<str:key>/edit", views_write.edit, name="edit"),
    path("o/<str:key>/propose", views_write.propose, name="propose"),
    path("o/<str:key>/manage", views_manage.manage, name="manage"),
    path("desk", views_manage.my_desk, name="desk"),
    path("review", views_manage.review, name="review"),
    path("review/<uuid:id_>", views_manage.proposal, name="proposal"),
    path("account", views_manage.account, name="account"),
]
