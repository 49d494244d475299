"""Django registration of this context."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Background work with lease, retry and progress."""

    name = "koopkracht.jobs"
    label = "jobs"
