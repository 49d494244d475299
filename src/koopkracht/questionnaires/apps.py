"""Django registration of this context."""

from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    """Question lists that are answered without an account, and their anonymous summary."""

    name = "koopkracht.questionnaires"
    label = "questionnaires"
