"""Django registration of this context."""

from django.apps import AppConfig


class AwardConfig(AppConfig):
    """Lot results."""

    name = "koopkracht.award"
    label = "award"
