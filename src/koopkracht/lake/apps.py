"""Django registration of this context."""

from django.apps import AppConfig


class LakeConfig(AppConfig):
    """Parquet facts with a manifest."""

    name = "koopkracht.lake"
    label = "lake"
