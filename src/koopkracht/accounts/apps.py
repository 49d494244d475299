"""Django registration of this context."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Organisations, people, roles and permissions."""

    name = "koopkracht.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen to the login library."""
        from koopkracht.accounts import receivers

        receivers.connect()
