"""Django registration of this context."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """Objectives measured: indicators, target paths and measurements with their origin."""

    name = "koopkracht.indicators"
    label = "indicators"
