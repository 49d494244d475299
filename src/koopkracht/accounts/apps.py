"""Django registration of this context."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Organisations, people, roles and permissions."""

    name = "koopkracht.accounts"
    label = "accounts"
