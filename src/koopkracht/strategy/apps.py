"""Django registration of this context."""

from django.apps import AppConfig


class StrategyConfig(AppConfig):
    """Purchasing plan and objectives."""

    name = "koopkracht.strategy"
    label = "strategy"

    def ready(self) -> None:
        """Register the background work."""
        from koopkracht.strategy.actions import support_sharing  # noqa: F401 - registration needs loaded models
