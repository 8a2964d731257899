from django.apps import AppConfig


class EngineConfig(AppConfig):
    name = "ortaq.engine"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ortaq.engine.kinds import load

        load()
