"""Django registration of the pages."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """All pages; no tables of its own."""

    name = "koopkracht.web"
    label = "web"
