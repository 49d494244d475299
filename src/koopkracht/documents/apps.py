"""Django registration of this context."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Files in and paper out."""

    name = "koopkracht.documents"
    label = "documents"
