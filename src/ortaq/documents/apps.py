from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "ortaq.documents"

    def ready(self) -> None:
        from ortaq.documents.actions import forget
        from ortaq.engine import background, timed

        timed.DUTIES.setdefault("exports", forget)
        background.register("exports", _work)


def _work() -> None:
    """Loaded with the first look for work: web processes have no need of it."""
    from ortaq.documents.work import WORK

    WORK()
