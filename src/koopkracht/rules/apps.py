"""Django registration of this context."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    """Dated law."""

    name = "koopkracht.rules"
    label = "rules"
