"""Addresses of imports and of merging; ``web.urls`` includes them under each language."""

from django.urls import path

from ortaq.imports import views

urlpatterns = [
    path("import", views.imports, name="imports"),
    path("import/profiles", views.profiles, name="import_profiles"),
    path("import/profiles/<uuid:id_>", views.profile, name="import_profile"),
    path("import/profiles/<uuid:id_>/mapping.toml", views.profile_file, name="import_profile_file"),
    path("import/<uuid:id_>", views.job, name="import"),
    path("import/<uuid:id_>/columns", views.columns, name="import_columns"),
    path("import/<uuid:id_>/values", views.values, name="import_values"),
    path("import/<uuid:id_>/twins", views.twins, name="import_twins"),
    path("import/<uuid:id_>/twins/<int:row>/<uuid:record>", views.twin, name="import_twin"),
    path("import/<uuid:id_>/<slug:what>.<slug:form>", views.sheet, name="import_sheet"),
    path("o/<str:key>/merge", views.merge, name="merge"),
]
