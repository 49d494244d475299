"""Django registration of this context."""

from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    """What must be shown, by whom and by when, and who approves it."""

    name = "koopkracht.obligations"
    label = "obligations"

    def ready(self) -> None:
        """Register the background work."""
        from koopkracht.obligations import work  # noqa: F401 - registration needs loaded models
