"""Django registration of this context."""

from django.apps import AppConfig


class ContractsConfig(AppConfig):
    """Contract register and invoices."""

    name = "koopkracht.contracts"
    label = "contracts"
