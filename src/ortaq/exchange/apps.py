from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "ortaq.exchange"
