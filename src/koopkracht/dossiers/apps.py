"""Django registration of this context."""

from django.apps import AppConfig


class DossiersConfig(AppConfig):
    """Procurement procedures, lots and notices."""

    name = "koopkracht.dossiers"
    label = "dossiers"
