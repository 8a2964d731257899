from datetime import datetime

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "ortaq.imports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from ortaq.engine import background, timed

        timed.DUTIES.setdefault("imports", _forget)
        background.register("imports", _work)


def _work() -> None:
    """Loaded with the first look for work: web processes have no need of it."""
    from ortaq.imports.work import WORK

    WORK()


def _forget(now: datetime) -> int:
    from ortaq.imports.jobs import forget

    return forget(now)
