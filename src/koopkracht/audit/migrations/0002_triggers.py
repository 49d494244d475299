"""Let the database itself refuse to change or delete events."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from koopkracht.audit import triggers


def install(_apps: Any, schema_editor: Any) -> None:
    """Install the triggers of this kind of database."""
    for statement in triggers.statements_to_install(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


def remove(_apps: Any, schema_editor: Any) -> None:
    """Remove the triggers."""
    for statement in triggers.statements_to_remove(schema_editor.connection.vendor):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """Triggers are written in each database's own language, so they stand apart from the tables."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(install, remove)]
