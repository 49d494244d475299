"""Django registration of this context."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Receipts, plans and provenance of imports."""

    name = "koopkracht.exchange"
    label = "exchange"
