"""The translation desk: which texts wait for which language, worked out from the records."""

from __future__ import annotations

from django.apps import AppConfig


class TranslateConfig(AppConfig):
    name = "ortaq.translate"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ortaq.engine import consumers
        from ortaq.translate import waiting

        consumers.register(waiting.NAME, waiting.take_in)
