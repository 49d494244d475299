"""Django registration of the configuration: connects the events once everything is loaded."""

from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The last application to load."""

    name = "koopkracht.config"
    label = "config"

    def ready(self) -> None:
        """Connect the subscribers."""
        from koopkracht.config.wiring import connect

        connect()
