"""Addresses of records on paper and of exports; ``web.urls`` includes them under each language."""

from django.urls import path

from ortaq.documents import views

urlpatterns = [
    path("o/<str:key>/paper.pdf", views.paper_pdf, name="paper_pdf"),
    path("o/<str:key>/paper.docx", views.paper_docx, name="paper_docx"),
    path("o/<str:key>/plate.pdf", views.plate, name="plate"),
    path("exports", views.exports, name="exports"),
    path("exports/<uuid:id_>", views.export, name="export"),
    path("exports/<uuid:id_>/file", views.export_file, name="export_file"),
]
