"""Django registration of this context."""

from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    """Indicators, spend analysis and benchmark."""

    name = "koopkracht.monitoring"
    label = "monitoring"

    def ready(self) -> None:
        """Register the background work."""
        from koopkracht.monitoring import work  # noqa: F401 - registration needs loaded models
        from koopkracht.monitoring.planner import work as planner  # noqa: F401 - the same
