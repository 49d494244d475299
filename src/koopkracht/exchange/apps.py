"""Django registration of this context."""

from importlib import import_module

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Receipts, plans and provenance of imports."""

    name = "koopkracht.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Register the background work, so that a worker knows it."""
        import_module("koopkracht.exchange.spend.jobs")
        import_module("koopkracht.exchange.notices.work")
        import_module("koopkracht.exchange.invoices.work")
        import_module("koopkracht.exchange.ocds.work")
