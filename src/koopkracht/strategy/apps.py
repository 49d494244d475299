"""Django registration of this context."""

from django.apps import AppConfig


class StrategyConfig(AppConfig):
    """Purchasing plan and objectives."""

    name = "koopkracht.strategy"
    label = "strategy"
