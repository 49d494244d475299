"""Django registration of this context."""

from django.apps import AppConfig


class MarketConfig(AppConfig):
    """Suppliers and social enterprises."""

    name = "koopkracht.market"
    label = "market"
