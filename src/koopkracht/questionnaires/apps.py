"""Django registration of this context."""

from importlib import import_module

from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    """Question lists that are answered without an account, and their anonymous summary."""

    name = "koopkracht.questionnaires"
    label = "questionnaires"

    def ready(self) -> None:
        """Register the background work, so that a worker knows it."""
        import_module("koopkracht.questionnaires.actions.sending")
