from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "ortaq.imports"
    default_auto_field = "django.db.models.BigAutoField"
