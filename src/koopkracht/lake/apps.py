"""Django registration of this context."""

from importlib import import_module

from django.apps import AppConfig


class LakeConfig(AppConfig):
    """Parquet facts with a manifest."""

    name = "koopkracht.lake"
    label = "lake"

    def ready(self) -> None:
        """Register the housekeeping, so that a worker does it."""
        import_module("koopkracht.lake.jobs")
        import_module("koopkracht.lake.arrow").settle()
