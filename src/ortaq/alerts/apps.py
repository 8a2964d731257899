from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "ortaq.alerts"

    def ready(self) -> None:
        from ortaq.alerts.actions import forget
        from ortaq.engine import timed

        timed.DUTIES.setdefault("alerts", forget)
