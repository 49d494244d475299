"""Django registration of this context."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    """Words, facts, good examples and success stories."""

    name = "koopkracht.knowledge"
    label = "knowledge"
