"""Django registration of the audit log."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Append-only, hash-chained event log."""

    name = "koopkracht.audit"
    label = "audit"
